import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, RANK, type Row } from '../../../../test/support/guardrail-case.ts';

const of = (spentMinor: number, wantedMinor: number, currency = 'USD'): Row[1] => ({
  facts: { moneySpend: { currency, spentMinor, wantedMinor } },
});

const rows: readonly Row[] = [
  ['nothing', of(0, 0), 'allow'],
  ['up to the limit', of(99_999, 1), 'allow'],
  ['a cent more', of(100_000, 1), 'needs-approval', /1,000\.01 USD; up to 1,000\.00 USD/],
  ['up to the hard stop', of(0, 500_000), 'needs-approval', /5,000\.00 USD/],
  ['past the hard stop', of(500_000, 1), 'deny', /more than 5,000\.00 USD/],
  ['a negative past', of(-500_000, 500_000), 'deny', /cannot be read/],
  ['a negative wish', of(500_001, -500_000), 'deny', /cannot be read/],
  ['NaN', of(0, Number.NaN), 'deny', /cannot be read/],
  ['another currency', of(0, 1, 'EUR'), 'deny', /in EUR and its budget in USD/],
];

describe('money spend', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('money-spend', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('only the sum of spent and wanted counts', () => {
    const minor = fc.integer({ min: 0, max: 300_000 });
    fc.assert(
      fc.property(minor, minor, (spent, wanted) => {
        const answers = [of(spent, wanted), of(wanted, spent), of(spent + wanted, 0)].map(
          (differences) => RANK[judgeOne('money-spend', differences).answer],
        );
        expect(new Set(answers).size).toBe(1);
      }),
    );
  });
});
