import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  daysBefore,
  type goodSituation,
  judgeOne,
  RANK,
  secondsBefore,
  type Row,
} from '../../../../test/support/guardrail-case.ts';

const of = (changes: Partial<NonNullable<typeof goodSituation.health>>): Row[1] => ({
  facts: {
    health: { score: 80, usageSignal: 80, interactionSignal: 80, updatedAt: daysBefore(1), ...changes },
  },
});
const blockUnknown = { actFrom: 50, reviewFrom: 25, maxAgeDays: 30, unknown: 'block' };

const rows: readonly Row[] = [
  ['100', of({ score: 100 }), 'allow'],
  ['50', of({ score: 50 }), 'allow'],
  ['just below', of({ score: 49.9 }), 'needs-approval', /is 49\.9 of 100; from 50/],
  ['25', of({ score: 25 }), 'needs-approval', /is 25 of 100/],
  ['below the floor', of({ score: 24.9 }), 'deny', /below 25 nothing/],
  ['0', of({ score: 0 }), 'deny', /is 0 of 100/],
  ['negative', of({ score: -1 }), 'deny', /cannot be read/],
  ['more than all', of({ score: 101 }), 'deny', /cannot be read/],
  ['NaN', of({ score: Number.NaN }), 'deny', /cannot be read/],
  ['no score', of({ score: null }), 'needs-approval', /not known yet/],
  ['nothing at all', { facts: { health: null } }, 'needs-approval', /not known yet/],
  ['nothing, where that is blocked', { facts: { health: null }, settings: blockUnknown }, 'deny', /not known yet/],
  ['without usage', of({ usageSignal: null }), 'needs-approval', /lacks its usage signal/],
  ['without both', of({ usageSignal: null, interactionSignal: null }), 'needs-approval', /usage and interaction/],
  ['30 days old', of({ updatedAt: daysBefore(30) }), 'allow'],
  ['older', of({ updatedAt: secondsBefore(30 * 86_400 + 1) }), 'needs-approval', /older than 30 days/],
  ['of unknown age', of({ updatedAt: 'lately' }), 'needs-approval', /older than/],
  [
    'a floor above the ceiling',
    { settings: { ...blockUnknown, reviewFrom: 60 } },
    'deny',
    /cannot be read: reviewFrom: must not be above actFrom/,
  ],
];

describe('partner health', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('partner-health', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('better health never goes less far', () => {
    const score = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(score, score, (left, right) => {
        const rankOf = (value: number): number => RANK[judgeOne('partner-health', of({ score: value })).answer];
        expect(rankOf(Math.max(left, right))).toBeGreaterThanOrEqual(rankOf(Math.min(left, right)));
      }),
    );
  });
});
