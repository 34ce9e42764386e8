import { describe, expect, test } from '@jest/globals';
import { sampleAccounts, sampleDeals } from '../../../../local/seed/sample-company.ts';
import { awsAce } from '../../../connectors/aws-ace/index.ts';
import type { DisclosedValue, Proposal } from '../../../domain/decisions/proposal.ts';
import type { JsonObject } from '../../../domain/values/json.ts';
import type { LanguageSettings } from '../../../ports/crm/language-settings.ts';
import { languageSituation } from './language-gate.ts';

const portal = awsAce.open(awsAce.settings.parse({}));
const service = '005000000000001AAA';
const language: LanguageSettings = {
  company: 'Northwind Software',
  otherCustomers: ['Meridian Bank', 'Target'],
  materials: [],
};

const labels: Readonly<Record<string, string>> = {
  'Project.CustomerBusinessProblem': 'Customer’s problem',
  'Project.Title': 'Title',
  'LifeCycle.NextSteps': 'Next steps',
  'Customer.Account.CompanyName': 'Customer',
};

/** A proposal that files these values, as the co-selling function makes it. */
const filing = (
  values: Readonly<Record<string, string>>,
  { sourceKind = 'record', facts = [] }: { sourceKind?: DisclosedValue['sourceKind']; facts?: Proposal['facts'] } = {},
): Pick<Proposal, 'effects' | 'disclosed' | 'facts'> => {
  const body: Record<string, unknown> = {};
  for (const [target, value] of Object.entries(values)) {
    const path = target.split('.');
    let place = body;
    for (const step of path.slice(0, -1)) place = (place[step] ??= {}) as Record<string, unknown>;
    place[path.at(-1) ?? ''] = value;
  }
  return {
    effects: [
      {
        step: 'create',
        port: 'partner-portal',
        operation: 'create-opportunity',
        body: body as JsonObject,
        personal: [],
      },
    ],
    disclosed: Object.entries(values).map(([target, value]) => ({
      target,
      label: labels[target] ?? target,
      value,
      source: 'Opportunity',
      sourceKind,
      personal: false,
      fingerprint: 'f',
    })),
    facts: [
      {
        name: 'deal',
        source: 'salesforce:Opportunity/006',
        readAt: '2026-11-21T10:00:00.000Z',
        value: {
          Opportunity: { Account: { Name: 'Harbor Logistics' }, Amount: 120_000 },
          Contacts: [{ FirstName: 'Dana', LastName: 'Whitfield' }],
        },
        personal: true,
      },
      ...facts,
    ],
  };
};
const judged = (proposal: ReturnType<typeof filing>, settings = language) =>
  languageSituation(proposal, { portal, partner: { key: 'aws', name: 'AWS' }, language: settings, trusted: service });
const problem = (text: string, sourceKind: DisclosedValue['sourceKind'] = 'record') =>
  judged(filing({ 'Project.CustomerBusinessProblem': text }, { sourceKind })).fact.findings;

describe('texts of sellers', () => {
  test.each(
    sampleDeals.flatMap(({ name, account, problem: said, nextStep, useCase }) => [
      {
        name,
        values: {
          'Customer.Account.CompanyName': account,
          'Project.Title': name,
          'Project.CustomerBusinessProblem': said ?? 'They want one place for all their numbers.',
          'LifeCycle.NextSteps': nextStep ?? '',
          'Project.CustomerUseCase': useCase ?? '',
          'Customer.Account.Address.City': sampleAccounts.find((one) => one.name === account)?.city ?? '',
        },
      },
    ]),
  )('$name: nothing of it is blocked', ({ values }) => {
    expect(
      judged(filing(values), { ...language, otherCustomers: [] }).fact.findings.filter(
        ({ severity }) => severity === 'block',
      ),
    ).toEqual([]);
  });

  test.each([
    'Their nightly batch runs 14 hours and blocks trading. They want results before 8 am.',
    'They want to reduce the costs of the data centre by 30 % until 2027 and need help with the migration to S3.',
    'The hospital stores 400 TB of images on tape and cannot search it.',
    'Der Kunde möchte sein Data Warehouse bis Ende des Jahres in die Cloud bringen.',
    'They evaluated Snowflake and Databricks; both were too expensive.',
  ])('“%s” is not blocked', (text) => {
    expect(problem(text).filter(({ severity }) => severity === 'block')).toEqual([]);
  });
});

