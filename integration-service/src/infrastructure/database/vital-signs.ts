import { sql } from 'kysely';
import type { OrgDatabase } from './org-database.ts';

/** How an org's work goes, whichever process does it. */
export interface VitalSigns {
  /** A process knew within the last 45 seconds that the org's stream reaches it. */
  readonly listening: boolean;
  /** How long the oldest row that is due has been waiting for a worker; 0 when none is. */
  readonly oldestDueSeconds: number;
}

/** Signs of life that processes leave for each other in PostgreSQL. */
export class PostgresVitalSigns {
  readonly #database: OrgDatabase;
  readonly #holder: string;

  constructor(database: OrgDatabase, holder: string) {
    this.#database = database;
    this.#holder = holder;
  }

  /** Says whether the org's stream reaches this process; without the channel's lease it has nothing to say. */
  async tell(channel: string, live: boolean): Promise<void> {
    await this.#database.runAhead(sql`
      update subscriptions set live_at = case when ${live} then now() end, heard_at = case when ${live} then now() else heard_at end
      where org = ${this.#database.org} and channel = ${channel} and holder = ${this.#holder} and lease_until > now()`);
  }

  async read(channel: string): Promise<VitalSigns> {
    const [row] = await this.#database.run(sql<{ listening: boolean; due: number }>`
      select
        exists (select from subscriptions where org = ${this.#database.org} and channel = ${channel} and live_at > now() - interval '45 seconds') as listening,
        coalesce((
          select extract(epoch from now() - min(due_at)) from inbox
          where org = ${this.#database.org} and due_at <= now() and (state = 'waiting' or state = 'working' and not exists (
            select from claims where claims.org = inbox.org and claims.inbox_id = inbox.id and lease_until > now()))
        ), 0)::float8 as due`);
    return { listening: row?.listening ?? false, oldestDueSeconds: row?.due ?? 0 };
  }

  /**
   * When the org was last heard of: its stream reached some process, or an event came. ISO 8601; null: never. A call that
   * the org answers is no such sign: a stop or a revocation comes by the stream.
   */
  async heardAt(): Promise<string | null> {
    const [row] = await this.#database.run(sql<{ heard: Date | null }>`
      select max(greatest(heard_at, last_event_at)) as heard from subscriptions where org = ${this.#database.org}`);
    return row?.heard?.toISOString() ?? null;
  }
}
