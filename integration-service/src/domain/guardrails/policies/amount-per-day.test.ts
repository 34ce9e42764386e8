import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, RANK, type Row } from '../../../../test/support/guardrail-case.ts';

const of = (done: number, more: number, [doneIn, moreIn] = ['USD', 'USD']): Row[1] => ({
  facts: { amount: { minor: more, currency: moreIn }, doneToday: { actions: 0, currency: doneIn, minor: done } },
});

const settings = { currency: 'USD', actUpTo: 1, reviewUpTo: 2, unknown: 'act' };

const rows: readonly Row[] = [
  ['the first of the day, at the limit', of(0, 50_000_000), 'allow'],
  ['the last cent of the day', of(49_999_999, 1), 'allow'],
  ['a cent more', of(50_000_000, 1), 'needs-approval', /500,000\.01 USD; up to/],
  ['all that may be approved', of(400_000_000, 100_000_000), 'needs-approval', /5,000,000\.00 USD/],
  ['a cent more than that', of(500_000_000, 1), 'deny', /more than/],
  ['nothing more, after too much', of(500_000_001, 0), 'deny', /more than/],
  ['a negative day', of(-60_000_000, 55_000_000), 'deny', /cannot be read/],
  ['a negative amount', of(60_000_000, -20_000_000), 'deny', /cannot be read/],
  ['NaN', of(Number.NaN, 1), 'deny', /cannot be read/],
  ['the day in another currency', of(1, 1, ['EUR', 'USD']), 'deny', /in EUR/],
  ['the amount in another currency', of(1, 1, ['USD', 'EUR']), 'deny', /in EUR/],
  ['no amount', { facts: { amount: null } }, 'deny', /missing/],
  ['no amount, where that goes by itself', { facts: { amount: null }, settings }, 'allow'],
  ['another currency, where that goes by itself', { ...of(9, 9, ['EUR', 'EUR']), settings }, 'allow'],
  ['too much, whatever else goes by itself', { ...of(2, 1), settings }, 'deny', /more than/],
];

describe('amount per day', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('amount-per-day', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('what is allowed one after the other in a day never adds up to more than the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30_000_000 }), { maxLength: 12 }), (amounts) => {
        let done = 0;
        for (const amount of amounts)
          if (RANK[judgeOne('amount-per-day', of(done, amount)).answer] === RANK.allow) done += amount;
        expect(done).toBeLessThanOrEqual(50_000_000);
      }),
    );
  });
});