test('a submission that tells nothing anew rests on what stands at the partner, and a filing without a text on nothing', () => {
  const { disclosed, facts } = filing({ 'Project.Title': 'A deal' }, { sourceKind: 'template' });
  const submit = {
    step: 'submit',
    port: 'partner-portal',
    operation: 'submit-opportunity',
    body: {},
    personal: [],
  } as const;
  const standing = {
    name: 'referral-at-partner',
    source: 'aws-ace',
    readAt: '',
    value: { Project: { Title: 'A deal' } },
    personal: false,
  };
  const read = (more: Proposal['facts']) => judged({ effects: [submit], disclosed, facts: [...facts, ...more] }).fact;
  expect(read([standing])).toMatchObject({ texts: 1, findings: [] });
  expect(read([])).toMatchObject({ texts: 0 });
});

describe('what is stopped, and what the seller reads', () => {
  test('a claim about our product that nothing approved covers', () => {
    expect(problem('They plan by hand. Our platform will double their throughput.')).toEqual([
      {
        rule: 'performance-claim',
        version: expect.any(Number),
        severity: 'block',
        target: 'Project.CustomerBusinessProblem',
        why: expect.stringMatching(
          /^Customer’s problem says “Our platform will double their throughput\.”\. This says .* Leave it out/,
        ),
      },
    ]);
  });

  test.each([
    ['the name of another customer', 'They want what Meridian Bank has.', 'other-customer', 'block'],
    ['a name of one word, which may be another word', 'They sell to Target as well.', 'other-customer', 'ask'],
    ['an open place', 'They want to move [system] to AWS.', 'open-placeholder', 'block'],
    ['what stays inside', 'Internal only: our floor price is under the list.', 'confidential', 'block'],
  ])('%s', (_says, text, rule, severity) => {
    expect(problem(text)).toEqual(expect.arrayContaining([expect.objectContaining({ rule, severity })]));
  });

  test('a name is looked at for other customers alone', () => {
    const findings = judged(filing({ 'Customer.Account.Address.City': 'Meridian Bank' })).fact.findings;
    expect(findings).toEqual([expect.objectContaining({ rule: 'other-customer', severity: 'block' })]);
  });

  test('people are not named in what goes into the ledger', () => {
    const [finding] = problem('Dana Whitfield says our platform will double throughput at once.');
    expect(finding?.why).toContain('double');
    expect(finding?.why).not.toMatch(/Dana|Whitfield/);
    const [stranger] = problem('Ask Brigitte Okonkwo-Vale, on sick leave after her operation.');
    expect(stranger?.why).not.toMatch(/Brigitte|Okonkwo/);
  });
});

describe('what a text is judged by', () => {
  const claim = 'Orders are checked in 40 seconds.';

  test('a number of a record or a person has its source there; one of a template or model needs another', () => {
    const numbers = (kind: DisclosedValue['sourceKind']) =>
      problem(claim, kind).filter(({ rule }) => rule === 'unsourced-number');
    expect([numbers('record'), numbers('person')]).toEqual([[], []]);
    expect(numbers('template')).toHaveLength(1);
  });

  const approved = {
    key: 'value-proposition:orders:v1',
    kind: 'value-proposition',
    title: 'Orders',
    body: JSON.stringify({ text: claim }),
    status: 'approved',
    version: 1,
    partner: null,
    approver: 'Lea Legal',
    modifiedById: service,
  } as const;
  test.each([
    ['approved', approved, 0],
    ['written past the door', { ...approved, modifiedById: '005000000000009AAA' }, 1],
    ['withdrawn', { ...approved, status: 'withdrawn' as const }, 1],
    ['for another partner', { ...approved, partner: 'google' }, 1],
  ])('a statement that is %s', (_says, material, found) => {
    const { fact } = judged(filing({ 'Project.AdditionalComments': claim }, { sourceKind: 'template' }), {
      ...language,
      materials: [material],
    });
    expect(fact.findings.filter(({ rule }) => rule === 'unsourced-number')).toHaveLength(found);
  });

  test('what the partner’s record holds already is not told anew, also where AWS has escaped it', () => {
    const held: Proposal['facts'] = [
      {
        name: 'referral-at-partner',
        source: 'aws-ace:O1',
        readAt: '2026-11-21T10:00:00.000Z',
        value: { Project: { Title: 'Our platform doubles R&amp;D' } },
        personal: true,
      },
    ];
    const { fact, read } = judged(filing({ 'Project.Title': 'Our platform doubles R&D' }, { facts: held }));
    expect(fact).toMatchObject({ texts: 1, findings: [] });
    expect([...read]).toEqual(['Our platform doubles R&D']);
    expect(
      judged(filing({ 'Project.Title': 'Our platform doubles sales' }, { facts: held })).fact.findings,
    ).not.toEqual([]);
  });

  test('a proposal without texts has none read', () => {
    expect(judged({ effects: [], disclosed: [], facts: [] })).toMatchObject({
      fact: { texts: 0, findings: [] },
      read: new Set(),
    });
  });
});
