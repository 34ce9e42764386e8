import { sql } from 'kysely';
import type { Json } from '../../domain/values/json.ts';
import type { DecisionQuery, LedgerBatch } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';

interface BatchRow {
  readonly sequence: string;
  readonly decision: string;
  readonly at: string;
  readonly body: string;
  readonly items: string | null;
}

/** Reads batches one by one: each may be megabytes. Their results are given as the text that lies beside the chain. */
export const readBatches = async function* (
  database: OrgDatabase,
  { decision, from, to }: Pick<DecisionQuery, 'decision' | 'from' | 'to'>,
): AsyncGenerator<LedgerBatch> {
  const { org } = database;
  const among = sql`entry.org = ${org} and entry.kind = 'batch'${decision === undefined ? sql`` : sql` and entry.decision = ${decision}`}${
    from === undefined ? sql`` : sql` and entry.at >= ${from}`
  }${to === undefined ? sql`` : sql` and entry.at < ${to}`}`;
  let after = 0;
  for (;;) {
    const [row] = await database.run(sql<BatchRow>`
      select entry.sequence, entry.decision, entry.at, entry.body, content.body as items
      from ledger_entries entry
      left join ledger_contents content on content.org = entry.org and content.hash = entry.contents[1]
      where ${among} and entry.sequence > ${after} order by entry.sequence limit 1`);
    if (!row) return;
    after = Number(row.sequence);
    yield { ...row, sequence: after, body: JSON.parse(row.body) as Json };
  }
};
