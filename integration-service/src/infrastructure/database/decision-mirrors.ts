import { sql } from 'kysely';
import { type DecisionFigures, decisionFigures } from './decision-figures.ts';
import type { OrgDatabase } from './org-database.ts';

/** A decision that has entries which its record does not know of. */
export interface UnseenDecision {
  readonly decision: string;
  /** Its first and its last entry among those that are new. */
  readonly first: number;
  readonly last: number;
  /** ISO 8601 instant of the last one. */
  readonly at: string;
}

/** New entries of the ledger, by decision, and up to which entry that is. */
export interface UnseenPage {
  readonly decisions: readonly UnseenDecision[];
  /** The newest entry that was looked at; null: nothing is new. */
  readonly until: number | null;
  /** Whether there is more after it. */
  readonly more: boolean;
}

/** Entries that are looked at in one step; a referral writes about ten. */
const entriesAtOnce = 1_000;

/**
 * How far the records of decisions in the CRM have followed the ledger of one org. Entries get their numbers under the lock
 * of the chain, so whoever has read up to a number has read everything before it.
 */
export class PostgresDecisionMirrors {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async unseen(): Promise<UnseenPage> {
    const { org } = this.#database;
    const rows = await this.#database.run(sql<{
      decision: string;
      first: string;
      last: string;
      at: string;
      count: number;
    }>`
      select decision, min(sequence) as first, max(sequence) as last, max(at) as at, count(*)::int as count from (
        select sequence, decision, at from ledger_entries
        where org = ${org} and sequence > coalesce((select sequence from decision_mirrors where org = ${org}), 0)
        order by sequence limit ${entriesAtOnce}) new_entries
      group by decision order by 3`);
    const decisions = rows.map(({ decision, first, last, at }) => ({
      decision,
      first: Number(first),
      last: Number(last),
      at,
    }));
    return {
      decisions,
      until: decisions.at(-1)?.last ?? null,
      more: rows.reduce((sum, { count }) => sum + count, 0) === entriesAtOnce,
    };
  }

  /** Everything up to this entry stands on its record. */
  async followed(sequence: number): Promise<void> {
    await this.#database.run(sql`
      insert into decision_mirrors (org, sequence) values (${this.#database.org}, ${sequence})
      on conflict (org) do update set sequence = excluded.sequence where decision_mirrors.sequence < excluded.sequence`);
  }

  /** What the decisions of the last thirty days came to, by function. */
  figures(): Promise<readonly DecisionFigures[]> {
    return decisionFigures(this.#database);
  }

  /** Acts that were asked for by one request, in the order in which they were done: answers to many approvals are one act to whoever gave them. */
  async ofRequest(kind: string, request: string, near: number): Promise<readonly string[]> {
    const rows = await this.#database.run(sql<{ decision: string }>`
      select decision from ledger_entries
      where org = ${this.#database.org} and sequence between ${near - mostOfRequest} and ${near + mostOfRequest}
        and kind = 'control' and starts_with(decision, ${`${kind}:`}) and right(decision, ${request.length + 1}) = ${`#${request}`}
      order by sequence`);
    return rows.map(({ decision }) => decision);
  }
}

/** As many as one request may ask for; they are appended together. */
const mostOfRequest = 200;
