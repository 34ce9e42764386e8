import { byScore } from './measures.ts';
import { coarseGroups, fieldPower } from './field-power.ts';
import type { DealsPast, FieldPast, Growth, PowerBefore } from './leak-facts.ts';
import { columnRows, type Column } from './table.ts';

const DAY = 86_400_000;
/** What is changed within this of the close is changed with it: one save, or the automation that follows it. */
const WITH_CLOSE = 3_600_000;
/** Share of one outcome that must have the same value for it to count as constant there. */
const CONSTANT = 0.99;

const given = (column: Column, row: number): boolean =>
  column.kind === 'number' ? Number.isFinite(column.values[row]) : (column.codes[row] as number) >= 0;

const rowsWhere = (count: number, keeps: (row: number) => boolean): Int32Array =>
  Int32Array.from(Array.from({ length: count }, (_, row) => row).filter(keeps));

/** Share of the deals that hold a value in which it was last changed at or after close; null: no history, or few deals. */
export const lateShare = (
  { closed, outcome }: DealsPast,
  { column, lastChanged }: FieldPast,
  least: number,
): number | null => {
  if (lastChanged === null || closed === null) return null;
  const holding = rowsWhere(outcome.length, (row) => given(column, row));
  if (holding.length < least) return null;
  const late = holding.filter((row) => (lastChanged[row] as number) >= (closed[row] as number) - WITH_CLOSE);
  return late.length / holding.length;
};

/** Power of the field at each earlier point and at close, on the deals that were open by then. */
export const powerBefore = (
  { opened, closed, outcome }: DealsPast,
  { column, before }: FieldPast,
): readonly PowerBefore[] =>
  before.map(({ days, column: then }) => {
    const open = rowsWhere(
      outcome.length,
      (row) => opened === null || closed === null || (opened[row] as number) <= (closed[row] as number) - days * DAY,
    );
    const outcomes = Uint8Array.from(open, (row) => outcome[row] as number);
    return {
      days,
      deals: open.length,
      then: fieldPower(columnRows(then, open), outcomes),
      atClose: fieldPower(columnRows(column, open), outcomes),
    };
  });

export const growth = (deals: DealsPast, { column, before }: FieldPast, least: number): Growth | null => {
  if (column.kind !== 'number') return null;
  const { opened, closed, outcome } = deals;
  const { values } = column;
  const holding = rowsWhere(outcome.length, (row) => given(column, row));
  const duration =
    opened === null || closed === null || holding.length < least
      ? {}
      : {
          shareOfDuration: rankCorrelation(holding, values, (row) => (closed[row] as number) - (opened[row] as number)),
        };
  const none = { days: 0, deals: 0, grew: 0, fell: 0, ...duration };
  const earlier = before.map(({ days, column: then }): Growth => {
    if (then.kind !== 'number') return none;
    const both = holding.filter((row) => given(then, row));
    if (both.length < least) return none;
    const moved = (sign: number): number =>
      both.filter((row) => Math.sign((values[row] as number) - (then.values[row] as number)) === sign).length /
      both.length;
    return { days, deals: both.length, grew: moved(1), fell: moved(-1), ...duration };
  });
  return earlier.reduce((most, one) => (one.grew > most.grew ? one : most), none);
};

/** Spearman's rank correlation over these rows, equal values by their mean rank. */
const rankCorrelation = (rows: Int32Array, values: Float64Array, other: (row: number) => number): number => {
  const [left, right] = [
    ranks(Float64Array.from(rows, (row) => values[row] as number)),
    ranks(Float64Array.from(rows, other)),
  ];
  const middle = (rows.length - 1) / 2;
  let [both, squares, otherSquares] = [0, 0, 0];
  for (let index = 0; index < rows.length; index += 1) {
    const [one, two] = [(left[index] as number) - middle, (right[index] as number) - middle];
    both += one * two;
    squares += one * one;
    otherSquares += two * two;
  }
  return squares === 0 || otherSquares === 0 ? 0 : both / Math.sqrt(squares * otherSquares);
};

const ranks = (values: Float64Array): Float64Array => {
  const order = byScore(values);
  const result = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last < order.length && values[order[last] as number] === values[order[first] as number]) last += 1;
    for (let index = first; index < last; index += 1) result[order[index] as number] = (first + last - 1) / 2;
    first = last;
  }
  return result;
};

/** The outcome in which the field always has the same value, "not given" among them; null: neither, or both. */
export const constantOn = (column: Column, outcome: Uint8Array): 0 | 1 | null => {
  const groups = coarseGroups(column);
  const isConstant = ([0, 1] as const).map((wanted) => {
    const counts = new Map<number, number>();
    let rows = 0;
    for (const [row, group] of groups.entries()) {
      if (outcome[row] !== wanted) continue;
      rows += 1;
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values()) >= rows * CONSTANT;
  });
  if (isConstant[0] === isConstant[1]) return null;
  return isConstant[1] === true ? 1 : 0;
};

/** Of the deals that hold a value: how many, the commoner outcome and its share; null where it is (nearly) always given. */
export const pureWhenGiven = (
  column: Column,
  outcome: Uint8Array,
  least: number,
): { readonly deals: number; readonly outcome: 0 | 1; readonly share: number } | null => {
  const holding = rowsWhere(outcome.length, (row) => given(column, row));
  if (holding.length < least || outcome.length - holding.length < least) return null;
  const won = holding.reduce((sum, row) => sum + (outcome[row] as number), 0) / holding.length;
  return { deals: holding.length, outcome: won > 0.5 ? 1 : 0, share: Math.max(won, 1 - won) };
};

/** A level of at least so many deals, all with one outcome, where chance would not make it so; the commonest of them. */
export const purestLevel = (
  column: Column,
  outcome: Uint8Array,
  least: number,
): { readonly level: string; readonly deals: number; readonly outcome: 0 | 1 } | null => {
  if (column.kind !== 'category') return null;
  const share = outcome.reduce((sum, one) => sum + one, 0) / Math.max(1, outcome.length);
  const [deals, won] = [new Int32Array(column.levels.length), new Int32Array(column.levels.length)];
  for (const [row, code] of column.codes.entries()) {
    if (code < 0) continue;
    deals[code] = (deals[code] as number) + 1;
    won[code] = (won[code] as number) + (outcome[row] as number);
  }
  const pure = column.levels.flatMap((level, code) => {
    const [count, good] = [deals[code] as number, won[code] as number];
    const one = good === count ? 1 : good === 0 ? 0 : null;
    // Chance makes a level of so many deals pure with probability share^count.
    const likely = count * Math.log(one === 1 ? share : 1 - share) > Math.log(1e-6);
    return one === null || count < least || likely ? [] : [{ level, deals: count, outcome: one as 0 | 1 }];
  });
  return pure.sort((left, right) => right.deals - left.deals)[0] ?? null;
};
