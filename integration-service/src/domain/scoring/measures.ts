import { chanceFrom, countTo } from './chance.ts';
import type { Measures } from './model.ts';

/** Taken once: where tests run, a global is looked up anew at every use, and these are used a million times. */
const { exp, floor, log, log1p, max, min } = Math;

const BINS = 10;
const DRAWS = 200;

/** Probability of a log odds. */
export const sigmoid = (logOdds: number): number => 1 / (1 + exp(-logOdds));

/** Log odds of a probability, held away from the ends by 1e-12. */
export const logit = (probability: number): number => {
  const held = min(1 - 1e-12, max(1e-12, probability));
  return log(held / (1 - held));
};

/** ln(1+e^z), exact for large z too. */
const softplus = (z: number): number => (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)));

/** Natural log loss of one row. */
export const rowLoss = (logOdds: number, outcome: number): number => softplus(logOdds) - outcome * logOdds;

/** Mean log loss of log odds. */
export const meanLoss = (logOdds: Float64Array, outcome: Uint8Array): number => {
  let sum = 0;
  for (let row = 0; row < outcome.length; row += 1) sum += rowLoss(logOdds[row] as number, outcome[row] as number);
  return sum / outcome.length;
};

/** Mean log loss of probabilities, held away from 0 and 1 by 1e-12. */
export const logLoss = (probability: Float64Array, outcome: Uint8Array): number => {
  let sum = 0;
  for (let row = 0; row < outcome.length; row += 1) {
    const held = min(1 - 1e-12, max(1e-12, probability[row] as number));
    sum -= outcome[row] === 1 ? log(held) : log(1 - held);
  }
  return sum / outcome.length;
};

/** Rows by score, lowest first; equal scores by row, so that the order is the same everywhere. */
export const byScore = (score: Float64Array): Int32Array =>
  countTo(score.length).sort((left, right) => (score[left] as number) - (score[right] as number) || left - right);

/** Area under the ROC curve by mean ranks, equal scores counting half; 0.5 where one of the outcomes is missing. */
export const auc = (score: Float64Array, outcome: Uint8Array): number => {
  const order = byScore(score);
  let positives = 0;
  let ranks = 0;
  for (let first = 0; first < order.length;) {
    let last = first;
    let won = 0;
    const value = score[order[first] as number];
    for (; last < order.length && score[order[last] as number] === value; last += 1)
      won += outcome[order[last] as number] as number;
    ranks += won * ((first + last + 1) / 2);
    positives += won;
    first = last;
  }
  const negatives = order.length - positives;
  return positives === 0 || negatives === 0
    ? 0.5
    : (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
};

/** Mean squared distance of the probability from the outcome (G. W. Brier, 1950). */
export const brier = (probability: Float64Array, outcome: Uint8Array): number => {
  let sum = 0;
  for (let row = 0; row < outcome.length; row += 1)
    sum += ((probability[row] as number) - (outcome[row] as number)) ** 2;
  return sum / outcome.length;
};

/** Ten bins of equal width: rows, mean score and share of positives in each. */
export const calibrationBins = (probability: Float64Array, outcome: Uint8Array): Measures['bins'] => {
  const bins = Array.from({ length: BINS }, () => ({ rows: 0, score: 0, share: 0 }));
  for (let row = 0; row < outcome.length; row += 1) {
    const value = probability[row] as number;
    const bin = bins[min(BINS - 1, floor(value * BINS))];
    if (bin === undefined) continue;
    bin.rows += 1;
    bin.score += value;
    bin.share += outcome[row] as number;
  }
  return bins.map(({ rows, score, share }) =>
    rows === 0 ? { rows, score: 0, share: 0 } : { rows, score: score / rows, share: share / rows },
  );
};

const eceOf = (bins: Measures['bins'], rows: number): number =>
  bins.reduce((sum, { rows: inBin, score, share }) => sum + (inBin / rows) * Math.abs(score - share), 0);

/** Expected calibration error over ten bins of equal width, weighted by rows. */
export const ece = (probability: Float64Array, outcome: Uint8Array): number =>
  eceOf(calibrationBins(probability, outcome), outcome.length);

/**
 * The calibration error that these very scores would show if they were perfectly calibrated: outcomes are drawn with the
 * scores as their probabilities, so many times. Mean and the value that 95 of 100 draws stay below.
 */
export const perfectEce = (probability: Float64Array, seed: number, draws = DRAWS): Measures['ecePerfect'] => {
  const chance = chanceFrom(seed);
  const outcome = new Uint8Array(probability.length);
  const values = Float64Array.from({ length: draws }, () => {
    for (let row = 0; row < outcome.length; row += 1) outcome[row] = chance() < (probability[row] as number) ? 1 : 0;
    return ece(probability, outcome);
  }).sort();
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  return { mean, high: values[min(draws - 1, floor(draws * 0.95))] as number };
};

/** Share of positives among the top `share` of scores over the overall share. Equal scores at the edge count in part. */
export const lift = (score: Float64Array, outcome: Uint8Array, share: number): number => {
  const order = byScore(score).reverse();
  const wanted = order.length * share;
  const positives = outcome.reduce((sum, one) => sum + one, 0);
  if (positives === 0 || wanted === 0) return 1;
  let taken = 0;
  let won = 0;
  for (let first = 0; first < order.length && taken < wanted;) {
    let last = first;
    let wonHere = 0;
    const value = score[order[first] as number];
    for (; last < order.length && score[order[last] as number] === value; last += 1)
      wonHere += outcome[order[last] as number] as number;
    const part = min(1, (wanted - taken) / (last - first));
    won += wonHere * part;
    taken += (last - first) * part;
    first = last;
  }
  return won / taken / (positives / order.length);
};

/** Without rows nothing is known. */
const UNMEASURED = {
  rows: 0,
  positives: 0,
  auc: 0.5,
  brier: 0,
  skill: 0,
  logLoss: 0,
  ece: 0,
  ecePerfect: { mean: 0, high: 0 },
  lift: 1,
} as const;

/** All measures of a score on rows it had not seen; `seed` is that of the draws for `ecePerfect`. */
export const measure = (probability: Float64Array, outcome: Uint8Array, seed: number): Measures => {
  const rows = outcome.length;
  if (rows === 0) return { ...UNMEASURED, bins: calibrationBins(probability, outcome) };
  const positives = outcome.reduce((sum, one) => sum + one, 0);
  const share = positives / rows;
  const error = brier(probability, outcome);
  const bins = calibrationBins(probability, outcome);
  return {
    rows,
    positives,
    auc: auc(probability, outcome),
    brier: error,
    skill: share === 0 || share === 1 ? 0 : 1 - error / (share * (1 - share)),
    logLoss: logLoss(probability, outcome),
    ece: eceOf(bins, rows),
    ecePerfect: perfectEce(probability, seed),
    lift: lift(probability, outcome, 0.1),
    bins,
  };
};
