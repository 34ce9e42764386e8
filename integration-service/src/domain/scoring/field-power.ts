import { stratifiedFolds } from './folds.ts';
import { auc } from './measures.ts';
import type { Column } from './table.ts';

const NUMBER_GROUPS = 20;
const LEVEL_GROUPS = 40;
const FOLDS = 5;
const SEED = 1;
/** Rows of the base rate that are mixed into the share of a group. */
const SMOOTH = 10;

/** The group of each row of a column: 0 is "not given", then twentieths of a number, or the commonest levels. */
export const coarseGroups = (column: Column): Int32Array => {
  if (column.kind === 'category') {
    const counts = new Map<number, number>();
    for (const code of column.codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
    const common = [...counts].sort((left, right) => right[1] - left[1] || left[0] - right[0]).slice(0, LEVEL_GROUPS);
    const groupOf = new Map(common.map(([code], index) => [code, index + 1]));
    return column.codes.map((code) => (code < 0 ? 0 : (groupOf.get(code) ?? LEVEL_GROUPS + 1)));
  }
  const given = column.values.filter(Number.isFinite).sort();
  const edges = [
    ...new Set(
      Array.from(
        { length: NUMBER_GROUPS - 1 },
        (_, part) => given[Math.floor(((part + 1) * given.length) / NUMBER_GROUPS)],
      ),
    ),
  ];
  return Int32Array.from(column.values, (value) => {
    if (!Number.isFinite(value)) return 0;
    let group = 1;
    // A value that fills several parts stands alone: below it and above it are other groups.
    for (const edge of edges) group += value > (edge ?? 0) ? 2 : value === edge ? 1 : 0;
    return group;
  });
};

/**
 * How well one field alone tells the outcome: the area under the ROC curve of the share of positives in its group, taken
 * from other rows than the one that is judged. About 0.5 where it tells nothing.
 */
export const fieldPower = (column: Column, outcome: Uint8Array): number => {
  const groups = coarseGroups(column);
  const most = groups.reduce((high, group) => Math.max(high, group), 0);
  const share = outcome.reduce((sum, one) => sum + one, 0) / Math.max(1, outcome.length);
  const scores = new Float64Array(outcome.length);
  for (const { train, test } of stratifiedFolds(outcome, null, FOLDS, SEED)) {
    const [rows, won] = [new Float64Array(most + 1), new Float64Array(most + 1)];
    for (const row of train) {
      const group = groups[row] as number;
      rows[group] = (rows[group] as number) + 1;
      won[group] = (won[group] as number) + (outcome[row] as number);
    }
    for (const row of test) {
      const group = groups[row] as number;
      scores[row] = ((won[group] as number) + SMOOTH * share) / ((rows[group] as number) + SMOOTH);
    }
  }
  return auc(scores, outcome);
};
