import { chanceFrom, countTo, shuffle } from './chance.ts';
import type { TrainingTable } from './table.ts';

/** Rows to learn from and rows, unseen, to be judged on. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Forward splits: learn from what was known by then, be judged on what came next. */
const FORWARD = [
  { until: 0.55, to: 0.7 },
  { until: 0.7, to: 0.85 },
  { until: 0.85, to: 1 },
] as const;

/**
 * Folds with equal shares of both outcomes; rows of one group stay in one fold. Each group goes, in random order, to the
 * fold with the fewest rows of the group's commoner outcome, larger groups first.
 */
export const stratifiedFolds = (
  outcome: Uint8Array,
  group: Int32Array | null,
  count: number,
  seed: number,
): readonly Split[] => {
  const rows = outcome.length;
  const groups = groupsOf(rows, group);
  const fold = new Uint8Array(rows);
  const filled = [new Float64Array(count), new Float64Array(count)];
  const order = [...shuffle(countTo(groups.length), chanceFrom(seed))];
  const sizeOf = (index: number): number => groups[index]?.length ?? 0;
  for (const index of order.sort((left, right) => sizeOf(right) - sizeOf(left))) {
    const members = groups[index] ?? [];
    const positives = members.reduce((sum, row) => sum + (outcome[row] as number), 0);
    const [same, other] = (positives * 2 > members.length ? [filled[1], filled[0]] : [filled[0], filled[1]]) as [
      Float64Array,
      Float64Array,
    ];
    let least = 0;
    for (let one = 1; one < count; one += 1) {
      const [here, there] = [same[one] as number, same[least] as number];
      if (here < there || (here === there && (other[one] as number) < (other[least] as number))) least = one;
    }
    for (const row of members) fold[row] = least;
    (filled[1] as Float64Array)[least] = ((filled[1] as Float64Array)[least] as number) + positives;
    (filled[0] as Float64Array)[least] = ((filled[0] as Float64Array)[least] as number) + members.length - positives;
  }
  return Array.from({ length: count }, (_, one) => ({
    train: countTo(rows).filter((row) => fold[row] !== one),
    test: countTo(rows).filter((row) => fold[row] === one),
  }));
};

/** The rows of each group, in the order of their first row; rows without groups are groups of one. */
export const groupsOf = (rows: number, group: Int32Array | null): readonly (readonly number[])[] => {
  if (group === null) return Array.from({ length: rows }, (_, row) => [row]);
  const members = new Map<number, number[]>();
  for (let row = 0; row < rows; row += 1) {
    const key = group[row] as number;
    const some = members.get(key);
    if (some === undefined) members.set(key, [row]);
    else some.push(row);
  }
  return [...members.values()];
};

/** Rows by time, equal times by row. */
export const byTime = (at: Float64Array): Int32Array =>
  countTo(at.length).sort((left, right) => (at[left] as number) - (at[right] as number) || left - right);

/**
 * Splits that go forward in time: from the first 55, 70 and 85 % of the rows to the next 15 %. Rows of one moment are not
 * parted, and a group that was learned from is not judged on: its later rows would be known by heart.
 */
export const forwardSplits = (at: Float64Array, group: Int32Array | null): readonly Split[] => {
  const order = byTime(at);
  const rows = order.length;
  const cutAt = (share: number): number => {
    let cut = Math.round(rows * share);
    while (cut > 0 && cut < rows && at[order[cut] as number] === at[order[cut - 1] as number]) cut += 1;
    return cut;
  };
  return FORWARD.map(({ until, to }) => {
    const train = order.slice(0, cutAt(until));
    const later = order.slice(cutAt(until), cutAt(to));
    if (group === null) return { train, test: later };
    const known = new Set(train.map((row) => group[row] as number));
    return { train, test: later.filter((row) => !known.has(group[row] as number)) };
  });
};

/**
 * The splits on which a model is chosen and calibrated, and their kind. Where times do not part the rows (all of one
 * moment, or every later row of a group known before), folds do.
 */
export const validationSplits = (
  { rows, outcome, at, group }: Pick<TrainingTable, 'rows' | 'outcome' | 'at' | 'group'>,
  seed: number,
): { readonly by: 'time-split' | 'folds'; readonly splits: readonly Split[] } => {
  const forward = at === null ? [] : forwardSplits(at, group);
  const parted = forward.length > 0 && forward.every(({ train, test }) => train.length > 0 && test.length > 0);
  return parted
    ? { by: 'time-split', splits: forward }
    : { by: 'folds', splits: stratifiedFolds(outcome, group, rows < 1_000 ? 10 : 5, seed) };
};
