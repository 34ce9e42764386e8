import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, RANK, type Row } from '../../../../test/support/guardrail-case.ts';

const of = (items: number): Row[1] => ({ facts: { batch: { items } } });

const rows: readonly Row[] = [
  ['none', of(0), 'allow'],
  ['200', of(200), 'allow'],
  ['201', of(201), 'needs-approval', /at once is 201; up to 200/],
  ['2,000', of(2_000), 'needs-approval', /2,000/],
  ['2,001', of(2_001), 'deny', /2,001; more than 2,000/],
  ['negative', of(-1), 'deny', /cannot be read/],
  ['NaN', of(Number.NaN), 'deny', /cannot be read/],
];

describe('batch size', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('batch-size', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('a larger batch never goes further', () => {
    const items = fc.integer({ min: 0, max: 3_000 });
    fc.assert(
      fc.property(items, items, (left, right) => {
        const rankOf = (value: number): number => RANK[judgeOne('batch-size', of(value)).answer];
        expect(rankOf(Math.max(left, right))).toBeLessThanOrEqual(rankOf(Math.min(left, right)));
      }),
    );
  });
});
