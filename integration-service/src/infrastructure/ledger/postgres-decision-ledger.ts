import { sql } from 'kysely';
import type { PartReader } from '../../domain/replay/decision-part.ts';
import type { Json } from '../../domain/values/json.ts';
import type {
  ChainedEntry,
  Checkpoint,
  DecisionLedger,
  DecisionQuery,
  LedgerBatch,
  LedgerDecision,
  LedgerEntryInput,
  LedgerPart,
  PartQuery,
  VerifiedChain,
} from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { readBatches } from './batch-stream.ts';
import { DecisionStream } from './decision-stream.ts';
import { type EntryRow, headingOf, valuesOf } from './entry-rows.ts';
import type { LedgerSealer } from './ledger-sealer.ts';
import { sayErased, SealedValues, withValues } from './sealed-values.ts';
import { SharedContents, withContents } from './shared-contents.ts';
import type { SubjectKeys } from './subject-keys.ts';
import { verifyChain } from './verify-chain.ts';

interface Waiting {
  readonly entries: readonly LedgerEntryInput[];
  readonly resolve: (chained: readonly ChainedEntry[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The ledger of one org in PostgreSQL. Appends that meet while one is under way go together in the next statement, so
 * the chain's lock is taken once for all of them.
 */
export class PostgresDecisionLedger implements DecisionLedger {
  readonly #database: OrgDatabase;
  readonly #sealer: LedgerSealer;
  readonly #values: SealedValues;
  readonly #contents: SharedContents;
  #waiting: Waiting[] = [];
  #flushing = false;

  constructor(database: OrgDatabase, sealer: LedgerSealer, keys: SubjectKeys) {
    this.#database = database;
    this.#sealer = sealer;
    this.#values = new SealedValues(database, keys);
    this.#contents = new SharedContents(database);
  }

  append(entries: readonly LedgerEntryInput[]): Promise<readonly ChainedEntry[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
      if (!this.#flushing) void this.#flush();
    });
  }

  verify(org: string, checkpoints: readonly Checkpoint[] = []): Promise<VerifiedChain> {
    this.#mustBeOurs(org);
    return verifyChain(this.#database, this.#values, checkpoints);
  }

  decisions(org: string, query: DecisionQuery = {}): AsyncIterable<LedgerDecision> {
    this.#mustBeOurs(org);
    return new DecisionStream(this.#database, this.#values, this.#contents).read(query);
  }

  parts(org: string, query: PartQuery, read: PartReader): AsyncIterable<LedgerPart> {
    this.#mustBeOurs(org);
    return new DecisionStream(this.#database, this.#values, this.#contents).parts(query, read);
  }

  batches(org: string, query: Pick<DecisionQuery, 'decision' | 'from' | 'to'> = {}): AsyncIterable<LedgerBatch> {
    this.#mustBeOurs(org);
    return readBatches(this.#database, query);
  }

  async read(org: string, decision: string): Promise<readonly (LedgerEntryInput & ChainedEntry)[]> {
    this.#mustBeOurs(org);
    const rows = await this.#database.run(sql<EntryRow>`
      select * from ledger_entries where org = ${org} and decision = ${decision} order by sequence`);
    const boxes = await valuesOf(
      this.#database,
      rows.map(({ sequence }) => sequence),
    );
    const values = await this.#values.openAll(boxes);
    const contents = await this.#contents.of(rows.flatMap((row) => row.contents));
    return rows.map((row) => {
      const shared = withContents(JSON.parse(row.body) as Json, row.contents, contents);
      const { body, placed } = withValues(shared, values.get(row.sequence) ?? []);
      return {
        ...headingOf(row),
        org,
        body: sayErased(body),
        personal: placed.map(({ path, subject }) => ({ path, subject })),
        sequence: Number(row.sequence),
        hash: row.hash.toString('hex'),
      };
    });
  }

  async #flush(): Promise<void> {
    this.#flushing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const rows = await this.#sealer.append(
          this.#database,
          [batch.flatMap((one) => one.entries)],
          async ([sealed]) => ({
            answer: await this.#database.run(sql<{ entry_sequence: string; entry_hash: string }>`
              select * from append_sealed(${this.#database.org}, ${sealed}::jsonb)`),
            appended: true,
          }),
        );
        let next = 0;
        for (const one of batch) {
          const own = rows.slice(next, next + one.entries.length);
          next += one.entries.length;
          one.resolve(
            own.map((row) => ({ org: this.#database.org, sequence: Number(row.entry_sequence), hash: row.entry_hash })),
          );
        }
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    this.#flushing = false;
  }

  #mustBeOurs(org: string): void {
    if (org !== this.#database.org) throw new Error(`this is the ledger of ${this.#database.org}, not of ${org}`);
  }
}
