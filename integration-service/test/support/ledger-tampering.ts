import type { Kysely } from 'kysely';
import pg from 'pg';
import { Kysely as Compiler, PostgresDialect } from 'kysely';
import type { OrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { CheckpointKey } from '../../src/infrastructure/ledger/checkpoints.ts';
import { chainHash, entryDigest, LedgerSealer } from '../../src/infrastructure/ledger/ledger-sealer.ts';
import { type EntryRow, headingOf } from '../../src/infrastructure/ledger/entry-rows.ts';
import { PostgresDecisionLedger } from '../../src/infrastructure/ledger/postgres-decision-ledger.ts';
import { SealedValues } from '../../src/infrastructure/ledger/sealed-values.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';
import { verifyChain } from '../../src/infrastructure/ledger/verify-chain.ts';
import type { Checkpoint } from '../../src/ports/decision-ledger/decision-ledger.ts';
import { recordedDecision } from './recorded-decisions.ts';
import { approvalEntry, personalDecision, verdictEntry } from './recorded-entries.ts';

const orgs = ['00D000000000001EAA', '00D000000000002EAA'] as const;
const entries = 40;
/** Entries after the last checkpoint: what is done to these alone and hashed anew nobody can tell. */
const covered = 30;

/** The same numbers for the same seed (mulberry32). */
const seeded = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

interface Hands {
  readonly client: pg.Client;
  readonly pick: (below: number) => number;
  readonly rows: readonly EntryRow[];
}

/** What somebody with the superuser's password does, and the first entry that must be named for it. */
type Deed = (hands: Hands) => Promise<number>;

const org = orgs[0];
/** One character or byte of a column becomes another. */
const flipped: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['kind', 'decision', 'at', 'actor', 'partner_of_record', 'body'].map((column) => [
      column,
      `overlay(${column} placing case when substr(${column}, $3 % length(${column}) + 1, 1) = '~' then '!' else '~' end from $3 % length(${column}) + 1)`,
    ]),
  ),
  ...Object.fromEntries(
    ['digest', 'hash'].map((column) => [
      column,
      `set_byte(${column}, $3 % length(${column}), get_byte(${column}, $3 % length(${column})) # 1)`,
    ]),
  ),
};

const deeds: Readonly<Record<string, Deed>> = {
  async flip({ client, pick }) {
    const columns = Object.keys(flipped);
    const column = columns[pick(columns.length)] ?? 'body';
    const sequence = 1 + pick(entries);
    const set = `update ledger_entries set ${column} = ${flipped[column]} where org = $1 and sequence = $2`;
    await client.query(set, [org, sequence, pick(10_000)]);
    return sequence;
  },
  async 'flip a sealed value'({ client, pick }) {
    const { rows } = await client.query<{ sequence: string }>(
      `select sequence from ledger_values where org = $1 order by sequence, path`,
      [org],
    );
    const sequence = Number(rows[pick(rows.length)]?.sequence);
    await client.query(
      `update ledger_values set sealed = set_byte(sealed, $3 % length(sealed), get_byte(sealed, $3 % length(sealed)) # 1)
       where org = $1 and sequence = $2`,
      [org, sequence, pick(10_000)],
    );
    return sequence;
  },
  async delete({ client, pick }) {
    const sequence = 1 + pick(entries);
    await client.query('delete from ledger_entries where org = $1 and sequence = $2', [org, sequence]);
    return sequence;
  },
  async insert({ client, pick, rows }) {
    const after = pick(entries + 1);
    await shift(client, after, 1);
    const copied = rows[pick(entries)];
    await client.query(
      `insert into ledger_entries select org, $3, kind, decision, at, actor, partner_of_record, body, digest, hash, contents
       from ledger_entries where org = $1 and hash = $2`,
      [org, copied?.hash, after + 1],
    );
    // A copy before its own original is found where that stands a second time.
    return Number(copied?.sequence) === after + 1 ? after + 2 : after + 1;
  },
  async reorder({ client, pick }) {
    const first = 1 + pick(entries - 1);
    const second = first + 1 + pick(entries - first);
    await client.query(`update ledger_entries set sequence = -sequence where org = $1 and sequence in ($2, $3)`, [
      org,
      first,
      second,
    ]);
    await client.query(
      `update ledger_entries set sequence = case when sequence = -$2::bigint then $3::bigint else $2::bigint end where org = $1 and sequence < 0`,
      [org, first, second],
    );
    return first;
  },
  async 'swap between orgs'({ client, pick }) {
    const sequence = 1 + pick(entries);
    await client.query(`update ledger_entries set org = 'x' || org where sequence = $1`, [sequence]);
    await client.query(
      `update ledger_entries set org = case org when $2 then $3 else substr($2, 2) end where sequence = $1`,
      [sequence, `x${org}`, orgs[1]],
    );
    return sequence;
  },
  async truncate({ client, pick, rows }) {
    const last = rows[pick(covered - 1)];
    await client.query('delete from ledger_entries where org = $1 and sequence > $2', [org, last?.sequence]);
    await client.query('update ledger_heads set sequence = $2, hash = $3 where org = $1', [
      org,
      last?.sequence,
      last?.hash,
    ]);
    return Number(last?.sequence) + 1;
  },
  async 'rewrite and rehash'({ client, pick, rows }) {
    const from = pick(covered);
    let before = rows[from - 1]?.hash ?? Buffer.alloc(0);
    for (const row of rows.slice(from)) {
      const actor = row === rows[from] ? 'user:somebody-else' : row.actor;
      const digest = entryDigest({ ...headingOf({ ...row, actor }), org }, row.body, row.contents);
      before = chainHash(before, Number(row.sequence), digest);
      await client.query(
        'update ledger_entries set actor = $3, digest = $4, hash = $5 where org = $1 and sequence = $2',
        [org, row.sequence, actor, digest, before],
      );
    }
    await client.query('update ledger_heads set hash = $2 where org = $1', [org, before]);
    // By itself the chain holds; the checkpoint is the entry that gives it away.
    return covered;
  },
};

