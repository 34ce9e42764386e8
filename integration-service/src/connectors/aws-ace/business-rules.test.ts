import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startAceNetwork, type AceNetwork } from '../../../local/networks/aws-ace/ace-network.ts';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import type { FieldProblem, FrozenEffect } from '../../domain/decisions/effect.ts';
import { canonicalJson, type JsonObject } from '../../domain/values/json.ts';
import { draftFor, TODAY } from './__fixtures__/draft.ts';
import { AwsAcePortal } from './aws-ace-portal.ts';
import { openAceClient } from './client.ts';
import { WHAT_TO_DO } from './failure.ts';
import { bodyOf, SOLUTION } from './mapping.ts';
import { awsAceSettings } from './settings.ts';

type Changes = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Values of a referral that AWS refuses: what is changed in a good one, and what both sides must say of it. */
const refused: readonly [says: string, changes: Changes, target: string, code: string][] = [
  [
    'no company',
    { 'Customer.Account.CompanyName': undefined },
    'Customer.Account.CompanyName',
    'REQUIRED_FIELD_MISSING',
  ],
  ['a blank company', { 'Customer.Account.CompanyName': '' }, 'Customer.Account.CompanyName', 'REQUIRED_FIELD_MISSING'],
  [
    'a long company',
    { 'Customer.Account.CompanyName': 'x'.repeat(121) },
    'Customer.Account.CompanyName',
    'INVALID_STRING_FORMAT',
  ],
  ['no industry', { 'Customer.Account.Industry': undefined }, 'Customer.Account.Industry', 'REQUIRED_FIELD_MISSING'],
  [
    'an unknown industry',
    { 'Customer.Account.Industry': 'Banking' },
    'Customer.Account.Industry',
    'INVALID_ENUM_VALUE',
  ],
  [
    'another industry without its name',
    { 'Customer.Account.Industry': 'Other' },
    'Customer.Account.OtherIndustry',
    'REQUIRED_FIELD_MISSING',
  ],
  ['no website', { 'Customer.Account.WebsiteUrl': undefined }, 'Customer.Account.WebsiteUrl', 'REQUIRED_FIELD_MISSING'],
  [
    'a website that is none',
    { 'Customer.Account.WebsiteUrl': 'not a website' },
    'Customer.Account.WebsiteUrl',
    'INVALID_STRING_FORMAT',
  ],
  [
    'a website of three letters',
    { 'Customer.Account.WebsiteUrl': 'a.b' },
    'Customer.Account.WebsiteUrl',
    'INVALID_STRING_FORMAT',
  ],
  [
    'no country',
    { 'Customer.Account.Address.CountryCode': undefined },
    'Customer.Account.Address.CountryCode',
    'REQUIRED_FIELD_MISSING',
  ],
  [
    'a country by name',
    { 'Customer.Account.Address.CountryCode': 'Germany' },
    'Customer.Account.Address.CountryCode',
    'INVALID_ENUM_VALUE',
  ],
  [
    'no state in the US',
    { 'Customer.Account.Address.StateOrRegion': undefined },
    'Customer.Account.Address.StateOrRegion',
    'REQUIRED_FIELD_MISSING',
  ],
  [
    'a state by abbreviation',
    { 'Customer.Account.Address.StateOrRegion': 'WA' },
    'Customer.Account.Address.StateOrRegion',
    'INVALID_VALUE',
  ],
  [
    'no postal code in the US',
    { 'Customer.Account.Address.PostalCode': undefined },
    'Customer.Account.Address.PostalCode',
    'REQUIRED_FIELD_MISSING',
  ],
  [
    'a postal code of another form',
    { 'Customer.Account.Address.PostalCode': '9810' },
    'Customer.Account.Address.PostalCode',
    'INVALID_STRING_FORMAT',
  ],
  [
    'a long postal code',
    { 'Customer.Account.Address.PostalCode': '9'.repeat(21) },
    'Customer.Account.Address.PostalCode',
    'INVALID_STRING_FORMAT',
  ],
  [
    'a long city',
    { 'Customer.Account.Address.City': 'x'.repeat(256) },
    'Customer.Account.Address.City',
    'INVALID_STRING_FORMAT',
  ],
  [
    'an e-mail with capitals',
    { 'Customer.Contacts.Email': 'Kim@example.com' },
    'Customer.Contacts.Email',
    'INVALID_STRING_FORMAT',
  ],
  [
    'a national phone number',
    { 'Customer.Contacts.Phone': '415 555 0123' },
    'Customer.Contacts.Phone',
    'INVALID_STRING_FORMAT',
  ],
  [
    'a long first name',
    { 'Customer.Contacts.FirstName': 'x'.repeat(81) },
    'Customer.Contacts.FirstName',
    'INVALID_STRING_FORMAT',
  ],
  ['no title', { 'Project.Title': undefined }, 'Project.Title', 'REQUIRED_FIELD_MISSING'],
  ['a long title', { 'Project.Title': 'x'.repeat(256) }, 'Project.Title', 'INVALID_STRING_FORMAT'],
  [
    'no problem',
    { 'Project.CustomerBusinessProblem': undefined },
    'Project.CustomerBusinessProblem',
    'REQUIRED_FIELD_MISSING',
  ],
  [
    'a problem of 19 characters',
    { 'Project.CustomerBusinessProblem': 'x'.repeat(19) },
    'Project.CustomerBusinessProblem',
    'INVALID_STRING_FORMAT',
  ],
  [
    'a problem of 2001 characters',
    { 'Project.CustomerBusinessProblem': 'x'.repeat(2001) },
    'Project.CustomerBusinessProblem',
    'INVALID_STRING_FORMAT',
  ],
  ['no use case', { 'Project.CustomerUseCase': undefined }, 'Project.CustomerUseCase', 'REQUIRED_FIELD_MISSING'],
  ['an unknown use case', { 'Project.CustomerUseCase': 'Analytics' }, 'Project.CustomerUseCase', 'INVALID_VALUE'],
  ['no delivery model', { 'Project.DeliveryModels': undefined }, 'Project.DeliveryModels', 'REQUIRED_FIELD_MISSING'],
  ['an unknown delivery model', { 'Project.DeliveryModels': ['SaaS'] }, 'Project.DeliveryModels', 'INVALID_ENUM_VALUE'],
  ['no sales activity', { 'Project.SalesActivities': undefined }, 'Project.SalesActivities', 'REQUIRED_FIELD_MISSING'],
  ['no needs for a co-sell', { PrimaryNeedsFromAws: undefined }, 'PrimaryNeedsFromAws', 'REQUIRED_FIELD_MISSING'],
  [
    'needs without co-sell',
    { 'AwsSubmission.InvolvementType': 'For Visibility Only' },
    'PrimaryNeedsFromAws',
    'ACTION_NOT_PERMITTED',
  ],
  [
    'an unknown involvement',
    { 'AwsSubmission.InvolvementType': 'Sell' },
    'AwsSubmission.InvolvementType',
    'INVALID_ENUM_VALUE',
  ],
  [
    'an amount of 0',
    { 'Project.ExpectedCustomerSpend.Amount': '0' },
    'Project.ExpectedCustomerSpend.Amount',
    'INVALID_STRING_FORMAT',
  ],
  [
    'an amount of 10^16',
    { 'Project.ExpectedCustomerSpend.Amount': '10000000000000000' },
    'Project.ExpectedCustomerSpend.Amount',
    'INVALID_STRING_FORMAT',
  ],
  [
    'an amount with commas',
    { 'Project.ExpectedCustomerSpend.Amount': '12,500' },
    'Project.ExpectedCustomerSpend.Amount',
    'INVALID_STRING_FORMAT',
  ],
  [
    'an amount in francs',
    { 'Project.ExpectedCustomerSpend.CurrencyCode': 'CHF' },
    'Project.ExpectedCustomerSpend.CurrencyCode',
    'INVALID_VALUE',
  ],
  [
    'a yearly amount',
    { 'Project.ExpectedCustomerSpend.Frequency': 'Annual' },
    'Project.ExpectedCustomerSpend.Frequency',
    'INVALID_ENUM_VALUE',
  ],
  [
    'an amount of another company',
    { 'Project.ExpectedCustomerSpend.TargetCompany': 'Contoso' },
    'Project.ExpectedCustomerSpend.TargetCompany',
    'INVALID_VALUE',
  ],
  ['an unknown competitor', { 'Project.CompetitorName': 'Contoso' }, 'Project.CompetitorName', 'INVALID_ENUM_VALUE'],
  [
    'another competitor without its name',
    { 'Project.CompetitorName': '*Other' },
    'Project.OtherCompetitorNames',
    'REQUIRED_FIELD_MISSING',
  ],
  ['an empty comment', { 'Project.AdditionalComments': '' }, 'Project.AdditionalComments', 'INVALID_STRING_FORMAT'],
  ['no close date', { 'LifeCycle.TargetCloseDate': undefined }, 'LifeCycle.TargetCloseDate', 'REQUIRED_FIELD_MISSING'],
  [
    'a close date in words',
    { 'LifeCycle.TargetCloseDate': 'next June' },
    'LifeCycle.TargetCloseDate',
    'INVALID_STRING_FORMAT',
  ],
  [
    'a close date yesterday',
    { 'LifeCycle.TargetCloseDate': '2026-11-20' },
    'LifeCycle.TargetCloseDate',
    'VALUE_OUT_OF_RANGE',
  ],
  [
    'a close date in 61 years',
    { 'LifeCycle.TargetCloseDate': '2087-11-21' },
    'LifeCycle.TargetCloseDate',
    'VALUE_OUT_OF_RANGE',
  ],
  ['long next steps', { 'LifeCycle.NextSteps': 'x'.repeat(256) }, 'LifeCycle.NextSteps', 'INVALID_STRING_FORMAT'],
  [
    'a lost deal without reason',
    { 'LifeCycle.Stage': 'Closed Lost' },
    'LifeCycle.ClosedLostReason',
    'REQUIRED_FIELD_MISSING',
  ],
  [
    'a lost deal',
    { 'LifeCycle.Stage': 'Closed Lost', 'LifeCycle.ClosedLostReason': 'Price' },
    'LifeCycle.Stage',
    'INVALID_RESOURCE_STATE',
  ],
  ['an unknown stage', { 'LifeCycle.Stage': 'Negotiation' }, 'LifeCycle.Stage', 'INVALID_ENUM_VALUE'],
  [
    'marketing without its funding',
    { 'Marketing.Source': 'Marketing Activity' },
    'Marketing.AwsFundingUsed',
    'REQUIRED_FIELD_MISSING',
  ],
  ['a campaign without marketing', { 'Marketing.CampaignName': 'Spring' }, 'Marketing.CampaignName', 'INVALID_VALUE'],
  ['a secret deal of a shop', { NationalSecurity: 'Yes' }, 'Customer.Account.Industry', 'INVALID_VALUE'],
  [
    'revenue that ends before it begins',
    { 'SoftwareRevenue.EffectiveDate': '2027-02-01', 'SoftwareRevenue.ExpirationDate': '2027-01-01' },
    'SoftwareRevenue.ExpirationDate',
    'INVALID_VALUE',
  ],
  ['an unknown type', { OpportunityType: 'Renewal' }, 'OpportunityType', 'INVALID_ENUM_VALUE'],
];

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test-secret' };
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let network: AceNetwork;
let portal: AwsAcePortal;
let deals = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  network = await startAceNetwork({
    databaseUrl: database.url,
    credentials: [credentials],
    quotas: false,
    reviewer: { mode: 'manual' },
    now: () => new Date(`${TODAY}T12:00:00Z`),
  });
  const settings = awsAceSettings.parse({ endpoint: network.url, ...credentials });
  portal = new AwsAcePortal(openAceClient(settings), settings);
  // The network's clock stands at the fixtures' day; the SDK learns it from the first signature that is refused.
  await portal.probe();
});

