import { describe, expect, test } from '@jest/globals';
import { goodSituation } from '../../../test/support/guardrail-case.ts';
import { judgeProposal } from '../../agents/compliance/judge-proposal.ts';
import { DEFAULT_POLICIES } from '../../domain/guardrails/default-policies.ts';
import type { PartnerGrant } from '../../domain/guardrails/guardrail.ts';
import { fingerprint, type MappingRow } from '../../domain/referrals/draft.ts';
import type { PartnerPortal, PortalReferral } from '../../ports/partner-portal/partner-portal.ts';
import { underWay } from './attempt.ts';
import { coSelling } from './co-selling.ts';
import type { ReferralRequest, ReferralSummary } from './context.ts';
import { correctReferral, type CorrectContext } from './correct-referral.ts';
import { referToPartner, type ReferContext } from './refer-to-partner.ts';

const NOW = '2026-11-21T12:00:00.000Z';
const DEAL = '006000000000001AAA';
const SALLY = '005000000000001AAA';

const row = (target: string, source: string, more: Partial<MappingRow> = {}): MappingRow => ({
  key: `net:${target}`,
  network: 'net',
  target,
  label: target,
  source,
  rule: 'copy',
  settings: {},
  requirement: 'create',
  personal: false,
  question: '',
  reason: '',
  answerHome: '',
  sortOrder: 1,
  ...more,
});

const mapping = [
  row('Customer', 'Opportunity.Account.Name'),
  row('Website', 'Opportunity.Account.Website', { rule: 'url', answerHome: 'Account.Website' }),
  row('Problem', 'Opportunity.CustomerProblem__c', {
    answerHome: 'Opportunity.CustomerProblem__c',
    settings: { min: 5 },
  }),
  row('Phone', 'Contacts[0].Phone', { requirement: 'optional', personal: true }),
];

const grant: PartnerGrant = {
  key: 'net',
  status: 'active',
  actions: ['refer', 'update-referral'],
  fields: ['Customer', 'Website', 'Problem', 'Phone'],
  evidenceKind: 'countersigned',
  evidence: 'signed',
  evidenceCheckedAt: NOW,
  effectiveFrom: null,
  expiresAt: null,
  revokedBy: null,
};

const read = <Value>(value: Value, source = 'salesforce:x') => ({ value, source, readAt: NOW });

const context = (changes: Partial<ReferContext> = {}): ReferContext => ({
  org: '00D000000000001AAA',
  request: {
    id: 'a00000000000001AAA',
    kind: 'refer',
    requestedBy: SALLY,
    requestedByName: 'Sally Seller',
    surface: 'panel',
    clickedAt: NOW,
    input: { shown: { fields: ['Customer', 'Website', 'Problem', 'Phone'] } },
  },
  partner: { id: 'a01000000000001AAA', key: 'net', network: 'net' },
  mapping: read(mapping),
  grant: read(grant),
  mode: read({ function: 'co-selling', mode: 'assisted' as const }),
  policies: read(DEFAULT_POLICIES),
  killSwitches: [],
  requesterMay: { editOpportunity: true, editAccount: true },
  fieldSecurity: read({ hidden: [], locked: [] }),
  now: NOW,
  deal: read(
    {
      Opportunity: {
        Id: DEAL,
        IsClosed: false,
        CustomerProblem__c: 'Slow stores',
        Account: { Name: 'Acme', Website: 'acme.example.com' },
      },
      Contacts: [{ Phone: '+14155550123' }],
    },
    `salesforce:Opportunity/${DEAL}`,
  ),
  existing: [],
  solutions: read([], 'net:solutions'),
  ...changes,
});

/** Plans one write that carries the values as they are. */
const portal: Pick<PartnerPortal, 'planReferral' | 'planCorrection'> = {
  planReferral: ({ values }) => ({
    ok: true,
    value: [{ step: 'create', port: 'partner-portal', operation: 'create', body: { ...values }, personal: [] }],
  }),
  planCorrection: (_current, changes) => ({
    ok: true,
    value: [{ step: 'update', port: 'partner-portal', operation: 'update', body: { ...changes }, personal: [] }],
  }),
};

const withInput = (input: ReferContext['request']['input'], more: Partial<ReferContext['request']> = {}) =>
  context({ request: { ...context().request, ...more, input } });

const attempt = (state: ReferralSummary['state'], more: Partial<ReferralSummary> = {}): ReferralSummary => ({
  key: `${DEAL}:net:1`,
  attempt: 1,
  state,
  networkId: null,
  requestId: 'a00000000000009AAA',
  ...more,
});

const proposalOf = (given: ReferContext) => {
  const outcome = referToPartner(given, portal);
  if (outcome.kind !== 'proposal') throw new Error(`a proposal was expected, not ${outcome.kind}`);
  return outcome;
};

