import { sql } from 'kysely';
import type { ChangedFact, MaterialFact } from '../../domain/decisions/material-facts.ts';
import type { Json } from '../../domain/values/json.ts';
import type {
  ApprovalBook,
  ApprovedRule,
  NewApproval,
  OpenApprovals,
} from '../../ports/approval-book/approval-book.ts';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { LedgerSealer } from '../ledger/ledger-sealer.ts';
import type { OrgDatabase } from './org-database.ts';

export type ApprovalState = 'open' | 'answered' | 'carried-out' | 'withdrawn' | 'replaced' | 'expired';

/** What waits for somebody's yes, or waited. */
export interface Approval extends NewApproval {
  readonly state: ApprovalState;
  readonly answer: 'approve' | 'reject' | null;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  /** The request that answered. */
  readonly answeredWith: string | null;
  readonly comment: string | null;
  readonly undoUntil: string | null;
  /** Answered, and nobody can take it back any more. */
  readonly final: boolean;
  readonly changedFacts: readonly ChangedFact[];
  readonly escalatedAt: string | null;
  readonly createdAt: string;
  /** Which writing of the row this is; what was mirrored is told by it. */
  readonly changedAt: string;
  /** Whether Salesforce has ever shown it. */
  readonly isShown: boolean;
}

/** A row as `to_jsonb` writes it: instants are texts. */
export interface ApprovalRow {
  readonly key: string;
  readonly decision: string;
  readonly referral: string;
  readonly deal: string;
  readonly request: string;
  readonly function: string;
  readonly partner: string;
  readonly office: NewApproval['office'];
  readonly requested_by: string;
  readonly assigned_to: string | null;
  readonly rules: readonly ApprovedRule[];
  readonly material: readonly MaterialFact[];
  readonly evidence: Json;
  readonly says: string;
  readonly reason: string;
  readonly amount_minor: number | null;
  readonly currency: string | null;
  readonly state: ApprovalState;
  readonly answer: 'approve' | 'reject' | null;
  readonly answered_by: string | null;
  readonly answered_at: string | null;
  readonly answered_with: string | null;
  readonly comment: string | null;
  readonly undo_until: string | null;
  readonly final: boolean | null;
  readonly changed_facts: readonly ChangedFact[];
  readonly created_at: string;
  readonly due_at: string;
  readonly escalated_at: string | null;
  readonly expires_at: string;
  readonly changed_at: string;
  readonly mirrored_at: string;
}

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());
const known = (text: string): string => new Date(text).toISOString();

export const toApproval = (row: ApprovalRow): Approval => ({
  key: row.key,
  decision: row.decision,
  referral: row.referral,
  deal: row.deal,
  request: row.request,
  function: row.function,
  partner: row.partner,
  office: row.office,
  requestedBy: row.requested_by,
  assignedTo: row.assigned_to,
  rules: row.rules,
  material: row.material,
  evidence: row.evidence,
  says: row.says,
  reason: row.reason,
  amount:
    row.amount_minor === null || row.currency === null ? null : { minor: row.amount_minor, currency: row.currency },
  dueAt: known(row.due_at),
  expiresAt: known(row.expires_at),
  state: row.state,
  answer: row.answer,
  answeredBy: row.answered_by,
  answeredAt: instant(row.answered_at),
  answeredWith: row.answered_with,
  comment: row.comment,
  undoUntil: instant(row.undo_until),
  final: row.final === true,
  changedFacts: row.changed_facts,
  escalatedAt: instant(row.escalated_at),
  createdAt: known(row.created_at),
  changedAt: row.changed_at,
  isShown: row.mirrored_at !== '-infinity',
});

const toRow = ({ amount, dueAt, expiresAt, requestedBy, assignedTo, ...rest }: NewApproval) => ({
  ...rest,
  requested_by: requestedBy,
  assigned_to: assignedTo,
  amount_minor: amount?.minor ?? null,
  currency: amount?.currency ?? null,
  due_at: dueAt,
  expires_at: expiresAt,
});

/** One person's answer to one approval, with what the ledger says of it. */
export interface GivenAnswer {
  readonly key: string;
  readonly answer: 'approve' | 'reject';
  readonly comment: string | null;
  readonly entry: LedgerEntryInput;
}

/**
 * Approvals of one org. PostgreSQL is the truth of them; their rows in Salesforce follow (`unmirrored`). What a person
 * says, its ledger entry and the work that goes on with it are one transaction.
 */
export class PostgresApprovals implements ApprovalBook {
  readonly #database: OrgDatabase;
  readonly #sealer: LedgerSealer;

  constructor(database: OrgDatabase, sealer: LedgerSealer) {
    this.#database = database;
    this.#sealer = sealer;
  }