afterAll(async () => {
  portal.close();
  await network.stop();
  await database.drop();
});

/** Sends a referral unchecked, step by step; the first problems AWS has with it, or none. */
const sendUnchecked = async (changes: Changes): Promise<readonly FieldProblem[]> => {
  deals += 1;
  const { values } = draftFor(`006${String(deals).padStart(12, '0')}BBB`, changes);
  const { AwsSubmission = {}, RelatedEntityIdentifiers: _related, ...create } = bodyOf(values);
  const send = async (
    operation: string,
    body: Record<string, unknown>,
  ): Promise<JsonObject | readonly FieldProblem[]> => {
    const effect: FrozenEffect = {
      key: `deal-${deals}-${operation}`,
      step: operation,
      port: 'partner-portal',
      operation,
      body: canonicalJson({ Catalog: 'Sandbox', ...body } as JsonObject),
    };
    const sent = await portal.perform(effect);
    return sent.ok ? sent.value : sent.error.problems;
  };
  const created = await send('create-opportunity', create);
  if (Array.isArray(created)) return created as readonly FieldProblem[];
  const id = (created as JsonObject).networkId;
  const solution = values[SOLUTION];
  if (typeof solution === 'string') {
    const associated = await send('associate-solution', {
      OpportunityIdentifier: id,
      RelatedEntityType: 'Solutions',
      RelatedEntityIdentifier: solution,
    });
    if (Array.isArray(associated)) return associated as readonly FieldProblem[];
  }
  const submitted = await send('submit-opportunity', { Identifier: id, AwsSubmission });
  return Array.isArray(submitted) ? (submitted as readonly FieldProblem[]) : [];
};

