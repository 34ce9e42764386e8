import { describe, expect, test } from '@jest/globals';
import {
  draftReferral,
  parseMappingRow,
  sourcePaths,
  type Answers,
  type DealFacts,
} from '../../domain/referrals/draft.ts';
import { SOLUTIONS, TODAY } from './__fixtures__/draft.ts';
import { CountryCode } from './client.ts';
import { COUNTRY_NAMES } from './countries.ts';
import { DEFAULT_MAPPING, fieldMappingRecord } from './default-mapping.ts';
import { planFiling } from './mapping.ts';
import { COUNTRIES_WITHOUT_POSTAL_CODES, POSTAL_CODE_FORMS } from './postal-codes.ts';
import { US_STATE_ALIASES, US_STATES } from './states.ts';
import { AWS_ACE_TERMS } from './terms.ts';

const mapping = [...DEFAULT_MAPPING];

/** A deal as a well-kept CRM holds it: all standard fields, and none of Tandem's own. */
const wellKept: DealFacts = {
  Opportunity: {
    Id: '006000000000001AAA',
    Name: 'Fabrikam: store analytics',
    StageName: 'Proposal/Price Quote',
    Type: 'New Customer',
    CloseDate: '2027-06-30',
    NextStep: 'Agree on the pilot stores',
    Description: 'Store managers see the sales of a day two days late and cannot plan their staff.',
    IsClosed: false,
    Account: {
      Name: 'Fabrikam Retail Group',
      Industry: 'Retail',
      Website: 'www.Fabrikam.example.com',
      BillingCountry: 'United States',
      BillingState: 'WA',
      BillingPostalCode: '98101',
      BillingCity: 'Seattle',
      BillingStreet: '1 Pike Street',
    },
    Owner: { FirstName: 'Sally', LastName: 'Seller', Email: 'Sally.Seller@example.com' },
    OpportunityLineItems: [
      { Product2: { Name: 'Northwind Analytics Cloud', Family: 'SaaS', ProductCode: 'NAC' } },
      { Product2: { Name: 'Onboarding', Family: 'Training', ProductCode: 'ONB' } },
    ],
  },
  Contacts: [
    {
      FirstName: 'Kim',
      LastName: 'Abercrombie',
      Title: 'COO',
      Email: 'Kim@Fabrikam.example.com',
      Phone: '(206) 555-0123',
    },
  ],
  Solutions: SOLUTIONS,
};

const ANSWERS: Answers = {
  'Project.CustomerUseCase': 'AI Machine Learning and Analytics',
  'Project.ExpectedCustomerSpend.Amount': '12,500',
};

const withAccount = (changes: Record<string, unknown>): DealFacts => ({
  ...wellKept,
  Opportunity: {
    ...wellKept.Opportunity,
    Account: { ...(wellKept.Opportunity.Account as Record<string, unknown>), ...changes },
  },
});

const planOf = (facts: DealFacts, answers: Answers) => {
  const draft = draftReferral(mapping, facts, answers, TODAY);
  expect(draft.questions).toEqual([]);
  return planFiling(
    {
      opportunityId: '006000000000001AAA',
      values: Object.fromEntries(draft.values.map(({ target, value }) => [target, value])),
      personal: draft.values.filter(({ personal }) => personal).map(({ target }) => target),
      solutions: SOLUTIONS,
      today: TODAY,
    },
    'Sandbox',
  );
};

