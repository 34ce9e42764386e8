import { appendInProcesses } from './ledger/appenders.ts';
import { type Bench } from './figure.ts';
import { benchMasterKey, openLedgerRoom } from './ledger/ledger-room.ts';

const processes = 4;
/** Callers at a time in all, however many processes they are in. */
const callers = 64;
const decisions = 12_800;
const orgs = Array.from({ length: 100 }, (_, index) => `00D000000001${String(index).padStart(3, '0')}EAA`);

/** Begun elsewhere, so that processes meet at some orgs and not at others. */
const turned = (names: readonly string[], by: number): string[] => [...names.slice(by), ...names.slice(0, by)];

/**
 * The same decisions recorded by one process and by four, which share nothing but PostgreSQL: on the chain of one org, for
 * which they wait for each other, and on those of a hundred orgs.
 */
export const auditedTogether: Bench = {
  names: ['audited-decisions-four-processes', 'audited-decisions-hundred-orgs'],
  long: true,
  async run(print) {
    const room = await openLedgerRoom();
    const { url } = room;
    /** Decisions a second. */
    const speed = async (among: number, names: readonly string[], first: number): Promise<number> => {
      const each = Math.round(decisions / callers / names.length);
      const { decisions: done, seconds } = await appendInProcesses(
        Array.from({ length: among }, (_, index) => ({
          url,
          masterKey: benchMasterKey,
          first: first + index * 1_000_000,
          parts: [{ orgs: turned(names, index * (names.length / among)), callers: callers / among, each }],
        })),
      );
      return done / seconds;
    };
    try {
      const [one] = orgs;
      if (one === undefined) throw new Error('the bench has orgs');
      await speed(1, [one], 0);
      const alone = await speed(1, [one], 10_000_000);
      const together = await speed(processes, [one], 20_000_000);
      const spreadAlone = await speed(1, orgs, 30_000_000);
      const spread = await speed(processes, orgs, 40_000_000);
      for (const org of orgs) {
        const { firstBad } = await room.ledgerOf(room.database(org)).verify(org);
        if (firstBad) throw new Error(`entry ${firstBad.sequence} of ${org} does not hold: ${firstBad.why}`);
      }
      print({
        name: 'audited-decisions-four-processes',
        value: together,
        unit: `decisions/s of three entries on disk, one org, ${processes} processes, ${callers} callers in all`,
        baseline: `one process with ${callers} callers`,
        baselineValue: alone,
      });
      print({
        name: 'audited-decisions-hundred-orgs',
        value: spread,
        unit: `decisions/s of three entries on disk, ${orgs.length} orgs, ${processes} processes, ${callers} callers in all`,
        baseline: `one process with ${callers} callers, one org after the other`,
        baselineValue: spreadAlone,
      });
    } finally {
      await room.close();
    }
  },
};
