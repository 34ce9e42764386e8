import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { filing, writeAt } from '../support/path-points.ts';
import { expectFiledOnce, untilFiled } from '../support/referral-checks.ts';
import { seededSample } from '../support/seeded-sample.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

/** What AWS does with the write at or after the point: answers, does it and loses the answer, or keeps it to itself. */
type Answer = 'answers' | 'loses its answer' | 'answers once the process is stopping' | 'never answers';

interface StopCase {
  readonly point: string;
  readonly aws: Answer;
}

const answersAt = (point: string): readonly Answer[] => {
  if (point.endsWith('-in-flight')) return ['answers once the process is stopping', 'never answers'];
  // Nobody comes by there unless an answer was lost.
  if (/-(after-not-done|before-look-up|after-look-up)$/.test(point)) return ['loses its answer'];
  return ['answers', 'loses its answer'];
};
const cases: readonly StopCase[] = filing.points.flatMap((point) => answersAt(point).map((aws) => ({ point, aws })));
const sample = seededSample(cases, 1);
/** Where most would go wrong: the event is not stored yet, a call is on its way, and all is done but said so nowhere. */
const always: readonly StopCase[] = [
  { point: 'event-received', aws: 'answers' },
  { point: 'create-in-flight', aws: 'answers once the process is stopping' },
  { point: 'before-link-saved', aws: 'answers' },
];
const items = [...new Map([...always, ...sample.items].map((one) => [JSON.stringify(one), one])).values()];

/** A little more than a process takes at most: its own patience with work that does not end is 15 s. */
const graceMs = 20_000;

let world: TestWorld;

beforeAll(async () => {
  // The chore that follows reviews comes later than the next turn: it would hear of a lost answer first, and then nobody
  // passes the points after it.
  world = await openWorld({ service: { TANDEM_REVIEW_POLL_SECONDS: '10' } });
}, 120_000);
afterAll(async () => {
  await world?.close();
}, 60_000);

/** Clicks, and gives the process that was told to stop, with the request. */
const stopAt = async ({ point, aws }: StopCase, deal: string): Promise<{ pid: number; request: string }> => {
  const { ace, fleet } = world;
  const operation = writeAt(filing, point);
  if (aws === 'answers' || aws === 'loses its answer') {
    if (aws === 'loses its answer') ace.faults.add({ kind: 'lost-after-commit', operation });
    fleet.arm(point, 'terminate');
    const request = await world.click(deal);
    return { request, pid: await fleet.struck(() => `Points passed: ${fleet.passed().slice(-20).join(', ')}`) };
  }
  ace.faults.add({ kind: 'hold-after-commit', operation });
  const request = await world.click(deal);
  await ace.faults.untilHeld();
  const [pid = 0] = fleet.pids;
  fleet.terminate(pid);
  if (aws === 'answers once the process is stopping') ace.faults.release();
  return { pid, request };
};

/** Claims and the right to listen that nobody gave back: the next process would have to wait until they end. */
const heldStill = async (deal: string): Promise<readonly string[]> => {
  const { database } = world;
  const rows = await database.run(sql<{ what: string }>`
    select 'deal ' || deal as what from claims where org = ${database.org} and deal = ${deal}
    union all
    select channel from subscriptions where org = ${database.org} and channel like '/data/%' and lease_until > now()`);
  return rows.map(({ what }) => what);
};

describe(`the only process is told to stop, and another is started (${always.length} and ${sample.name})`, () => {
  test.each(items.map((one) => [`at ${one.point}, AWS ${one.aws}`, one] as const))(
    '%s',
    async (_name, one) => {
      const deal = await world.makeDeal();
      try {
        const { pid, request } = await stopAt(one, deal);
        expect(await world.fleet.ended(pid, graceMs)).toBe(0);
        if (one.aws !== 'never answers') expect(await heldStill(deal)).toEqual([]);
        await world.fleet.start();
        await untilFiled(world, deal, [request]);
        await expectFiledOnce(world, deal);
      } finally {
        world.ace.faults.clear();
        world.fleet.disarm();
        // When something did not hold, the next case must find a process at work all the same.
        if (world.fleet.pids.length === 0) await world.fleet.start();
      }
    },
    120_000,
  );
});
