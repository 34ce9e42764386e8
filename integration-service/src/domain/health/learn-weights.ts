import { solveSymmetric } from '../scoring/cholesky.ts';
import { auc, meanLoss } from '../scoring/measures.ts';
import { FACTOR_NAMES, readSignal, weeksSince } from './factors.ts';
import { SIGNALS } from './activity.ts';
import type { HealthWeights } from './health-score.ts';
import type { Landscape } from './landscape.ts';
import { logistic } from './robust.ts';
import type { PartnerSeries } from './series.ts';

/** A partner at the end of one week, and whether it was gone within a quarter. */
export interface Snapshot {
  readonly week: number;
  /** Each factor of `FACTOR_NAMES` times how much was known of its signal; 0 where it was not measured. */
  readonly factors: Float64Array;
  readonly left: 0 | 1;
}

/** Weeks ahead for which an outcome is learned; a person has a quarter to do something. */
const AHEAD_WEEKS = 13;
/** A partner that was regularly heard of is gone when nothing was heard for so many weeks, or as long as three usual gaps. */
const GONE_WEEKS = 10;
const BETWEEN_WEEKS = 4;
const FIRST_WEEKS = 30;
/** Fewer than so many partners that left teach nothing that the hand-set weights do not know. */
const FEWEST_LEFT = 20;
/**
 * How strongly weights are held to those before them: as if each had been seen in so many snapshots with a unit of its
 * factor. With few outcomes the weights stay where they are, with many the outcomes speak.
 */
const HELD_BY = 20;

/** The first week in which a partner was gone, by its silence; null: it is there, or was hardly ever. */
export const leftWeek = (series: PartnerSeries, lastWhole: number): number | null => {
  const at = lastWhole - series.from;
  let silent: number | null = null;
  let active = 0;
  for (const signal of SIGNALS) {
    const one = series.signals[signal];
    if (one === null) continue;
    const since = weeksSince(one, at);
    if (since === null) continue;
    silent = silent === null ? since : Math.min(silent, since);
    active = Math.max(active, one.activity.subarray(0, at + 1).filter((value) => value > 0).length);
  }
  if (silent === null || active < GONE_WEEKS) return null;
  const usualGap = (at + 1 - silent) / active;
  return silent >= Math.max(GONE_WEEKS, 3 * usualGap) ? lastWhole - silent + 1 : null;
};

/** What a partner teaches: a snapshot every four weeks, as far back as enough was known, while what followed is known too. */
export const snapshotsOf = (
  series: PartnerSeries,
  lastWhole: number,
  landscape: Landscape,
  segment: string,
): readonly Snapshot[] => {
  const gone = leftWeek(series, lastWhole);
  const snapshots: Snapshot[] = [];
  const last = Math.min(lastWhole - AHEAD_WEEKS - GONE_WEEKS, (gone ?? Number.POSITIVE_INFINITY) - 1);
  for (let week = series.from + FIRST_WEEKS; week <= last; week += BETWEEN_WEEKS) {
    const factors = factorsAt(series, week - series.from, landscape, segment);
    if (factors) snapshots.push({ week, factors, left: gone !== null && gone <= week + AHEAD_WEEKS ? 1 : 0 });
  }
  return snapshots;
};

/** Null: nothing is known of the partner. */
const factorsAt = (series: PartnerSeries, at: number, landscape: Landscape, segment: string): Float64Array | null => {
  const factors = new Float64Array(FACTOR_NAMES.length);
  let known = false;
  for (const signal of SIGNALS) {
    const reading = readSignal(series, signal, at, landscape, segment);
    if (reading === null) continue;
    known = true;
    for (const { name, value } of reading.factors) factors[FACTOR_NAMES.indexOf(name)] = reading.weight * value;
  }
  return known ? factors : null;
};

/** What came of learning. `weights` are to be used; where nothing was learned they are those before. */
export interface LearnedWeights {
  readonly weights: HealthWeights;
  readonly changed: boolean;
  /** In words, for who answers for it. */
  readonly says: string;
  readonly snapshots: number;
  readonly left: number;
  /** On the newest fifth of the time, which nothing was learned from; null: too little to measure. */
  readonly newest: { readonly before: Quality; readonly after: Quality } | null;
}

export interface Quality {
  /** How often a partner that left scored below one that stayed. */
  readonly auc: number;
  readonly logLoss: number;
}

/**
 * Learns how much each factor counts from what became of partners: logistic regression held to the weights before
 * (a normal prior around them), so that the first outcomes move them a little and hundreds move them freely. Used only when
 * better than the weights before on the newest fifth of the time. A factor that would count the wrong way round counts nothing: nobody
 * could be told that using less is good.
 */
