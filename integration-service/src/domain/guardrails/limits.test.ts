import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { basisPointsOf, judgeLimits, sayCount, sayMoney, sayPercent, minorUnits } from './limits.ts';

describe('percent as people write it', () => {
  test.each([
    ['0', 0],
    ['15', 1_500],
    ['15.0', 1_500],
    ['15.01', 1_501],
    ['15.1', 1_510],
    ['15.0100', 1_501],
    [' 25.00 ', 2_500],
    ['100', 10_000],
  ])('%s is %i basis points', (text, bps) => {
    expect(basisPointsOf(text)).toBe(bps);
  });

  test.each(['', ' ', '15.001', '15,01', '-1', '+1', '1e2', 'NaN', '15 %', '.5', '15.', '0x10', '1234'])(
    '"%s" is none',
    (text) => {
      expect(basisPointsOf(text)).toBeNull();
    },
  );

  test('every number of basis points is said so that it can be read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (bps) => {
        expect(basisPointsOf(sayPercent(bps).replace(' %', ''))).toBe(bps);
      }),
    );
  });
});

describe('amounts in a seller’s words', () => {
  test.each([
    [0, 'EUR', '0.00 EUR'],
    [5, 'EUR', '0.05 EUR'],
    [150_050, 'EUR', '1,500.50 EUR'],
    [100_000_000, 'USD', '1,000,000.00 USD'],
    [1_500, 'JPY', '1,500 JPY'],
  ])('%i %s', (minor, code, words) => {
    expect(sayMoney(minor, code)).toBe(words);
  });

  test.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [1_234_567, '1,234,567'],
  ])('%i', (value, words) => {
    expect(sayCount(value)).toBe(words);
  });
});

describe('two limits', () => {
  const words = { subject: 'It', say: sayCount };

  test('leave no number without an answer, and put it on the right side', () => {
    const limit = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(limit, limit, fc.integer({ min: -10, max: 1_200 }), (left, right, value) => {
        const limits = { actUpTo: Math.min(left, right), reviewUpTo: Math.max(left, right) };
        const { answer } = judgeLimits(value, limits, words);
        if (value < 0 || value > limits.reviewUpTo) expect(answer).toBe('deny');
        else expect(answer).toBe(value <= limits.actUpTo ? 'allow' : 'needs-approval');
      }),
    );
  });

  test('a limit that is no number lets nothing through', () => {
    expect(judgeLimits(1, { actUpTo: Number.NaN, reviewUpTo: Number.NaN }, words).answer).toBe('deny');
  });
});

describe('amounts in minor units', () => {
  test.each([
    [184_000, 'USD', 18_400_000],
    [0.1 + 0.2, 'USD', 30],
    [1.005, 'EUR', 101],
    [1_500, 'JPY', 1_500],
    [-2.5, 'USD', -250],
    [1e21, 'USD', null],
    [Number.NaN, 'USD', null],
  ])('%d %s', (amount, currency, minor) => {
    expect(minorUnits(amount, currency)).toBe(minor);
  });
});
