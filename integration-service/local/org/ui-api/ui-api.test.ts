import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GOVERNANCE_KINDS, INTELLIGENCE_KINDS, REFERRAL_KINDS } from '../../../src/ports/crm/request-kind.ts';
import { startSurfaces, type SurfacesUnderTest, type TestUser } from '../contract/surfaces-under-test.ts';

let org: SurfacesUnderTest;
let account: string;
let deal: string;
let partner: string;
let referral: string;

type Json = Record<string, never> & { [key: string]: Json };
const body = async (user: TestUser, path: string): Promise<Json> => {
  const answer = await org.call(user, 'GET', `ui-api/${path}`);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as Json;
};
const refusal = (status: number, errorCode: string): object => ({
  status,
  body: [expect.objectContaining({ errorCode })],
});

beforeAll(async () => {
  org = await startSurfaces();
  account = await org.insert('sally', 'Account', { Name: 'Cloud Kicks', Website: 'https://kicks.example.com' });
  deal = await org.insert('sally', 'Opportunity', {
    Name: 'Move to the cloud',
    AccountId: account,
    StageName: 'Prospecting',
    CloseDate: '2026-12-31',
    Amount: 1250000,
  });
  partner = await org.insert('admin', 'Partner__c', {
    Name: 'AWS',
    Key__c: 'aws',
    Kind__c: 'cloud',
    Network__c: 'aws-ace',
  });
  referral = await org.insert('admin', 'Referral__c', {
    Opportunity__c: deal,
    Partner__c: partner,
    Direction__c: 'outbound',
    State__c: 'needs-answers',
    Key__c: `${deal}:aws:1`,
  });
  for (const [order, target] of ['Project.Title', 'Customer.Account.WebsiteUrl', 'Project.CustomerUseCase'].entries())
    await org.insert('admin', 'ReferralValue__c', {
      Referral__c: referral,
      Key__c: `${deal}:aws:1:${target}`,
      Target__c: target,
      Label__c: `Value ${order + 1}`,
      SortOrder__c: order + 1,
      SourceKind__c: 'record',
    });
});
afterAll(() => org.stop());

