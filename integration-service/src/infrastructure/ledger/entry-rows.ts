import { sql } from 'kysely';
import type { LedgerEntryInput, LedgerKind } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';

/** A row of `ledger_entries`. */
export interface EntryRow {
  readonly sequence: string;
  readonly kind: LedgerKind;
  readonly decision: string;
  readonly at: string;
  readonly actor: string;
  readonly partner_of_record: string;
  readonly body: string;
  readonly digest: Buffer;
  readonly hash: Buffer;
  /** Hashes of what the body shares with other entries. */
  readonly contents: readonly string[];
}

/** A row of `ledger_values`: a box of one subject's values in one entry. */
export interface ValueRow {
  readonly sequence: string;
  readonly path: string;
  readonly subject: string;
  /** Of a value that was sealed by itself, before values of one subject shared a box. */
  readonly salt: Buffer | null;
  readonly sealed: Buffer;
}

/** Who did what, when and about what: what an entry says besides its body. */
export const headingOf = (row: EntryRow): Omit<LedgerEntryInput, 'org' | 'personal' | 'body' | 'shared'> => {
  const { kind, decision, at, actor, partner_of_record: partnerOfRecord } = row;
  return { kind, decision, at, actor, partnerOfRecord };
};

/** Entries after a number, in order. */
export const entriesAfter = (database: OrgDatabase, after: number, limit: number): Promise<readonly EntryRow[]> =>
  database.run(sql<EntryRow>`
    select * from ledger_entries where org = ${database.org} and sequence > ${after} order by sequence limit ${limit}`);

/** The boxes of the entries from one number on, up to another. */
export const valuesBetween = (database: OrgDatabase, after: number, until: number): Promise<readonly ValueRow[]> =>
  database.run(sql<ValueRow>`
    select * from ledger_values where org = ${database.org} and sequence > ${after} and sequence <= ${until}`);

/** The boxes of these entries. */
export const valuesOf = async (database: OrgDatabase, sequences: readonly string[]): Promise<readonly ValueRow[]> =>
  sequences.length === 0
    ? []
    : database.run(sql<ValueRow>`
        select * from ledger_values where org = ${database.org} and sequence = any (${[...sequences]}::bigint[])`);