describe('the spend', () => {
  const inOrgOf = (currency: string, deal: Record<string, unknown> = {}): DealFacts => ({
    ...wellKept,
    Opportunity: { ...wellKept.Opportunity, PartnerMonthlySpend__c: 9000, ...deal },
    Organization: { DefaultCurrencyIsoCode: currency },
  });
  const asked = (facts: DealFacts) =>
    draftReferral(mapping, facts, {}, TODAY).questions.filter(({ target }) => target.includes('Spend'));
  const usd = { Amount: '9000', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' };
  const sent = (facts: DealFacts, answers: Answers) => {
    const plan = planOf(facts, { 'Project.CustomerUseCase': 'AI Machine Learning and Analytics', ...answers });
    return plan.ok ? plan.value.map(({ body }) => body['Project']) : plan.error;
  };

  test('goes as the record has it where amounts are in the currency that AWS takes', () => {
    for (const facts of [inOrgOf('USD'), inOrgOf('EUR', { CurrencyIsoCode: 'USD' })]) {
      expect(asked(facts)).toEqual([]);
      expect(sent(facts, {})).toContainEqual(expect.objectContaining({ ExpectedCustomerSpend: [usd] }));
    }
  });

  test('is asked for in dollars where amounts are in another, and the answer is what goes', () => {
    for (const facts of [inOrgOf('EUR'), inOrgOf('USD', { CurrencyIsoCode: 'EUR' })]) {
      expect(asked(facts)).toMatchObject([
        { current: 'EUR 9000', problem: expect.stringContaining('The record says EUR 9000.'), answerHome: '' },
      ]);
      expect(sent(facts, { 'Project.ExpectedCustomerSpend.Amount': '9800' })).toContainEqual(
        expect.objectContaining({ ExpectedCustomerSpend: [{ ...usd, Amount: '9800' }] }),
      );
    }
  });
});

describe('the default mapping', () => {
  test('asks two questions of a well-kept deal, and none that a record could answer', () => {
    const { questions } = draftReferral(mapping, wellKept, {}, TODAY);
    expect(questions.map(({ target }) => target)).toEqual([
      'Project.CustomerUseCase',
      'Project.ExpectedCustomerSpend.Amount',
    ]);
  });

  test('with them answered, gives a referral that AWS has nothing to say against', () => {
    expect(planOf(wellKept, ANSWERS)).toMatchObject({ ok: true });
  });

  test('gives exactly this request', () => {
    const plan = planOf(wellKept, ANSWERS);
    if (!plan.ok) throw new Error(plan.error.map(({ message }) => message).join(' '));
    expect(plan.value.map(({ step, operation, body }) => ({ step, operation, body }))).toEqual([
      {
        step: 'create',
        operation: 'create-opportunity',
        body: {
          Catalog: 'Sandbox',
          Origin: 'Partner Referral',
          OpportunityType: 'Net New Business',
          PartnerOpportunityIdentifier: '006000000000001AAA',
          PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
          Customer: {
            Account: {
              CompanyName: 'Fabrikam Retail Group',
              Industry: 'Retail',
              WebsiteUrl: 'www.fabrikam.example.com',
              Address: {
                CountryCode: 'US',
                StateOrRegion: 'Washington',
                PostalCode: '98101',
                City: 'Seattle',
                StreetAddress: '1 Pike Street',
              },
            },
            Contacts: [
              {
                FirstName: 'Kim',
                LastName: 'Abercrombie',
                BusinessTitle: 'COO',
                Email: 'kim@fabrikam.example.com',
                Phone: '+12065550123',
              },
            ],
          },
          Project: {
            Title: 'Fabrikam: store analytics',
            CustomerBusinessProblem: 'Store managers see the sales of a day two days late and cannot plan their staff.',
            CustomerUseCase: 'AI Machine Learning and Analytics',
            DeliveryModels: ['SaaS or PaaS'],
            SalesActivities: ['Agreed on solution to Business Problem'],
            ExpectedCustomerSpend: [
              { Amount: '12500', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
            ],
          },
          LifeCycle: {
            Stage: 'Business Validation',
            TargetCloseDate: '2027-06-30',
            NextSteps: 'Agree on the pilot stores',
          },
          Marketing: { Source: 'None' },
          OpportunityTeam: [
            {
              FirstName: 'Sally',
              LastName: 'Seller',
              Email: 'sally.seller@example.com',
              BusinessTitle: 'PartnerAccountManager',
            },
          ],
        },
      },
      {
        step: 'associate',
        operation: 'associate-solution',
        body: {
          Catalog: 'Sandbox',
          OpportunityIdentifier: { $from: 'create.networkId' },
          RelatedEntityType: 'Solutions',
          RelatedEntityIdentifier: 'S-1234567',
        },
      },
      {
        step: 'submit',
        operation: 'submit-opportunity',
        body: {
          Catalog: 'Sandbox',
          Identifier: { $from: 'create.networkId' },
          AwsSubmission: { InvolvementType: 'Co-Sell', Visibility: 'Full' },
        },
      },
    ]);
    expect(plan.value[0]?.personal).toEqual([
      'Customer.Contacts.0.FirstName',
      'Customer.Contacts.0.LastName',
      'Customer.Contacts.0.BusinessTitle',
      'Customer.Contacts.0.Email',
      'Customer.Contacts.0.Phone',
      'OpportunityTeam.0.FirstName',
      'OpportunityTeam.0.LastName',
      'OpportunityTeam.0.Email',
    ]);
  });

  test('never takes the amount of the deal for the spend on AWS', () => {
    expect(sourcePaths(mapping)).not.toContain('Opportunity.Amount');
  });

  test('asks for the stage of a prospect, which AWS does not review', () => {
    const prospect = { ...wellKept, Opportunity: { ...wellKept.Opportunity, StageName: 'Prospecting' } };
    expect(draftReferral(mapping, prospect, ANSWERS, TODAY).questions).toMatchObject([
      { target: 'LifeCycle.Stage', current: 'Prospecting', kind: 'choice' },
    ]);
  });

  test('asks for a problem in words when the description is too short, showing what is there', () => {
    const short = { ...wellKept, Opportunity: { ...wellKept.Opportunity, Description: 'Analytics' } };
    expect(draftReferral(mapping, short, ANSWERS, TODAY).questions).toMatchObject([
      { target: 'Project.CustomerBusinessProblem', current: 'Analytics', kind: 'long-text', min: 20, max: 2000 },
    ]);
  });

  test('asks for another industry in words', () => {
    expect(draftReferral(mapping, withAccount({ Industry: 'Other' }), ANSWERS, TODAY).questions).toMatchObject([
      { target: 'Customer.Account.OtherIndustry' },
    ]);
  });

  test.each(Object.values(CountryCode))('a customer in %s can be referred, by the name of the country', (country) => {
    const [form = ''] = POSTAL_CODE_FORMS[country] ?? [];
    const BillingPostalCode = form.replaceAll('#', '1').replaceAll('@', 'A').replaceAll('*', '2');
    const facts = withAccount({ BillingCountry: COUNTRY_NAMES[country], BillingPostalCode });
    const plan = planOf(facts, ANSWERS);
    expect(plan).toMatchObject({ ok: true });
    const body = JSON.stringify(plan.ok ? plan.value[0]?.body : null);
    expect(body).toContain(`"CountryCode":"${country}"`);
    expect(body.includes('"PostalCode"')).toBe(BillingPostalCode !== '');
  });

  test('every country has a name of its own, and postal forms only name countries', () => {
    const codes = Object.values(CountryCode);
    expect(Object.keys(COUNTRY_NAMES).sort()).toEqual([...codes].sort());
    expect(new Set(Object.values(COUNTRY_NAMES)).size).toBe(codes.length);
    for (const code of [...Object.keys(POSTAL_CODE_FORMS), ...COUNTRIES_WITHOUT_POSTAL_CODES])
      expect(codes).toContain(code);
    expect(COUNTRIES_WITHOUT_POSTAL_CODES.filter((code) => code in POSTAL_CODE_FORMS)).toEqual([]);
  });

  test('every abbreviation of a state leads to one of AWS’s spellings', () => {
    expect(Object.values(US_STATE_ALIASES).filter((state) => !US_STATES.includes(state))).toEqual([]);
  });

  test('survives its way through a record', () => {
    for (const row of mapping) {
      const record = fieldMappingRecord(row);
      expect(parseMappingRow(record)).toEqual(JSON.parse(JSON.stringify(row)));
      expect(String(record.Settings__c).length).toBeLessThanOrEqual(32_768);
      for (const [field, max] of [
        ['Key__c', 120],
        ['Label__c', 80],
        ['Source__c', 255],
        ['Question__c', 255],
        ['Reason__c', 255],
      ] as const)
        expect(String(record[field]).length).toBeLessThanOrEqual(max);
    }
    expect(new Set(mapping.map(({ key }) => key)).size).toBe(mapping.length);
  });

  test('asks for nothing without a question, a reason and allowed values where AWS has them', () => {
    for (const { question, reason, requirement, rule, target } of mapping)
      if (requirement !== 'optional' && rule !== 'constant' && target !== 'PartnerOpportunityIdentifier') {
        expect(question).not.toBe('');
        expect(reason).not.toBe('');
      }
  });

  test('is what AWS’s terms let a partner share', () => {
    expect(AWS_ACE_TERMS.fields).toEqual(mapping.map(({ target }) => target));
  });
});
