import { tryRegression, tryTrees, type Ready } from './candidates.ts';
import { fitCalibration } from './calibration.ts';
import type { Split } from './folds.ts';
import { auc, measure, meanLoss, rowLoss, sigmoid } from './measures.ts';
import type { Calibration, Candidate, Validation } from './model.ts';
import { pairedDifference } from './paired.ts';
import { SKILL_MARGIN, TREE_SHARES } from './settings.ts';

/** What was chosen, with everything needed to fit it on all rows. */
export interface Choice {
  /** Share of the trees in the log odds; the rest is the regression's. Null: there is nothing to learn. */
  readonly treeShare: number | null;
  readonly trees: number;
  readonly penalty: number;
  readonly calibration: Calibration;
  readonly validation: Validation;
  readonly why: string;
}

interface Tried {
  readonly name: string;
  readonly treeShare: number;
  readonly logOdds: Float64Array;
  readonly losses: Float64Array;
  readonly loss: number;
}

/**
 * Chooses between regression, boosted trees and the mean of both by their log loss on rows that they had not seen. The
 * plainest within one standard error of the best is taken (L. Breiman et al., 1984), calibrated, and asked whether it
 * knows more than the base rate at all.
 */
export const chooseModel = (
  ready: Ready,
  { by, splits }: { readonly by: 'time-split' | 'folds'; readonly splits: readonly Split[] },
  seed: number,
): Choice => {
  const { table } = ready;
  const rows = Int32Array.from(splits.flatMap(({ test }) => [...test]));
  const outcome = Uint8Array.from(rows, (row) => table.outcome[row] as number);
  const { group: groups } = table;
  const group = groups === null ? null : Int32Array.from(rows, (row) => groups[row] as number);
  const regression = tryRegression(ready, splits, (logOdds) => meanLoss(logOdds, outcome));
  const trees = tryTrees(ready, splits, seed);
  const mixed = (share: number): Float64Array =>
    trees.logOdds.map((value, index) => share * value + (1 - share) * (regression.logOdds[index] as number));
  const tried = [0, 1, ...TREE_SHARES].map((treeShare): Tried => {
    const logOdds = treeShare === 0 ? regression.logOdds : treeShare === 1 ? trees.logOdds : mixed(treeShare);
    const losses = logOdds.map((value, index) => rowLoss(value, outcome[index] as number));
    return { name: nameOf(treeShare), treeShare, logOdds, losses, loss: meanLoss(logOdds, outcome) };
  });
  const best = tried.reduce((least, one) => (one.loss < least.loss ? one : least));
  const compared = tried.map((one) => ({ ...one, behind: pairedDifference(one.losses, best.losses, group) }));
  const chosen = compared.find(({ behind }) => behind.mean <= behind.error) ?? best;
  const { calibration, unseen } = fitCalibration(chosen.logOdds, outcome, group, seed);
  const gain = gainOver(outcome, unseen, group);
  const worthIt = gain.mean > SKILL_MARGIN * gain.error;
  return {
    treeShare: worthIt ? chosen.treeShare : null,
    trees: trees.count,
    penalty: regression.penalty,
    calibration,
    why: worthIt ? whyChosen(chosen, best, by) : whyNothing(gain, by),
    validation: {
      ...measure(unseen.map(sigmoid), outcome, seed),
      by,
      splits: splits.length,
      gain: gain.mean,
      gainError: gain.error,
      candidates: compared.map(({ name, loss, logOdds, behind }): Candidate => ({
        name,
        logLoss: loss,
        auc: auc(logOdds, outcome),
        behind: behind.mean,
        behindError: behind.error,
      })),
    },
  };
};

/** Log loss that scores take off that of the share of positives, the same for every row. */
const gainOver = (outcome: Uint8Array, logOdds: Float64Array, group: Int32Array | null) => {
  const positives = outcome.reduce((sum, one) => sum + one, 0);
  const base = Math.log((positives + 0.5) / (outcome.length - positives + 0.5));
  const losses = (at: (row: number) => number): Float64Array =>
    Float64Array.from(outcome, (one, row) => rowLoss(at(row), one));
  return pairedDifference(
    losses(() => base),
    losses((row) => logOdds[row] as number),
    group,
  );
};

const nameOf = (treeShare: number): string => {
  if (treeShare === 0) return 'logistic regression';
  if (treeShare === 1) return 'boosted trees';
  return `boosted trees (${Math.round(treeShare * 100)} %) with logistic regression (${Math.round((1 - treeShare) * 100)} %)`;
};

const howJudged = (by: 'time-split' | 'folds'): string =>
  by === 'time-split' ? 'on what came later than it had learned from' : 'on rows that it had not learned from';

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const whyChosen = (chosen: Tried, best: Tried, by: 'time-split' | 'folds'): string =>
  chosen.name === best.name
    ? `${capital(chosen.name)}: the least loss ${howJudged(by)}.`
    : `${capital(chosen.name)}: ${howJudged(by)} as good as ${best.name}, within one standard error, and plainer.`;

const whyNothing = (
  { mean, error }: { readonly mean: number; readonly error: number },
  by: 'time-split' | 'folds',
): string =>
  `Nothing to learn: ${howJudged(by)}, the best model takes ${mean.toFixed(4)} off the loss of the base rate, with a standard error of ${error.toFixed(4)}; ${SKILL_MARGIN} standard errors are needed. The score stays at the base rate.`;
