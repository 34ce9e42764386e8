import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, secondsBefore, type Row } from '../../../../test/support/guardrail-case.ts';

const heard = (heardAt: string | null, mode: 'led' | 'assisted' = 'led'): Row[1] => ({
  facts: { contact: { heardAt }, mode: { function: 'co-selling', mode } },
});

const rows: readonly Row[] = [
  ['just now', heard(secondsBefore(0)), 'allow'],
  ['at the limit', heard(secondsBefore(300)), 'allow'],
  ['a second later', heard(secondsBefore(301)), 'needs-approval', /300 seconds, so nothing goes by itself/],
  ['never', heard(null), 'needs-approval', /not been heard of/],
  ['at a time that cannot be read', heard('lately'), 'needs-approval', /not been heard of/],
  ['never, and a person looks on', heard(null, 'assisted'), 'allow'],
  ['a policy without patience', { settings: { pauseAfterSeconds: 0 } }, 'deny', /cannot be read/],
];

describe('contact with the org', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('org-contact', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('led pauses exactly when the silence is longer than the policy allows', () => {
    const seconds = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 1, max: 100_000 }), (silent, pauseAfterSeconds) => {
        const { answer } = judgeOne('org-contact', {
          ...heard(secondsBefore(silent)),
          settings: { pauseAfterSeconds },
        });
        expect(answer).toBe(silent <= pauseAfterSeconds ? 'allow' : 'needs-approval');
      }),
    );
  });
});
