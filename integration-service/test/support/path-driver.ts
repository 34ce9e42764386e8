import { sql } from 'kysely';
import type { ServiceFleet } from './service-fleet.ts';
import { type Path, writeAt } from './path-points.ts';
import { until } from './until.ts';
import type { TestWorld } from './world-kit.ts';

/** One way in which a process goes down on the path, and what AWS had done by then. */
export interface PathCase {
  readonly path: Path;
  readonly point: string;
  /** What became of the write at or after the point: done with its answer lost, or lost on the way. */
  readonly partner: 'reached' | 'not reached';
  /** Killed, or frozen for longer than its lease and woken when another has taken over. */
  readonly strike: 'kill' | 'stop';
}

/** Nobody comes by there unless the network did something new and kept its answer. */
const losesNothing = ({ standing = [] }: Path, point: string): boolean =>
  standing.some((step) => point.startsWith(`${step}-`)) &&
  /-(in-flight|after-not-done|before-look-up|after-look-up)$/.test(point);

export const pathCases = (path: Path): readonly PathCase[] =>
  path.points.flatMap((point) =>
    (losesNothing(path, point) ? (['not reached'] as const) : (['reached', 'not reached'] as const)).flatMap(
      (partner) => (['kill', 'stop'] as const).map((strike) => ({ path, point, partner, strike })),
    ),
  );

const isInFlight = ({ point }: PathCase): boolean => point.endsWith('-in-flight');

/** Points before a claim is held: a process that wakes there has no turn to bring to an end. */
const beforeTheTurn = (point: string): boolean => point.startsWith('event-') || point === 'before-claim';

const prepare = ({ ace, fleet }: TestWorld, one: PathCase): void => {
  const done = one.partner === 'reached';
  const operation = writeAt(one.path, one.point);
  if (isInFlight(one)) ace.faults.add({ kind: done ? 'hold-after-commit' : 'hold-before-commit', operation });
  else {
    ace.faults.add({ kind: done ? 'lost-after-commit' : 'lost-before-commit', operation });
    fleet.arm(one.point, one.strike);
  }
};

/** The process that works on a deal; its name in the claim ends with its id and when it began. */
const holderOf = async ({ database }: TestWorld, deal: string): Promise<number> => {
  const [row] = await database.run(sql<{ holder: string }>`
    select holder from claims where org = ${database.org} and deal = ${deal}`);
  const pid = Number(row?.holder.split('-').at(-2));
  if (!Number.isInteger(pid)) throw new Error(`no process holds the deal (${row?.holder ?? 'no claim'})`);
  return pid;
};

const strikeInFlight = async (world: TestWorld, deal: string, strike: PathCase['strike']): Promise<number> => {
  await world.ace.faults.untilHeld();
  const pid = await holderOf(world, deal);
  if (strike === 'stop') world.fleet.freeze(pid);
  return pid;
};

/** After its sleep a process has to find out by itself that it is late; its turn is over when it has. */
const wakeAndEnd = async (fleet: ServiceFleet, pid: number, point: string): Promise<void> => {
  const before = fleet.passed().length;
  fleet.wake(pid);
  const { url } = fleet.member(pid);
  await until('the woken process answers', async () => (await fetch(`${url}/ready`)).ok);
  if (beforeTheTurn(point) || point === 'after-finished') return;
  await until('the woken process has ended its turn', () =>
    Promise.resolve(fleet.passed().slice(before).includes(`${pid} after-finished`)),
  );
};

/**
 * Lets a click (or whatever `act` does with the deal) meet one case: the process is struck at the point, another takes
 * over until `whole` resolves, and the struck one is replaced or woken.
 */
export const runPathCase = async (
  world: TestWorld,
  one: PathCase,
  deal: string,
  act: () => Promise<string>,
  whole: (request: string) => Promise<unknown>,
): Promise<void> => {
  const { ace, fleet } = world;
  prepare(world, one);
  let struck: number | undefined;
  try {
    const request = await act();
    const pid = isInFlight(one)
      ? await strikeInFlight(world, deal, one.strike)
      : await fleet.struck(() => `Points passed: ${fleet.passed().slice(-20).join(', ')}`);
    struck = pid;
    if (one.strike === 'kill') {
      const { port } = fleet.member(pid);
      await fleet.kill(pid);
      const replaced = fleet.start({}, port);
      await Promise.all([whole(request), replaced]);
      ace.faults.release();
    } else {
      await whole(request);
      ace.faults.release();
      await wakeAndEnd(fleet, pid, one.point);
    }
  } finally {
    ace.faults.clear();
    fleet.disarm();
    // When something did not hold, the next case must find every process at work all the same.
    if (struck !== undefined && one.strike === 'stop') fleet.wake(struck);
  }
};
