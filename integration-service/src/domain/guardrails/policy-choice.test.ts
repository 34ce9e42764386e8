import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  goodFacts,
  goodProposal,
  MANAGER,
  NOW,
  REQUESTER,
  secondsBefore,
} from '../../../test/support/guardrail-case.ts';
import { CATALOGUE } from './catalogue.ts';
import { evaluate } from './evaluate.ts';
import type { JudgedProposal, JudgeFacts, Policy } from './guardrail.ts';
import { readScope } from './policy-choice.ts';
import type { Judgement } from './verdict.ts';

const bands = (scope: string, actUpTo: number, changes: Partial<Policy> = {}): Policy => ({
  function: 'co-selling',
  rule: 'discount-bands',
  scope,
  version: 1,
  effectiveFrom: null,
  settings: { actUpTo, reviewUpTo: 2_500 },
  ...changes,
});

const judge = (
  policies: readonly Policy[],
  facts: Partial<JudgeFacts> = {},
  proposal: Partial<JudgedProposal> = {},
): Judgement | undefined => {
  const rule = CATALOGUE.current('discount-bands');
  const at: JudgeFacts = { ...goodFacts, policies, ...facts };
  return rule && evaluate({ ...goodProposal, ...proposal }, [rule], at).judgements[0];
};

const discount = (discountBps: number): Partial<JudgeFacts> => ({ quote: { lines: [{ label: 'Line', discountBps }] } });

describe('which policy counts', () => {
  test.each([
    ['for all alone', [bands('all', 1)], 'all'],
    ['the segment’s before the one for all', [bands('all', 1), bands('segment:cloud', 2)], 'segment:cloud'],
    ['the tier’s before the one for all', [bands('tier:gold', 2), bands('all', 1)], 'tier:gold'],
    ['the partner’s before the tier’s', [bands('tier:gold', 1), bands('partner:aws', 2)], 'partner:aws'],
    ['a bare word is a partner', [bands('all', 1), bands('aws', 2)], 'aws'],
    [
      'not another partner’s, tier’s or segment’s',
      [bands('all', 1), bands('partner:other', 2), bands('tier:silver', 2), bands('segment:retail', 2)],
      'all',
    ],
  ])('%s', (_says, policies, scope) => {
    expect(judge(policies)).toMatchObject({ policyScope: scope });
  });

  test('of tier and segment, neither of which is narrower, the stricter answer counts', () => {
    const both = [bands('tier:gold', 2_000), bands('segment:cloud', 1_000), bands('all', 2_500)];
    expect(judge(both, discount(1_500))).toMatchObject({ answer: 'needs-approval', policyScope: 'segment:cloud' });
    expect(judge([...both].reverse(), discount(1_500))).toMatchObject({ policyScope: 'segment:cloud' });
    expect(judge(both, discount(900))).toMatchObject({ answer: 'allow', policyScope: 'tier:gold' });
  });

  test('a version counts from its first moment on, the highest of those that have begun', () => {
    const later = bands('all', 2_000, { version: 2, effectiveFrom: NOW });
    expect(judge([bands('all', 1), later])).toMatchObject({ policyVersion: 2 });
    expect(judge([bands('all', 1), later], { now: secondsBefore(1) })).toMatchObject({ policyVersion: 1 });
    expect(judge([later], { now: secondsBefore(1) })).toMatchObject({ answer: 'deny', policyVersion: 0 });
  });

  test('a withdrawn one gives way to the next wider', () => {
    const withdrawn = bands('aws', 0, { version: 2, settings: { withdrawn: true } });
    expect(judge([bands('all', 1), bands('aws', 2), withdrawn])).toMatchObject({ policyScope: 'all' });
    expect(judge([bands('aws', 2), withdrawn])).toMatchObject({ answer: 'deny', policyVersion: 0 });
  });

  test('nobody knows the tier, and a tier has a policy of its own: a deny, unless the partner has one', () => {
    const { profile: _unknown, ...facts } = goodFacts;
    const rule = CATALOGUE.current('discount-bands');
    const answerTo = (policies: readonly Policy[]): Judgement | undefined =>
      rule && evaluate(goodProposal, [rule], { ...facts, policies }).judgements[0];
    expect(answerTo([bands('all', 2_000), bands('tier:gold', 2_000)])).toMatchObject({
      answer: 'deny',
      reason: 'Nobody looked up the partner’s tier and segment.',
    });
    expect(answerTo([bands('aws', 2_000), bands('tier:gold', 2_000)])).toMatchObject({ answer: 'allow' });
    expect(answerTo([bands('all', 2_000)])).toMatchObject({ answer: 'allow' });
  });

  test('a partner without tier or segment has the policy for all', () => {
    const policies = [bands('all', 2_000), bands('tier:gold', 0), bands('segment:cloud', 0)];
    expect(judge(policies, { profile: { tier: null, segment: null } })).toMatchObject({ policyScope: 'all' });
  });

  test.each([
    ['a scope that nobody knows', bands('region:emea', 0), 'its scope "region:emea" is not known'],
    ['a scope without a name', bands('tier:', 0), 'its scope "tier:" is not known'],
    ['a beginning that cannot be read', bands('other', 0, { effectiveFrom: 'soon' }), 'its beginning "soon"'],
  ])('%s may be meant to be stricter, so nothing counts', (_says, policy, why) => {
    expect(judge([bands('all', 2_000), policy])).toMatchObject({
      answer: 'deny',
      reason: expect.stringContaining(why),
    });
  });

  test.each(['all', 'segment:x', 'tier:x', 'partner:x', 'x'])('the scope "%s" can be read', (text) => {
    expect(readScope(text)).not.toBeNull();
  });

  test('policies of others, and their order, change nothing', () => {
    const own = [
      bands('all', 1_000),
      bands('tier:gold', 1_200),
      bands('aws', 1_400, { version: 3 }),
      bands('aws', 100),
    ];
    const others = [bands('partner:other', 0), bands('tier:silver', 0), bands('all', 0, { function: 'quoting' })];
    fc.assert(
      fc.property(fc.shuffledSubarray([...own, ...others], { minLength: 7 }), (policies) => {
        expect(judge(policies)).toEqual(judge(own));
      }),
    );
  });
});

