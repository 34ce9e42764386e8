import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, RANK, type Row } from '../../../../test/support/guardrail-case.ts';

const quoteOf = (...discounts: (number | null)[]): Row[1] => ({
  facts: { quote: { lines: discounts.map((discountBps) => ({ label: 'Line', discountBps })) } },
});

const rows: readonly Row[] = [
  ['0 %', quoteOf(0), 'allow'],
  ['15.00 %', quoteOf(1_500), 'allow'],
  ['15.01 %', quoteOf(1_501), 'needs-approval', /15\.01 %; up to 15\.00 %/],
  ['25.00 %', quoteOf(2_500), 'needs-approval', /25\.00 %/],
  ['25.01 %', quoteOf(2_501), 'deny', /25\.01 %; more than 25\.00 %/],
  ['100 %', quoteOf(10_000), 'deny', /100\.00 %/],
  ['more than all', quoteOf(10_001), 'deny', /cannot be read/],
  ['negative', quoteOf(-1), 'deny', /cannot be read/],
  ['blank', quoteOf(null), 'deny', /missing or cannot be read/],
  ['NaN', quoteOf(Number.NaN), 'deny', /cannot be read/],
  ['endless', quoteOf(Number.POSITIVE_INFINITY), 'deny', /cannot be read/],
  ['finer than a basis point', quoteOf(1_500.5), 'deny', /cannot be read/],
  ['no line', quoteOf(), 'deny', /missing/],
  ['the highest line counts', quoteOf(100, 1_600, 0), 'needs-approval', /16\.00 %/],
  ['a blank line after a readable one', quoteOf(100, null), 'deny', /missing/],
  ['a readable line after a blank one', quoteOf(null, 100), 'deny', /missing/],
  ['limits that meet', { ...quoteOf(1_001), settings: { actUpTo: 1_000, reviewUpTo: 1_000 } }, 'deny', /more than/],
  [
    'limits out of order',
    { settings: { actUpTo: 2_500, reviewUpTo: 1_500 } },
    'deny',
    /cannot be read: reviewUpTo: must not be below actUpTo/,
  ],
  ['percent in place of basis points', { settings: { actUpTo: 15.5, reviewUpTo: 25 } }, 'deny', /15\.00 % is 1500/],
];

describe('discount bands', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('discount-bands', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('a higher discount, or one more line, never goes further', () => {
    const bps = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(bps, bps, fc.array(bps), (left, right, more) => {
        const rankOf = (...discounts: number[]): number =>
          RANK[judgeOne('discount-bands', quoteOf(...discounts)).answer];
        expect(rankOf(Math.max(left, right))).toBeLessThanOrEqual(rankOf(Math.min(left, right)));
        expect(rankOf(left, ...more)).toBeLessThanOrEqual(rankOf(left));
      }),
    );
  });
});
