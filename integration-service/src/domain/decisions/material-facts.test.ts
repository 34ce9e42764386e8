import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { JudgeFacts } from '../guardrails/guardrail.ts';
import { changedFacts, materialFacts } from './material-facts.ts';
import type { PlannedEffect } from './effect.ts';
import type { DisclosedValue, Proposal } from './proposal.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const value = (label: string, text: string, personal = false): DisclosedValue => ({
  target: label,
  label,
  value: text,
  source: `Opportunity.${label}`,
  sourceKind: 'record',
  personal,
  fingerprint: '',
});
const create: PlannedEffect = {
  step: 'create',
  port: 'partner-portal',
  operation: 'create',
  body: { a: 1 },
  personal: [],
};
const proposal = (changes: Partial<Proposal> = {}) => ({
  partner: 'aws',
  disclosed: [value('Customer', 'Northwind'), value('E-mail', 'pat@example.com', true)],
  effects: [create],
  ...changes,
});
const situation: Pick<JudgeFacts, 'amount' | 'claims' | 'language'> = {
  amount: { minor: 200_000_000, currency: 'USD' },
  claims: [],
  language: { gateVersion: 1, texts: 0, findings: [] },
};
const facts = (given = proposal(), of = situation) => materialFacts(given, of, hash);

describe('what a yes is given for', () => {
  test('does not change while the same is read again', () => {
    expect(changedFacts(facts(), facts(proposal({ effects: [...proposal().effects] })))).toEqual([]);
  });

  test('is told in words, and of a person only that it changed', () => {
    const now = facts(
      proposal({ disclosed: [value('Customer', 'Contoso'), value('E-mail', 'kim@example.com', true)] }),
      { ...situation, amount: { minor: 300_000_000, currency: 'USD' } },
    );
    expect(changedFacts(facts(), now)).toEqual([
      { label: 'Customer', was: 'Northwind', is: 'Contoso' },
      { label: 'E-mail', was: '(about a person; see the deal)', is: '(about a person; see the deal)' },
      { label: 'Amount', was: '2,000,000.00 USD', is: '3,000,000.00 USD' },
    ]);
    expect(JSON.stringify(facts())).not.toContain('pat@');
  });

  test('is another when a value goes, another claim comes, or something else would be done', () => {
    const gone = facts(proposal({ disclosed: [value('Customer', 'Northwind')] }));
    expect(changedFacts(facts(), gone)).toEqual([expect.objectContaining({ label: 'E-mail', is: '(nothing)' })]);
    const claim = { by: 'globex', kind: 'registration' as const, label: 'Globex' };
    expect(changedFacts(facts(), facts(proposal(), { ...situation, claims: [claim] }))).toEqual([
      { label: 'Another claim', was: '(nothing)', is: 'Globex' },
    ]);
    const other = facts(proposal({ effects: [{ ...create, body: { a: 2 } }] }));
    expect(changedFacts(facts(), other)).toHaveLength(1);
    expect(changedFacts(facts(), facts(proposal({ partner: 'globex' })))).toHaveLength(1);
  });
});
