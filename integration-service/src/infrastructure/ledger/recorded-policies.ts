import { sql } from 'kysely';
import { z } from 'zod';
import type { OrgDatabase } from '../database/org-database.ts';

/** A version of a policy that the ledger says was saved. */
export interface RecordedPolicy {
  /** `GuardrailPolicy__c.Key__c`. */
  readonly key: string;
  readonly function: string;
  readonly rule: string;
  readonly scope: string;
  readonly version: number;
  /** ISO 8601 instants: from when it counts, and when it was saved. */
  readonly effectiveFrom: string;
  readonly at: string;
}

const change = z.object({
  after: z.object({
    key: z.string(),
    function: z.string(),
    rule: z.string(),
    scope: z.string(),
    version: z.number(),
    effectiveFrom: z.string(),
  }),
});

/**
 * Every version of a policy that was ever saved, by the ledger. Read on from where it stopped, by entries that came since:
 * asked once a minute it costs one small statement, and a whole ledger is walked once in the life of a process.
 */
export class PostgresRecordedPolicies {
  readonly #database: OrgDatabase;
  readonly #known = new Map<string, RecordedPolicy>();
  #until = 0;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async all(): Promise<readonly RecordedPolicy[]> {
    const { org } = this.#database;
    // The end is read first: what is appended meanwhile comes the next time, and nothing is passed over. `^@` (begins
    // with) may use the index of decisions.
    const [row] = await this.#database.run(sql<{
      until: string | null;
      found: readonly { at: string; body: string }[];
    }>`
      with head as materialized (select sequence from ledger_heads where org = ${org})
      select (select sequence from head) as until, coalesce((
        select jsonb_agg(jsonb_build_object('at', at, 'body', body) order by sequence) from ledger_entries
        where org = ${org} and sequence > ${this.#until} and sequence <= (select sequence from head)
          and kind = 'control' and decision ^@ 'change-policy:'), '[]') as found`);
    for (const { at, body } of row?.found ?? []) {
      const { after } = change.parse(JSON.parse(body));
      this.#known.set(after.key, { ...after, at });
    }
    this.#until = Number(row?.until ?? 0);
    return [...this.#known.values()];
  }
}
