import { describe, expect, test } from '@jest/globals';
import { auc, brier, calibrationBins, ece, lift, logLoss, measure, perfectEce } from './measures.ts';

const scores = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.65, 0.4, 0.9, 0.05, 0.4, 0.7);
const outcome = Uint8Array.of(0, 0, 1, 1, 0, 1, 1, 0, 0, 1);

describe('measures of a score', () => {
  test('are those of scikit-learn, equal scores among them', () => {
    expect(auc(scores, outcome)).toBeCloseTo(0.8, 12);
    expect(brier(scores, outcome)).toBeCloseTo(0.16775, 12);
    expect(logLoss(scores, outcome)).toBeCloseTo(0.4879419049359638, 12);
  });

  test('the calibration error weighs ten bins by their rows', () => {
    const probability = Float64Array.of(0.11, 0.13, 0.95, 1);
    expect(calibrationBins(probability, Uint8Array.of(0, 1, 1, 1))[9]).toEqual({ rows: 2, score: 0.975, share: 1 });
    expect(ece(probability, Uint8Array.of(0, 1, 1, 1))).toBeCloseTo(0.5 * 0.38 + 0.5 * 0.025, 12);
  });

  test('lift takes equal scores at the edge in part', () => {
    const score = Float64Array.of(0.9, 0.5, 0.5, 0.1);
    // The top half: the first, and half of the two that are equal.
    expect(lift(score, Uint8Array.of(1, 1, 0, 0), 0.5)).toBeCloseTo(1.5 / 2 / 0.5, 12);
    expect(lift(new Float64Array(100).fill(0.3), outcomeOf(100), 0.1)).toBeCloseTo(1, 12);
  });

  test('a set with one outcome alone has no order: 0.5', () => {
    expect(auc(scores, new Uint8Array(10))).toBe(0.5);
    expect(measure(new Float64Array(3).fill(0.2), Uint8Array.of(0, 0, 0), 1)).toMatchObject({
      auc: 0.5,
      skill: 0,
      lift: 1,
    });
  });

  test('a perfectly calibrated score shows an error by chance alone, less with more rows', () => {
    const few = perfectEce(new Float64Array(100).fill(0.3), 1);
    const many = perfectEce(new Float64Array(10_000).fill(0.3), 1);
    // One bin: the mean distance of a share from its truth, √(2/π · p(1-p)/n).
    expect(few.mean).toBeCloseTo(Math.sqrt(((2 / Math.PI) * 0.21) / 100), 2);
    expect(many.mean).toBeCloseTo(Math.sqrt(((2 / Math.PI) * 0.21) / 10_000), 3);
    expect(few.high).toBeGreaterThan(few.mean);
    expect(perfectEce(scores, 7)).toEqual(perfectEce(scores, 7));
  });
});

const outcomeOf = (rows: number): Uint8Array => Uint8Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? 1 : 0));
