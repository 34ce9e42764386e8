import { sql } from 'kysely';
import type { Checkpoint, VerifiedChain } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { ChainVerifier } from './chain-verifier.ts';
import { entriesAfter, type EntryRow, headingOf, type ValueRow, valuesBetween } from './entry-rows.ts';
import type { PersonalPart } from './ledger-sealer.ts';
import type { SealedValues } from './sealed-values.ts';

/** Entries that are in memory at a time; the next ones are fetched while these are looked at. */
const pageSize = 300;

interface Page {
  readonly rows: readonly EntryRow[];
  readonly values: ReadonlyMap<string, readonly ValueRow[]>;
  readonly keys: Awaited<ReturnType<SealedValues['keysOf']>>;
}

/** Walks the chain of an org in its database, in the memory of two pages. */
export const verifyChain = async (
  database: OrgDatabase,
  sealed: SealedValues,
  checkpoints: readonly Checkpoint[],
): Promise<VerifiedChain> => {
  const verifier = new ChainVerifier(database.org, checkpoints);
  const sound = new Set<string>();
  const load = async (after: number): Promise<Page> => {
    const [rows, values] = await Promise.all([
      entriesAfter(database, after, pageSize),
      valuesBetween(database, after, after + pageSize),
    ]);
    const [keys] = await Promise.all([sealed.keysOf(values), addSound(database, sound, rows)]);
    return { rows, keys, values: Map.groupBy(values, ({ sequence }) => sequence) };
  };
  const partsOf = ({ values, keys }: Page, sequence: string): readonly PersonalPart[] | string => {
    const parts = [];
    for (const row of values.get(sequence) ?? []) {
      try {
        parts.push(...sealed.open(row, keys));
      } catch {
        return `the personal value ${row.path} cannot be opened: it was changed, or TANDEM_MASTER_KEY is not the one it was sealed under`;
      }
    }
    return parts;
  };
  for (let until = 0; ;) {
    let next: Promise<Page> | null = load(until);
    const began = until;
    while (next !== null) {
      const page: Page = await next;
      const last = page.rows.at(-1);
      next = page.rows.length === pageSize && last ? load(Number(last.sequence)) : null;
      next?.catch(() => undefined);
      for (const row of page.rows) {
        const { sequence, body, contents, digest, hash } = row;
        const entry = { sequence: Number(sequence), heading: headingOf(row), body, contents, digest, hash };
        if (!verifier.holds({ ...entry, values: partsOf(page, sequence) }, (content) => sound.has(content)))
          return verifier.end(null);
        until = entry.sequence;
      }
    }
    const [row] = await database.run(sql<{ sequence: string; hash: Buffer }>`
      select sequence, hash from ledger_heads where org = ${database.org}`);
    const head = row ? { sequence: Number(row.sequence), hash: row.hash } : null;
    // Somebody appended meanwhile: what was appended is looked at too.
    if (head && head.sequence > until && until > began) continue;
    return verifier.end(head);
  }
};

/** Adds the hashes that these rows name and whose text is still the one it was made of; each is looked at once. */
const addSound = async (database: OrgDatabase, sound: Set<string>, rows: readonly EntryRow[]): Promise<void> => {
  const named = [...new Set(rows.flatMap(({ contents }) => contents))].filter((hash) => !sound.has(hash));
  if (named.length === 0) return;
  const kept = await database.run(sql<{ hash: string }>`
    select hash from ledger_contents where org = ${database.org} and hash = any (${named})
      and hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')`);
  for (const { hash } of kept) sound.add(hash);
};
