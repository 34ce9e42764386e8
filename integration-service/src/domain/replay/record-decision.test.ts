import { describe, expect, test } from '@jest/globals';
import { goodFacts, goodProposal } from '../../../test/support/guardrail-case.ts';
import type { Proposal } from '../decisions/proposal.ts';
import { CATALOGUE, GUARDRAILS } from '../guardrails/catalogue.ts';
import { evaluate } from '../guardrails/evaluate.ts';
import { recordDecision } from './record-decision.ts';
import { readDecision } from './recorded-decision.ts';
import { replayAsOfThen } from './replay.ts';

const SECRET = 'a value that leaves';
const proposal: Proposal = {
  ...goodProposal,
  org: '00D000000000001AAA',
  reasons: [SECRET],
  disclosed: [
    ...goodProposal.disclosed.map((value) => ({ ...value, value: SECRET, source: SECRET })),
    {
      target: 'Email',
      label: 'E-mail',
      sourceKind: 'record' as const,
      personal: true,
      fingerprint: 'f2',
      value: SECRET,
      source: SECRET,
      person: SECRET,
    },
  ],
  effects: goodProposal.effects.map((effect) => ({ ...effect, body: { text: SECRET }, personal: [SECRET] })),
  consent: { ...goodProposal.consent, fields: ['Name', 'Email'], fingerprints: { Name: 'f1', Email: 'f2' } },
  facts: goodProposal.facts.map((fact) => ({ ...fact, source: SECRET, value: SECRET, personal: true })),
};
const facts = {
  ...goodFacts,
  policies: goodFacts.policies.map((policy) =>
    policy.rule === 'data-sharing' ? { ...policy, settings: { personalFields: 'all' } } : policy,
  ),
};
const { record, personal } = recordDecision('d', proposal, facts, evaluate(proposal, GUARDRAILS, facts));

describe('what is kept of a decision', () => {
  test('suffices to judge it again, and holds nothing of what it would send', () => {
    const read = readDecision(JSON.parse(JSON.stringify(record)));
    expect(read.ok && replayAsOfThen(read.value, CATALOGUE)).toEqual({ kind: 'same' });
    expect(record.verdict.answer).toBe('allow');
    expect(JSON.stringify(record)).not.toContain(SECRET);
  });

  test('names what belongs to a person; without that it is known to be erased', () => {
    expect(personal).toEqual(['proposal.disclosed.1.fingerprint', 'proposal.consent.fingerprints']);
    const gone = JSON.parse(JSON.stringify(record)) as {
      proposal: { disclosed: { fingerprint: unknown }[]; consent: { fingerprints: unknown } };
    };
    const [, email] = gone.proposal.disclosed;
    if (email) email.fingerprint = { commitment: 'c0ffee', erased: true };
    gone.proposal.consent.fingerprints = { commitment: 'c0ffee', erased: true };
    expect(readDecision(gone)).toEqual({ ok: false, error: { id: 'd', kind: 'erased', what: [...personal] } });
  });
});