describe('refer to a partner', () => {
  test('one click on a whole deal is a proposal that compliance allows', () => {
    const { proposal, referralKey } = proposalOf(context());
    expect(referralKey).toBe(`${DEAL}:net:1`);
    expect(proposal.disclosed.map(({ target, value }) => [target, value])).toEqual([
      ['Customer', 'Acme'],
      ['Phone', '+14155550123'],
      ['Problem', 'Slow stores'],
      ['Website', 'acme.example.com'],
    ]);
    const { grant: granted, mode, policies } = context();
    const verdict = judgeProposal(proposal, coSelling, {
      ...goodSituation,
      claims: [],
      grant: granted.value,
      mode: mode.value,
      policies: policies.value,
      killSwitches: [],
      underWay: [],
      now: NOW,
    });
    expect(verdict.answer).toBe('allow');
  });

  test('the same context gives the same proposal', () => {
    expect(referToPartner(context(), portal)).toEqual(referToPartner(context(), portal));
  });

  test('every fact it rests on is in the proposal, with source and age', () => {
    expect(proposalOf(context()).proposal.facts.map(({ name }) => name)).toEqual([
      'deal',
      'field-security',
      'mapping',
      'solutions',
      'grant',
      'mode',
      'policies',
      'request',
    ]);
  });

  test('a missing value is asked for, and the answer goes home where its giver may edit', () => {
    const bare = read({ Opportunity: { Id: DEAL, Account: { Name: 'Acme' } } }, 'salesforce:x');
    const asked = referToPartner({ ...context(), deal: bare }, portal);
    expect(asked).toMatchObject({ kind: 'questions', questions: [{ target: 'Problem' }, { target: 'Website' }] });
    const answers = { Website: 'acme.example.com', Problem: 'Slow stores' };
    const answered = { ...withInput({ answers }), deal: bare };
    const outcome = proposalOf(answered);
    expect(outcome.answersToKeep).toEqual([
      { record: 'Account', field: 'Website', value: 'acme.example.com' },
      { record: 'Opportunity', field: 'CustomerProblem__c', value: 'Slow stores' },
    ]);
    expect(outcome.draft.values.find(({ target }) => target === 'Website')?.source).toBe('answered by Sally Seller');
    const may = { editOpportunity: true, editAccount: false };
    expect(proposalOf({ ...answered, requesterMay: may }).answersToKeep.map(({ record }) => record)).toEqual([
      'Opportunity',
    ]);
  });

  test('an amount in dollars is not kept in a field of euros, whether answered or corrected', () => {
    const spend = row('Spend', 'Opportunity.Spend__c', {
      rule: 'amount',
      answerHome: 'Opportunity.Spend__c',
      settings: { currency: 'USD' },
    });
    const keptIn = (currency: string) => {
      const given = withInput({ answers: { Spend: '14000' } }, {});
      const Organization = { DefaultCurrencyIsoCode: currency };
      return proposalOf({
        ...given,
        mapping: read([...mapping, spend]),
        deal: { ...given.deal, value: { ...given.deal.value, Organization } },
      }).answersToKeep;
    };
    expect(keptIn('USD')).toEqual([{ record: 'Opportunity', field: 'Spend__c', value: '14000' }]);
    expect(keptIn('EUR')).toEqual([]);
  });

  test('a wrong answer is asked again and kept nowhere', () => {
    const outcome = referToPartner(withInput({ answers: { Website: 'our site', Problem: 'Slow stores' } }), portal);
    expect(outcome).toMatchObject({
      kind: 'questions',
      questions: [{ target: 'Website', current: 'our site' }],
      answersToKeep: [{ field: 'CustomerProblem__c' }],
    });
  });

  test('what the person saw is in the consent, value by value', () => {
    const fingerprints = { Customer: fingerprint('Acme') };
    const { proposal } = proposalOf(withInput({ shown: { fields: ['Customer'], fingerprints } }));
    expect(proposal.consent).toEqual({ by: SALLY, surface: 'panel', fields: ['Customer'], fingerprints });
  });

  test('an optional value the person could not see does not leave the company', () => {
    const { proposal } = proposalOf(withInput({ shown: { fields: ['Customer', 'Website', 'Problem'] } }));
    expect(proposal.disclosed.map(({ target }) => target)).not.toContain('Phone');
    expect(proposal.effects[0]?.body).not.toHaveProperty('Phone');
  });

  test('a rule of the network about one value becomes a question, and one about none a refusal', () => {
    const refusing = (target: string): Pick<PartnerPortal, 'planReferral'> => ({
      planReferral: () => ({
        ok: false,
        error: [{ target, code: 'X', message: 'Website is on the list of closed shops.' }],
      }),
    });
    expect(referToPartner(context(), refusing('Website'))).toMatchObject({
      kind: 'questions',
      questions: [{ target: 'Website', current: 'acme.example.com', problem: expect.stringContaining('closed shops') }],
    });
    expect(referToPartner(context(), refusing(''))).toMatchObject({ kind: 'refused' });
  });

  test.each([
    ['a closed deal', { deal: read({ Opportunity: { Id: DEAL, IsClosed: true } }) }, 'deal-closed'],
    ['no mapping for the network', { mapping: read([row('X', '', { network: 'other' })]) }, 'no-mapping'],
  ])('%s is refused in words', (_says, changes, code) => {
    expect(referToPartner(context(changes), portal)).toMatchObject({ kind: 'refused', problems: [{ code }] });
  });
});