/** The kinds of tampering, in turn. */
export const tamperings: readonly string[] = Object.keys(deeds);

/** Moves the entries after a number up by so many; from the far end, because numbers are keys. */
const shift = async (client: pg.Client, after: number, by: number): Promise<void> => {
  await client.query('update ledger_entries set sequence = -sequence where org = $1 and sequence > $2', [org, after]);
  await client.query('update ledger_entries set sequence = -sequence + $2 where org = $1 and sequence < 0', [org, by]);
};

/** A ledger that may be tampered with as often as wanted: every deed is taken back. */
export interface TamperedLedger {
  /** What a seeded case does, the entry that must be named for it, and the one that `verify` names; null: none. */
  attempt(seed: number): Promise<{ readonly deed: string; readonly expected: number; readonly named: number | null }>;
  close(): Promise<void>;
}

/** One client's transaction as the database of an org: it sees what is not committed. */
const databaseOver = (client: pg.Client): OrgDatabase => {
  const compiler: Kysely<unknown> = new Compiler({
    dialect: new PostgresDialect({ pool: () => Promise.reject(new Error('statements are run by the client')) }),
  });
  const run: OrgDatabase['run'] = async (statement) => {
    const { sql: text, parameters } = statement.compile(compiler);
    return (await client.query(text, [...parameters])).rows;
  };
  return { org, run, runAhead: run, close: () => Promise.resolve() };
};

/** Fills a migrated database, whose superuser `ownerUrl` is, with the ledgers of two orgs. */
export const openTamperedLedger = async (
  ownerUrl: string,
  databases: (org: string) => OrgDatabase,
): Promise<TamperedLedger> => {
  const keys = new SubjectKeys(masterKeyFrom('a master key for tests, never for use'));
  for (const one of orgs) {
    const ledger = new PostgresDecisionLedger(databases(one), new LedgerSealer(keys), keys);
    for (let made = 0; made < entries; made += 2)
      await ledger.append([
        made % 4 === 0
          ? verdictEntry(one, recordedDecision(`d${made}`))
          : verdictEntry(one, personalDecision(`d${made}`)),
        approvalEntry(one, `d${made}`, 'approve', `user:00500000000000${made % 10}`),
      ]);
  }
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<EntryRow>('select * from ledger_entries where org = $1 order by sequence', [org]);
  const last = rows[covered - 1];
  if (!last) throw new Error('the ledger is shorter than what its checkpoint covers');
  const checkpoint: Checkpoint = CheckpointKey.derivedFrom(masterKeyFrom('another')).sign(
    org,
    { sequence: covered, hash: last.hash.toString('hex') },
    '2026-11-21T10:00:00.000Z',
  );
  const database = databaseOver(client);
  return {
    attempt: async (seed) => {
      const deed = tamperings[seed % tamperings.length] ?? '';
      await client.query('begin');
      try {
        await client.query('set local session_replication_role = replica');
        await client.query(`select set_config('tandem.org', $1, true)`, [org]);
        const expected = (await deeds[deed]?.({ client, pick: seeded(seed), rows })) ?? 0;
        const { firstBad } = await verifyChain(database, new SealedValues(database, keys), [checkpoint]);
        return { deed, expected, named: firstBad?.sequence ?? null };
      } finally {
        await client.query('rollback');
      }
    },
    close: () => client.end(),
  };
};
