import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wilson } from './wilson.ts';

describe('Wilson’s interval', () => {
  // Worked out by hand: with all n of n the lower end is n / (n + z²), with none the upper is z² / (n + z²).
  test.each([
    [10, 10, 1.96, 10 / (10 + 3.8416), 1],
    [0, 10, 1.96, 0, 3.8416 / (10 + 3.8416)],
    [60, 60, 2.576, 60 / (60 + 6.635776), 1],
    [5, 10, 1.96, 0.2365896, 0.7634104],
  ])('of %i out of %i at %d', (successes, cases, z, low, high) => {
    const estimate = wilson(successes, cases, z);
    expect(estimate.low).toBeCloseTo(low, 6);
    expect(estimate.high).toBeCloseTo(high, 6);
  });

  test('knows nothing without cases', () => {
    expect(wilson(0, 0, 1.96)).toEqual({ cases: 0, share: Number.NaN, low: 0, high: 1 });
  });

  test('holds the share, lies between 0 and 1, and narrows as the same share is seen more often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (cases, some) => {
        const successes = some % (cases + 1);
        const { share, low, high } = wilson(successes, cases, 2.576);
        const more = wilson(successes * 4, cases * 4, 2.576);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });
});
