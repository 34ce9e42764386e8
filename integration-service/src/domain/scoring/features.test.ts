import { describe, expect, test } from '@jest/globals';
import { binOfNumber, binTable } from './binning.ts';
import { chooseFeatures } from './features.ts';
import { categoryColumn, checkTable, checkTrainingTable, numberColumn, TableError } from './table.ts';

const rows = 200;
const numbered = (value: (row: number) => number | null) => Array.from({ length: rows }, (_, row) => value(row));
const chosen = (column: ReturnType<typeof numberColumn> | ReturnType<typeof categoryColumn>) =>
  chooseFeatures({ rows: column.kind === 'number' ? column.values.length : column.codes.length, columns: [column] });

describe('what a score may be learned from', () => {
  test.each([
    [
      'an id',
      categoryColumn(
        'f',
        numbered((row) => row).map((row) => `D-${row}`),
      ),
      /200 different values in 200 rows/,
    ],
    [
      'a running number',
      numberColumn(
        'f',
        numbered((row) => 1_000 + 3 * row),
      ),
      /running number/,
    ],
    [
      'what is never given',
      numberColumn(
        'f',
        numbered(() => null),
      ),
      /never given/,
    ],
    [
      'a number that never changes',
      numberColumn(
        'f',
        numbered(() => 7),
      ),
      /is 7 in every row/,
    ],
    ['a level that never changes', categoryColumn('f', numbered(() => 1).map(String)), /is "1" in every row/],
  ])('%s is refused with the reason', (_what, column, why) => {
    expect(chosen(column)).toEqual({ features: [], refused: [{ name: 'f', why: expect.stringMatching(why) }] });
  });

  test.each([
    [
      'amounts that are all different',
      numberColumn(
        'f',
        numbered((row) => row * row * 37 + 11),
      ),
    ],
    [
      'shares',
      numberColumn(
        'f',
        numbered((row) => row / 200),
      ),
    ],
    [
      'a value that is given or not',
      numberColumn(
        'f',
        numbered((row) => (row % 2 === 0 ? 1 : null)),
      ),
    ],
    ['many levels with rows of their own', categoryColumn('f', numbered((row) => row % 40).map(String))],
  ])('%s are not', (_what, column) => expect(chosen(column).features).toHaveLength(1));

  test('levels with hardly a row share a bin; a level never seen is "not given"', () => {
    const texts = [
      ...Array.from({ length: 50 }, () => 'often'),
      ...Array.from({ length: 50 }, () => 'also'),
      'once',
      'twice',
      'twice',
    ];
    const { features } = chosen(categoryColumn('f', texts));
    expect(features[0]).toMatchObject({ levels: ['also', 'often'], rare: ['once', 'twice'] });
    const later = { rows: 5, columns: [categoryColumn('f', ['often', 'twice', 'new', null, 'also'])] };
    expect([...(binTable(features, later)[0] ?? [])]).toEqual([2, 3, 0, 0, 1]);
    expect([...(binTable(features, { rows: 2, columns: [] })[0] ?? [])]).toEqual([0, 0]);
  });

  test('a number lies between the edges of its bin; NaN and infinity are not given', () => {
    expect([-5, 1, 1.5, 2, 9, Number.NaN, Number.POSITIVE_INFINITY].map((value) => binOfNumber([1, 2], value))).toEqual(
      [1, 1, 2, 2, 3, 0, 0],
    );
    const { features } = chosen(
      numberColumn(
        'f',
        Array.from({ length: 5_000 }, (_, row) => Math.sqrt(row)),
      ),
    );
    const feature = features[0];
    if (feature?.kind !== 'number') throw new Error('no number');
    expect(feature.edges).toHaveLength(254);
    expect([...feature.edges].sort((left, right) => left - right)).toEqual(feature.edges);
  });

  test('a column that became of another kind is named', () => {
    const { features } = chosen(
      numberColumn(
        'f',
        numbered((row) => row / 7),
      ),
    );
    expect(() => binTable(features, { rows: 1, columns: [categoryColumn('f', ['a'])] })).toThrow(
      '"f" was learned as a number and comes as a category',
    );
  });
});

describe('a table that does not fit together', () => {
  const good = { rows: 2, columns: [], outcome: Uint8Array.of(0, 1), at: null, group: null };
  test.each([
    ['too few values', { ...good, columns: [numberColumn('f', [1])] }, '"f" has 1 values for 2 rows'],
    [
      'two columns of one name',
      { ...good, columns: [numberColumn('f', [1, 2]), numberColumn('f', [1, 2])] },
      'two columns are called "f"',
    ],
    [
      'a code without a level',
      { ...good, columns: [{ name: 'f', kind: 'category' as const, codes: Int32Array.of(0, 1), levels: ['a'] }] },
      'has the code 1 and 1 levels',
    ],
    ['an outcome that is neither', { ...good, outcome: Uint8Array.of(0, 2) }, 'an outcome is 2'],
    ['a row without a time', { ...good, at: Float64Array.of(1, Number.NaN) }, 'a row has no time'],
    ['too few groups', { ...good, group: Int32Array.of(1) }, '1 groups for 2 rows'],
  ])('%s', (_what, table, message) => {
    expect(() => checkTrainingTable(table)).toThrow(TableError);
    expect(() => checkTrainingTable(table)).toThrow(message);
  });
  test('a good one passes', () => expect(() => checkTable(good)).not.toThrow());
});
