import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SituationFacts } from '../situation.ts';
import { judgeOne, type Row } from '../../../../test/support/guardrail-case.ts';

type Recipient = SituationFacts['recipients'][number];
const colleague: Recipient = { id: '005000000000009AAA', side: 'company', partner: null };
const contact: Recipient = { id: '003000000000001AAA', side: 'partner', partner: 'aws' };
const rival: Recipient = { id: '003000000000002AAA', side: 'partner', partner: 'other' };
const stranger: Recipient = { id: '003000000000003AAA', side: 'unknown', partner: null };
const of = (...recipients: Recipient[]): Row[1] => ({ facts: { recipients } });

const rows: readonly Row[] = [
  ['the partner', of(contact), 'allow'],
  ['a colleague', of(colleague), 'allow'],
  ['both', of(contact, colleague), 'allow'],
  ['another partner', of(rival), 'deny', /^One recipient belongs neither/],
  ['a stranger among friends', of(contact, stranger, rival), 'deny', /^2 recipients belong neither/],
  ['a stranger said to be of this partner', of({ ...stranger, partner: 'aws' }), 'deny', /One recipient/],
  ['nobody', of(), 'deny', /has no recipient/],
  ['nobody, and no message', { ...of(), proposal: { effects: [] } }, 'allow'],
];

describe('recipients', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('recipients', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('a stranger anywhere stops the message', () => {
    const friends = fc.array(fc.constantFrom(colleague, contact), { maxLength: 5 });
    fc.assert(
      fc.property(friends, friends, fc.constantFrom(stranger, rival), (before, after, other) => {
        expect(judgeOne('recipients', of(...before, other, ...after)).answer).toBe('deny');
      }),
    );
  });
});
