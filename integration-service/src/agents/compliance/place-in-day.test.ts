import { describe, expect, test } from '@jest/globals';
import { goodFacts, goodProposal, policyOf } from '../../../test/support/guardrail-case.ts';
import { evaluate } from '../../domain/guardrails/evaluate.ts';
import { CATALOGUE } from '../../domain/guardrails/catalogue.ts';
import type { JudgeFacts } from '../../domain/guardrails/guardrail.ts';
import { placeInDay } from './place-in-day.ts';

const rules = ['volume-per-day', 'amount-per-day'].flatMap((id) => CATALOGUE.current(id) ?? []);
const policies = [
  policyOf('volume-per-day', { actUpTo: 10, reviewUpTo: 20 }),
  policyOf('amount-per-day', { currency: 'USD', actUpTo: 9_000_000, reviewUpTo: 90_000_000, unknown: 'act' }),
];
const placed = (changes: Partial<JudgeFacts> = {}) => {
  const facts = { ...goodFacts, policies, ...changes };
  return placeInDay(goodProposal, facts, evaluate(goodProposal, rules, facts));
};

describe('the place of an action in its day', () => {
  test('holds up to where the agent acts by itself', () => {
    expect(placed()).toEqual({
      function: 'co-selling',
      partner: 'aws',
      currency: 'USD',
      minor: 5_000_000,
      mostActions: 10,
      mostMinor: 9_000_000,
    });
  });

  test('holds up to where a person may let it, for the rule that one let go', () => {
    const approvals = [{ rule: 'volume-per-day', policyVersion: 1, by: '005000000000002AAA', at: goodFacts.now }];
    const doneToday = { actions: 10, currency: 'USD', minor: 0 };
    expect(placed({ doneToday, approvals })).toMatchObject({ mostActions: 20, mostMinor: 9_000_000 });
  });

  test('holds to the stricter of a tier’s and a segment’s', () => {
    const tier = { ...policyOf('volume-per-day', { actUpTo: 7, reviewUpTo: 8 }), scope: 'tier:gold' };
    const segment = { ...policyOf('volume-per-day', { actUpTo: 5, reviewUpTo: 9 }), scope: 'segment:cloud' };
    expect(placed({ policies: [...policies, tier, segment] })).toMatchObject({ mostActions: 5 });
  });

  test('has no ceiling in money where the policy let another currency, or none, pass', () => {
    expect(
      placed({ amount: { minor: 5, currency: 'EUR' }, doneToday: { actions: 0, currency: 'EUR', minor: 0 } }),
    ).toMatchObject({
      currency: 'EUR',
      mostMinor: null,
    });
    expect(placed({ amount: null })).toMatchObject({ currency: '', minor: 0, mostMinor: null });
  });
});
