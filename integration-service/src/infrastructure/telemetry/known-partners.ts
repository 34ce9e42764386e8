import { sql } from 'kysely';
import type { OrgDatabase } from '../database/org-database.ts';

const rereadMs = 2_000;

/** Keys of the org's partners, so that an event of a partner that it does not have is refused without asking the CRM. */
export class PostgresKnownPartners {
  readonly #database: OrgDatabase;
  #keys: ReadonlySet<string> = new Set();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  /** Those there are; read again when `wanted` has one that is not among them, at most every two seconds. */
  async keys(wanted: Iterable<string> = []): Promise<ReadonlySet<string>> {
    const lacking = this.#keys.size === 0 || [...wanted].some((key) => !this.#keys.has(key));
    if (!lacking || performance.now() - this.#readAt < rereadMs) return this.#keys;
    this.#readAt = performance.now();
    const rows = await this.#database.run(
      sql<{ key: string }>`select key from telemetry_partners where org = ${this.#database.org}`,
    );
    this.#keys = new Set(rows.map(({ key }) => key));
    return this.#keys;
  }

  /** Keeps keys that the CRM has named; one that is gone there stays, for what was told of it stays too. */
  async keep(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#database.run(sql`
      insert into telemetry_partners (org, key) select ${this.#database.org}, unnest(${[...keys]}::text[]) on conflict do nothing`);
    this.#readAt = Number.NEGATIVE_INFINITY;
  }
}
