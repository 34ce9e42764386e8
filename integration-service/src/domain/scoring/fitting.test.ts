import { describe, expect, test } from '@jest/globals';
import { binTable } from './binning.ts';
import { binnedFeatures, boostedLogOdds, fitBoosted, type BoosterSettings } from './booster.ts';
import { chanceFrom, countTo } from './chance.ts';
import { solveSymmetric } from './cholesky.ts';
import { designOf } from './design.ts';
import { chooseFeatures } from './features.ts';
import { fitLogistic } from './logistic.ts';
import { categoryColumn, numberColumn, tableRows, type Table } from './table.ts';

/** 120 rows by rule, so that scikit-learn could be given the same. */
const numbers = Array.from({ length: 120 }, (_, row) => [row % 7, (row * row) % 11, (row * 5) % 13] as const);
const outcome = Uint8Array.from(numbers, ([one, two, three], row) => {
  const points = Number(one > 3) + Number(two > 4) + Number(three < 6) + Number((row * 7) % 5 === 0);
  return points >= 2 ? 1 : 0;
});
const table: Table = {
  rows: 120,
  columns: [0, 1, 2].map((index) =>
    numberColumn(
      `x${index}`,
      numbers.map((row) => row[index] ?? 0),
    ),
  ),
};

const settings: BoosterSettings = {
  leaves: 4,
  depth: 6,
  minRows: 5,
  minHessian: 1e-3,
  l2: 1,
  categoryL2: 10,
  categorySmooth: 10,
  rate: 0.3,
  trees: 5,
  featureShare: 1,
  patience: 5,
};

describe('boosted trees', () => {
  test('are those of scikit-learn (HistGradientBoostingClassifier 1.9.1, 5 trees of 4 leaves, rate 0.3, L2 1)', () => {
    // The first 40 rows of each outcome: both begin at log odds 0.
    const of = (wanted: number): number[] => [...countTo(120)].filter((row) => outcome[row] === wanted).slice(0, 40);
    const rows = Int32Array.from([...of(0), ...of(1)]).sort();
    const balanced = tableRows(table, rows);
    const { features } = chooseFeatures(balanced);
    const bins = binTable(features, balanced);
    const own = Uint8Array.from(rows, (row) => outcome[row] as number);
    const fitted = fitBoosted(binnedFeatures(features, bins), own, countTo(80), settings, chanceFrom(1));
    const expected = [-0.394578, -0.904714, -1.632265, 1.337605, 0.803224, -0.579754, 1.47082, 0.239007];
    const got = boostedLogOdds(fitted, bins, countTo(8));
    for (const [row, value] of expected.entries()) expect(got[row]).toBeCloseTo(value, 4);
  });

  test('part the levels of a category by what came of them, not by their names', () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f'];
    const rows = 1_200;
    const texts = Array.from({ length: rows }, (_, row) => levels[row % 6] ?? 'a');
    const won = Uint8Array.from(texts, (level, row) => ('bdf'.includes(level) ? 1 : 0) ^ (row % 10 === 0 ? 1 : 0));
    const { features } = chooseFeatures({ rows, columns: [categoryColumn('level', texts)] });
    const bins = binTable(features, { rows, columns: [categoryColumn('level', texts)] });
    const { trees } = fitBoosted(
      binnedFeatures(features, bins),
      won,
      countTo(rows),
      { ...settings, leaves: 2, trees: 1 },
      chanceFrom(1),
    );
    // One cut finds a, c, e (bins 1, 3, 5) against b, d, f; names alone would need five.
    expect(trees[0]?.goesLeft[0]).toEqual([1, 3, 5]);
  });

  test('send what is not given to the side where it fits', () => {
    const rows = 400;
    const values = Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? null : row % 100));
    const won = Uint8Array.from(values, (value) => (value === null || value > 50 ? 1 : 0));
    const some = { rows, columns: [numberColumn('value', values)] };
    const { features } = chooseFeatures(some);
    const bins = binTable(features, some);
    const { trees } = fitBoosted(
      binnedFeatures(features, bins),
      won,
      countTo(rows),
      { ...settings, leaves: 2, trees: 1 },
      chanceFrom(1),
    );
    const tree = trees[0];
    // Bin 0 goes with the values above 50.
    expect(tree?.goesLeft[0]).not.toContain(0);
    expect(tree?.value[tree.right[0] ?? 0]).toBeGreaterThan(0);
  });

  test('stop when the rows set aside gain nothing more', () => {
    const rows = 600;
    const chance = chanceFrom(4);
    const some = { rows, columns: [numberColumn('noise', Array.from({ length: rows }, chance))] };
    const won = Uint8Array.from({ length: rows }, () => (chance() < 0.5 ? 1 : 0));
    const { features } = chooseFeatures(some);
    const bins = binTable(features, some);
    const [learned, aside] = [countTo(rows).subarray(0, 400), countTo(rows).subarray(400)];
    const fitted = fitBoosted(
      binnedFeatures(features, bins),
      won,
      learned,
      { ...settings, trees: 500 },
      chanceFrom(1),
      aside,
    );
    expect(fitted.trees.length).toBeLessThan(60);
    expect(fitted.losses).toHaveLength(fitted.trees.length + 1);
  });
});

describe('logistic regression', () => {
  test('is that of scikit-learn (LogisticRegression, C = 1/3) on the same terms', () => {
    const { features } = chooseFeatures(table);
    const { intercept, weights } = fitLogistic(designOf(features, table), outcome, countTo(120), 3);
    expect(intercept).toBeCloseTo(0.21921659, 4);
    // For each number plain, logged, and "not given", which no row has.
    const expected = [0.94495453, 0.06043993, 0, 0.96488396, 0.2086565, 0, -0.56328009, -0.54597614, 0];
    for (const [term, value] of expected.entries()) expect(weights[term]).toBeCloseTo(value, 3);
  });

  test('stays finite where a level decides the outcome', () => {
    const texts = Array.from({ length: 100 }, (_, row) => (row < 50 ? 'a' : 'b'));
    const some = { rows: 100, columns: [categoryColumn('level', texts)] };
    const won = Uint8Array.from(texts, (level) => (level === 'b' ? 1 : 0));
    const { weights } = fitLogistic(designOf(chooseFeatures(some).features, some), won, countTo(100), 1);
    expect([...weights].every(Number.isFinite)).toBe(true);
    expect(weights[2]).toBeGreaterThan(1);
  });
});

test('a symmetric system is solved, and what is not determined is 0', () => {
  const [one, two] = solveSymmetric(Float64Array.of(4, 2, 2, 3), Float64Array.of(10, 9), 2);
  expect(one).toBeCloseTo(1.5, 12);
  expect(two).toBeCloseTo(2, 12);
  expect([...solveSymmetric(Float64Array.of(4, 0, 0, 0), Float64Array.of(8, 0), 2)]).toEqual([2, 0]);
});
