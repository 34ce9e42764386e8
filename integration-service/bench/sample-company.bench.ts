import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { referDeals } from '../local/demo/refer-deals.ts';
import { ReferralDesk } from '../local/demo/referral-desk.ts';
import { eventBusOf } from '../local/org/surfaces.ts';
import { loadSample } from '../local/seed/load-sample.ts';
import { sampleDeals } from '../local/seed/sample-company.ts';
import { forgetWorld, startWorld } from '../local/world/world.ts';
import type { Bench } from './figure.ts';
import { ownWorld } from './rig/own-world.ts';

/**
 * The sample company's deals, referred as its sellers would in the local org, which publishes change events by the
 * package's own channel and filters. Counts, so no stand-in's speed matters.
 */
export const sampleCompany: Bench = {
  names: ['questions-per-referral', 'salesforce-events-per-referral'],
  async run(print) {
    const dataDir = mkdtempSync(join(tmpdir(), 'tandem-bench-sample-'));
    const world = await startWorld({
      ...ownWorld(dataDir),
      pages: false,
      reviewer: { inReviewAfterMs: 50, decideAfterMs: 100 },
    });
    try {
      const { org } = world;
      if (!org) throw new Error('The bench has a local org.');
      const seller = await world.signIn('sally.seller');
      const ids = await loadSample(await world.signIn('sam.setup'), new Date().toISOString().slice(0, 10));
      const { deliveries } = eventBusOf(org.services);
      const before = deliveries.sinceStart;
      const deals = sampleDeals.flatMap((deal) =>
        deal.demo
          ? [
              {
                name: deal.name,
                opportunityId: ids.get(deal.name) ?? '',
                account: deal.account,
                ends: deal.demo.ends,
                answer: ({ target }: { readonly target: string }) => deal.demo?.answers[target],
              },
            ]
          : [],
      );
      const outcomes = await referDeals(new ReferralDesk(seller), deals, 'aws', 'aws-ace', () => undefined);
      const wrong = outcomes.find(({ problem }) => problem !== '');
      if (wrong) throw new Error(`${wrong.deal.name} did not come to its end: ${wrong.problem}`);
      const questions = outcomes.reduce((sum, one) => sum + one.questions, 0);
      print({
        name: 'questions-per-referral',
        value: questions / outcomes.length,
        unit: `questions, ${outcomes.length} deals of the sample company`,
        baseline: 'a count: every other value comes from a record',
        baselineValue: null,
      });
      print({
        name: 'salesforce-events-per-referral',
        value: (deliveries.sinceStart - before) / outcomes.length,
        unit: 'change events delivered from click to decision, those of the answers included',
        baseline: 'a count: 2 wanted at most where nothing is asked',
        baselineValue: null,
      });
    } finally {
      await world.stop();
      forgetWorld(dataDir);
    }
  },
};