describe('records', () => {
  test('fields with values as the user sees them, parents nested', async () => {
    const record = await body(
      'sally',
      `records/${deal}?fields=Opportunity.Name,Opportunity.Amount,Opportunity.CloseDate,Opportunity.Account.Website&optionalFields=Opportunity.Nope,Opportunity.StageName`,
    );
    expect(record).toMatchObject({
      apiName: 'Opportunity',
      id: deal,
      recordTypeId: '012000000000000AAA',
      fields: {
        Name: { value: 'Move to the cloud', displayValue: null },
        Amount: { value: 1250000, displayValue: '$1,250,000.00' },
        CloseDate: { value: '2026-12-31', displayValue: '12/31/2026' },
        StageName: { value: 'Prospecting', displayValue: 'Prospecting' },
        Account: {
          displayValue: 'Cloud Kicks',
          value: { apiName: 'Account', id: account, fields: { Website: { value: 'https://kicks.example.com' } } },
        },
      },
    });
    expect(Object.keys(record['fields'] ?? {})).not.toContain('Nope');
    expect(record['weakEtag']).toBe(Date.parse(String(record['systemModstamp'])));
  });

  test('a picklist shows its label, a time ends in Z', async () => {
    const record = await body(
      'admin',
      `records/${referral}?fields=Referral__c.State__c,Referral__c.CreatedDate,Referral__c.Owner.Name`,
    );
    expect(record['fields']).toMatchObject({
      State__c: { value: 'needs-answers', displayValue: 'Needs answers' },
      Owner: { displayValue: 'Sam Setup', value: { apiName: 'User', fields: { Name: { value: 'Sam Setup' } } } },
    });
    expect(String(record['fields']?.['CreatedDate']?.['value'])).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/);
  });

  test.each<[string, TestUser, () => string, number, string]>([
    ['an unknown field', 'sally', () => `records/${deal}?fields=Opportunity.Nope`, 400, 'INVALID_FIELD'],
    [
      'a field of another object',
      'sally',
      () => `records/${deal}?fields=Account.Name`,
      400,
      'ILLEGAL_QUERY_PARAMETER_VALUE',
    ],
    ['a field without object', 'sally', () => `records/${deal}?fields=Name`, 400, 'ILLEGAL_QUERY_PARAMETER_VALUE'],
    ['no fields', 'sally', () => `records/${deal}`, 400, 'ILLEGAL_QUERY_PARAMETER_VALUE'],
    ['a deal of somebody else', 'omar', () => `records/${deal}?fields=Opportunity.Name`, 404, 'NOT_FOUND'],
    ['an id that is not there', 'sally', () => `records/006T00000000zzzAAA?fields=Opportunity.Name`, 404, 'NOT_FOUND'],
    ['text that is no id', 'sally', () => `records/x'or?fields=Opportunity.Name`, 404, 'NOT_FOUND'],
    [
      'an object one may not read',
      'stranger',
      () => `records/${referral}?fields=Referral__c.Name`,
      404,
      'INVALID_TYPE',
    ],
    ['a path that is not offered', 'sally', () => `record-ui/${deal}`, 501, 'NOT_OFFERED_HERE'],
  ])('%s is refused', async (_what, user, path, status, code) => {
    expect(await org.call(user, 'GET', `ui-api/${path()}`)).toMatchObject(refusal(status, code));
  });

  test('a batch answers each on its own', async () => {
    const answer = await body('sally', `records/batch/${deal},006T00000000zzzAAA?fields=Opportunity.Name`);
    expect(answer).toMatchObject({ hasErrors: true, results: [{ statusCode: 200 }, { statusCode: 404 }] });
  });

  test('create, update and delete go through the rules of the object', async () => {
    const created = await org.call('sally', 'POST', 'ui-api/records', {
      apiName: 'Request__c',
      fields: { Kind__c: 'refer', Surface__c: 'panel', Opportunity__c: deal, Partner__c: partner },
    });
    expect(created).toMatchObject({ status: 201, body: { fields: { State__c: { value: 'new' } } } });
    const id = (created.body as { id: string }).id;
    expect(await org.call('sally', 'PATCH', `ui-api/records/${id}`, { fields: { Kind__c: 'retry' } })).toMatchObject(
      refusal(403, 'INSUFFICIENT_ACCESS'),
    );
    expect((await org.call('sally', 'DELETE', `ui-api/records/${id}`)).status).toBeGreaterThanOrEqual(400);
    expect(await org.call('sally', 'PATCH', `ui-api/records/${deal}`, { fields: { Amount: 5 } })).toMatchObject({
      status: 200,
      body: { fields: { Amount: { value: 5, displayValue: '$5.00' } } },
    });
    const own = await org.insert('sally', 'Account', { Name: 'Short-lived' });
    expect((await org.call('sally', 'DELETE', `ui-api/records/${own}`)).status).toBe(204);
    expect(await org.call('sally', 'DELETE', `ui-api/records/${own}`)).toMatchObject(refusal(404, 'NOT_FOUND'));
  });

  test('a refused save tells field by field what is wrong', async () => {
    const answer = await org.call('sally', 'POST', 'ui-api/records', {
      apiName: 'Opportunity',
      fields: { Name: 'No stage' },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: [
        {
          enhancedErrorType: 'RecordError',
          output: { fieldErrors: { StageName: [{ errorCode: 'REQUIRED_FIELD_MISSING', fieldLabel: 'Stage' }] } },
        },
      ],
    });
    expect(await org.call('sally', 'POST', 'ui-api/records', { fields: {} })).toMatchObject(
      refusal(400, 'POST_BODY_PARSE_ERROR'),
    );
  });
});

describe('descriptions', () => {
  test('object-info says what this user may do', async () => {
    const seller = await body('sally', 'object-info/Request__c');
    expect(seller).toMatchObject({ apiName: 'Request__c', createable: true, updateable: false, deletable: false });
    expect(seller['fields']).toMatchObject({
      Kind__c: { dataType: 'Picklist', createable: true, updateable: false, required: true },
      State__c: { createable: false, updateable: false },
      Opportunity__c: {
        reference: true,
        relationshipName: 'Opportunity__r',
        referenceToInfos: [{ apiName: 'Opportunity' }],
      },
    });
    expect(await body('admin', 'object-info/Opportunity')).toMatchObject({
      keyPrefix: '006',
      childRelationships: expect.arrayContaining([
        expect.objectContaining({
          childObjectApiName: 'Referral__c',
          fieldName: 'Opportunity__c',
          relationshipName: 'Referrals__r',
        }),
      ]),
    });
    expect(await org.call('stranger', 'GET', 'ui-api/object-info/Referral__c')).toMatchObject(
      refusal(404, 'INVALID_TYPE'),
    );
  });

  test('picklist values, one field or all', async () => {
    const master = '012000000000000AAA';
    const one = await body('sally', `object-info/Request__c/picklist-values/${master}/Kind__c`);
    expect(one['values']).toHaveLength([...REFERRAL_KINDS, ...GOVERNANCE_KINDS, ...INTELLIGENCE_KINDS].length);
    expect(one).toMatchObject({
      values: expect.arrayContaining(
        ['refer', 'answer', 'correct', 'retry', 'change-policy', 'stop'].map((value) =>
          expect.objectContaining({ value }),
        ),
      ),
    });
    const all = await body('sally', `object-info/Request__c/picklist-values/${master}`);
    expect(Object.keys(all['picklistFieldValues'] ?? {}).sort()).toEqual(['Kind__c', 'State__c', 'Surface__c']);
    expect(
      await org.call('sally', 'GET', `ui-api/object-info/Request__c/picklist-values/${master}/Name`),
    ).toMatchObject(refusal(404, 'INVALID_FIELD'));
  });

  test('defaults of a new record are those that can be told beforehand', async () => {
    const { record } = await body('admin', 'record-defaults/create/Partner__c');
    expect(record).toMatchObject({ id: null, fields: { Active__c: { value: true }, Name: { value: null } } });
  });
});

