import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../model/explain-problems.ts';
import { CountryCode } from '../model/enumerations.ts';
import type { OpportunityBody } from '../model/opportunity.ts';
import { sampleOpportunity } from '../testing/sample-opportunity.ts';
import { countriesWithoutPostalCode, postalCodeFormats, postalCodePattern } from './postal-codes.ts';
import { judge } from './rule.ts';
import type { BusinessRule, RuleFacts } from './rule.ts';
import { submissionProblems, submissionRules } from './submission-rules.ts';
import { unitedStatesRegions } from './vocabularies.ts';
import { accountIdAtLaunch, rulesForCreate, rulesForUpdate, softwareRevenueAtLaunch } from './writing-rules.ts';

const sample = parseRequest('CreateOpportunity', sampleOpportunity({ ClientToken: 'sample' })) as OpportunityBody;
const facts: RuleFacts = {
  today: '2026-11-02',
  catalog: 'Sandbox',
  related: { Solutions: ['S-1234567'] },
  parentExists: false,
  submission: { InvolvementType: 'Co-Sell', Visibility: 'Full' },
};

/** The sample with one member replaced; undefined removes it. */
const having = (path: string, value: unknown, from: OpportunityBody = sample): OpportunityBody => {
  const copy = structuredClone(from);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let place = copy as unknown as Record<string, unknown>;
  for (const step of steps) place = (place[step] ??= {}) as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
};

