import { sql } from 'kysely';
import { LedgerSealer } from '../src/infrastructure/ledger/ledger-sealer.ts';
import { masterKeyFrom, SubjectKeys } from '../src/infrastructure/ledger/subject-keys.ts';
import type { LedgerEntryInput } from '../src/ports/decision-ledger/decision-ledger.ts';
import { type Bench } from './figure.ts';
import { entriesOfDecision } from './ledger/decisions.ts';
import { benchMasterKey, benchOrg, openLedgerRoom } from './ledger/ledger-room.ts';

/** Callers at a time: the deals that eight processes of the service work on. */
const callers = 64;
const seconds = 5;

interface Speed {
  readonly perSecond: number;
  /** Milliseconds; the slowest of a hundred. */
  readonly p99: number;
}

/** As many decisions as can be recorded, each waited for before the next of its caller. */
const recordFor = async (
  append: (entries: readonly LedgerEntryInput[]) => Promise<unknown>,
  first: number,
): Promise<Speed> => {
  const took: number[] = [];
  let next = first;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() - began < seconds * 1_000) {
        const entries = entriesOfDecision(next);
        next += 1;
        const from = performance.now();
        await append(entries);
        took.push(performance.now() - from);
      }
    }),
  );
  const elapsed = (performance.now() - began) / 1_000;
  took.sort((left, right) => left - right);
  return { perSecond: took.length / elapsed, p99: took[Math.floor(took.length * 0.99)] ?? Number.NaN };
};

/**
 * Decisions whose facts, proposal and verdict are on disk before the caller goes on, against the same entries committed one
 * by one under the same lock of the chain.
 */
export const auditedDecisions: Bench = {
  names: ['audited-decisions', 'audited-decisions-p99'],
  async run(print) {
    const room = await openLedgerRoom();
    try {
      const database = room.database();
      const ledger = room.ledgerOf(database);
      const sealer = new LedgerSealer(new SubjectKeys(masterKeyFrom(benchMasterKey)));
      const oneByOne = async (entries: readonly LedgerEntryInput[]): Promise<void> => {
        for (const entry of entries)
          await sealer.append(database, [[entry]], async ([sealed]) => ({
            answer: await database.run(sql`select * from append_sealed(${database.org}, ${sealed}::jsonb)`),
            appended: true,
          }));
      };
      for (let warm = 0; warm < 500; warm += 1) await ledger.append(entriesOfDecision(warm));
      const theirs = await recordFor(oneByOne, 1_000_000);
      const ours = await recordFor((entries) => ledger.append(entries), 2_000_000);
      const { firstBad } = await ledger.verify(benchOrg);
      if (firstBad) throw new Error(`entry ${firstBad.sequence} does not hold: ${firstBad.why}`);
      const baseline = `one entry per commit, ${callers} callers, the same chain`;
      print({
        name: 'audited-decisions',
        value: ours.perSecond,
        unit: `decisions/s of three entries on disk, ${callers} callers`,
        baseline,
        baselineValue: theirs.perSecond,
      });
      print({
        name: 'audited-decisions-p99',
        value: ours.p99,
        unit: 'ms until a decision is on disk, slowest of a hundred',
        baseline,
        baselineValue: theirs.p99,
      });
    } finally {
      await room.close();
    }
  },
};