describe('what AWS refuses we refuse before sending', () => {
  test.each(refused)('%s', async (_says, changes, target, code) => {
    const ours = portal.planReferral(draftFor('006000000000000CCC', changes));
    const theirs = await sendUnchecked(changes);
    if (ours.ok) throw new Error('our own check let it through');
    expect(ours.error).toContainEqual(expect.objectContaining({ target, code }));
    expect(theirs).toContainEqual(expect.objectContaining({ target, code }));
    for (const { message } of [...ours.error, ...theirs]) expect(message).toMatch(/^\S.{12,}[.\])]$/s);
  });

  test('and what AWS takes we let through', async () => {
    expect(portal.planReferral(draftFor('006000000000000CCC')).ok).toBe(true);
    expect(await sendUnchecked({})).toEqual([]);
  });

  test('a deal without one of our active solutions', () => {
    const retired = portal.planReferral(draftFor('006000000000000CCC', { [SOLUTION]: 'S-1234569' }));
    expect(retired).toMatchObject({ ok: false, error: [{ target: SOLUTION, code: 'INVALID_VALUE' }] });
    const none = portal.planReferral(draftFor('006000000000000CCC', { [SOLUTION]: undefined }));
    expect(none).toMatchObject({ ok: false, error: [{ target: SOLUTION, code: 'REQUIRED_FIELD_MISSING' }] });
  });

  test('a deal without our own id, by which alone it could be found again', () => {
    const draft = draftFor('006000000000000CCC', { PartnerOpportunityIdentifier: '006000000000000DDD' });
    expect(portal.planReferral(draft)).toMatchObject({
      ok: false,
      error: [{ target: 'PartnerOpportunityIdentifier' }],
    });
  });

  test('all problems are told at once', () => {
    const plan = portal.planReferral(
      draftFor('006000000000000CCC', { 'Project.Title': undefined, 'LifeCycle.TargetCloseDate': '2020-01-01' }),
    );
    if (plan.ok) throw new Error('let through');
    expect(plan.error.map(({ target }) => target)).toEqual(
      expect.arrayContaining(['Project.Title', 'LifeCycle.TargetCloseDate']),
    );
  });
});

