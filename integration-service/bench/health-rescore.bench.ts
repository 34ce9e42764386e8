import { PartnerHealth } from '../src/app/intelligence/health/partner-health.ts';
import type { Bench } from './figure.ts';
import { openRescoreRoom } from './health/rescore-room.ts';

/** Every partner of the largest company that is designed for. */
const DESIGNED_FOR = 100_000;
const QUICK = 2_000;
/** A night has hours; more than a quarter of one for all partners would be too slow to be done again. */
const MINUTES = 15;

/**
 * Partners rescored in a second by a nightly look: read from PostgreSQL, worked out over twenty-six weeks each, recorded in
 * the ledger, handed to Salesforce (which is counted and not there) and remembered. The baseline is what it takes to be
 * through with all partners of the largest company in a quarter of an hour.
 */
export const healthRescore: Bench = {
  names: ['health-rescore', 'health-rescore-memory', 'salesforce-calls-per-10000-partners'],
  async run(print, { full }) {
    const partners = full ? DESIGNED_FOR : QUICK;
    const room = await openRescoreRoom(partners);
    try {
      const health = new PartnerHealth(room.org);
      // The first look knows nothing of anybody and follows half a year of declines; a night is the second one.
      const first = await health.lookAtAll();
      const { calls, rows } = { ...room.asked };
      room.nextNight();
      const before = process.memoryUsage().rss;
      let most = before;
      const watching = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 100);
      const began = performance.now();
      await health.lookAtAll();
      const seconds = (performance.now() - began) / 1_000;
      clearInterval(watching);
      print({
        name: 'health-rescore',
        value: partners / seconds,
        unit: `partners/s, ${partners} with 60 weeks of four kinds in ${seconds.toFixed(1)} s; ${first.flagged} declines`,
        baseline: `${DESIGNED_FOR} in ${MINUTES} minutes`,
        baselineValue: DESIGNED_FOR / (60 * MINUTES),
      });
      print({
        name: 'health-rescore-memory',
        value: (most - before) / 2 ** 20,
        unit: 'MiB more while all are rescored',
        baseline: 'a gigabyte, which a process may have',
        baselineValue: 1_024,
      });
      print({
        name: 'salesforce-calls-per-10000-partners',
        value: (10_000 * calls) / Math.max(1, rows),
        unit: 'API calls for 10,000 changed partners',
        baseline: 'collections of 200, and ten calls to read the book',
        baselineValue: 60,
      });
    } finally {
      await room.close();
    }
  },
};
