import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ZONES, type Zone } from '../situation.ts';
import { daysBefore, goodGrant, judgeOne, type Row } from '../../../../test/support/guardrail-case.ts';

const of = (action: Zone | null, writes: Record<string, Zone | null> = {}): Row[1] => ({
  facts: { ownership: { action, writes: Object.entries(writes).map(([field, zone]) => ({ field, zone })) } },
});
const ungranted = (differences: Row[1], grant: Partial<typeof goodGrant> | null): Row[1] => ({
  facts: { ...differences.facts, grant: grant === null ? null : { ...goodGrant, ...grant } },
});

const rows: readonly Row[] = [
  ['ours', of('vendor-controlled', { Ours: 'vendor-controlled' }), 'allow'],
  ['ours, without any grant', ungranted(of('vendor-controlled'), null), 'allow'],
  ['a joint action under a grant', of('jointly-managed'), 'allow'],
  [
    'a joint action without one',
    ungranted(of('jointly-managed'), null),
    'deny',
    /has a say in this\. There is no grant/,
  ],
  ['the partner’s action under a grant', of('partner-controlled'), 'allow'],
  ['the same after it was revoked', ungranted(of('partner-controlled'), { status: 'revoked' }), 'deny', /revoked/],
  ['the same after it ended', ungranted(of('partner-controlled'), { expiresAt: daysBefore(1) }), 'deny', /ended/],
  ['a grant for another action', ungranted(of('partner-controlled'), { actions: [] }), 'deny', /"refer"/],
  ['the partner’s field, granted', of('vendor-controlled', { Name: 'partner-controlled' }), 'allow'],
  [
    'the partner’s field, not granted',
    of('vendor-controlled', { Stage: 'partner-controlled', Name: 'jointly-managed' }),
    'deny',
    /a say in Stage, and its grant/,
  ],
  ['an action without an owner', of(null), 'deny', /which company controls this action/],
  ['a field without an owner', of('vendor-controlled', { Next: null }), 'deny', /controls Next/],
];

describe('ownership zone', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('ownership-zone', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('without a grant nothing is touched that is not ours alone', () => {
    const zones = fc.constantFrom(...ZONES, null);
    fc.assert(
      fc.property(
        zones,
        fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{0,5}$/), zones, { maxKeys: 4 }),
        (action, writes) => {
          const ours = [action, ...Object.values(writes)].every((zone) => zone === 'vendor-controlled');
          const { answer } = judgeOne('ownership-zone', ungranted(of(action, writes), null));
          expect(answer).toBe(ours ? 'allow' : 'deny');
        },
      ),
    );
  });
});
