import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, type Row } from '../../../../test/support/guardrail-case.ts';

const of = (deal: string | null, ...partner: string[]): Row[1] => ({ facts: { territory: { deal, partner } } });

const rows: readonly Row[] = [
  ['inside', of('EMEA/DE/Bavaria', 'EMEA/DE'), 'allow'],
  ['the very territory', of('EMEA/DE', 'EMEA/DE'), 'allow'],
  ['in the second of two', of('APAC/JP', 'EMEA', 'APAC'), 'allow'],
  ['wider than the partner’s', of('EMEA', 'EMEA/DE'), 'needs-approval', /lies in EMEA; the partner covers EMEA\/DE/],
  ['a name that begins alike', of('EMEA/DEN', 'EMEA/DE'), 'needs-approval', /EMEA\/DEN/],
  ['elsewhere', of('APAC/JP', 'EMEA/DE', 'AMER'), 'needs-approval', /EMEA\/DE, AMER/],
  [
    'elsewhere, where that is blocked',
    { ...of('APAC', 'EMEA'), settings: { outside: 'block', unknown: 'act' } },
    'deny',
    /APAC/,
  ],
  ['unknown', of(null, 'EMEA'), 'needs-approval', /not known/],
  ['blank', of('', 'EMEA'), 'needs-approval', /not known/],
  ['unknown, where that is fine', { ...of(null, 'EMEA'), settings: { outside: 'block', unknown: 'act' } }, 'allow'],
  ['a partner without territory', of('EMEA'), 'deny', /has no territory/],
  ['a partner whose territory is blank', of('EMEA', ''), 'needs-approval', /lies in EMEA/],
  [
    'in what the policy says the partner covers',
    { ...of('EMEA/DE'), settings: { outside: 'block', unknown: 'block', covers: ['EMEA'] } },
    'allow',
  ],
  [
    'outside of that, whatever a record says',
    { ...of('EMEA/DE', 'EMEA'), settings: { outside: 'block', unknown: 'block', covers: ['APAC'] } },
    'deny',
    /the partner covers APAC/,
  ],
  [
    'a policy with a word of its own',
    { settings: { outside: 'stop', unknown: 'act' } },
    'deny',
    /act, review or block/,
  ],
];

describe('territory', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('territory', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('whatever lies in a territory is covered by it and by all that hold it', () => {
    const path = fc.array(fc.stringMatching(/^[A-Z]{1,3}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(path, fc.nat(), (parts, cut) => {
        const holder = parts.slice(0, 1 + (cut % parts.length)).join('/');
        expect(judgeOne('territory', of(parts.join('/'), holder)).answer).toBe('allow');
        expect(judgeOne('territory', of(parts.join('/'), `${holder}X`)).answer).toBe('needs-approval');
      }),
    );
  });
});
