import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, RANK, type Row } from '../../../../test/support/guardrail-case.ts';

const of = (spent: number, wanted: number): Row[1] => ({ facts: { tokenSpend: { spent, wanted } } });

const rows: readonly Row[] = [
  ['nothing', of(0, 0), 'allow'],
  ['up to the limit', of(1_999_000, 1_000), 'allow'],
  ['a token more', of(2_000_000, 1), 'needs-approval', /2,000,001; up to 2,000,000/],
  ['up to the hard stop', of(3_999_999, 1), 'needs-approval', /4,000,000/],
  ['past the hard stop', of(4_000_000, 1), 'deny', /more than 4,000,000/],
  ['a negative past', of(-1, 1), 'deny', /cannot be read/],
  ['a negative wish', of(4_000_001, -2), 'deny', /cannot be read/],
  ['NaN', of(Number.NaN, 1), 'deny', /cannot be read/],
];

describe('token spend', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('token-spend', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('no sequence of allowed drafts passes the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700_000 }), { maxLength: 12 }), (drafts) => {
        let spent = 0;
        for (const wanted of drafts)
          if (RANK[judgeOne('token-spend', of(spent, wanted)).answer] === RANK.allow) spent += wanted;
        expect(spent).toBeLessThanOrEqual(2_000_000);
      }),
    );
  });
});
