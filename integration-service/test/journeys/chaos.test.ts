import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { eventBusOf } from '../../local/org/surfaces.ts';
import { type LocalRedis, startRedis } from '../../local/services/redis.ts';
import { expectFiledOnce, untilFiled } from '../support/referral-checks.ts';
import { until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

let redis: LocalRedis;
let world: TestWorld;
/** How long each scenario took from the click to a record that is right, as the log shows it. */
const took: string[] = [];

beforeAll(async () => {
  redis = await startRedis();
  world = await openWorld({ gated: true, redisUrl: redis.url });
}, 120_000);
afterAll(async () => {
  process.stdout.write(`${took.join('\n')}\n`);
  await world?.close();
  await redis?.stop();
}, 60_000);
afterEach(() => {
  world.ace.faults.clear();
  world.orgFaults.clear();
});

/** Clicks, lets something go wrong, and expects the deal at AWS once and its record right. */
const survives = async (
  surfaces: readonly string[],
  meanwhile: (deal: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<string> => {
  const deal = await world.makeDeal();
  const began = performance.now();
  const clicks = Promise.all(surfaces.map((surface) => world.click(deal, surface)));
  const requests = await clicks;
  await meanwhile(deal);
  await untilFiled(world, deal, requests);
  took.push(`  ${((performance.now() - began) / 1_000).toFixed(1)} s  ${expect.getState().currentTestName ?? ''}`);
  await expectFiledOnce(world, deal);
  return deal;
};

const serviceIsReady = async (): Promise<boolean> => {
  const [pid] = world.fleet.pids;
  const response = await fetch(`${world.fleet.member(pid ?? 0).url}/ready`);
  await response.arrayBuffer();
  return response.ok;
};

/** Lets the service send a write and keeps AWS's answer back, so that something can happen in between. */
const whileAwsHolds = async (operation: string, happens: () => Promise<unknown>): Promise<void> => {
  await world.ace.faults.untilHeld();
  expect(world.ace.calls(operation).received).toBeGreaterThan(0);
  await happens();
  world.ace.faults.release();
};

describe('clicks', () => {
  test('three surfaces click at once', () => survives(['panel', 'flow', 'list']));

  test('a second surface clicks while the first one’s call is at AWS', () => {
    world.ace.faults.add({ kind: 'hold-before-commit', operation: 'CreateOpportunity' });
    return survives(['panel'], (deal) => whileAwsHolds('CreateOpportunity', () => world.click(deal, 'agent')));
  });
});

describe('events', () => {
  test.each(['duplicate', 'gap', 'overflow', 'drop-stream'] as const)('an event comes as %s', async (kind) => {
    world.orgFaults.add({ surface: 'events', kind, object: 'Request__c' });
    await survives(['panel']);
  });

  test('an event comes late', async () => {
    world.orgFaults.add({ surface: 'events', kind: 'late', object: 'Request__c', delayMs: 1_500 });
    await survives(['panel']);
  });

  test('an event comes behind the next one', async () => {
    world.orgFaults.add({ surface: 'events', kind: 'reorder', object: 'Request__c' });
    await survives(['panel', 'flow']);
  });

  test('an event never comes, and the sweep that follows a new subscription finds its request', async () => {
    const fault = world.orgFaults.add({ surface: 'events', kind: 'lose', object: 'Request__c' });
    await survives(['panel'], async () => {
      await until('the event is lost', () =>
        Promise.resolve(world.orgFaults.list().some(({ id, struck }) => id === fault && struck === 1)),
      );
      eventBusOf(world.org.services).dropStreams();
    });
  });

  test('a customer’s automation changes fields inside our own transactions', async () => {
    const note = 'Set by the customer’s own automation';
    const removers = [
      world.org.engine.beforeSave('Opportunity', ({ after }) => void (after.NextStep = note)),
      world.org.engine.beforeSave('Request__c', ({ before, after }) => {
        if (before) after.ClickedAt__c = before.ClickedAt__c ?? null;
      }),
    ];
    try {
      const deal = await survives(['panel']);
      const rows = await world.query<{ NextStep: string; TandemTracked__c: boolean }>(
        `SELECT NextStep, TandemTracked__c FROM Opportunity WHERE Id = '${deal}'`,
      );
      expect(rows).toMatchObject([{ NextStep: note, TandemTracked__c: true }]);
    } finally {
      for (const remove of removers) remove();
    }
  });
});

describe('what the service stands on goes away', () => {
  test('Redis forgets everything in mid-flight', () => {
    world.ace.faults.add({ kind: 'hold-after-commit', operation: 'CreateOpportunity' });
    return survives(['panel'], () =>
      whileAwsHolds('CreateOpportunity', async () => {
        const client = new Redis(redis.url);
        await client.flushall();
        client.disconnect();
      }),
    );
  });

  test('Redis is away when the click comes, and comes back empty', async () => {
    const { port } = redis;
    await redis.stop();
    await until('the service says that it is not ready', async () => !(await serviceIsReady()));
    await survives(['panel'], async () => {
      redis = await startRedis({ port });
    });
  });

  test('PostgreSQL goes away while a call is at AWS', () => {
    world.ace.faults.add({ kind: 'hold-after-commit', operation: 'CreateOpportunity' });
    return survives(['panel'], async () => {
      await whileAwsHolds('CreateOpportunity', () => world.gate?.shut() ?? Promise.resolve());
      await until('the service says that it is not ready', async () => !(await serviceIsReady()));
      await world.gate?.open();
    });
  });

  test('the org goes away while a call is at AWS', () => {
    world.ace.faults.add({ kind: 'hold-before-commit', operation: 'CreateOpportunity' });
    return survives(['panel'], () =>
      whileAwsHolds('CreateOpportunity', async () => {
        world.orgFaults.add({ surface: 'http', kind: 'unavailable', times: 4 });
        return Promise.resolve();
      }),
    );
  });

  // An org over its daily calls is asked again after 20 s: a wait for the long run.
  const answers = ['session-expired', 'too-many-requests', 'answer-lost', 'request-lost'] as const;
  test.each(process.env.TANDEM_FULL === '1' ? ([...answers, 'request-limit'] as const) : answers)(
    'the org answers the next calls with %s',
    (kind) => {
      world.ace.faults.add({ kind: 'hold-before-commit', operation: 'CreateOpportunity' });
      return survives(['panel'], () =>
        whileAwsHolds('CreateOpportunity', () => {
          world.orgFaults.add({ surface: 'http', kind, times: 2 });
          return Promise.resolve();
        }),
      );
    },
  );

  test('AWS throttles a write, fails another, loses an answer, and is slow', () => {
    const { faults } = world.ace;
    faults.add({ kind: 'throttled', operation: 'CreateOpportunity' });
    faults.add({ kind: 'internal-error', operation: 'AssociateOpportunity' });
    faults.add({ kind: 'slow', operation: 'ListOpportunities', delayMs: 500 });
    faults.add({ kind: 'lost-after-commit', operation: 'StartEngagementFromOpportunityTask' });
    return survives(['panel']);
  });
});
