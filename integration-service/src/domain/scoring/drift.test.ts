import { describe, expect, test } from '@jest/globals';
import { plainDeals } from '../../../test/support/scoring-tables.ts';
import { watchDrift } from './drift.ts';
import { learn } from './learn.ts';
import { categoryColumn, numberColumn, type Column } from './table.ts';

const model = learn(plainDeals(1_000, 1), { seed: 1 });

describe('drift', () => {
  test.each([60, 300, 3_000])('is not seen in %i rows of the same kind, for all their chance', (rows) => {
    for (const seed of [2, 3, 4]) {
      const same = plainDeals(rows, seed);
      expect(watchDrift(model, same, same.outcome).noticed).toEqual([]);
    }
  });

  test('is noticed where a number, a category or what is given moved, and named', () => {
    const later = plainDeals(1_000, 5);
    const moved = later.columns.map((column): Column => {
      if (column.name === 'size' && column.kind === 'number')
        return { ...column, values: column.values.map((value) => value * 0.4) };
      if (column.name === 'industry')
        return categoryColumn(
          'industry',
          Array.from({ length: 1_000 }, (_, row) => (row % 2 === 0 ? 'space' : 'retail')),
        );
      return column;
    });
    const report = watchDrift(model, { rows: 1_000, columns: moved });
    expect(report.noticed.map(({ feature }) => feature)).toEqual(expect.arrayContaining(['size', 'industry', 'score']));
    expect(report.noticed.some(({ feature }) => feature === 'noise' || feature === 'partner')).toBe(false);
    expect(report.noticed.find(({ feature }) => feature === 'size')?.says).toMatch(
      /^"size" lies quite elsewhere .*another population\)\.$/,
    );
    expect(report.baseRate).toBeNull();
  });

  test('of the base rate is said with both shares and what it does to scores', () => {
    const later = plainDeals(500, 6);
    const won = later.outcome.map((one, row) => (row % 3 === 0 ? 1 : one));
    const [first] = watchDrift(model, later, won).noticed;
    expect(first).toMatchObject({
      feature: 'outcome',
      says: expect.stringMatching(
        /^[\d.]+ % of the rows learned from ended well, and [\d.]+ % of the newer ones: scores are too low/,
      ),
    });
  });

  test('an index is the sum over groups of (now - then) · ln(now / then)', () => {
    const half = Array.from({ length: 400 }, (_, row) => (row % 2 === 0 ? 'a' : 'b'));
    const outcome = Uint8Array.from({ length: 400 }, (_, row) => Number((row % 2 === 0) === (row % 8 !== 0)));
    const training = {
      rows: 400,
      columns: [
        categoryColumn('f', half),
        numberColumn(
          'n',
          half.map((_, row) => row % 5),
        ),
      ],
      outcome,
      at: null,
      group: null,
    };
    const later = {
      rows: 400,
      columns: [
        categoryColumn(
          'f',
          half.map((_, row) => (row % 4 === 0 ? 'a' : 'b')),
        ),
        training.columns[1] as Column,
      ],
    };
    const report = watchDrift(learn(training, { seed: 1 }), later);
    const psi = (0.25 - 0.5) * Math.log(0.25 / 0.5) + (0.75 - 0.5) * Math.log(0.75 / 0.5);
    expect(report.features[0]?.psi).toBeCloseTo(psi, 10);
    expect(report.features[1]?.psi).toBeCloseTo(0, 10);
  });
});