  async open({ claim, entries, open, close }: OpenApprovals): Promise<boolean> {
    return this.#sealer.append(this.#database, [entries], async ([sealed = '']) => {
      const [row] = await this.#database.run(sql<{ held: boolean }>`
        select open_approvals(${this.#database.org}, ${claim.deal}, ${claim.fence}::bigint,
          ${JSON.stringify(open.map(toRow))}::jsonb, ${JSON.stringify(close)}::jsonb, ${sealed}::jsonb) as held`);
      const held = row?.held === true;
      return { answer: held, appended: held };
    });
  }

  async byKeys(keys: readonly string[]): Promise<readonly Approval[]> {
    const rows = await this.#database.run(sql<{ row: ApprovalRow }>`
      select to_jsonb(approvals) || jsonb_build_object('final', undo_until <= now()) as row
      from approvals where org = ${this.#database.org} and key = any (${[...keys]}::text[])`);
    return rows.map(({ row }) => toApproval(row));
  }

  async ofDecision(decision: string): Promise<readonly Approval[]> {
    const rows = await this.#database.run(sql<{ row: ApprovalRow }>`
      select to_jsonb(approvals) || jsonb_build_object('final', undo_until <= now()) as row
      from approvals where org = ${this.#database.org} and decision = ${decision} order by created_at`);
    return rows.map(({ row }) => toApproval(row));
  }

  /** Keys of the approvals of many decisions, with whose they are. */
  async ofDecisions(
    decisions: readonly string[],
  ): Promise<readonly { readonly key: string; readonly decision: string }[]> {
    if (decisions.length === 0) return [];
    return this.#database.run(sql<{ key: string; decision: string }>`
      select key, decision from approvals
      where org = ${this.#database.org} and decision = any (${[...decisions]}::text[]) order by key`);
  }

  /** Keys of those whose answer counts: the row was open. The others are somebody else's by now. */
  async answer(
    answers: readonly GivenAnswer[],
    { by, request, undoMs }: { readonly by: string; readonly request: string; readonly undoMs: number },
  ): Promise<ReadonlySet<string>> {
    if (answers.length === 0) return new Set();
    return this.#sealer.append(
      this.#database,
      answers.map(({ entry }) => [entry]),
      async (sealed) => {
        const given = answers.map(({ key, answer, comment }, index) => ({
          key,
          answer,
          comment,
          sealed: sealed[index],
        }));
        const rows = await this.#database.run(sql<{ key: string; counts: boolean }>`
          with locked as materialized (${this.#locked(answers)})
          select key, answer_approval(${this.#database.org}, key, answer, ${by}, ${request}, comment, ${undoMs}::float8, sealed::jsonb) as counts
          from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (key text, answer text, comment text, sealed text)
          where (select count(*) from locked) > 0`);
        return {
          answer: new Set(rows.filter(({ counts }) => counts).map(({ key }) => key)),
          appended: rows.every(({ counts }) => counts),
        };
      },
    );
  }

  /** Keys of those whose answer is taken back. */
  async undo(
    keys: readonly { readonly key: string; readonly entry: LedgerEntryInput }[],
    { by, request }: { readonly by: string; readonly request: string },
  ): Promise<ReadonlySet<string>> {
    if (keys.length === 0) return new Set();
    return this.#sealer.append(
      this.#database,
      keys.map(({ entry }) => [entry]),
      async (sealed) => {
        const given = keys.map(({ key }, index) => ({ key, sealed: sealed[index] }));
        const rows = await this.#database.run(sql<{ key: string; counts: boolean }>`
          with locked as materialized (${this.#locked(keys)})
          select key, undo_approval(${this.#database.org}, key, ${by}, ${request}, sealed::jsonb) as counts
          from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (key text, sealed text)
          where (select count(*) from locked) > 0`);
        return {
          answer: new Set(rows.filter(({ counts }) => counts).map(({ key }) => key)),
          appended: rows.every(({ counts }) => counts),
        };
      },
    );
  }

  /** Two who answer the same rows at once take them in one order, and the chain after them. */
  #locked(rows: readonly { readonly key: string }[]) {
    return sql`select key from approvals
      where org = ${this.#database.org} and key = any (${rows.map(({ key }) => key)}::text[]) order by key for update`;
  }

  /** Writes a final answer into the ledger, once, however often it is asked for. */
  async recordAnswer(key: string, entry: LedgerEntryInput): Promise<void> {
    await this.#sealer.append(this.#database, [[entry]], async ([sealed = '']) => {
      const [row] = await this.#database.run(sql<{ recorded: boolean }>`
        select record_answer(${this.#database.org}, ${key}, ${sealed}::jsonb) as recorded`);
      return { answer: null, appended: row?.recorded === true };
    });
  }

  /** Ends approvals that are open or answered; others stay as they ended. */
  async close(keys: readonly string[], state: Exclude<ApprovalState, 'open' | 'answered'>): Promise<void> {
    if (keys.length === 0) return;
    await this.#database.run(sql`
      update approvals set state = ${state}, changed_at = clock_timestamp()
      where org = ${this.#database.org} and key = any (${[...keys]}::text[]) and state in ('open', 'answered')`);
  }

  /** Hands what is overdue to an admin too, and ends what nobody answered even then; gives how many it touched. */
  async age(moreMs: number): Promise<number> {
    const [row] = await this.#database.run(sql<{ aged: number }>`
      select age_approvals(${this.#database.org}, ${moreMs}::float8) as aged`);
    return row?.aged ?? 0;
  }

  /** Rows that Salesforce does not show as they are, the oldest change first. */
  async unmirrored(limit: number): Promise<readonly Approval[]> {
    const rows = await this.#database.run(sql<{ row: ApprovalRow }>`
      select to_jsonb(approvals) || jsonb_build_object('final', undo_until <= now()) as row
      from approvals where org = ${this.#database.org} and mirrored_at < changed_at order by changed_at limit ${limit}`);
    return rows.map(({ row }) => toApproval(row));
  }

  /** Salesforce shows these as they were; what has ended needs nothing of its deal here any more. */
  async mirrored(rows: readonly Pick<Approval, 'key' | 'changedAt'>[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#database.run(sql`
      update approvals set mirrored_at = (told."changedAt")::timestamptz,
        material = case when state in ('open', 'answered') then material else '[]' end,
        evidence = case when state in ('open', 'answered') then evidence else '{}' end
      from jsonb_to_recordset(${JSON.stringify(rows.map(({ key, changedAt }) => ({ key, changedAt })))}::jsonb)
        as told (key text, "changedAt" text)
      where org = ${this.#database.org} and approvals.key = told.key`);
  }
}
