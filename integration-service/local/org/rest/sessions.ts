import { createHash, randomBytes } from 'node:crypto';
import type { Store } from '../engine/store.ts';

export interface Session {
  readonly userId: string;
  readonly clientId: string;
  lastUsedAt: Date;
}

/** How often a session's last use is written down; between, memory knows. */
const WRITE_EVERY_MS = 60_000;

/**
 * Access tokens. Only their hashes are kept, in the org's database, so that a token outlives a restart. A session ends when
 * it has not been used for `idleSeconds` (an org's session timeout; two hours unless an administrator changed it).
 */
export class Sessions {
  readonly #store: Store;
  readonly #orgId: string;
  readonly #clock: () => Date;
  readonly #idleSeconds: number;
  readonly #known = new Map<string, Session>();

  constructor(store: Store, orgId: string, clock: () => Date, idleSeconds: number) {
    this.#store = store;
    this.#orgId = orgId;
    this.#clock = clock;
    this.#idleSeconds = idleSeconds;
  }

  /** Opens a session and gives its access token. */
  async open(userId: string, clientId: string): Promise<string> {
    const token = `${this.#orgId.slice(0, 15)}!${randomBytes(48).toString('base64url')}`;
    const now = this.#clock();
    await this.#store.query('INSERT INTO org.session VALUES ($1, $2, $3, $4, $4)', [
      hash(token),
      userId,
      clientId,
      now.toISOString(),
    ]);
    this.#known.set(hash(token), { userId, clientId, lastUsedAt: now });
    return token;
  }

  /** The session behind a token, or undefined when there is none or it has expired. */
  async find(token: string): Promise<Session | undefined> {
    const key = hash(token);
    const session = this.#known.get(key) ?? (await this.#load(key));
    if (session === undefined) return undefined;
    const now = this.#clock();
    const idle = now.getTime() - session.lastUsedAt.getTime();
    if (idle > this.#idleSeconds * 1000) {
      await this.#end(key);
      return undefined;
    }
    session.lastUsedAt = now;
    if (idle > WRITE_EVERY_MS)
      await this.#store.query('UPDATE org.session SET last_used_at = $2 WHERE token_hash = $1', [
        key,
        now.toISOString(),
      ]);
    return session;
  }

  /** Ends one session, as a revocation does. */
  end(token: string): Promise<void> {
    return this.#end(hash(token));
  }

  /** Ends every session of a user (or of all): what an expired session looks like to a client. */
  async endAll(userId?: string): Promise<void> {
    for (const [key, session] of this.#known)
      if (userId === undefined || session.userId === userId) this.#known.delete(key);
    await this.#store.query('DELETE FROM org.session WHERE $1::text IS NULL OR user_id = $1', [userId ?? null]);
  }

  async #end(key: string): Promise<void> {
    this.#known.delete(key);
    await this.#store.query('DELETE FROM org.session WHERE token_hash = $1', [key]);
  }

  async #load(key: string): Promise<Session | undefined> {
    const [row] = await this.#store.query<{ user_id: string; client_id: string; last_used_at: Date }>(
      'SELECT user_id, client_id, last_used_at FROM org.session WHERE token_hash = $1',
      [key],
    );
    if (row === undefined) return undefined;
    const session = { userId: row.user_id, clientId: row.client_id, lastUsedAt: row.last_used_at };
    this.#known.set(key, session);
    return session;
  }
}

const hash = (token: string): string => createHash('sha256').update(token).digest('hex');