const spend = (changes: Record<string, unknown>): unknown[] => [
  { Amount: '500', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS', ...changes },
];
const estimate = 'https://calculator.aws/#/estimate?id=966b45503f2d8e73b62f39eb0ef82abe635db3a0';
const nationalSecurity = having('NationalSecurity', 'Yes', having('Customer.Account.Industry', 'Government'));

const lost = having('LifeCycle.Stage', 'Closed Lost');
const launched = having('LifeCycle.Stage', 'Launched');
const committed = having('LifeCycle.Stage', 'Committed');
const marketed = (marketing: object): OpportunityBody => having('Marketing', marketing);
const withDuration = having('Project.ExpectedContractDuration', { Term: 'Months', Value: '36' });

const allRules: readonly BusinessRule[] = [
  ...rulesForUpdate,
  ...submissionRules,
  ...accountIdAtLaunch,
  ...softwareRevenueAtLaunch,
];

/** Rule, an opportunity that breaks it (and, where they matter, facts), and its nearest neighbour that does not. */
const cases: readonly (readonly [
  id: string,
  breaking: OpportunityBody,
  keeping: OpportunityBody,
  facts?: Partial<RuleFacts>,
])[] = [
  ['company-name', having('Customer.Account.CompanyName', ' '), sample],
  ['industry', having('Customer.Account.Industry', undefined), sample],
  [
    'website',
    having('Customer.Account.WebsiteUrl', undefined),
    having('Customer.Account.WebsiteUrl', undefined, nationalSecurity),
  ],
  ['country', having('Customer.Account.Address', undefined), sample],
  ['title', having('Project.Title', ''), sample],
  ['business-problem', having('Project.CustomerBusinessProblem', undefined), sample],
  ['spend', having('Project.ExpectedCustomerSpend', []), sample],
  ['target-close-date', having('LifeCycle.TargetCloseDate', undefined), sample],
  ['stage', having('LifeCycle.Stage', undefined), sample],
  [
    'website-format',
    having('Customer.Account.WebsiteUrl', 'not a website'),
    having('Customer.Account.WebsiteUrl', 'www.a-b.co'),
  ],
  [
    'website-format',
    having('Customer.Account.WebsiteUrl', 'ftp://x.example'),
    having('Customer.Account.WebsiteUrl', 'https://x.example/path?q=1'),
  ],
  [
    'state-required',
    having('Customer.Account.Address.StateOrRegion', undefined),
    having('Customer.Account.Address.StateOrRegion', undefined, nationalSecurity),
  ],
  [
    'state-known',
    having('Customer.Account.Address.StateOrRegion', 'WA'),
    having('Customer.Account.Address.StateOrRegion', 'Dist. of Columbia'),
  ],
  [
    'close-date-range',
    having('LifeCycle.TargetCloseDate', '2026-11-01'),
    having('LifeCycle.TargetCloseDate', '2026-11-02'),
  ],
  [
    'close-date-range',
    having('LifeCycle.TargetCloseDate', '2086-11-03'),
    having('LifeCycle.TargetCloseDate', '2086-11-02'),
  ],
  ['closed-lost-reason', lost, having('LifeCycle.ClosedLostReason', 'Price', lost)],
  [
    'review-status-reason',
    having('LifeCycle.ReviewStatusReason', 'Because'),
    having('LifeCycle.ReviewStatusReason', 'Other'),
  ],
  [
    'use-case-known',
    having('Project.CustomerUseCase', 'Analytics'),
    having('Project.CustomerUseCase', 'Migration / Database Migration'),
  ],
  [
    'apn-programs-known',
    having('Project.ApnPrograms', ['Best Program']),
    having('Project.ApnPrograms', ['Well-Architected']),
  ],
  [
    'other-competitor',
    having('Project.CompetitorName', '*Other'),
    having('Project.OtherCompetitorNames', 'Contoso', having('Project.CompetitorName', '*Other')),
  ],
  [
    'parent-exists',
    having('OpportunityType', 'Expansion', having('Project.RelatedOpportunityIdentifier', 'O1')),
    having('Project.RelatedOpportunityIdentifier', 'O1'),
  ],
  ['renewal-parent', having('OpportunityType', 'Flat Renewal'), having('OpportunityType', 'Expansion')],
  ['national-security-industry', having('NationalSecurity', 'Yes'), nationalSecurity],
  [
    'spend-amount',
    having('Project.ExpectedCustomerSpend', spend({ Amount: undefined })),
    having('Project.ExpectedCustomerSpend', spend({ Amount: undefined, EstimationUrl: estimate })),
  ],
  [
    'spend-amount-format',
    having('Project.ExpectedCustomerSpend', spend({ Amount: '0.00' })),
    having('Project.ExpectedCustomerSpend', spend({ Amount: '0.01' })),
  ],
  [
    'spend-amount-format',
    having('Project.ExpectedCustomerSpend', spend({ Amount: '1000000000000001' })),
    having('Project.ExpectedCustomerSpend', spend({ Amount: '1000000000000000' })),
  ],
  [
    'spend-currency',
    having('Project.ExpectedCustomerSpend', spend({ CurrencyCode: 'EUR' })),
    having('Project.AwsPartition', 'aws-eusc', having('Project.ExpectedCustomerSpend', spend({ CurrencyCode: 'EUR' }))),
  ],
  [
    'spend-company',
    having('Project.ExpectedCustomerSpend', spend({ TargetCompany: 'Self' })),
    having('Project.ExpectedCustomerSpend', spend({ TargetCompany: 'Self' }), withDuration),
  ],
  [
    'contract-duration',
    having('Project.ExpectedContractDuration', { Term: 'Months', Value: '145' }),
    having('Project.ExpectedContractDuration', { Term: 'Months', Value: '144' }),
  ],
  ['contract-duration', having('Project.ExpectedContractDuration', { Term: 'Months', Value: '1.5' }), withDuration],
  [
    'marketing-funding',
    marketed({ Source: 'Marketing Activity' }),
    marketed({ Source: 'Marketing Activity', AwsFundingUsed: 'No' }),
  ],
  [
    'marketing-use-cases-known',
    marketed({ Source: 'Marketing Activity', AwsFundingUsed: 'No', UseCases: ['Magic'] }),
    marketed({ Source: 'Marketing Activity', AwsFundingUsed: 'No', UseCases: ['Security'] }),
  ],
  [
    'no-marketing-CampaignName',
    marketed({ Source: 'None', CampaignName: 'Spring' }),
    marketed({ CampaignName: 'Spring' }),
  ],
  [
    'no-marketing-UseCases',
    marketed({ Source: 'None', UseCases: ['Security'] }),
    marketed({ Source: 'None', UseCases: [] }),
  ],
  ['no-marketing-AwsFundingUsed', marketed({ Source: 'None', AwsFundingUsed: 'No' }), marketed({ Source: 'None' })],
  [
    'no-marketing-Channels',
    marketed({ Source: 'None', Channels: ['Email'] }),
    marketed({ Source: 'None', Channels: [] }),
  ],
  [
    'revenue-dates',
    having('SoftwareRevenue', { EffectiveDate: '2027-02-01', ExpirationDate: '2027-01-31' }),
    having('SoftwareRevenue', { EffectiveDate: '2027-02-01', ExpirationDate: '2027-02-01' }),
  ],
  ['solution-when-won', committed, sample, { related: {} }],
  ['use-case', having('Project.CustomerUseCase', undefined), sample],
  ['delivery-models', having('Project.DeliveryModels', []), sample],
  ['sales-activities', having('Project.SalesActivities', undefined), sample],
  ['primary-needs', having('PrimaryNeedsFromAws', []), sample],
  [
    'needs-for-visibility',
    sample,
    having('PrimaryNeedsFromAws', []),
    { submission: { InvolvementType: 'For Visibility Only' } },
  ],
  [
    'other-industry',
    having('Customer.Account.Industry', 'Other'),
    having('Customer.Account.OtherIndustry', 'Circus', having('Customer.Account.Industry', 'Other')),
  ],
  [
    'solution',
    sample,
    having('Project.OtherSolutionDescription', 'Our own'),
    { related: { AwsProducts: ['AmazonEC2Linux'] } },
  ],
  ['already-lost', lost, sample],
  ['still-a-prospect', having('LifeCycle.Stage', 'Prospect'), sample, { catalog: 'AWS' }],
  [
    'national-security-visibility',
    nationalSecurity,
    sample,
    { submission: { InvolvementType: 'Co-Sell', Visibility: 'Limited' } },
  ],
  ['launched-account', launched, having('Customer.Account.AwsAccountId', '111122223333', launched)],
  ['revenue-DeliveryModel', launched, having('SoftwareRevenue.DeliveryModel', 'Contract', launched)],
  ['revenue-Value', launched, having('SoftwareRevenue.Value', { Amount: '1', CurrencyCode: 'USD' }, launched)],
  ['revenue-EffectiveDate', launched, having('SoftwareRevenue.EffectiveDate', '2027-01-01', launched)],
  ['revenue-ExpirationDate', launched, having('SoftwareRevenue.ExpirationDate', '2027-01-01', launched)],
];

const ruleOf = (id: string): BusinessRule => {
  const found = allRules.find((each) => each.id === id);
  if (!found) throw new Error(`There is no rule ${id}.`);
  return found;
};

describe('each business rule', () => {
  // Always four values: jest takes a missing one for its `done` callback, and waits.
  test.each(cases.map(([id, breaking, keeping, changed = {}]) => [id, breaking, keeping, changed] as const))(
    '%s breaks on one side of its border and holds on the other',
    (id, breaking, keeping, changed) => {
      const around = { ...facts, ...changed };
      const rule = ruleOf(id);
      expect(judge([rule], breaking, around)).toEqual([
        { FieldName: rule.field, Code: rule.code, Message: expect.stringMatching(/.{15}/) },
      ]);
      expect(judge([rule], keeping, around)).toEqual([]);
    },
  );

  test('has a case here', () => {
    const tested = new Set(cases.map(([id]) => id));
    expect(allRules.filter(({ id }) => !tested.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test('has an id of its own', () => {
    const ids = [...new Set(allRules)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is content with the sample', () => {
    expect(judge(allRules, sample, facts)).toEqual([]);
  });
});

/** A code that a country's format allows, drawn digit by digit. */
const postalCodeIn = (country: string): fc.Arbitrary<string> => {
  const pattern = postalCodePattern(country);
  return pattern ? fc.stringMatching(pattern) : fc.constant('');
};

const countries = Object.values(CountryCode);

describe('postal codes', () => {
  test('every country has a format, has none, or is unchecked, never two of these', () => {
    const both = Object.keys(postalCodeFormats).filter((country) => countriesWithoutPostalCode.has(country));
    expect(both).toEqual([]);
    const unknown = [...Object.keys(postalCodeFormats), ...countriesWithoutPostalCode].filter(
      (country) => !(countries as string[]).includes(country),
    );
    expect(unknown).toEqual([]);
    expect(Object.keys(postalCodeFormats)).toHaveLength(147);
    expect(countriesWithoutPostalCode.size).toBe(59);
  });

  test.each([
    ['US', '98101', true],
    ['US', '98101-1234', true],
    ['US', '9810', false],
    ['GB', 'SW1A 1AA', true],
    ['GB', 'M11AE', true],
    ['GB', '12345', false],
    ['CA', 'K1A 0B6', true],
    ['CA', 'K1A-0B6', false],
    ['NL', '1011 AB', true],
    ['JP', '100-0001', true],
    ['SE', 'SE-11455', true],
    ['SE', '114 55', true],
    ['GP', '97110', true],
    ['GP', '75001', false],
    ['VA', '120', true],
    ['BM', 'HM 12', true],
    ['BM', 'HM EX', true],
    ['PT', '1000-205', true],
  ])('%s %s: %s', (country, code, fits) => {
    expect(postalCodePattern(country)?.test(code)).toBe(fits);
  });

  test('are refused with AWS’s words', () => {
    const wrong = having('Customer.Account.Address.PostalCode', 'ABC');
    expect(submissionProblems(wrong, facts)).toEqual([
      {
        FieldName: 'Customer.Account.Address.PostalCode',
        Code: 'INVALID_STRING_FORMAT',
        Message:
          'The postal code is invalid for country United States, United States postal code must be in 99999 OR 99999-9999 format.',
      },
    ]);
  });

  test('must be absent where there are none, and present where there are', () => {
    const inCountry = (CountryCode: string, PostalCode?: string): OpportunityBody =>
      having('Customer.Account.Address', { CountryCode, ...(PostalCode === undefined ? {} : { PostalCode }) });
    expect(submissionProblems(inCountry('AE', '00000'), facts).map(({ Code }) => Code)).toEqual(['INVALID_VALUE']);
    expect(submissionProblems(inCountry('AE'), facts)).toEqual([]);
    expect(submissionProblems(inCountry('DE'), facts).map(({ Code }) => Code)).toEqual(['REQUIRED_FIELD_MISSING']);
    const secret = having('Customer.Account.Address.PostalCode', undefined, nationalSecurity);
    expect(submissionProblems(secret, facts)).toEqual([]);
  });
});

describe('a referral with valid values', () => {
  const referral = fc.constantFrom(...countries).chain((country) =>
    fc.record({
      country: fc.constant(country),
      postalCode: postalCodeIn(country),
      state: fc.constantFrom(...unitedStatesRegions),
      company: fc.string({ minLength: 1, maxLength: 120 }).filter((text) => text.trim() !== ''),
      problem: fc.string({ minLength: 20, maxLength: 2000 }).filter((text) => text.trim() !== ''),
      dollars: fc.integer({ min: 1, max: 999_999_999 }),
      cents: fc.integer({ min: 0, max: 99 }),
      closeInDays: fc.integer({ min: 0, max: 20_000 }),
    }),
  );

  test('is accepted for every country, by the model, at creation and at submission', () => {
    fc.assert(
      fc.property(referral, (values) => {
        const closes = new Date(Date.parse('2026-11-02') + values.closeInDays * 86_400_000);
        const body = parseRequest('CreateOpportunity', {
          ...sampleOpportunity({ ClientToken: 'property' }),
          Customer: {
            Account: {
              CompanyName: values.company,
              Industry: 'Retail',
              WebsiteUrl: 'www.fabrikam.example.com',
              Address: {
                CountryCode: values.country,
                ...(values.postalCode === '' ? {} : { PostalCode: values.postalCode }),
                ...(values.country === 'US' ? { StateOrRegion: values.state } : {}),
              },
            },
          },
          Project: {
            ...sample.Project,
            CustomerBusinessProblem: values.problem,
            ExpectedCustomerSpend: spend({ Amount: `${values.dollars}.${String(values.cents).padStart(2, '0')}` }),
          },
          LifeCycle: { Stage: 'Qualified', TargetCloseDate: closes.toISOString().slice(0, 10) },
        });
        expect(judge(rulesForCreate, body, facts)).toEqual([]);
        expect(submissionProblems(body, facts)).toEqual([]);
      }),
      { numRuns: 1_000, seed: 20261102 },
    );
  });
});