export const learnWeights = (
  snapshots: readonly Snapshot[],
  before: HealthWeights,
  version: string,
): LearnedWeights => {
  const sorted = [...snapshots].sort((one, other) => one.week - other.week);
  const left = sorted.filter((one) => one.left === 1).length;
  const stay = (says: string, newest: LearnedWeights['newest'] = null): LearnedWeights => ({
    weights: before,
    changed: false,
    says,
    snapshots: sorted.length,
    left,
    newest,
  });
  const cut = sorted[Math.floor(sorted.length * 0.8)]?.week ?? 0;
  const older = sorted.filter(({ week }) => week < cut);
  const newer = sorted.filter(({ week }) => week >= cut);
  const counted = (some: readonly Snapshot[]): number => some.reduce((sum, one) => sum + one.left, 0);
  if (counted(older) < FEWEST_LEFT || counted(newer) < FEWEST_LEFT / 4)
    return stay(
      `${left} times a partner left within a quarter: too few to learn from, so the weights stay as they are (${before.version}).`,
    );
  const old = FACTOR_NAMES.map((name) => before.weights[name]);
  const newest = {
    before: qualityOf(newer, old, fit(older, old, Number.POSITIVE_INFINITY).intercept),
    after: qualityOf(newer, ...spread(fit(older, old, HELD_BY))),
  };
  if (newest.after.logLoss >= newest.before.logLoss)
    return stay(
      `Learned weights were no better on the newest outcomes, so they stay as they are (${before.version}).`,
      newest,
    );
  const { weights } = fit(sorted, old, HELD_BY);
  return {
    weights: {
      ...before,
      version,
      weights: Object.fromEntries(
        FACTOR_NAMES.map((name, index) => [name, Math.round(1_000 * (weights[index] ?? 0)) / 1_000]),
      ) as HealthWeights['weights'],
    },
    changed: true,
    says: `Learned from ${sorted.length} snapshots of partners, ${left} of which were followed by its leaving within a quarter.`,
    snapshots: sorted.length,
    left,
    newest,
  };
};

interface Fit {
  readonly intercept: number;
  readonly weights: readonly number[];
}

const spread = ({ weights, intercept }: Fit): readonly [readonly number[], number] => [weights, intercept];

const STEPS = 25;

/** Newton's method for staying (1 - left); weights are held to `towards`, which at infinity leaves the intercept alone free. */
const fit = (snapshots: readonly Snapshot[], towards: readonly number[], heldBy: number): Fit => {
  const free = Number.isFinite(heldBy) ? towards.length : 0;
  const size = free + 1;
  let intercept = 0;
  const weights = [...towards];
  for (let step = 0; step < STEPS; step += 1) {
    const left = new Float64Array(size * size);
    const right = new Float64Array(size);
    for (const { factors, left: gone } of snapshots) {
      const share = logistic(logOddsOf(factors, weights, intercept));
      const term = (index: number): number => (index === 0 ? 1 : (factors[index - 1] as number));
      for (let row = 0; row < size; row += 1) {
        right[row] = (right[row] as number) + (1 - gone - share) * term(row);
        for (let column = 0; column <= row; column += 1) {
          const at = row * size + column;
          left[at] = (left[at] as number) + share * (1 - share) * term(row) * term(column);
        }
      }
    }
    left[0] = (left[0] as number) + 1e-6;
    for (let row = 1; row < size; row += 1) {
      left[row * size + row] = (left[row * size + row] as number) + heldBy;
      right[row] = (right[row] as number) - heldBy * ((weights[row - 1] as number) - (towards[row - 1] as number));
    }
    const move = solveSymmetric(left, right, size);
    intercept += move[0] as number;
    for (let row = 1; row < size; row += 1) weights[row - 1] = (weights[row - 1] as number) + (move[row] as number);
    if (move.every((one) => Math.abs(one) < 1e-6)) break;
  }
  return {
    intercept,
    weights: weights.map((weight, index) => (Math.sign(weight) === Math.sign(towards[index] ?? 0) ? weight : 0)),
  };
};

const logOddsOf = (factors: Float64Array, weights: readonly number[], intercept: number): number =>
  weights.reduce((sum, weight, index) => sum + weight * (factors[index] as number), intercept);

const qualityOf = (snapshots: readonly Snapshot[], weights: readonly number[], intercept: number): Quality => {
  const logOdds = Float64Array.from(snapshots, ({ factors }) => logOddsOf(factors, weights, intercept));
  const stayed = Uint8Array.from(snapshots, ({ left }) => 1 - left);
  return { auc: auc(logOdds, stayed), logLoss: meanLoss(logOdds, stayed) };
};
