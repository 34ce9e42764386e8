import { sql } from 'kysely';
import type { Checkpoint } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { ChainVerifier } from './chain-verifier.ts';
import type { CheckpointKey } from './checkpoints.ts';
import { entriesAfter, headingOf } from './entry-rows.ts';

interface CheckpointRow {
  readonly org: string;
  readonly sequence: string;
  readonly hash: string;
  readonly at: string;
  readonly key_id: string;
  readonly public_key: string;
  readonly signature: string;
}

const toCheckpoint = (row: CheckpointRow): Checkpoint => ({
  version: 1,
  org: row.org,
  sequence: Number(row.sequence),
  hash: row.hash,
  at: row.at,
  keyId: row.key_id,
  publicKey: row.public_key,
  signature: row.signature,
});

const pageSize = 1_000;

/** A chain that does not go on from its last checkpoint is not signed again. */
export class ChainBroken extends Error {}

/** The checkpoints of one org: made here, kept by others. */
export class PostgresCheckpoints {
  readonly #database: OrgDatabase;
  readonly #key: CheckpointKey;

  constructor(database: OrgDatabase, key: CheckpointKey) {
    this.#database = database;
    this.#key = key;
  }

  get key(): CheckpointKey {
    return this.#key;
  }

  /** How far the chain has come, and the newest checkpoint; null: there is none. */
  async stand(): Promise<{ readonly entries: number; readonly newest: Checkpoint | null }> {
    const [[head], [row]] = await Promise.all([
      this.#database.run(sql<{ sequence: string }>`
        select sequence from ledger_heads where org = ${this.#database.org}`),
      this.#database.run(sql<CheckpointRow>`
        select * from ledger_checkpoints where org = ${this.#database.org} order by sequence desc limit 1`),
    ]);
    return { entries: Number(head?.sequence ?? 0), newest: row ? toCheckpoint(row) : null };
  }

  /** Checkpoints after an entry, the oldest first. */
  async after(sequence: number, limit: number): Promise<readonly Checkpoint[]> {
    const rows = await this.#database.run(sql<CheckpointRow>`
      select * from ledger_checkpoints where org = ${this.#database.org} and sequence > ${sequence} order by sequence limit ${limit}`);
    return rows.map(toCheckpoint);
  }

  /**
   * Signs where the chain stands now, after looking at every entry since the last checkpoint. The newest one again when
   * nothing was appended; null for a ledger without entries. @throws `ChainBroken` when the chain does not go on from there.
   */
  async make(at: string): Promise<Checkpoint | null> {
    const { newest } = await this.stand();
    const head = await this.#walk(newest);
    if (head === null) return null;
    if (newest?.sequence === head.sequence) return newest;
    const made = this.#key.sign(this.#database.org, head, at);
    // Another process may have signed the same entry at the same time: either will do.
    await this.#database.run(sql`
      insert into ledger_checkpoints (org, sequence, hash, at, key_id, public_key, signature)
      values (${made.org}, ${made.sequence}, ${made.hash}, ${made.at}, ${made.keyId}, ${made.publicKey}, ${made.signature})
      on conflict (org, sequence) do nothing`);
    return made;
  }

  /** Where the chain ends, each link after the last checkpoint looked at, and that checkpoint's own entry. */
  async #walk(newest: Checkpoint | null): Promise<{ sequence: number; hash: string } | null> {
    const { org } = this.#database;
    if (newest) {
      const [row] = await this.#database.run(sql<{ hash: Buffer }>`
        select hash from ledger_entries where org = ${org} and sequence = ${newest.sequence}`);
      if (row?.hash.toString('hex') !== newest.hash)
        throw new ChainBroken(
          `entry ${newest.sequence} of the ledger of ${org} is not the one of the checkpoint of ${newest.at}: run "tandem ledger verify --checkpoint …"`,
        );
    }
    let end = newest === null ? null : { sequence: newest.sequence, hash: newest.hash };
    const verifier = new ChainVerifier(org, [], end ?? undefined);
    for (;;) {
      const rows = await entriesAfter(this.#database, end?.sequence ?? 0, pageSize);
      for (const row of rows) {
        const { body, contents, digest, hash } = row;
        const sequence = Number(row.sequence);
        const entry = { sequence, heading: headingOf(row), body, contents, digest, hash, values: [] };
        if (!verifier.holds(entry, () => true))
          throw new ChainBroken(
            `entry ${sequence} of the ledger of ${org} does not hold: run "tandem ledger verify", which says why`,
          );
        end = { sequence, hash: hash.toString('hex') };
      }
      if (rows.length < pageSize) return end;
    }
  }
}
