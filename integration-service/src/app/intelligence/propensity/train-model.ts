import { endedOf, type World } from '../../../domain/propensity/features.ts';
import { newestPeriod, prepareTraining, promotionOf, type Training } from '../../../domain/propensity/training.ts';
import type { Deal } from '../../../domain/propensity/deal.ts';
import { TrackRecords } from '../../../domain/propensity/track-record.ts';
import { learn } from '../../../domain/scoring/learn.ts';
import type { LearnedModel } from '../../../domain/scoring/model.ts';
import type { Json } from '../../../domain/values/json.ts';
import type { DealsWanted, ScoredDealRecord } from '../../../ports/crm/deal-scores.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { recordControl } from '../../governance/record-control.ts';
import { cardOf } from './model-card.ts';
import type { WorldReader } from './know-world.ts';
import { DAY_MS, mustWait, SCORING_AGENT } from './propensity-parts.ts';

/** How far back deals are learned from. */
const HISTORY_DAYS = 3 * 365;
/** Deals read in one step. */
const PAGE = 2_000;
/** Open deals that are looked at to see which fields they hold. */
const MOST_OPEN = 2_000;
/** The same data gives the same model. */
const SEED = 20_260_101;

export interface TrainingPlan {
  readonly everyMs: number;
}

/** Deals of a kind, page by page. @throws what the CRM said */
const readAll = async (
  { propensity }: Pick<OrgRuntime, 'propensity'>,
  own: Parameters<OrgRuntime['propensity']['deals']['readDeals']>[1],
  wanted: (after: string | null) => DealsWanted,
  most: number,
): Promise<readonly Deal[]> => {
  const deals: Deal[] = [];
  let after: string | null = null;
  do {
    const read = await propensity.deals.readDeals(wanted(after), own);
    if (!read.ok) throw new Error(`deals could not be read: ${read.error.message}`);
    const page: readonly ScoredDealRecord[] = read.value;
    for (const { deal } of page) deals.push(deal);
    after = page.length < PAGE ? null : (page.at(-1)?.deal.id ?? null);
  } while (after !== null && deals.length < most);
  return deals;
};

/** Whether it is time: nothing was learned yet, so long ago, or a tenth more deals have ended since. */
export const isTimeToTrain = async (
  { propensity, clock }: Pick<OrgRuntime, 'propensity' | 'clock'>,
  { everyMs }: TrainingPlan,
): Promise<boolean> => {
  const newest = await propensity.models.newest();
  // One that was learned, and whose process went down before it was in use, is learned again.
  if (newest === null || (await propensity.models.activeVersion()) === null) return true;
  if (Date.parse(clock.now()) - Date.parse(newest.trainedAt) >= everyMs) return true;
  const { length } = await propensity.room.ended();
  return length - newest.outcomes >= Math.max(10, newest.outcomes * 0.1);
};

/** A model that was learned, and what became of it. */
export interface Trained {
  readonly version: number;
  readonly promoted: boolean;
  readonly says: string;
}

/**
 * Learns a model from the company's ended deals, keeps it with its card and the report of the leak guard, and lets it take
 * over when it says more of the newest period than the one in use. Null: the CRM's calls of the day are half used.
 * @throws what the CRM, the database or the training said
 */
export const trainModel = async (org: OrgRuntime, worlds: WorldReader): Promise<Trained | null> => {
  const { propensity, clock } = org;
  if (mustWait(propensity)) return null;
  const now = clock.now();
  const at = Date.parse(now);
  const own = await propensity.deals.ownFields();
  if (!own.ok) throw new Error(`the fields of deals could not be read: ${own.error.message}`);
  const closedFrom = new Date(at - HISTORY_DAYS * DAY_MS).toISOString().slice(0, 10);
  const closed = await readAll(
    org,
    own.value,
    (after) => ({ closedFrom, after, limit: PAGE }),
    Number.POSITIVE_INFINITY,
  );
  const open = await readAll(org, own.value, (after) => ({ open: true, after, limit: PAGE }), MOST_OPEN);
  const world = await rememberEnded(org, closed, worlds);
  const training = prepareTraining(closed, open, own.value, at, world);
  // Too little is seen at once; a thread would take longer to start.
  const candidate = training.tooLittle
    ? learn(training.table, { seed: SEED })
    : await propensity.train(training.table, { seed: SEED });
  const active = await propensity.models.active();
  const promotion = await comparison(org, training, candidate, active?.model ?? null);
  const version = await propensity.models.add({
    model: candidate,
    card: cardOf(training, candidate, promotion) as unknown as Json,
    leaks: training.leaks as unknown as Json,
    ownFields: training.ownFields,
    tooLittle: training.tooLittle,
    trainedAt: now,
    outcomes: training.outcomes,
    state: promotion.promoted || active !== null ? 'candidate' : 'refused',
  });
  org.trace('model-kept');
  if (promotion.promoted) {
    await recordControl(org, {
      kind: 'activate-model',
      subject: `p2b:v${version}`,
      request: `trained-${now}`,
      actor: SCORING_AGENT,
      body: {
        what: `The propensity model of version ${version} took over.`,
        before: active ? { version: active.version } : null,
        after: { version, algorithm: candidate.algorithm },
        why: promotion.says,
      },
    });
    await propensity.models.activate(version, clock.now(), SCORING_AGENT);
  }
  return { version, promoted: promotion.promoted, says: promotion.says };
};

/** Everybody's record, from what was just read; and kept, so that scores need not read it. */
const rememberEnded = async (
  { propensity }: Pick<OrgRuntime, 'propensity'>,
  closed: readonly Deal[],
  worlds: WorldReader,
): Promise<World> => {
  const ended = closed.flatMap((deal) => {
    const one = endedOf(deal);
    return one ? [{ deal: deal.id, ...one }] : [];
  });
  for (let from = 0; from < ended.length; from += PAGE)
    await propensity.room.rememberEnded(ended.slice(from, from + PAGE));
  worlds.forget();
  return { ...(await worlds.world()), records: new TrackRecords(ended) };
};

/** Both models on deals that neither has seen: the new one is learned a second time without them. */
const comparison = async (
  { propensity }: Pick<OrgRuntime, 'propensity'>,
  { table }: Training,
  candidate: LearnedModel,
  active: LearnedModel | null,
): Promise<ReturnType<typeof promotionOf>> => {
  const period = active === null ? null : newestPeriod(table, active);
  const challenger = period === null ? null : await propensity.train(period.before, { seed: SEED });
  return promotionOf(candidate, challenger, active, period);
};
