import type { Chore } from '../../governance/governance-chores.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { DealScorer } from './deal-scorer.ts';
import { ChangedDeals } from './follow-changes.ts';
import { WorldReader } from './know-world.ts';
import { mirrorModels } from './mirror-models.ts';
import { DAY_MS } from './propensity-parts.ts';
import { readAwsInsights, readPartnerOpinions } from './read-insights.ts';
import { isTimeToTrain, trainModel } from './train-model.ts';
import { watchModel } from './watch-model.ts';

/** Something that is done once a day at most, and anew when what it rests on is another. */
const scoredAll = 'scored-all';

interface ScoredAll {
  readonly at: string;
  readonly version: number;
}

/** What keeps models and scores of one org true: learned, compared, watched, written, and followed from change to change. */
export const propensityChores = (
  org: OrgRuntime,
  { scoreTrainMs }: { readonly scoreTrainMs: number },
): readonly Chore[] => {
  const worlds = new WorldReader(org);
  const scorer = new DealScorer(org, worlds);
  const changed = new ChangedDeals(org, scorer);
  const { models, room } = org.propensity;

  const train = async (): Promise<void> => {
    if (await isTimeToTrain(org, { everyMs: scoreTrainMs })) {
      const trained = await trainModel(org, worlds);
      if (trained) org.log.info(trained, 'a propensity model was learned');
    }
    await mirrorModels(org);
  };

  /** Every open deal once a day, and at once under another model: an open deal grows older without being changed. */
  const scoreAll = async (): Promise<void> => {
    const version = await models.activeVersion();
    if (version === null) return;
    const last = await room.place<ScoredAll>(scoredAll);
    const now = org.clock.now();
    if (last?.version === version && Date.parse(now) - Date.parse(last.at) < DAY_MS) return;
    const run = await scorer.scoreAll(`all-${now}`);
    if (run.held) org.log.info({ why: run.held }, 'not every deal was scored');
    else await room.moveTo(scoredAll, { at: now, version });
  };

  const retry = async (): Promise<void> => {
    const ids = await scorer.failed();
    if (ids.length > 0) await scorer.scoreSome(ids, `again-${org.clock.now()}`);
  };

  const listen = async (): Promise<void> => {
    const news = new Set([...(await readAwsInsights(org)), ...(await readPartnerOpinions(org))]);
    if (news.size > 0) await scorer.scoreSome([...news], `insights-${org.clock.now()}`);
  };

  return [
    { everyMs: 1_000, failed: 'changed deals could not be scored', work: () => changed.look() },
    { everyMs: 60_000, failed: 'no propensity model could be learned', work: train },
    { everyMs: 60_000, failed: 'open deals could not be scored', work: scoreAll },
    { everyMs: 300_000, failed: 'refused scores could not be tried again', work: retry },
    { everyMs: 300_000, failed: 'what partners say of deals could not be read', work: listen },
    { everyMs: DAY_MS, failed: 'the propensity model could not be watched', work: () => watchModel(org, worlds) },
  ];
};
