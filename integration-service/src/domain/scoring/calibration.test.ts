import { describe, expect, test } from '@jest/globals';
import { calibrated, fitCalibration } from './calibration.ts';
import { chanceFrom } from './chance.ts';
import { ece, meanLoss, sigmoid } from './measures.ts';
import type { Calibration } from './model.ts';

/** Scores whose true log odds are known, shown through a distorting glass. */
const distorted = (rows: number, seed: number, glass: (logOdds: number) => number) => {
  const chance = chanceFrom(seed);
  const truth = Float64Array.from({ length: rows }, () => 6 * chance() - 4);
  const outcome = Uint8Array.from(truth, (logOdds) => (chance() < sigmoid(logOdds) ? 1 : 0));
  return { z: truth.map(glass), outcome };
};

describe('calibration', () => {
  test.each([
    ['too sure', (z: number) => 2.5 * z + 1],
    ['too shy', (z: number) => z / 3 - 1],
    ['bent', (z: number) => (z < -1 ? 4 * z + 5 : z + 2)],
  ])('a score that is %s means what it says afterwards', (_how, glass) => {
    const { z, outcome } = distorted(2_500, 1, glass);
    const { calibration } = fitCalibration(z, outcome, null, 1);
    const fresh = distorted(10_000, 2, glass);
    const before = ece(fresh.z.map(sigmoid), fresh.outcome);
    const after = ece(
      fresh.z.map((one) => sigmoid(calibrated(calibration, one))),
      fresh.outcome,
    );
    expect(before).toBeGreaterThan(0.05);
    expect(after).toBeLessThan(before / 2);
  });

  test('a straight score is left about as it is, and never made worse on rows it was not fitted on', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { z, outcome } = distorted(300, seed, (one) => one);
      const { unseen } = fitCalibration(z, outcome, null, 1);
      expect(meanLoss(unseen, outcome)).toBeLessThanOrEqual(meanLoss(z, outcome));
    }
  });

  test('a score that points the wrong way is not turned round', () => {
    const { z, outcome } = distorted(3_000, 1, (one) => -one);
    const { calibration } = fitCalibration(z, outcome, null, 1);
    expect(calibrated(calibration, 2)).toBeGreaterThanOrEqual(calibrated(calibration, -2));
  });

  const all: readonly Calibration[] = [
    { method: 'none' },
    { method: 'platt', slope: 0.4, shift: -1 },
    { method: 'beta', a: 0.3, b: 2, shift: 0.5 },
    { method: 'isotonic', from: [-2, 0, 1], to: [-1, -1, 3] },
  ];
  test.each(all)('$method never stands against the order of the scores, and stays finite', (calibration) => {
    const values = Array.from({ length: 401 }, (_, index) => calibrated(calibration, index / 5 - 40));
    expect(values.every(Number.isFinite)).toBe(true);
    expect(values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0))).toBe(true);
  });
});
