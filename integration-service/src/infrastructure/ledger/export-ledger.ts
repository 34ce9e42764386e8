import { sql } from 'kysely';
import type { Checkpoint } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { entriesAfter, type EntryRow, headingOf, valuesBetween } from './entry-rows.ts';
import type { SealedValues } from './sealed-values.ts';

const pageSize = 500;

export interface ExportOptions {
  /** The export ends with the entry that it covers. */
  readonly checkpoint: Checkpoint;
  /** With the personal values that can still be opened, and what the chain's commitments to them are made of. */
  readonly personal: boolean;
}

/**
 * The ledger of an org as lines of JSON, in order and complete up to a checkpoint: a heading, each entry as it was hashed
 * with what it shares with others before it, and the checkpoint. `verifyExport` needs nothing else.
 */
export async function* exportLedger(
  database: OrgDatabase,
  sealed: SealedValues,
  { checkpoint, personal }: ExportOptions,
): AsyncGenerator<string> {
  const { org } = database;
  const { at, sequence: last, keyId, publicKey } = checkpoint;
  yield JSON.stringify({ kind: 'tandem-ledger', version: 1, org, at, entries: last, personal, keyId, publicKey });
  const told = new Set<string>();
  for (let after = 0; after < last;) {
    const rows = (await entriesAfter(database, after, pageSize)).filter(({ sequence }) => Number(sequence) <= last);
    if (rows.length === 0) throw new Error(`entry ${after + 1} of ${org} is missing: run "tandem ledger verify"`);
    yield* contentsOf(database, told, rows);
    const values = personal
      ? await sealed.openAll(await valuesBetween(database, after, after + pageSize))
      : new Map<string, never>();
    for (const row of rows) {
      const parts = values.get(row.sequence) ?? [];
      yield JSON.stringify({
        kind: 'entry',
        sequence: Number(row.sequence),
        entry: headingOf(row),
        body: row.body,
        contents: row.contents,
        hash: row.hash.toString('hex'),
        ...(parts.length > 0 ? { values: parts } : {}),
      });
      after = Number(row.sequence);
    }
  }
  yield JSON.stringify({ kind: 'end', checkpoint });
}

/** What these entries share and no earlier one named. */
async function* contentsOf(
  database: OrgDatabase,
  told: Set<string>,
  rows: readonly EntryRow[],
): AsyncGenerator<string> {
  const named = [...new Set(rows.flatMap(({ contents }) => contents))].filter((hash) => !told.has(hash));
  if (named.length === 0) return;
  const kept = await database.run(sql<{ hash: string; body: string }>`
    select hash, body from ledger_contents where org = ${database.org} and hash = any (${named}) order by hash`);
  for (const { hash, body } of kept) {
    told.add(hash);
    yield JSON.stringify({ kind: 'content', hash, body });
  }
}
