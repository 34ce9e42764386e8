import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeOne, MANAGER, NOW, REQUESTER, type Row } from '../../../../test/support/guardrail-case.ts';

const by = (...people: string[]): Row[1] => ({
  facts: { approvals: people.map((person) => ({ rule: 'discount-bands', policyVersion: 1, by: person, at: NOW })) },
});

const rows: readonly Row[] = [
  ['nobody approved anything', by(), 'allow'],
  ['the manager did', by(MANAGER), 'allow'],
  ['the person who asked did', by(REQUESTER), 'deny', /another person \(discount-bands\)/],
  ['the same person by the shorter id', by(REQUESTER.slice(0, 15)), 'deny', /another person/],
  ['both did', by(MANAGER, REQUESTER), 'deny', /another person/],
  ['an agent did', by('agent:compliance'), 'deny', /another person/],
  ['nobody who has a name', by(''), 'deny', /another person/],
];

describe('separate approver', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('separate-approver', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('whoever else says yes, one’s own yes stops it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(MANAGER, '005000000000003AAA')), fc.nat(), (others, place) => {
        const people: string[] = [...others];
        people.splice(place % (others.length + 1), 0, REQUESTER);
        expect(judgeOne('separate-approver', by(...others)).answer).toBe('allow');
        expect(judgeOne('separate-approver', by(...people)).answer).toBe('deny');
      }),
    );
  });
});
