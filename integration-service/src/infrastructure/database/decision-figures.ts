import { sql } from 'kysely';
import type { OrgDatabase } from './org-database.ts';

/** What a function's decisions of the last thirty days came to. */
export interface DecisionFigures {
  readonly function: string;
  readonly decisions: number;
  /** Decisions of which somebody else than who asked was asked. */
  readonly escalated: number;
  /** Answers that people gave to them. */
  readonly answers: number;
  /** Half of the answers came within so many seconds; null: there were none. */
  readonly answerSeconds: number | null;
}

const days = 30;

/** Counted where decisions and approvals are counted anyway: no entry of the ledger is read for it. */
export const decisionFigures = async (database: OrgDatabase): Promise<readonly DecisionFigures[]> => {
  const { org } = database;
  interface Row {
    readonly function: string;
    readonly decisions: number;
    readonly escalated: number;
    readonly answers: number;
    readonly answer_seconds: number | null;
  }
  const rows = await database.run(sql<Row>`
    select function, coalesce(decisions, 0) as decisions, coalesce(escalated, 0) as escalated, coalesce(answers, 0) as answers,
      answer_seconds
    from (select function, sum(decisions)::int as decisions from decision_counts
          where org = ${org} and day > (now() at time zone 'UTC')::date - ${days}::int group by function) counted
    full join (select function, count(distinct decision)::int as escalated, count(answered_at)::int as answers,
            percentile_cont(0.5) within group (order by extract(epoch from answered_at - created_at)::float8) as answer_seconds
          from approvals where org = ${org} and created_at > now() - ${days}::int * interval '1 day' group by function) asked
      using (function)
    order by function`);
  return rows.map(({ answer_seconds, ...row }) => ({ ...row, answerSeconds: answer_seconds }));
};
