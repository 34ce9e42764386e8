import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

/** Two processes with three works each: six effects may be on their way when the switch is thrown, and no seventh. */
const processes = 2;
const worksEach = 3;
const deals = 9;
const writes = ['CreateOpportunity', 'AssociateOpportunity', 'StartEngagementFromOpportunityTask'] as const;

/** A world of its own with two processes: part of the long run. One process is shown in security.test.ts. */
const isLongRun = process.env.TANDEM_FULL === '1';

let world: TestWorld;
beforeAll(async () => {
  if (isLongRun) world = await openWorld({ processes, service: { TANDEM_WORKER_CONCURRENCY: String(worksEach) } });
}, 120_000);
afterAll(async () => {
  await world?.close();
}, 60_000);

const received = (): number => writes.reduce((sum, operation) => sum + world.ace.calls(operation).received, 0);

interface Counted {
  readonly started: number;
  /** Begun after the switch was thrown. */
  readonly late: number;
  /** Begun before, and not yet answered when it was thrown. */
  readonly under_way: number;
}

const effects = async (): Promise<Counted> => {
  const [row] = await world.database.run(sql<Counted>`
    select count(*)::int as started, (count(*) filter (where intended_at > stop.at))::int as late,
      (count(*) filter (where intended_at <= stop.at and (settled_at is null or settled_at > stop.at)))::int as under_way
    from effects, (select at from control_stops where scope = 'all') stop`);
  return row ?? { started: 0, late: 0, under_way: 0 };
};

const open = async (): Promise<number> => {
  const [row] = await world.database.run(sql<{ open: number }>`
    select count(*)::int as open from inbox where state in ('waiting', 'working')`);
  return row?.open ?? 0;
};

(isLongRun ? test : test.skip)(
  'a stop overtakes the work it ends: no effect begins after it, and what is half done is listed',
  async () => {
    const { ace, database } = world;
    const ada = await world.world.signIn('ada.admin');
    const wish = async (kind: string, reason: string): Promise<void> => {
      const input = JSON.stringify({ version: 1, reason });
      await ada
        .sobject('Request__c')
        .create({ Kind__c: kind, Surface__c: 'panel', Subject__c: 'all', Input__c: input });
    };
    const ids = [];
    for (let made = 0; made < deals; made += 1) ids.push(await world.makeDeal());
    // Every worker has an effect at AWS, which answers none of them yet; three deals wait behind them.
    for (const operation of writes) ace.faults.add({ kind: 'hold-after-commit', operation, times: 100 });
    for (const id of ids) await world.click(id, 'list');
    await until('every worker waits for AWS', () => Promise.resolve(received() === processes * worksEach), {
      lastSeen: () => `AWS received ${received()} writes.`,
    });

    await wish('stop', 'A drill on real work.');
    await until('the switch is thrown', async () => (await database.run(sql`select 1 from control_stops`)).length > 0);
    expect(received()).toBe(processes * worksEach);
    expect((await effects()).under_way).toBe(processes * worksEach);
    ace.faults.clear();
    await until('nothing is left to do', async () => (await open()) === 0);

    expect(await effects()).toMatchObject({ started: processes * worksEach, late: 0 });
    expect(received()).toBe(processes * worksEach);
    const states = await world.query<{ State__c: string; BlockedBy__c: string; NetworkId__c: string | null }>(
      'SELECT State__c, BlockedBy__c, NetworkId__c FROM Referral__c',
    );
    expect(states.map(({ State__c, BlockedBy__c }) => `${State__c} ${BlockedBy__c}`)).toEqual(
      Array.from({ length: deals }, () => 'blocked kill-switch'),
    );
    const listed = await until('the switch lists what is half done', async () => {
      const [row] = await world.query<{ HalfDone__c: string | null; Active__c: boolean }>(
        "SELECT HalfDone__c, Active__c FROM ControlSwitch__c WHERE Key__c = 'all'",
      );
      const halfDone = JSON.parse(row?.HalfDone__c ?? '[]') as { step: string; networkId: string | null }[];
      return halfDone.filter(({ networkId }) => networkId !== null).length === processes * worksEach && halfDone;
    });
    expect(new Set(listed.map(({ step }) => step))).toEqual(new Set(['create']));

    await wish('resume', 'The drill is over.');
    await until(
      'the switch is let go',
      async () => (await database.run(sql`select 1 from control_stops`)).length === 0,
    );
    expect(await world.verifyLedger()).toBeGreaterThan(0);
  },
  120_000,
);
