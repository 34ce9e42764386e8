import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, RANK, type Row } from '../../../../test/support/guardrail-case.ts';

const of = (minor: number, currency = 'USD'): Row[1] => ({ facts: { amount: { minor, currency } } });

const limits = { currency: 'USD', actUpTo: 1, reviewUpTo: 2 };

const rows: readonly Row[] = [
  ['nothing', of(0), 'allow'],
  ['100,000.00', of(10_000_000), 'allow'],
  ['a cent more', of(10_000_001), 'needs-approval', /100,000\.01 USD; up to 100,000\.00 USD/],
  ['1,000,000.00', of(100_000_000), 'needs-approval', /1,000,000\.00 USD/],
  ['a cent more than may be approved', of(100_000_001), 'deny', /1,000,000\.01 USD; more than/],
  ['negative', of(-1), 'deny', /cannot be read/],
  ['half a cent', of(0.5), 'deny', /cannot be read/],
  ['larger than can be counted', of(2 ** 53), 'deny', /cannot be read/],
  ['NaN', of(Number.NaN), 'deny', /cannot be read/],
  ['none', { facts: { amount: null } }, 'deny', /missing/],
  ['another currency', of(1, 'EUR'), 'deny', /in EUR and its limit in USD/],
  ['none, where that goes by itself', { facts: { amount: null }, settings: { ...limits, unknown: 'act' } }, 'allow'],
  [
    'none, where a person decides',
    { facts: { amount: null }, settings: { ...limits, unknown: 'review' } },
    'needs-approval',
    /no amount/,
  ],
  [
    'another currency, where a person decides',
    { ...of(1, 'EUR'), settings: { ...limits, unknown: 'review' } },
    'needs-approval',
    /in EUR/,
  ],
  [
    'an amount that cannot be read, whatever else goes',
    { ...of(-1), settings: { ...limits, unknown: 'act' } },
    'deny',
    /cannot be read/,
  ],
  ['a currency nobody has', { settings: { currency: 'usd', actUpTo: 1, reviewUpTo: 2 } }, 'deny', /three letters/],
];

describe('amount per action', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('amount-per-action', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('a larger amount never goes further', () => {
    const minor = fc.integer({ min: 0, max: 200_000_000 });
    fc.assert(
      fc.property(minor, minor, (left, right) => {
        const rankOf = (value: number): number => RANK[judgeOne('amount-per-action', of(value)).answer];
        expect(rankOf(Math.max(left, right))).toBeLessThanOrEqual(rankOf(Math.min(left, right)));
      }),
    );
  });
});
