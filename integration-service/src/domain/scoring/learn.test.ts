import { describe, expect, test } from '@jest/globals';
import { nothingToLearn, plainDeals } from '../../../test/support/scoring-tables.ts';
import { learn } from './learn.ts';
import { auc, logit } from './measures.ts';
import { learnedModel, type LearnedModel } from './model.ts';
import { score } from './score.ts';
import { categoryColumn, numberColumn, tableRows, trainingRows, type TrainingTable } from './table.ts';

const deals = plainDeals(900, 7);
const model = learn(deals, { seed: 1 });
const fresh = plainDeals(2_000, 2);

/** The same model with one kind of it alone, the whole weight on it. */
const alone = (kind: 'boosted' | 'regression'): LearnedModel => {
  const { boosted, regression } = model;
  return kind === 'boosted'
    ? { ...model, boosted: boosted === null ? null : { ...boosted, weight: 1 }, regression: null }
    : { ...model, boosted: null, regression: regression === null ? null : { ...regression, weight: 1 } };
};

describe('a learned score', () => {
  test('is the same, byte for byte, for the same table and seed', () => {
    expect(JSON.stringify(learn(plainDeals(200, 1), { seed: 1 }))).toBe(
      JSON.stringify(learn(plainDeals(200, 1), { seed: 1 })),
    );
  });

  test('comes near the truth, and knows how near', () => {
    const { probability } = score(model, fresh);
    const reached = auc(probability, fresh.outcome);
    // The truth itself reaches 0.77 on rows of which a tenth is not given.
    expect(reached).toBeGreaterThan(0.72);
    expect(Math.abs(reached - model.validation.auc)).toBeLessThan(0.04);
    expect(model.validation.gain).toBeGreaterThan(5 * model.validation.gainError);
    expect(model.importance.at(-1)?.feature).toBe('noise');
  });

  test('survives being written and read', () => {
    const read = learnedModel.parse(JSON.parse(JSON.stringify(model)));
    expect(score(read, fresh).probability.join()).toBe(score(model, fresh).probability.join());
  });

  test.each([
    ['both together', model, [true, true]],
    ['trees alone', alone('boosted'), [true, false]],
    ['regression alone', alone('regression'), [false, true]],
  ])('contributions add up to the raw score: %s', (_what, some, parts) => {
    expect([some.boosted !== null, some.regression !== null]).toEqual(parts);
    const scores = score(some, fresh);
    for (let row = 0; row < 200; row += 1) {
      const sum = scores.contributions(row).reduce((total, { logOdds }) => total + logOdds, scores.base);
      expect(Math.abs(sum - (scores.raw[row] as number))).toBeLessThan(1e-9);
    }
  });

  test('points add up to the calibrated score, and name what is known of the row', () => {
    const scores = score(model, fresh);
    for (let row = 0; row < 200; row += 1) {
      const { base, score: value, points } = scores.points(row);
      expect(value).toBeCloseTo(100 * (scores.probability[row] as number), 9);
      expect(points.reduce((sum, one) => sum + one.points, base)).toBeCloseTo(value, 9);
      expect(points.map(({ feature }) => feature).sort()).toEqual(['industry', 'noise', 'partner', 'size']);
    }
  });

  test('a row of software for a large company gains by both, one of energy for a small one loses', () => {
    const table = {
      rows: 2,
      columns: [
        numberColumn('size', [90, 10]),
        categoryColumn('industry', ['software', 'energy']),
        categoryColumn('partner', ['yes', 'no']),
      ],
    };
    const scores = score(model, table);
    const of = (row: number) =>
      Object.fromEntries(scores.contributions(row).map(({ feature, logOdds }) => [feature, logOdds]));
    expect(of(0)).toMatchObject({ size: expect.any(Number), industry: expect.any(Number) });
    expect(of(0)['size']).toBeGreaterThan(0.3);
    expect(of(0)['industry']).toBeGreaterThan(0.3);
    expect(of(1)['size']).toBeLessThan(-0.3);
    expect(of(1)['industry']).toBeLessThan(-0.3);
  });

  test('a level never seen, a column that is missing and a value that is not given are one and the same', () => {
    const like = (industry: string | null) => [numberColumn('size', [70]), categoryColumn('industry', [industry])];
    const of = (columns: ReturnType<typeof like>) => score(model, { rows: 1, columns }).probability[0];
    expect(of(like('space'))).toBe(of(like(null)));
    expect(of(like(null).slice(0, 1))).toBe(of(like(null)));
  });

  test('is the surer the more is known of the row', () => {
    const known = {
      rows: 1,
      columns: deals.columns.map(
        (column) => tableRows({ rows: 1, columns: [column] }, Int32Array.of(2)).columns[0] ?? column,
      ),
    };
    const { confidence } = score(model, known);
    expect(confidence(0)).toBeGreaterThan(0.5);
    expect(score(model, { rows: 1, columns: [] }).confidence(0)).toBeLessThan(confidence(0));
  });
});

