import { wilson } from '../learning/wilson.ts';
import { binShares, sharesBetween } from './binning.ts';
import { fitBoosted } from './booster.ts';
import { ready, type Ready } from './candidates.ts';
import { chanceFrom } from './chance.ts';
import { chooseModel, type Choice } from './choose-model.ts';
import { compileModel } from './compile.ts';
import { termMeans } from './design.ts';
import { chooseFeatures } from './features.ts';
import { validationSplits } from './folds.ts';
import { fitLogistic } from './logistic.ts';
import { measure } from './measures.ts';
import { MODEL_FORM, type Boosted, type LearnedModel, type Regression } from './model.ts';
import { NINETY_PERCENT } from './score.ts';
import { boosterSettings, LEAST_OF_EACH } from './settings.ts';
import { checkTrainingTable, type TrainingTable } from './table.ts';

/** Rows whose contributions are worked out to say what moves the score. */
const IMPORTANCE_ROWS = 500;

/**
 * Learns a score from rows whose outcome is known. One way for every set: fields that cannot help are refused; boosted
 * trees and logistic regression are tried on rows that they have not seen (later ones where times are given, folds
 * otherwise); the plainest of the good ones is calibrated and fitted on all rows. Where history is thin or nothing can be
 * learned, the score is the base rate and says so. The same table and seed give the same model, byte for byte.
 * @throws TableError where the table does not fit together
 */
export const learn = (table: TrainingTable, { seed }: { readonly seed: number }): LearnedModel => {
  checkTrainingTable(table);
  const { features, refused } = chooseFeatures(table);
  const about = { ...aboutRows(table, seed), refused };
  const tooLittle = whyTooLittle(about.rows, about.positives, features.length);
  if (tooLittle !== null) return { ...about, ...nothing, why: tooLittle, validation: unvalidated(table, seed) };
  const parts = ready(features, table);
  const splits = validationSplits(table, seed);
  const empty = splits.splits.some(({ train, test }) => test.length === 0 || oneSided(table, train));
  if (empty) return { ...about, ...nothing, why: ONE_SIDED, validation: unvalidated(table, seed) };
  const choice = chooseModel(parts, splits, seed);
  const { why, validation, treeShare } = choice;
  const described = features.map((feature, index) => ({
    ...feature,
    shares: binShares(feature, parts.bins[index] ?? new Uint8Array(0)),
  }));
  if (treeShare === null) return { ...about, ...nothing, features: described, why, validation };
  const model: LearnedModel = {
    ...about,
    algorithm: treeShare >= 0.5 ? 'boosted-trees' : 'logistic',
    why,
    features: described,
    boosted: treeShare > 0 ? fitTrees(parts, choice, treeShare, seed) : null,
    regression: treeShare < 1 ? fitRegression(parts, choice, 1 - treeShare) : null,
    calibration: choice.calibration,
    validation,
    importance: [],
    scores: { edges: [], shares: [] },
  };
  return { ...model, ...lookBack(model, table) };
};

const ONE_SIDED =
  'Too little history: over time or in the groups of rows that belong together, one outcome stands alone.';

/** What a model that learned nothing holds. */
const nothing = {
  algorithm: 'prior',
  features: [],
  boosted: null,
  regression: null,
  calibration: { method: 'none' },
  importance: [],
  scores: { edges: [], shares: [] },
} as const;

const aboutRows = ({ rows, outcome, at }: TrainingTable, seed: number) => {
  const positives = outcome.reduce((sum, one) => sum + one, 0);
  const { low, high } = wilson(positives, rows, NINETY_PERCENT);
  return {
    form: MODEL_FORM,
    seed,
    rows,
    positives,
    from: at === null || rows === 0 ? null : at.reduce((least, one) => Math.min(least, one), Infinity),
    to: at === null || rows === 0 ? null : at.reduce((most, one) => Math.max(most, one), -Infinity),
    // Half a row of each outcome more (H. Jeffreys, 1946): without rows it is even.
    prior: { share: (positives + 0.5) / (rows + 1), low, high },
  } as const;
};

const whyTooLittle = (rows: number, positives: number, features: number): string | null => {
  const fewer = Math.min(positives, rows - positives);
  if (fewer < LEAST_OF_EACH)
    return `Too little history: ${positives} of ${rows} rows ended well; at least ${LEAST_OF_EACH} of either outcome are needed. The score stays at the base rate.`;
  return features === 0 ? 'No field can be learned from. The score stays at the base rate.' : null;
};

const oneSided = ({ outcome }: TrainingTable, rows: Int32Array): boolean => {
  const positives = rows.reduce((sum, row) => sum + (outcome[row] as number), 0);
  return positives === 0 || positives === rows.length;
};

/** The base rate judged on the rows it was taken from: nothing else is there. */
const unvalidated = ({ rows, outcome }: TrainingTable, seed: number): LearnedModel['validation'] => {
  const share = outcome.reduce((sum, one) => sum + one, 0) / Math.max(1, rows);
  const measures = measure(new Float64Array(rows).fill(share), outcome, seed);
  return { ...measures, by: 'none', splits: 0, gain: 0, gainError: 0, candidates: [] };
};

const fitTrees = ({ table, binned }: Ready, { trees }: Choice, weight: number, seed: number): Boosted => {
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const settings = { ...boosterSettings(table.rows), trees };
  const fitted = fitBoosted(binned, table.outcome, all, settings, chanceFrom(seed));
  return { weight, start: fitted.start, trees: fitted.trees };
};

const fitRegression = ({ table, design }: Ready, { penalty }: Choice, weight: number): Regression => {
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const fitted = fitLogistic(design, table.outcome, all, penalty);
  const means = termMeans(design, all);
  const byFeature = (values: Float64Array): readonly (readonly number[])[] =>
    design.blocks.map(({ first, width }) => [...values.subarray(first, first + width)]);
  return { weight, penalty, intercept: fitted.intercept, weights: byFeature(fitted.weights), means: byFeature(means) };
};

/** What moves the score, and how scores are spread, on the training rows. */
const lookBack = (model: LearnedModel, table: TrainingTable): Pick<LearnedModel, 'importance' | 'scores'> => {
  const compiled = compileModel(model);
  const { bins, probability } = compiled.score(table);
  const contributions = compiled.contributions(table, bins);
  const sums = new Float64Array(model.features.length);
  const step = Math.max(1, Math.floor(table.rows / IMPORTANCE_ROWS));
  for (let row = 0; row < table.rows; row += step)
    for (const [index, adds] of contributions(row).entries()) sums[index] = (sums[index] as number) + Math.abs(adds);
  const total = sums.reduce((sum, one) => sum + one, 0) || 1;
  const importance = model.features
    .map(({ name }, index) => ({ feature: name, share: (sums[index] as number) / total }))
    .sort((left, right) => right.share - left.share || (left.feature < right.feature ? -1 : 1));
  return { importance, scores: spreadOf(probability) };
};

/** Scores that cut the rows into ten equal parts, equal scores kept together. */
const spreadOf = (probability: Float64Array): LearnedModel['scores'] => {
  const sorted = Float64Array.from(probability).sort();
  const tenths = Array.from(
    { length: 9 },
    (_, part) => sorted[Math.floor(((part + 1) * sorted.length) / 10)] as number,
  );
  const edges = [...new Set(tenths)];
  return { edges, shares: sharesBetween(edges, probability) };
};
