import { binTable, type Bins } from './binning.ts';
import { binnedFeatures, boostedLogOdds, fitBoosted, type Fitted } from './booster.ts';
import { chanceFrom } from './chance.ts';
import { designOf, linearLogOdds, type Design } from './design.ts';
import type { Split } from './folds.ts';
import type { BinnedFeatures } from './grow-tree.ts';
import { fitLogistic, type Weights } from './logistic.ts';
import type { Feature } from './model.ts';
import { boosterSettings, penalties } from './settings.ts';
import type { TrainingTable } from './table.ts';

/** A table made ready for both kinds of model. */
export interface Ready {
  readonly table: TrainingTable;
  readonly bins: Bins;
  readonly binned: BinnedFeatures;
  readonly design: Design;
}

export const ready = (features: readonly Feature[], table: TrainingTable): Ready => {
  const bins = binTable(features, table);
  return { table, bins, binned: binnedFeatures(features, bins), design: designOf(features, table, bins) };
};

/** Log odds of the rows of all test parts, one after the other, by models that had not seen them. */
export interface Unseen {
  readonly logOdds: Float64Array;
}

const meanLossOf = (losses: readonly number[], count: number): number =>
  // A fold that stopped earlier had stopped falling: it stays where it was.
  losses[Math.min(count, losses.length - 1)] as number;

/**
 * Boosted trees on each training part, watched on its test part. One count of trees is chosen for all of them, by their
 * mean loss: a single number, so that the test parts stay as good as unseen.
 */
export const tryTrees = (
  { table, binned, bins }: Ready,
  splits: readonly Split[],
  seed: number,
): Unseen & { readonly count: number } => {
  const settings = boosterSettings(table.rows);
  const fitted: readonly Fitted[] = splits.map(({ train, test }, index) =>
    fitBoosted(binned, table.outcome, train, settings, chanceFrom(seed + index), test),
  );
  const rows = splits.reduce((sum, { test }) => sum + test.length, 0);
  const longest = Math.max(...fitted.map(({ losses }) => losses.length)) - 1;
  const lossAt = (count: number): number =>
    fitted.reduce(
      (sum, { losses }, index) => sum + meanLossOf(losses, count) * ((splits[index]?.test.length ?? 0) / rows),
      0,
    );
  let count = 0;
  for (let one = 1; one <= longest; one += 1) if (lossAt(one) < lossAt(count)) count = one;
  return {
    count,
    logOdds: joined(splits.map(({ test }, index) => boostedLogOdds(fitted[index] as Fitted, bins, test, count))),
  };
};

/** Logistic regression on each training part, for each penalty; the penalty with the least loss on the test parts. */
export const tryRegression = (
  { table, design }: Ready,
  splits: readonly Split[],
  lossOf: (logOdds: Float64Array) => number,
): Unseen & { readonly penalty: number } => {
  const choice = penalties(table.rows);
  const parts = splits.map(({ train, test }) => {
    let weights: Weights | null = null;
    return choice.map((penalty) => {
      weights = fitLogistic(design, table.outcome, train, penalty, weights);
      return linearLogOdds(design, weights.intercept, weights.weights, test);
    });
  });
  const tried = choice.map((penalty, index) => {
    const logOdds = joined(parts.map((part) => part[index] as Float64Array));
    return { penalty, logOdds, loss: lossOf(logOdds) };
  });
  return tried.reduce((least, one) => (one.loss < least.loss ? one : least));
};

/** Several lists as one. */
export const joined = (parts: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
