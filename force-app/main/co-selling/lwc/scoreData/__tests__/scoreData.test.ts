import { describe, expect, test } from '@jest/globals';
import { readReasons, shareRange } from 'c/scoreData';

describe('the range of a share', () => {
  // Reference values: Wilson's interval at 90 % as R gives it, binom.confint(x, n, 0.9, methods = "wilson").
  test.each([
    [0, 10, 0, 0.2129],
    [12, 38, 0.2073, 0.4485],
    [5, 10, 0.2693, 0.7307],
    [10, 10, 0.7871, 1],
  ])('%d of %d won', (won, closed, low, high) => {
    const range = shareRange(won, closed);
    expect(range.low).toBeCloseTo(low, 3);
    expect(range.high).toBeCloseTo(high, 3);
  });

  test('nothing closed says nothing', () => {
    expect(shareRange(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('reasons', () => {
  test('what is no list, or has no words, is left out', () => {
    expect(readReasons('not JSON')).toEqual([]);
    expect(readReasons(JSON.stringify({ up: ['old form'] }))).toEqual([]);
    expect(readReasons(JSON.stringify([null, { points: 3 }, { says: 'Large', points: 'many' }]))).toEqual([
      { feature: '', says: 'Large', points: undefined },
    ]);
  });
});
