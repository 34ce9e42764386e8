import { z } from 'zod';

/** Counts up when the meaning of a stored model changes; a model of another form is not read. */
export const MODEL_FORM = 1;

const numbers = z.array(z.number()).readonly();
const counts = z.array(z.number().int().min(0)).readonly();

const measures = z.object({
  rows: z.number().int().min(0),
  positives: z.number().int().min(0),
  /** Area under the ROC curve; 0.5 where one of the outcomes is missing. */
  auc: z.number(),
  brier: z.number(),
  /** 1 - Brier / (p(1-p)): the share of the base rate's error that the score takes away. */
  skill: z.number(),
  /** Mean natural log loss. */
  logLoss: z.number(),
  /** Expected calibration error over ten bins of equal width. */
  ece: z.number(),
  /** What a perfectly calibrated score of these very values would show, by chance alone. */
  ecePerfect: z.object({ mean: z.number(), high: z.number() }).readonly(),
  /** Share of positives in the top tenth of scores over the overall share. */
  lift: z.number(),
  /** Ten bins of equal width: how many rows, the mean score and the share of positives. */
  bins: z.array(z.object({ rows: z.number().int(), score: z.number(), share: z.number() }).readonly()).readonly(),
});

/** How good a score was on rows it had not seen. */
export type Measures = z.infer<typeof measures>;

const number = z.object({
  name: z.string(),
  kind: z.literal('number'),
  /** Ascending. Bin 0 is "not given"; bin b holds values above edge b-2 and up to edge b-1. */
  edges: numbers,
  /** Mean and scale of the value and of sign(x)·ln(1+|x|); what is not given is taken for the mean. */
  plain: z.object({ mean: z.number(), scale: z.number() }).readonly(),
  logged: z.object({ mean: z.number(), scale: z.number() }).readonly(),
  /** Share of the training rows in each bin, for watching drift. */
  shares: numbers,
});

const category = z.object({
  name: z.string(),
  kind: z.literal('category'),
  /** Bin 0 is "not given" or never seen; bin b is level b-1; the bin after the last level is that of the rare ones. */
  levels: z.array(z.string()).readonly(),
  /** Levels with too few rows to stand alone. */
  rare: z.array(z.string()).readonly(),
  shares: numbers,
});

const feature = z.discriminatedUnion('kind', [number.readonly(), category.readonly()]);

export type NumberFeature = z.infer<typeof number>;
export type CategoryFeature = z.infer<typeof category>;
/** A field of the model: how its values become bins for the trees and terms for the regression. */
export type Feature = NumberFeature | CategoryFeature;

const tree = z.object({
  /** Index into `features`; -1 at a leaf. */
  feature: z.array(z.number().int().min(-1)).readonly(),
  /** Bins that go to `left`. */
  goesLeft: z.array(counts).readonly(),
  left: counts,
  right: counts,
  /** Log odds that a leaf adds; 0 at a split. */
  value: numbers,
  /** Training rows that came by. */
  cover: counts,
});

/** A decision tree as parallel lists over its nodes; node 0 is the root. */
export type Tree = z.infer<typeof tree>;

const boosted = z.object({
  /** Share of the trees in the score, 0 to 1; the rest is the regression's. */
  weight: z.number(),
  /** Log odds before the first tree. */
  start: z.number(),
  trees: z.array(tree.readonly()).readonly(),
});

const regression = z.object({
  weight: z.number(),
  /** How strongly weights were held down (L2). */
  penalty: z.number(),
  intercept: z.number(),
  /** For each feature: a number's [plain, logged, not given], a category's weight for each bin. */
  weights: z.array(numbers).readonly(),
  /** Mean of each term over the training rows: a contribution is the distance from it. */
  means: z.array(numbers).readonly(),
});

export type Boosted = z.infer<typeof boosted>;
export type Regression = z.infer<typeof regression>;

const calibration = z.discriminatedUnion('method', [
  z.object({ method: z.literal('none') }).readonly(),
  /** logit = slope · z + shift (J. Platt, 1999). */
  z.object({ method: z.literal('platt'), slope: z.number(), shift: z.number() }).readonly(),
  /** logit = a · ln p - b · ln(1-p) + shift (Kull, Silva Filho, Flach, 2017). */
  z.object({ method: z.literal('beta'), a: z.number(), b: z.number(), shift: z.number() }).readonly(),
  /** A rising line through points (raw log odds, calibrated log odds); beyond them as steep as the scores. */
  z.object({ method: z.literal('isotonic'), from: numbers, to: numbers }).readonly(),
]);

/** How a raw score becomes a probability that means what it says. */
export type Calibration = z.infer<typeof calibration>;

const candidate = z.object({
  name: z.string(),
  logLoss: z.number(),
  auc: z.number(),
  /** Mean loss above that of the best candidate, and its standard error. */
  behind: z.number(),
  behindError: z.number(),
});

export type Candidate = z.infer<typeof candidate>;

const validation = measures.extend({
  by: z.enum(['time-split', 'folds', 'none']),
  splits: z.number().int().min(0),
  /** Mean log loss that the score takes off the base rate's, and its standard error over groups. */
  gain: z.number(),
  gainError: z.number(),
  candidates: z.array(candidate.readonly()).readonly(),
});

/** A model as it is stored: plain JSON, complete, the same bytes for the same table and seed. */
export const learnedModel = z.object({
  form: z.literal(MODEL_FORM),
  algorithm: z.enum(['boosted-trees', 'logistic', 'prior']),
  /** Why this algorithm, in a sentence an admin reads. */
  why: z.string(),
  seed: z.number().int(),
  rows: z.number().int().min(0),
  positives: z.number().int().min(0),
  /** First and last time of a training row in milliseconds; null: the rows had none. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** Share of positives with its 90 % interval; the score where there is nothing else. */
  prior: z.object({ share: z.number(), low: z.number(), high: z.number() }).readonly(),
  features: z.array(feature).readonly(),
  /** Columns that were not used, each with the reason. */
  refused: z.array(z.object({ name: z.string(), why: z.string() }).readonly()).readonly(),
  boosted: boosted.readonly().nullable(),
  regression: regression.readonly().nullable(),
  calibration,
  validation: validation.readonly(),
  /** Share of each feature in what moves the score, largest first; adds up to 1. */
  importance: z.array(z.object({ feature: z.string(), share: z.number() }).readonly()).readonly(),
  /** Ascending scores that cut the training rows into ten parts, and the share of rows in each. */
  scores: z.object({ edges: numbers, shares: numbers }).readonly(),
});

export type LearnedModel = z.infer<typeof learnedModel>;
export type Algorithm = LearnedModel['algorithm'];
export type Validation = LearnedModel['validation'];
