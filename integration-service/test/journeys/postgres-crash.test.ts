import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CrashingPostgres, startCrashingPostgres } from '../support/crashing-postgres.ts';
import { expectFiledOnce, untilFiled } from '../support/referral-checks.ts';
import { seededSample } from '../support/seeded-sample.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

/** What stands in the tables at a point because of a statement that did not wait for the disk (`runAhead`). */
const ahead: Readonly<Record<string, string>> = {
  'event-after-stored': 'select count(*) from inbox where deal = $1',
  'after-claim': 'select count(*) from claims where deal = $1',
  'after-budget': `select count(*) from inbox where deal = $1 and state = 'working'`,
  'after-finished': `select count(*) from inbox where deal = $1 and state = 'done'`,
};
/** Points right after a statement that did wait: nothing of it may be missing. */
const durable: Readonly<Record<string, string>> = {
  'create-after-intended': `select count(*) from effects where decision like $1 || ':%'`,
  'submit-after-intended': `select count(*) from effects where decision like $1 || ':%' and state = 'done'`,
  'after-link-saved': `select count(*) from referral_links where opportunity = $1 and state = 'submitted'`,
};

interface CrashCase {
  readonly point: string;
  /** The process that was at work goes down too, as with the machine under both; or it lives on and finds out. */
  readonly service: 'goes down too' | 'lives on';
}

const sample = seededSample(
  [...Object.keys(ahead), ...Object.keys(durable)].flatMap((point) =>
    (['goes down too', 'lives on'] as const).map((service): CrashCase => ({ point, service })),
  ),
  2,
);
/** The click itself is forgotten while the stream that told of it goes on. */
const always: CrashCase = { point: 'event-after-stored', service: 'lives on' };
const items = [always, ...sample.items.filter((one) => JSON.stringify(one) !== JSON.stringify(always))];

/** A record that was left behind its link is written by the chore that follows reviews. These cases come last. */
const withChores = { TANDEM_ROLES: 'subscriber,worker,sync,http' };

let postgres: CrashingPostgres;
let world: TestWorld;
/** Points at which the crash did make PostgreSQL forget something. */
const forgotten: string[] = [];

beforeAll(async () => {
  postgres = await startCrashingPostgres();
  world = await openWorld({
    serviceDatabaseUrl: postgres.databaseUrl,
    // Without chores, whose statements wait for the disk and so put everything before them there.
    service: { TANDEM_ROLES: 'subscriber,worker,http', TANDEM_LEASE_SECONDS: '4' },
  });
}, 120_000);
afterAll(async () => {
  await world?.close();
  await postgres?.stop();
}, 60_000);

const countAt = async (point: string, deal: string): Promise<number> => {
  const [row] = await postgres.query<{ count: string }>(ahead[point] ?? durable[point] ?? '', [deal]);
  return Number(row?.count);
};

/** The crash of an earlier case has made its work come again: what strikes there is let go, until it is this deal's. */
const strikeAtWorkOf = async (deal: string, point: string): Promise<{ pid: number; before: number }> => {
  const { fleet } = world;
  for (;;) {
    const pid = await fleet.struck(() => `Points passed: ${fleet.passed().slice(-20).join(', ')}`);
    const before = await countAt(point, deal);
    if (before > 0) return { pid, before };
    fleet.arm(point, 'stop');
    fleet.wake(pid);
  }
};

describe(`PostgreSQL crashes and comes back with what the disk holds (${sample.name})`, () => {
  test.each(items.map((one) => [`at ${one.point}, and the service ${one.service}`, one] as const))(
    '%s',
    async (_name, { point, service }) => {
      const { fleet } = world;
      const deal = await world.makeDeal();
      fleet.arm(point, 'stop');
      try {
        const request = await world.click(deal);
        const { pid, before } = await strikeAtWorkOf(deal, point);
        await postgres.crash();
        const after = await countAt(point, deal);
        if (after < before) forgotten.push(point);
        if (service === 'lives on') fleet.wake(pid);
        else {
          await fleet.kill(pid);
          await fleet.start(point === 'after-link-saved' ? withChores : {});
        }
        await untilFiled(world, deal, [request]);
        await expectFiledOnce(world, deal);
      } finally {
        fleet.disarm();
        for (const pid of fleet.pids) fleet.wake(pid);
        if (fleet.pids.length === 0) await fleet.start();
      }
    },
    120_000,
  );

  test('it forgot something, and nothing that had waited for the disk', () => {
    expect(forgotten).not.toEqual([]);
    expect(forgotten.filter((point) => point in durable)).toEqual([]);
  });
});