describe('every validation code of AWS', () => {
  test('has a word on what to do', () => {
    const seen = new Set(refused.map(([, , , code]) => code));
    for (const code of seen) expect(WHAT_TO_DO[code]).toBeTruthy();
    expect(Object.keys(WHAT_TO_DO).sort()).toEqual(
      [...seen, 'DUPLICATE_KEY_VALUE', 'NOT_ENOUGH_VALUES', 'TOO_MANY_VALUES'].sort(),
    );
  });

  test.each([
    ['NOT_ENOUGH_VALUES', 'create-opportunity', { Tags: [] }],
    [
      'TOO_MANY_VALUES',
      'create-opportunity',
      { OpportunityTeam: Array.from({ length: 11 }, () => ({ LastName: 'Seller' })) },
    ],
  ])('%s is told in words', async (code, operation, more) => {
    const body = canonicalJson({
      Catalog: 'Sandbox',
      ...bodyOf(draftFor('006000000000000EEE').values),
      ...more,
    } as JsonObject);
    const sent = await portal.perform({ key: code, step: 's', port: 'partner-portal', operation, body });
    expect(sent).toMatchObject({ ok: false, error: { kind: 'rejected', retry: 'never' } });
    expect(sent.ok ? [] : sent.error.problems).toContainEqual(expect.objectContaining({ code }));
  });

  test('DUPLICATE_KEY_VALUE: attaching a solution that is attached has been done', async () => {
    const { values } = draftFor('006000000000000FFF');
    const { AwsSubmission: _submission, RelatedEntityIdentifiers: _related, ...create } = bodyOf(values);
    const perform = (operation: string, body: Record<string, unknown>) =>
      portal.perform({
        key: `twice-${operation}`,
        step: operation,
        port: 'partner-portal',
        operation,
        body: canonicalJson({ Catalog: 'Sandbox', ...body } as JsonObject),
      });
    const created = await perform('create-opportunity', create);
    if (!created.ok) throw new Error(created.error.message);
    const link = {
      OpportunityIdentifier: created.value.networkId,
      RelatedEntityType: 'Solutions',
      RelatedEntityIdentifier: 'S-1234567',
    };
    expect((await perform('associate-solution', link)).ok).toBe(true);
    expect(await perform('associate-solution', link)).toEqual({ ok: true, value: { solution: 'S-1234567' } });
  });
});
