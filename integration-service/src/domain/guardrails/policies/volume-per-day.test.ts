import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, type Row } from '../../../../test/support/guardrail-case.ts';

const after = (actions: number): Row[1] => ({ facts: { doneToday: { actions, currency: 'USD', minor: 0 } } });

const rows: readonly Row[] = [
  ['the first', after(0), 'allow'],
  ['the hundredth', after(99), 'allow'],
  ['the hundred and first', after(100), 'needs-approval', /today is 101; up to 100/],
  ['the last that may be approved', after(499), 'needs-approval', /is 500/],
  ['one more', after(500), 'deny', /more than 500/],
  ['a negative count', after(-5), 'deny', /cannot be read/],
  ['half a count', after(0.5), 'deny', /cannot be read/],
  ['NaN', after(Number.NaN), 'deny', /cannot be read/],
];

describe('volume per day', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('volume-per-day', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('exactly as many actions of a day go by themselves as the policy says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 60 }), (actUpTo, wanted) => {
        let done = 0;
        for (let tried = 0; tried < wanted; tried += 1)
          if (judgeOne('volume-per-day', { ...after(done), settings: { actUpTo, reviewUpTo: 50 } }).answer === 'allow')
            done += 1;
        expect(done).toBe(Math.min(actUpTo, wanted));
      }),
    );
  });
});