describe('validation', () => {
  test('goes forward in time where times are given, and by folds where not', () => {
    const some = plainDeals(600, 1);
    const at = Float64Array.from({ length: some.rows }, (_, row) => row * 86_400_000);
    const timed = learn({ ...some, at }, { seed: 1 });
    expect(timed.validation).toMatchObject({
      by: 'time-split',
      splits: 3,
      rows: some.rows - 330,
    });
    expect([timed.from, timed.to]).toEqual([0, (some.rows - 1) * 86_400_000]);
    expect(model.validation).toMatchObject({ by: 'folds', splits: 10, rows: deals.rows });
    expect(model.from).toBeNull();
  });

  test('takes the plainer model where the better one is no better than chance allows', () => {
    const { candidates } = model.validation;
    const best = candidates.reduce((least, one) => (one.logLoss < least.logLoss ? one : least));
    expect(best.behind).toBe(0);
    for (const { behind, behindError } of candidates) expect(behindError >= 0 && behind >= 0).toBe(true);
    expect(model.why).toMatch(/least loss|plainer/);
  });
});

describe('where there is nothing to learn', () => {
  test('the score stays at the base rate and says why', () => {
    const wrong = [1, 2, 3].filter((seed) => learn(nothingToLearn(300, seed), { seed }).algorithm !== 'prior');
    expect(wrong).toEqual([]);
    const table = nothingToLearn(300, 1);
    const prior = learn(table, { seed: 1 });
    const share = (table.outcome.reduce((sum, one) => sum + one, 0) + 0.5) / 301;
    const { probability, base, contributions, points, confidence } = score(prior, table);
    expect(prior.why).toMatch(/^Nothing to learn: .* standard errors are needed\. The score stays at the base rate\.$/);
    expect(new Set(probability)).toEqual(new Set([share]));
    expect(base).toBeCloseTo(logit(share), 12);
    expect(contributions(0)).toEqual([]);
    expect(points(0)).toEqual({ base: 100 * share, score: 100 * share, points: [] });
    expect(confidence(0)).toBeCloseTo(1 - (prior.prior.high - prior.prior.low), 12);
  });

  test('a thin history is a prior with a wide interval, an empty one is even', () => {
    const thin = learn(plainDeals(30, 1), { seed: 1 });
    expect(thin).toMatchObject({
      algorithm: 'prior',
      why: expect.stringMatching(/^Too little history: \d+ of 30 rows/),
    });
    expect(thin.prior.high - thin.prior.low).toBeGreaterThan(0.2);
    const empty = learn(trainingRows(deals, new Int32Array(0)), { seed: 1 });
    expect(empty.prior).toEqual({ share: 0.5, low: 0, high: 1 });
    expect(score(empty, fresh).confidence(0)).toBe(0);
    expect(learnedModel.parse(JSON.parse(JSON.stringify(empty)))).toEqual(empty);
  });

  test('a table whose every field is refused is a prior, and names each', () => {
    const ids: TrainingTable = {
      ...deals,
      columns: [
        categoryColumn(
          'Id',
          Array.from({ length: deals.rows }, (_, row) => `D${row}`),
        ),
      ],
    };
    const refused = learn(ids, { seed: 1 });
    expect(refused.algorithm).toBe('prior');
    expect(refused.refused).toMatchObject([{ name: 'Id' }]);
  });
});