describe('which attempt a request belongs to', () => {
  test.each(['queued', 'filing', 'submitted', 'in-review', 'action-required', 'approved'] as const)(
    'while it is %s, another click meets the referral that is there',
    (state) => {
      const referral = attempt(state);
      expect(referToPartner(context({ existing: [referral] }), portal)).toEqual({ kind: 'already-open', referral });
    },
  );

  test.each(['needs-answers', 'waiting-approval', 'blocked', 'failed'] as const)(
    'while it is %s, it goes on',
    (state) => {
      expect(proposalOf(context({ existing: [attempt(state)] })).attempt).toBe(1);
    },
  );

  test('the same request goes on after a crash, wherever it stood', () => {
    const own = attempt('filing', { requestId: 'a00000000000001AAA' });
    expect(proposalOf(context({ existing: [own] })).referralKey).toBe(own.key);
  });

  test('after a rejection it is the next one', () => {
    const outcome = proposalOf(context({ existing: [attempt('rejected')] }));
    expect(outcome).toMatchObject({ attempt: 2, referralKey: `${DEAL}:net:2` });
  });

  test.each(['answer', 'retry'] as const)('%s without a referral is refused', (kind) => {
    expect(referToPartner(withInput({}, { kind }), portal)).toMatchObject({ kind: 'refused' });
    const over = { ...withInput({}, { kind }), existing: [attempt('rejected')] };
    expect(referToPartner(over, portal)).toMatchObject({ kind: 'refused' });
  });

  test('only what is at the partner counts as under way', () => {
    const states = ['submitted', 'rejected', 'failed', 'needs-answers'] as const;
    expect(underWay(states.map((state) => attempt(state, { key: state })))).toEqual(['submitted']);
  });
});

describe('correct a referral', () => {
  const current: PortalReferral = {
    networkId: 'O1',
    ourId: DEAL,
    review: 'action-required',
    reviewStatus: 'Action Required',
    reviewComments: 'Which site?',
    reviewReason: null,
    stage: null,
    lastModified: NOW,
    editableNow: ['Website'],
    url: 'https://example.com',
    body: { Website: 'acme.example.com' },
  };
  const correctWith = (input: ReferralRequest['input'], hidden: readonly string[] = []) => {
    const { deal, existing: _existing, solutions: _solutions, ...rest } = withInput(input, { kind: 'correct' });
    const given: CorrectContext = {
      ...rest,
      deal,
      fieldSecurity: read({ hidden, locked: [] }, 'crm:FieldPermissions'),
      referralKey: `${DEAL}:net:1`,
      current: read(current, 'net:referral/O1'),
    };
    return correctReferral(given, portal);
  };
  const correct = (answers: Record<string, string>) => correctWith({ answers });

  test('sends the answers in the network’s form, and nothing else', () => {
    expect(correct({ Website: 'HTTPS://New.example.com/' })).toMatchObject({
      kind: 'proposal',
      proposal: {
        useCase: 'correct-referral',
        disclosed: [
          {
            target: 'Website',
            value: 'https://new.example.com',
            sourceKind: 'person',
            source: 'answered by 005000000000001AAA',
          },
        ],
        effects: [{ step: 'update', body: { Website: 'https://new.example.com' } }],
      },
      answersToKeep: [{ record: 'Account', field: 'Website' }],
    });
  });

  test('asks again for a value of the wrong form', () => {
    expect(correct({ Website: 'our site' })).toMatchObject({ kind: 'questions', questions: [{ target: 'Website' }] });
  });

  test('refuses what may not change now, by its name, and a correction of nothing', () => {
    expect(correct({ Customer: 'Other' })).toMatchObject({ kind: 'refused', problems: [{ target: 'Customer' }] });
    expect(correct({})).toMatchObject({ kind: 'refused', problems: [{ code: 'nothing-to-correct' }] });
  });

  test('sends what the deal says now, from where it stands there, and keeps nothing that nobody answered', () => {
    const outcome = correctWith({ changed: ['Website'] });
    expect(outcome).toMatchObject({
      kind: 'proposal',
      proposal: {
        disclosed: [{ target: 'Website', sourceKind: 'record', source: 'Opportunity.Account.Website' }],
        facts: expect.arrayContaining([expect.objectContaining({ name: 'deal' })]),
      },
      answersToKeep: [],
    });
  });

  test('refuses a change of the deal that is locked at the partner, or that this person does not see', () => {
    expect(correctWith({ changed: ['Customer'] })).toMatchObject({
      kind: 'refused',
      problems: [{ target: 'Customer' }],
    });
    expect(correctWith({ changed: ['Website'] }, ['Opportunity.Account.Website'])).toMatchObject({
      kind: 'refused',
      problems: [{ target: 'Website', code: 'changed-again' }],
    });
  });
});
