import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { goodProposal, judgeOne, type Row } from '../../../../test/support/guardrail-case.ts';

const night = { from: 1_260, to: 420, days: [] as number[], then: 'review' };
/** A recipient whose clock shows so many minutes after midnight, on Saturday the 21st at noon UTC. */
const at = (localMinute: number, weekday = 6): Row[1] => ({
  facts: { recipientTime: { localMinute, offsetMinutes: localMinute - 720, weekday } },
  settings: night,
});

const rows: readonly Row[] = [
  ['noon', at(720), 'allow'],
  ['07:00', at(420), 'allow'],
  ['06:59', at(419), 'needs-approval', /is 06:59 for the recipient; it is quiet until 07:00/],
  ['20:59', at(1_259), 'allow'],
  ['21:00', at(1_260), 'needs-approval', /is 21:00/],
  ['midnight', at(0), 'needs-approval', /00:00/],
  ['quiet hours within a day', { ...at(800), settings: { ...night, from: 780, to: 840 } }, 'needs-approval', /13:20/],
  ['their end', { ...at(840), settings: { ...night, from: 780, to: 840 } }, 'allow'],
  ['no quiet hours', { ...at(0), settings: { ...night, from: 0, to: 0 } }, 'allow'],
  ['a day of rest', { ...at(720), settings: { ...night, days: [6] } }, 'needs-approval', /day of rest/],
  ['another day of rest', { ...at(720), settings: { ...night, days: [7] } }, 'allow'],
  ['where it blocks', { ...at(0), settings: { ...night, then: 'block' } }, 'deny', /00:00/],
  [
    'already Sunday there',
    { facts: { recipientTime: { localMinute: 60, offsetMinutes: 780, weekday: 7 } }, settings: night },
    'needs-approval',
    /01:00/,
  ],
  [
    'still Friday there',
    { facts: { recipientTime: { localMinute: 1_380, offsetMinutes: -780, weekday: 5 } }, settings: night },
    'needs-approval',
    /23:00/,
  ],
  [
    'a clock that disagrees with the moment',
    { facts: { recipientTime: { localMinute: 721, offsetMinutes: 0, weekday: 6 } } },
    'deny',
    /does not agree with the clock/,
  ],
  ['a wrong weekday', at(720, 5), 'deny', /does not agree/],
  ['a moment that cannot be read', { ...at(720), facts: { ...at(720).facts, now: 'soon' } }, 'deny', /./],
  ['an unknown clock', { facts: { recipientTime: null } }, 'needs-approval', /not known/],
  [
    'no message',
    { ...at(0), proposal: { effects: goodProposal.effects.filter(({ port }) => port !== 'messaging') } },
    'allow',
  ],
  ['a policy with an hour for a minute', { settings: { ...night, from: 2_100 } }, 'deny', /minute of the day/],
];

describe('quiet hours', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('quiet-hours', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('of every day, as many minutes are quiet as the policy says, wherever the night lies', () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    fc.assert(
      fc.property(minute, minute, (from, to) => {
        let quiet = 0;
        for (let local = 0; local < 1_440; local += 1)
          if (judgeOne('quiet-hours', { ...at(local), settings: { ...night, from, to } }).answer !== 'allow')
            quiet += 1;
        expect(quiet).toBe((to - from + 1_440) % 1_440);
      }),
      { numRuns: 6 },
    );
  });
});