describe('lists', () => {
  const targets = (answer: Json): string[] =>
    (answer['records'] as unknown as { fields: { Target__c: { value: string } } }[]).map(
      ({ fields }) => fields.Target__c.value,
    );

  test('children of a record: sorted, paged, filtered', async () => {
    const list = `related-list-records/${referral}/Values__r?fields=ReferralValue__c.Target__c`;
    expect(targets(await body('admin', `${list}&sortBy=-ReferralValue__c.SortOrder__c`))).toEqual([
      'Project.CustomerUseCase',
      'Customer.Account.WebsiteUrl',
      'Project.Title',
    ]);
    const first = await body('admin', `${list}&sortBy=SortOrder__c&pageSize=2`);
    expect(first).toMatchObject({ count: 2, nextPageToken: '2', listReference: { relatedListId: 'Values__r' } });
    const second = await body('admin', `${list}&sortBy=SortOrder__c&pageSize=2&pageToken=2`);
    expect([targets(second), second['nextPageToken']]).toEqual([['Project.CustomerUseCase'], null]);
    const where = encodeURIComponent('{ Target__c: { like: "Project.%" } }');
    expect(targets(await body('admin', `${list}&sortBy=SortOrder__c&where=${where}`))).toEqual([
      'Project.Title',
      'Project.CustomerUseCase',
    ]);
    for (const wrong of [
      '{ Nope: { eq: 1 } }',
      "{ Target__c: { eq: 'x' } }",
      '{ SortOrder__c: { eq: "1 OR Id != null" } }',
    ])
      expect((await org.call('admin', 'GET', `ui-api/${list}&where=${encodeURIComponent(wrong)}`)).status).toBe(400);
    expect(await org.call('omar', 'GET', `ui-api/${list}`)).toMatchObject(refusal(404, 'NOT_FOUND'));
    expect(await org.call('admin', 'GET', `ui-api/related-list-records/${referral}/Nope__r`)).toMatchObject(
      refusal(404, 'INVALID_RELATED_LIST'),
    );
  });

  test('list views from source: columns, conditions, scope', async () => {
    await org.insert('omar', 'Opportunity', {
      Name: 'Deal of Omar',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
    });
    await org.insert('sally', 'Opportunity', { Name: 'Won already', StageName: 'Closed Won', CloseDate: '2026-01-31' });
    const names = async (user: TestUser): Promise<string[]> => {
      const { records } = await body(user, 'list-records/Opportunity/Open_Deals_to_Refer?sortBy=Name');
      return (records as unknown as { fields: { Name: { value: string } } }[]).map(({ fields }) => fields.Name.value);
    };
    expect(await names('sally')).toEqual(['Move to the cloud']);
    expect(await names('omar')).toEqual(['Deal of Omar']);
    expect(await body('sally', 'list-info/Opportunity/Open_Deals_to_Refer')).toMatchObject({
      label: 'Open Deals to Refer',
      displayColumns: expect.arrayContaining([
        { fieldApiName: 'Account.Name', label: 'Account Name', lookupId: 'Account.Id', sortable: true },
      ]),
    });
    const referrals = await body('admin', 'list-records/Referral__c/Needs_Action');
    expect(referrals).toMatchObject({
      count: 1,
      records: [
        {
          id: referral,
          fields: {
            Opportunity__r: { displayValue: 'Move to the cloud' },
            Owner: { value: { fields: { Alias: { value: 'sam.setu' } } } },
          },
        },
      ],
    });
    const { lists } = await body('sally', 'list-info/Opportunity');
    expect((lists as unknown as { apiName: string }[]).map(({ apiName }) => apiName)).toEqual([
      'Open_Deals_to_Refer',
      'Referred_Deals',
    ]);
    expect(await org.call('sally', 'GET', 'ui-api/list-records/Opportunity/Nope')).toMatchObject(
      refusal(404, 'NOT_FOUND'),
    );
    expect(
      await org.call('sally', 'GET', 'ui-api/list-records/Opportunity/Open_Deals_to_Refer?sortBy=Name;x'),
    ).toMatchObject(refusal(400, 'ILLEGAL_QUERY_PARAMETER_VALUE'));
  });
});
