import { logLoss } from '../scoring/measures.ts';
import type { LearnedModel } from '../scoring/model.ts';
import { score } from '../scoring/score.ts';
import { LEAST_OF_EACH } from '../scoring/settings.ts';
import { trainingRows, type TrainingTable } from '../scoring/table.ts';
import { endedAt, type Deal, type OwnField } from './deal.ts';
import { featuresOf, type FeatureSpec, type World } from './features.ts';
import { judgeLeaks, type LeakVerdict } from './judge-leaks.ts';
import { snapshotsOf } from './snapshots.ts';

/** What a model is learned from. */
export interface Training {
  readonly table: TrainingTable;
  readonly features: readonly FeatureSpec[];
  /** Fields of the company's own that are among the features. */
  readonly ownFields: readonly OwnField[];
  readonly leaks: readonly LeakVerdict[];
  /** Ended deals it rests on. */
  readonly outcomes: number;
  readonly won: number;
  readonly tooLittle: boolean;
}

/** Looks at ended deals as they stood before they ended, with the fields that do not tell how they ended. */
export const prepareTraining = (
  closed: readonly Deal[],
  open: readonly Deal[],
  own: readonly OwnField[],
  now: number,
  world: World,
): Training => {
  const ended = closed.filter((deal) => endedAt(deal) !== null);
  const leaks = judgeLeaks(featuresOf(own), ended, open, now, world);
  const refused = new Set(leaks.filter(({ used }) => !used).map(({ field }) => field));
  const ownFields = own.filter(({ name }) => !refused.has(name));
  const features = featuresOf(ownFields).filter(({ field }) => field === null || !refused.has(field));
  const won = ended.filter((deal) => deal.won).length;
  return {
    ...snapshotsOf(features, ended, world),
    features,
    ownFields,
    leaks,
    outcomes: ended.length,
    won,
    tooLittle: Math.min(won, ended.length - won) < LEAST_OF_EACH,
  };
};

/** Share of the ended deals that make the newest period where the model in use has not seen enough since. */
const NEWEST_SHARE = 0.15;
/** Deals of either outcome that a comparison needs. */
const LEAST_COMPARED = 10;

/** Rows up to a moment, and those of deals that ended after it. */
export interface Period {
  readonly before: TrainingTable;
  readonly newest: TrainingTable;
}

/**
 * The newest period: deals that ended after everything the model in use has learned from; the newest of all where those
 * are few. Null where there is nothing to compare by.
 */
export const newestPeriod = (table: TrainingTable, active: Pick<LearnedModel, 'to'> | null): Period | null => {
  const { at } = table;
  if (at === null || table.rows === 0) return null;
  const sorted = Float64Array.from(at).sort();
  const share = sorted[Math.floor(sorted.length * (1 - NEWEST_SHARE))] ?? 0;
  const since = active?.to ?? Number.POSITIVE_INFINITY;
  for (const cut of since < share ? [share] : [since, share]) {
    const period = splitAt(table, at, cut);
    const groups = new Map<number, number>();
    period.newest.outcome.forEach((outcome, row) => groups.set(period.newest.group?.[row] ?? row, outcome));
    const won = [...groups.values()].filter((outcome) => outcome === 1).length;
    if (Math.min(won, groups.size - won) >= LEAST_COMPARED && period.before.rows > 0) return period;
  }
  return null;
};

const splitAt = (table: TrainingTable, at: Float64Array, cut: number): Period => {
  const [before, newest]: [number[], number[]] = [[], []];
  at.forEach((one, row) => (one > cut ? newest : before).push(row));
  return {
    before: trainingRows(table, Int32Array.from(before)),
    newest: trainingRows(table, Int32Array.from(newest)),
  };
};

/** What becomes of a model that was just learned, and why, for its record. */
export interface Promotion {
  readonly promoted: boolean;
  readonly says: string;
  /** Log loss on the newest period, of the one in use and of the new one; null where nothing was compared. */
  readonly losses: { readonly active: number; readonly candidate: number; readonly rows: number } | null;
}

/**
 * Whether a new model takes over: only when it says more of the newest period than the one in use. `challenger` learned the
 * same way from everything before that period, so that neither has seen it.
 */
export const promotionOf = (
  candidate: LearnedModel,
  challenger: LearnedModel | null,
  active: LearnedModel | null,
  period: Period | null,
): Promotion => {
  if (active === null)
    return { promoted: true, says: 'The first model: there is nothing to compare it with.', losses: null };
  if (challenger === null || period === null)
    return { promoted: false, says: 'Too few deals have ended since to compare it with the one in use.', losses: null };
  const { newest } = period;
  const losses = {
    active: logLoss(score(active, newest).probability, newest.outcome),
    candidate: logLoss(score(challenger, newest).probability, newest.outcome),
    rows: newest.rows,
  };
  const better = losses.candidate < losses.active && !(candidate.algorithm === 'prior' && active.algorithm !== 'prior');
  const says = `On the newest period (${newest.rows} rows) its log loss is ${losses.candidate.toFixed(4)}, that of the one in use ${losses.active.toFixed(4)}: it is ${better ? 'better, and takes over' : 'not better, and is kept as a candidate'}.`;
  return { promoted: better, says, losses };
};
