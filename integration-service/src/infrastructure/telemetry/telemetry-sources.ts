import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { OrgDatabase } from '../database/org-database.ts';
import { openBytes, sealBytes } from '../ledger/subject-keys.ts';

/** Who may tell telemetry of an org: a system of the company's, or a partner's. */
export interface TelemetrySource {
  readonly id: number;
  readonly name: string;
  /** Kinds that it may tell of; null: all. */
  readonly kinds: readonly string[] | null;
  /** Keys of partners that it may tell of; null: all of the org. */
  readonly partners: readonly string[] | null;
  /** The partner whose source it is: it tells of that partner alone, and may read that partner's insights. Null: the company's. */
  readonly partner: string | null;
}

export type NewSource = Pick<TelemetrySource, 'name' | 'kinds' | 'partners' | 'partner'>;

export const SOURCE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;
const secretBytes = 32;
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** `tdt.<org>.<secret>`: names the org, so that the one database that may know the secret is asked. */
const tokenForm = /^tdt\.(00D[A-Za-z0-9]{12,15})\.([A-Za-z0-9_-]{43})$/;

/** The org and the secret of a bearer token; null for anything else. */
export const readToken = (token: string): { readonly org: string; readonly secret: string } | null => {
  const parts = tokenForm.exec(token);
  return parts?.[1] && parts[2] ? { org: parts[1], secret: parts[2] } : null;
};

/**
 * The sources of one org. A secret is known by its hash; it is kept sealed under the master key as well, because a
 * signature cannot be checked without it.
 */
export class PostgresTelemetrySources {
  readonly #database: OrgDatabase;
  readonly #master: Buffer;

  constructor(database: OrgDatabase, master: Buffer) {
    this.#database = database;
    this.#master = master;
  }

  /** Gives the bearer token, which is told this once. @throws where the name is taken or is none. */
  async add(source: NewSource): Promise<string> {
    const { org } = this.#database;
    const { name, kinds, partner } = source;
    const partners = partner === null ? source.partners : [partner];
    if (!SOURCE_NAME.test(name))
      throw new Error(`"${name}" is no name of a source: up to 40 letters, digits, dots, dashes and underscores.`);
    const secret = randomBytes(secretBytes).toString('base64url');
    const sealed = sealBytes(this.#master, this.#context(name), Buffer.from(secret));
    const rows = await this.#database.run(sql`
      insert into telemetry_sources (org, name, kinds, partners, partner, secret_hash, secret)
      values (${org}, ${name}, ${kinds}::text[], ${partners}::text[], ${partner}, ${digest(secret)}, ${sealed})
      on conflict do nothing returning id`);
    if (rows.length === 0)
      throw new Error(`There is a source "${name}" already: remove it first, or take another name.`);
    return `tdt.${org}.${secret}`;
  }

  /** Sources that are not removed, by name. */
  list(): Promise<readonly TelemetrySource[]> {
    return this.#database.run(sql<TelemetrySource>`
      select id, name, kinds, partners, partner from telemetry_sources
      where org = ${this.#database.org} and removed_at is null order by name`);
  }

  /** False when there is none. What it told stays; its token counts no more from now on. */
  async remove(name: string): Promise<boolean> {
    const rows = await this.#database.run(sql`
      update telemetry_sources set removed_at = now()
      where org = ${this.#database.org} and name = ${name} and removed_at is null returning id`);
    return rows.length > 0;
  }

  async bySecret(secret: string): Promise<TelemetrySource | null> {
    const rows = await this.#database.run(sql<TelemetrySource>`
      select id, name, kinds, partners, partner from telemetry_sources
      where org = ${this.#database.org} and secret_hash = ${digest(secret)} and removed_at is null`);
    return rows[0] ?? null;
  }

  /** A source with the secret that its signatures are made with. */
  async byName(name: string): Promise<{ readonly source: TelemetrySource; readonly secret: string } | null> {
    const [row] = await this.#database.run(sql<TelemetrySource & { readonly secret: Buffer }>`
      select id, name, kinds, partners, partner, secret from telemetry_sources
      where org = ${this.#database.org} and name = ${name} and removed_at is null`);
    if (!row) return null;
    const { secret, ...source } = row;
    return { source, secret: openBytes(this.#master, this.#context(name), secret).toString() };
  }

  /** The source that Tandem itself tells by what the CRM knows; made when it is first asked for. */
  async own(): Promise<number> {
    const known = await this.#database.run(sql<{ id: number }>`
      select id from telemetry_sources where org = ${this.#database.org} and name = ${ownName} and removed_at is null`);
    if (known[0]) return known[0].id;
    await this.#database.run(sql`
      insert into telemetry_sources (org, name, secret_hash, secret)
      values (${this.#database.org}, ${ownName}, ${randomBytes(secretBytes)}, ${Buffer.alloc(0)}) on conflict do nothing`);
    return this.own();
  }

  /** A sealed secret cannot be moved to another org or another source. */
  #context(name: string): string {
    return `${this.#database.org}/telemetry-source/${name}`;
  }
}

/** The name of Tandem's own source; not one that `add` takes. */
const ownName = '(salesforce)';
