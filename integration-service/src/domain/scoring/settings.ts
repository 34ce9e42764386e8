import type { BoosterSettings } from './booster.ts';

/** Fewer of either outcome than this, and nothing is learned: a model of a dozen deals is a story about each of them. */
export const LEAST_OF_EACH = 20;

/**
 * L2 of the regression to choose from, strongest first; on standardised terms, for the sum of losses. With many rows it
 * hardly matters, and each one costs as much as a model.
 */
export const penalties = (rows: number): readonly number[] => (rows < 10_000 ? [100, 30, 10, 3, 1] : [30, 3]);

/** Share of the trees where both models are averaged. */
export const TREE_SHARES = [0.25, 0.5, 0.75] as const;

/**
 * A score must take this many standard errors off the base rate's log loss, or there is nothing to learn. 2.33 is passed by
 * chance once in a hundred times.
 */
export const SKILL_MARGIN = 2.33;

/**
 * How trees are grown, decided by the count of rows alone and by nothing that is known of a set: more rows carry larger
 * trees. The root of the rows over eight was tried with 300 to 50,000 rows; more than 24 leaves gained nothing.
 */
export const boosterSettings = (rows: number): BoosterSettings => ({
  leaves: Math.min(24, Math.max(6, Math.round(Math.sqrt(rows) / 8))),
  depth: 6,
  minRows: rows < 1_000 ? 10 : 20,
  minHessian: 1e-3,
  l2: 1,
  categoryL2: 10,
  categorySmooth: 10,
  rate: rows < 10_000 ? 0.06 : 0.1,
  trees: 400,
  featureShare: 0.7,
  patience: 30,
});
