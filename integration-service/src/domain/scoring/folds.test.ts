import { describe, expect, test } from '@jest/globals';
import { chanceFrom } from './chance.ts';
import { forwardSplits, stratifiedFolds, validationSplits } from './folds.ts';
import { pairedDifference } from './paired.ts';

const chance = chanceFrom(8);
const outcome = Uint8Array.from({ length: 1_000 }, () => (chance() < 0.2 ? 1 : 0));
const positives = (rows: Int32Array): number => rows.reduce((sum, row) => sum + (outcome[row] as number), 0);

describe('folds', () => {
  test('hold every row once, with equal shares of both outcomes', () => {
    const folds = stratifiedFolds(outcome, null, 5, 1);
    expect([...folds.flatMap(({ test: rows }) => [...rows])].sort((left, right) => left - right)).toEqual([
      ...outcome.keys(),
    ]);
    const counts = folds.map(({ test: rows }) => positives(rows));
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    for (const { train, test: rows } of folds) expect(train.length + rows.length).toBe(1_000);
  });

  test('keep a group together', () => {
    const group = Int32Array.from({ length: 1_000 }, (_, row) => Math.floor(row / 7));
    for (const { train, test: rows } of stratifiedFolds(outcome, group, 5, 1)) {
      const known = new Set(train.map((row) => group[row] as number));
      expect(rows.some((row) => known.has(group[row] as number))).toBe(false);
      expect(rows.length).toBeGreaterThan(150);
    }
  });
});

describe('splits forward in time', () => {
  test('judge only what came later, and know no group from before', () => {
    const at = Float64Array.from({ length: 1_000 }, (_, row) => (row * 37) % 1_000);
    const group = Int32Array.from({ length: 1_000 }, (_, row) => row % 400);
    const splits = forwardSplits(at, group);
    expect(splits).toHaveLength(3);
    for (const { train, test: rows } of splits) {
      const latest = Math.max(...train.map((row) => at[row] as number));
      expect(Math.min(...rows.map((row) => at[row] as number))).toBeGreaterThan(latest);
      const known = new Set(train.map((row) => group[row] as number));
      expect(rows.some((row) => known.has(group[row] as number))).toBe(false);
    }
  });

  test('do not part what is known at one moment', () => {
    const at = Float64Array.from({ length: 100 }, (_, row) => Math.floor(row / 25));
    for (const { train, test: rows } of forwardSplits(at, null)) {
      const before = new Set(train.map((row) => at[row] as number));
      expect(rows.some((row) => before.has(at[row] as number))).toBe(false);
    }
  });
});

test('times that do not part the rows leave folds', () => {
  const at = new Float64Array(1_000).fill(7);
  expect(validationSplits({ rows: 1_000, outcome, at, group: null }, 1)).toMatchObject({ by: 'folds' });
  const later = Float64Array.from(outcome.keys());
  expect(validationSplits({ rows: 1_000, outcome, at: later, group: null }, 1)).toMatchObject({ by: 'time-split' });
  expect(validationSplits({ rows: 1_000, outcome, at: later, group: new Int32Array(1_000) }, 1).by).toBe('folds');
});

test('rows of one group are one observation: twins do not make a difference surer', () => {
  const left = Float64Array.from({ length: 50 }, (_, row) => Math.sin(row));
  const twice = Float64Array.from({ length: 100 }, (_, row) => left[Math.floor(row / 2)] as number);
  const once = pairedDifference(left, new Float64Array(50), null);
  const twins = pairedDifference(
    twice,
    new Float64Array(100),
    Int32Array.from({ length: 100 }, (_, row) => Math.floor(row / 2)),
  );
  expect(twins.mean).toBeCloseTo(once.mean, 12);
  expect(twins.error).toBeCloseTo(once.error, 12);
  expect(pairedDifference(twice, new Float64Array(100), null).error).toBeLessThan(once.error * 0.8);
});
