import { describe, expect, test } from '@jest/globals';
import { goodGrant } from '../../../test/support/guardrail-case.ts';
import type { Proposal } from '../../domain/decisions/proposal.ts';
import { DEFAULT_POLICIES } from '../../domain/guardrails/default-policies.ts';
import type { JudgeFacts } from '../../domain/guardrails/guardrail.ts';
import { readDecision } from '../../domain/replay/recorded-decision.ts';
import { decisionEntries, decisionHash, personSubject, resultEntry } from './decision-entries.ts';

const org = '00D000000000001EAA';
const pat = '003000000000001AAA';
const frame = { org, decision: 'd', partner: 'aws', at: '2026-11-21T10:00:00.000Z', subject: 'deal:006' };
const proposal: Proposal = {
  function: 'co-selling',
  useCase: 'refer-to-partner',
  org,
  subject: { kind: 'referral', id: 'key' },
  partner: 'aws',
  requestedBy: '005000000000001AAA',
  reasons: [],
  effects: [],
  consent: {
    by: '005',
    surface: 'panel',
    fields: ['Customer.Contacts.Email'],
    fingerprints: { 'Customer.Contacts.Email': '1a2b' },
  },
  disclosed: [
    {
      target: 'Customer.Contacts.Email',
      label: 'E-mail',
      value: 'pat@example.com',
      source: 'Contacts[0].Email',
      sourceKind: 'record',
      personal: true,
      person: pat,
      fingerprint: '1a2b',
    },
    {
      target: 'Customer.Account.CompanyName',
      label: 'Company',
      value: 'Northwind',
      source: 'Opportunity.Account.Name',
      sourceKind: 'record',
      personal: false,
      fingerprint: '3c4d',
    },
  ],
  facts: [
    {
      name: 'deal',
      source: 'salesforce:Opportunity/006',
      readAt: frame.at,
      value: {
        Opportunity: { Name: 'Deal', Description: null },
        Contacts: [{ Email: 'pat@example.com' }, { Email: 'kim@example.com' }],
      },
      personal: true,
      people: [{ path: 'Contacts.0', person: pat }],
    },
  ],
};

const facts: JudgeFacts = {
  grant: goodGrant,
  mode: { function: 'co-selling', mode: 'assisted' },
  policies: DEFAULT_POLICIES,
  killSwitches: [],
  underWay: [],
  now: frame.at,
};

describe('the personal values of a decision', () => {
  const entries = decisionEntries(frame, proposal, facts, { answer: 'allow', judgements: [] }, []);
  const personal = entries.flatMap((entry) => entry.personal.map(({ path, subject }) => [path, subject]));

  test('stand under the person they are about, and what is nobody’s by name under the deal', () => {
    expect(personal).toEqual([
      ['facts.0.value.Contacts.0', personSubject(org, pat)],
      ['facts.0.value', 'deal:006'],
      ['disclosed.0.value', personSubject(org, pat)],
      ['record.proposal.disclosed.0.fingerprint', personSubject(org, pat)],
      ['record.proposal.consent.fingerprints', personSubject(org, pat)],
    ]);
  });

  test('stand in the proposal beside nobody’s id, and their fingerprints in the record alone', () => {
    const [, said, judged] = entries;
    expect(JSON.stringify(said?.body)).not.toContain(pat);
    expect(JSON.stringify(said?.body)).not.toContain('1a2b');
    expect(JSON.stringify(judged?.body)).not.toContain(pat);
  });
});

describe('what a decision is judged again from', () => {
  const [, , judged] = decisionEntries(frame, proposal, facts, { answer: 'deny', judgements: [] }, []);

  test('names the policies and the grant by their contents, which are kept once for all decisions', () => {
    const [, , other] = decisionEntries(
      { ...frame, decision: 'e' },
      proposal,
      facts,
      { answer: 'deny', judgements: [] },
      [],
    );
    const [policies, grant] = judged?.shared ?? [];
    expect(policies?.text).toContain('evidenceMaxAgeDays');
    expect(grant?.text).toContain(goodGrant.evidence);
    expect(judged?.body).toMatchObject({
      record: { facts: { policies: { content: policies?.hash }, grant: { content: grant?.hash } } },
    });
    expect(other?.shared?.[0]).toBe(policies);
    expect(JSON.stringify(judged?.body)).not.toContain('evidenceMaxAgeDays');
  });

  test('is a record that can be read as it is', () => {
    const [policies, grant] = judged?.shared ?? [];
    const text = JSON.stringify(Object(judged?.body).record)
      .replace(JSON.stringify({ content: policies?.hash }), policies?.text ?? '')
      .replace(JSON.stringify({ content: grant?.hash }), grant?.text ?? '');
    expect(readDecision(JSON.parse(text))).toEqual({
      ok: true,
      value: { id: 'd', at: frame.at, facts, verdict: { answer: 'deny', judgements: [] }, proposal: expect.anything() },
    });
  });
});

describe('what the far side said', () => {
  const effect = { key: 'k', step: 'create', port: 'partner-portal', operation: 'create', body: '{}' } as const;

  test('is kept under the deal, because it quotes what it was sent; which value it refused stands in the clear', () => {
    const message = 'Value "pat@example.com" is not accepted.';
    const problems = [{ target: 'Customer.Contacts.Email', code: 'INVALID', message }];
    const entry = resultEntry(frame, effect, { state: 'refused', problems, message });
    expect(entry.personal.map(({ path }) => path)).toEqual(['message', 'problems']);
    expect(entry.body).toMatchObject({ refusedFor: [{ target: 'Customer.Contacts.Email', code: 'INVALID' }] });
    const done = resultEntry(frame, effect, { state: 'done', answer: { Id: 'O1' }, lookedUp: false });
    expect(done.personal).toEqual([{ path: 'answer', subject: 'deal:006' }]);
  });
});

describe('the hash of a decision', () => {
  const verdict = { answer: 'allow', judgements: [] } as never;

  test('changes with what was judged and does not tell a personal value', () => {
    const hash = decisionHash(frame, proposal, verdict);
    const [email, company] = proposal.disclosed;
    if (!email || !company) throw new Error('the proposal discloses two values');
    const other = { ...proposal, disclosed: [{ ...email, value: 'kim@example.com' }, company] };
    expect(decisionHash(frame, other, verdict)).toBe(hash);
    expect(decisionHash({ ...frame, decision: 'e' }, proposal, verdict)).not.toBe(hash);
    expect(decisionHash(frame, proposal, { answer: 'deny', judgements: [] } as never)).not.toBe(hash);
  });
});

describe('the name of a person’s key', () => {
  test('is the same for both forms of a record id, and for an address however it is written', () => {
    expect(personSubject(org, pat)).toBe(personSubject(org, pat.slice(0, 15)));
    expect(personSubject(org, ' Pat@Example.com')).toBe(personSubject(org, 'pat@example.com'));
  });

  test('is another one for another person and in another org, and says nothing of who it is', () => {
    expect(personSubject(org, '003000000000002AAA')).not.toBe(personSubject(org, pat));
    expect(personSubject('00D000000000002EAA', pat)).not.toBe(personSubject(org, pat));
    expect(personSubject(org, pat)).toMatch(/^person:[0-9a-f]{32}$/);
  });
});
