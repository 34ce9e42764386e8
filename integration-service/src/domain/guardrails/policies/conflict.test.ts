import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SituationFacts } from '../situation.ts';
import { judgeOne, RANK, type Row } from '../../../../test/support/guardrail-case.ts';

type Claim = SituationFacts['claims'][number];
const of = (...claims: Claim[]): Row[1] => ({ facts: { claims } });
const registration: Claim = { by: 'other', kind: 'registration', label: 'Other Ltd' };
const direct: Claim = { by: 'company', kind: 'direct-sale', label: 'Our own team' };
const named: Claim = { by: 'third', kind: 'named-account', label: 'Third Inc' };

const rows: readonly Row[] = [
  ['no claim', of(), 'allow'],
  ['the partner’s own claim', of({ ...registration, by: 'aws' }), 'allow'],
  ['another’s registration', of(registration), 'deny', /^Other Ltd has registered this deal\.$/],
  ['a direct sale', of(direct), 'needs-approval', /Our own team sells to this customer directly/],
  ['a named account', of(named), 'needs-approval', /Third Inc has this customer/],
  ['the gravest counts, all are told', of(direct, registration), 'deny', /directly; Other Ltd has registered/],
  [
    'a claim that the policy does not mind',
    { ...of(registration), settings: { registration: 'act', 'direct-sale': 'block', 'named-account': 'block' } },
    'allow',
  ],
  ['a policy that leaves one out', { settings: { registration: 'act' } }, 'deny', /cannot be read: direct-sale/],
];

describe('conflict', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('conflict', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('one more claim never goes further, and the order does not matter', () => {
    const claims = fc.array(fc.constantFrom(registration, direct, named, { ...named, by: 'aws' }), { maxLength: 4 });
    fc.assert(
      fc.property(claims, fc.constantFrom(registration, direct, named), (some, more) => {
        const rankOf = (all: Claim[]): number => RANK[judgeOne('conflict', of(...all)).answer];
        expect(rankOf([...some, more])).toBeLessThanOrEqual(rankOf(some));
        expect(rankOf([...some].reverse())).toBe(rankOf(some));
      }),
    );
  });
});