describe('a yes on file', () => {
  const yes = { rule: 'discount-bands', policyVersion: 1, by: MANAGER, at: NOW };
  const policies = [bands('all', 500)];
  const held = { ...discount(1_000), approvals: [yes] };

  test('lets pass what the rule would have held up, and says who gave it', () => {
    expect(judge(policies, held)).toMatchObject({ answer: 'allow', approvedBy: MANAGER });
    expect(judge(policies, held)).not.toHaveProperty('owner');
    expect(judge(policies, discount(1_000))).toMatchObject({ answer: 'needs-approval', owner: 'sales-manager' });
  });

  test.each([
    ['of the person who asked', { ...yes, by: REQUESTER }],
    ['of an agent', { ...yes, by: 'agent:co-selling' }],
    ['to another rule', { ...yes, rule: 'territory' }],
    ['under another version of the policy', { ...yes, policyVersion: 2 }],
  ])('%s does not count', (_says, approval) => {
    expect(judge(policies, { ...held, approvals: [approval] })).toMatchObject({ answer: 'needs-approval' });
  });

  test('does not open what is denied', () => {
    expect(judge(policies, { ...held, ...discount(2_501) })).toMatchObject({ answer: 'deny' });
  });

  test('does not stand in for the consent of the person who asked', () => {
    const consent = CATALOGUE.current('consent');
    const unseen = { ...goodProposal, consent: { ...goodProposal.consent, fields: [] } };
    const facts = { ...goodFacts, approvals: [{ ...yes, rule: 'consent' }] };
    expect(consent && evaluate(unseen, [consent], facts).answer).toBe('needs-approval');
  });
});
