import { SOURCE_FOLDERS } from '../local/org/contract/surfaces-under-test.ts';
import { COMPANY_FOLDER, COMPANY_USERS, loadHistory } from '../local/seed/load-history.ts';
import { startPostgres } from '../local/services/postgres.ts';
import { startRedis } from '../local/services/redis.ts';
import { DealScorer } from '../src/app/intelligence/propensity/deal-scorer.ts';
import { WorldReader } from '../src/app/intelligence/propensity/know-world.ts';
import { mirrorModels } from '../src/app/intelligence/propensity/mirror-models.ts';
import { trainModel } from '../src/app/intelligence/propensity/train-model.ts';
import { openWorkingOrg, type WorkingOrg } from '../test/support/working-org.ts';
import type { Bench } from './figure.ts';
import { putOpenDeals } from './propensity/open-deals.ts';

const scores = 10_000;
/** Deals of one run through collections: two rows each of `DealScore__c` are as many as do not go in bulk. */
const some = 1_000;
const closed = 1_500;
const all = 100_000;
const topic = '/data/TandemChannel__chn';
/** Calls that write: what is read costs the same whatever is written. */
const writing = new Set(['composite', 'collection', 'bulk']);

const calls = async ({ open }: WorkingOrg): Promise<number> =>
  (await open.runtime.metrics.crmCalls.get()).values
    .filter(({ labels }) => writing.has(String(labels.kind)))
    .reduce((sum, { value }) => sum + value, 0);

/** Counts what the channel delivers while work is done, until a change of ours that passes the filter has come through. */
const deliveries = async (world: WorkingOrg, work: () => Promise<void>): Promise<number> => {
  const { bus } = world.open;
  let heard = 0;
  let last: (() => void) | null = null;
  const through = new Promise<void>((resolve) => {
    last = resolve;
  });
  let marker: string | null = null;
  const subscription = await bus.subscribe(
    topic,
    'latest',
    async (event) => {
      const { object, recordIds } = await bus.decode(event);
      if (marker !== null && recordIds.includes(marker)) last?.();
      else if (object === 'Opportunity') heard += 1;
    },
    () => Promise.resolve(),
  );
  try {
    await work();
    // What somebody else changes on such a deal does come through, and after everything that came before it.
    const [deal] = await world.query<{ Id: string }>(
      'SELECT Id FROM Opportunity WHERE TandemTracked__c = true ORDER BY Id LIMIT 1',
    );
    marker = deal?.Id ?? '';
    await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${marker}`, { NextStep: 'Looked at' });
    await through;
    return heard;
  } finally {
    subscription.stop();
  }
};

/**
 * Ten thousand new scores, each with its reasons, onto deals that the event channel follows, once in collections and once
 * in bulk: calls to Salesforce that write them, and events that come back. With `--full` a hundred thousand open deals.
 */
export const propensityWrites: Bench = {
  names: ['salesforce-calls-per-10000-scores', 'salesforce-events-per-10000-scores', 'rescore-100000-deals'],
  async run(print, { full }) {
    const [postgres, redis] = await Promise.all([startPostgres({ fast: true }), startRedis()]);
    process.env.TEST_DATABASE_URL = postgres.url;
    process.env.TEST_REDIS_URL = redis.url;
    const world = await openWorkingOrg({
      org: { sourceFolders: [...SOURCE_FOLDERS, COMPANY_FOLDER], users: COMPANY_USERS, dailyApiLimit: 1_000_000 },
      // A bulk job is asked after as seldom as in earnest: each question is a call.
      longestPauseMs: 60_000,
    });
    try {
      const { runtime } = world.open;
      const today = runtime.clock.now().slice(0, 10);
      const history = await loadHistory(world.org, { today, closed });
      if (!history) throw new Error('the org had a history already');
      const owner = world.org.users['sally.seller@tandem.example.com'] ?? '';
      const put = (count: number, from: number): Promise<readonly string[]> =>
        putOpenDeals(world.org, { count, from, today, owner, accounts: history.accountIds });
      const worlds = new WorldReader(runtime);
      const scorer = new DealScorer(runtime, worlds);
      await trainModel(runtime, worlds);
      await mirrorModels(runtime);
      // The deals of the sample itself are not what is counted.
      await scorer.scoreAll('bench-before');

      const ids = await put(scores, 0);
      let before = await calls(world);
      const heard = await deliveries(world, async () => {
        for (let from = 0; from < scores; from += some) {
          const run = await scorer.scoreSome(ids.slice(from, from + some), `bench-${from}`);
          if (run.written !== some)
            throw new Error(
              `${run.written} of ${some} scores were written: ${run.failed[0]?.problem ?? run.held ?? ''}`,
            );
        }
      });
      print({
        name: 'salesforce-calls-per-10000-scores',
        value: (await calls(world)) - before,
        unit: 'calls, in collections',
        baseline: 'the bound: 60 calls',
        baselineValue: 60,
      });

      await put(scores, scores);
      before = await calls(world);
      const heardInBulk = await deliveries(world, async () => {
        const run = await scorer.scoreAll('bench-bulk');
        if (run.written !== scores)
          throw new Error(
            `${run.written} of ${scores} scores were written: ${run.failed[0]?.problem ?? run.held ?? ''}`,
          );
      });
      print({
        name: 'salesforce-calls-per-10000-scores',
        value: (await calls(world)) - before,
        unit: 'calls, in bulk',
        baseline: 'the bound: 10 calls',
        baselineValue: 10,
      });
      print({
        name: 'salesforce-events-per-10000-scores',
        value: Math.max(heard, heardInBulk),
        unit: 'events delivered',
        baseline: 'the bound: 100 events',
        baselineValue: 100,
      });
      if (!full) return;

      await put(all, 2 * scores);
      const began = performance.now();
      const run = await scorer.scoreAll('bench-all');
      print({
        name: 'rescore-100000-deals',
        value: (performance.now() - began) / 60_000,
        unit: `minutes for ${run.looked} open deals, ${run.written} of them written`,
        baseline: 'none',
        baselineValue: null,
      });
    } finally {
      await world.close();
      await redis.stop();
      await postgres.stop();
    }
  },
};
