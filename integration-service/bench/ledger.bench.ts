import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { replayDecision } from '../src/app/replay-ledger.ts';
import type { PostgresDecisionLedger } from '../src/infrastructure/ledger/postgres-decision-ledger.ts';
import { readDecision } from '../src/domain/replay/recorded-decision.ts';
import { type Bench } from './figure.ts';
import { entriesOfDecision } from './ledger/decisions.ts';
import { benchOrg, openLedgerRoom } from './ledger/ledger-room.ts';

/** Decisions that are recorded the way the service does it; the ledger is then made longer with their like. */
const recorded = 3_000;
const readOneByOne = 300;
const megabyte = 1_000_000;

/**
 * Appends copies of the entries that are there until there are so many, each linked to the one before it. A digest says
 * nothing of an entry's number, and a sealed value nothing of its entry, so the copies are as sound as their originals.
 */
const lengthen = `do $$
  declare v_from bigint; v_hash bytea; v_original ledger_entries;
  begin
    set local session_replication_role = replica;
    select sequence, hash into v_from, v_hash from ledger_heads where org = '${benchOrg}';
    for v_next in v_from + 1 .. %COUNT% loop
      select * into v_original from ledger_entries where org = '${benchOrg}' and sequence = (v_next - 1) % v_from + 1;
      v_hash := sha256(v_hash || int8send(v_next) || v_original.digest);
      v_original.sequence := v_next; v_original.hash := v_hash;
      insert into ledger_entries select v_original.*;
    end loop;
    insert into ledger_values (org, sequence, path, subject, salt, sealed)
      select value.org, copy, value.path, value.subject, value.salt, value.sealed
      from ledger_values value, lateral generate_series(value.sequence + v_from, %COUNT%, v_from) copy where value.org = '${benchOrg}';
    update ledger_heads set sequence = %COUNT%, hash = v_hash where org = '${benchOrg}';
  end $$`;

/** Every link of the chain, and nothing of what the entries say. */
const linksAlone = `select count(*) as wrong from (
  select hash, sha256(coalesce(lag(hash) over (order by sequence), '') || int8send(sequence) || digest) as expected
  from ledger_entries where org = '${benchOrg}') links where hash <> expected`;

const walked = z.object({
  entries: z.number(),
  firstBad: z.object({ sequence: z.number(), why: z.string() }).nullable(),
  seconds: z.number(),
  peakBytes: z.number(),
});

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
};

const replayAll = async (ledger: PostgresDecisionLedger): Promise<void> => {
  let same = 0;
  for await (const one of ledger.decisions(benchOrg)) if (replayDecision(one, null).asOfThen === 'same') same += 1;
  if (same !== recorded) throw new Error(`${same} of ${recorded} decisions came out the same`);
};

const replayOneByOne = async (ledger: PostgresDecisionLedger): Promise<void> => {
  for (let index = 0; index < readOneByOne; index += 1) {
    const decision = `decision-${index}`;
    const verdict = (await ledger.read(benchOrg, decision)).find(({ kind }) => kind === 'verdict');
    const read = readDecision(Object(verdict?.body).record);
    const one = { sequence: verdict?.sequence ?? 0, decision, at: verdict?.at ?? '', read, answers: null };
    if (replayDecision(one, null).asOfThen !== 'same') throw new Error(`${decision} came out otherwise`);
  }
};

/** How fast a ledger's decisions are judged again, and how long and in what memory all of its entries are looked at. */
export const ledgerFigures: Bench = {
  names: ['ledger-replay', 'ledger-verify', 'ledger-verify-memory'],
  async run(print, { full }) {
    const room = await openLedgerRoom();
    try {
      const ledger = room.ledgerOf(room.database());
      for (let made = 0; made < recorded; made += 100)
        await ledger.append(Array.from({ length: 100 }, (_, index) => entriesOfDecision(made + index)).flat());
      await replayOneByOne(ledger);
      const plain = await secondsOf(() => replayOneByOne(ledger));
      const seconds = await secondsOf(() => replayAll(ledger));
      print({
        name: 'ledger-replay',
        value: recorded / seconds,
        unit: `decisions/s from the ledger to the same bytes, ${recorded} of them`,
        baseline: 'reading one decision at a time',
        baselineValue: readOneByOne / plain,
      });
      const entries = full ? 1_000_000 : 100_000;
      const client = new pg.Client({ connectionString: room.url });
      await client.connect();
      await client.query(lengthen.replaceAll('%COUNT%', String(entries)));
      await client.query('analyze');
      const links = await secondsOf(() => client.query(linksAlone));
      await client.end();
      const walker = join(import.meta.dirname, 'ledger', 'verify-process.ts');
      const { stdout } = await promisify(execFile)(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        walker,
        room.url,
      ]);
      const walk = walked.parse(JSON.parse(stdout));
      if (walk.firstBad || walk.entries !== entries) throw new Error(`the walk says ${stdout}`);
      print({
        name: 'ledger-verify',
        value: walk.seconds,
        unit: `s for ${entries} entries with their sealed values${full ? '' : ' (1000000 with --full)'}`,
        baseline: 'the links alone, inside PostgreSQL',
        baselineValue: links,
      });
      print({
        name: 'ledger-verify-memory',
        value: walk.peakBytes / megabyte,
        unit: `MB at most, ${entries} entries`,
        baseline: 'what it may take at most',
        baselineValue: 300,
      });
    } finally {
      await room.close();
    }
  },
};
