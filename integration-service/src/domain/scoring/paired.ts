import { groupsOf } from './folds.ts';

/**
 * Mean of left - right over the rows, with its standard error. Rows of one group are one observation: what is said of a
 * row and of its twin is said once.
 */
export const pairedDifference = (
  left: Float64Array,
  right: Float64Array,
  group: Int32Array | null,
): { readonly mean: number; readonly error: number } => {
  const rows = left.length;
  const groups = groupsOf(rows, group);
  const differenceOf = (row: number): number => (left[row] as number) - (right[row] as number);
  let sum = 0;
  for (let row = 0; row < rows; row += 1) sum += differenceOf(row);
  const mean = sum / rows;
  let squares = 0;
  for (const members of groups) squares += members.reduce((total, row) => total + differenceOf(row) - mean, 0) ** 2;
  const count = groups.length;
  return { mean, error: count < 2 ? Number.POSITIVE_INFINITY : Math.sqrt((squares * count) / (count - 1)) / rows };
};
