import { type Signal, SIGNALS } from './activity.ts';
import { FACTOR_NAMES, type FactorName, type Factor, readSignal, type SignalReading } from './factors.ts';
import type { Landscape } from './landscape.ts';
import { logistic, logit } from './robust.ts';
import type { PartnerSeries } from './series.ts';

/** How much a unit of each factor moves the log odds of a partnership that holds, and where nobody's own signals count yet. */
export interface HealthWeights {
  /** `HealthVersion__c`: `health-1`, or `health-learned-7`. */
  readonly version: string;
  /** 0–100: where a partner starts of whom nothing is known. */
  readonly prior: number;
  readonly weights: Readonly<Record<FactorName, number>>;
}

/**
 * Set by hand, for a company that has no outcomes yet. Half the usual activity costs about 12 points in one signal, and a
 * month that halves it on the way there again 10; standing among peers counts less than a partner's own past, because small
 * partners are not sick; being asked for help a little.
 */
export const FIRST_WEIGHTS: HealthWeights = {
  version: 'health-1',
  prior: 65,
  weights: {
    'usage.level': 0.55,
    'usage.trend': 0.45,
    'usage.peers': 0.2,
    'usage.recency': 0.3,
    'interaction.level': 0.45,
    'interaction.trend': 0.35,
    'interaction.peers': 0.2,
    'interaction.recency': 0.35,
    'interaction.strain': -0.3,
  },
};

/** A factor with what it does to the score. */
export interface Contribution extends Factor {
  /** Points of the 0–100 score, tenths; all of them and the prior add up to the score exactly. */
  readonly points: number;
}

/** The health of a partner at the end of one week. */
export interface HealthReading {
  /** 0–100, whole; with no signal at all it is what its segment starts from. */
  readonly score: number;
  /** What a partner of this segment starts from, 0–100, whole, as far as its own signals leave room for it. */
  readonly prior: number;
  readonly signals: Readonly<Record<Signal, number | null>>;
  readonly missing: readonly Signal[];
  /** 0–100: how much is known. One signal alone never gives more than 50. */
  readonly confidence: number;
  readonly contributions: readonly Contribution[];
}

/**
 * Health at week `at` of a series. Log odds add up: a prior by segment, drawn out of the way as far as the signals are
 * known, and each factor times its weight times how much is known of its signal. A missing signal adds nothing and takes
 * nothing: what is left of the prior stands in its place, and the confidence says so.
 */
export const readHealth = (
  series: PartnerSeries,
  at: number,
  { weights, prior }: HealthWeights,
  landscape: Landscape,
  segment: string,
): HealthReading => {
  const readings = Object.fromEntries(
    SIGNALS.map((signal) => [signal, readSignal(series, signal, at, landscape, segment)]),
  ) as Record<Signal, SignalReading | null>;
  const known = SIGNALS.reduce((sum, signal) => sum + (readings[signal]?.weight ?? 0), 0) / SIGNALS.length;
  const start = logit(prior / 100) + (1 - known) * landscape.segmentEvidence(segment);
  const parts = SIGNALS.flatMap((signal) => {
    const reading = readings[signal];
    return reading
      ? reading.factors.map((factor) => ({ factor, logOdds: reading.weight * weights[factor.name] * factor.value }))
      : [];
  });
  const signals = Object.fromEntries(
    SIGNALS.map((signal) => {
      if (readings[signal] === null) return [signal, null];
      const own = parts.filter(({ factor }) => factor.signal === signal).reduce((sum, { logOdds }) => sum + logOdds, 0);
      return [signal, Math.round(100 * logistic(start + own / shareOf(weights, signal)))];
    }),
  ) as Record<Signal, number | null>;
  const { score, from, points } = inPoints(
    start,
    parts.map(({ logOdds }) => logOdds),
  );
  return {
    score,
    prior: from,
    signals,
    missing: SIGNALS.filter((signal) => readings[signal] === null),
    confidence: Math.round(100 * known),
    contributions: parts.map(({ factor }, index) => ({ ...factor, points: points[index] ?? 0 })),
  };
};

/** Log odds of all factors together: how a partner's own signals lie beside the common prior. Null: it has none. */
export const evidenceOf = (
  series: PartnerSeries,
  at: number,
  { weights }: HealthWeights,
  landscape: Landscape,
  segment: string,
): number | null => {
  let evidence: number | null = null;
  for (const signal of SIGNALS) {
    const reading = readSignal(series, signal, at, landscape, segment);
    if (reading)
      evidence = (evidence ?? 0) + reading.factors.reduce((sum, { name, value }) => sum + weights[name] * value, 0);
  }
  return evidence;
};

const sharesOf = new WeakMap<HealthWeights['weights'], Readonly<Record<Signal, number>>>();

/** Of all that is weighed, how much lies with one signal: its own score is what health would be if both stood as it does. */
const shareOf = (weights: HealthWeights['weights'], signal: Signal): number => {
  let shares = sharesOf.get(weights);
  if (shares === undefined) {
    const sum = (prefix: string): number =>
      FACTOR_NAMES.filter((name) => name.startsWith(prefix)).reduce((all, name) => all + Math.abs(weights[name]), 0);
    const all = sum('');
    const share = (own: Signal): number => (all === 0 ? 1 / SIGNALS.length : Math.max(0.1, sum(`${own}.`) / all));
    shares = { usage: share('usage'), interaction: share('interaction') };
    sharesOf.set(weights, shares);
  }
  return shares[signal];
};

/**
 * Log odds as points that add up. The curve from log odds to points is bent, so each part gets its share along the straight
 * way from prior to score (Aumann and Shapley 1974; for a curve of one sum this is the part times the mean slope). Tenths are
 * given out by largest remainder, so that prior and points come to the whole score exactly.
 */
export const inPoints = (
  start: number,
  parts: readonly number[],
): { readonly score: number; readonly from: number; readonly points: readonly number[] } => {
  const sum = parts.reduce((all, part) => all + part, 0);
  const from = Math.round(100 * logistic(start));
  const score = parts.length === 0 ? from : Math.round(100 * logistic(start + sum));
  const slope =
    Math.abs(sum) < 1e-9
      ? 100 * logistic(start) * (1 - logistic(start))
      : (100 * (logistic(start + sum) - logistic(start))) / sum;
  const exact = parts.map((part) => 10 * part * slope);
  const tenths = exact.map(Math.floor);
  let left = 10 * (score - from) - tenths.reduce((all, tenth) => all + tenth, 0);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (let turn = 0; left !== 0 && parts.length > 0; turn += 1) {
    const up = left > 0;
    const next = byRemainder[up ? turn % parts.length : parts.length - 1 - (turn % parts.length)];
    if (next) tenths[next.index] = (tenths[next.index] ?? 0) + (up ? 1 : -1);
    left += up ? -1 : 1;
  }
  return { score, from, points: tenths.map((tenth) => tenth / 10) };
};
