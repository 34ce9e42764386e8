import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startSurfaces, type SurfacesUnderTest, type TestUser } from '../contract/surfaces-under-test.ts';

let org: SurfacesUnderTest;
let account: string;
let partner: string;
const deals: string[] = [];

interface Answer {
  data: {
    uiapi: {
      query: Record<
        string,
        { edges: { node: Record<string, never> }[]; totalCount: number; pageInfo: Record<string, unknown> }
      >;
    };
  } | null;
  errors: { message: string; path?: string[]; extensions: { ErrorType: string } }[];
}

const send = async (user: TestUser, query: string, variables?: Record<string, unknown>): Promise<Answer> => {
  const { status, body } = await org.call(user, 'POST', 'graphql', { query, variables });
  expect(status).toBe(200);
  return body as Answer;
};

/** Names of the opportunities that a selection of `Opportunity(…)` answers. */
const names = async (
  user: TestUser,
  args: string,
  variables?: Record<string, unknown>,
  head = 'query',
): Promise<string[]> => {
  const { data, errors } = await send(
    user,
    `${head} { uiapi { query { Opportunity(${args}) { edges { node { Name { value } } } } } } }`,
    variables,
  );
  expect(errors).toEqual([]);
  return (data?.uiapi.query['Opportunity']?.edges ?? []).map(
    ({ node }) => (node['Name'] as unknown as { value: string }).value,
  );
};

beforeAll(async () => {
  org = await startSurfaces();
  account = await org.insert('sally', 'Account', { Name: "Kick's & \\ Co", Website: 'https://kicks.example.com' });
  for (let number = 1; number <= 12; number += 1)
    deals.push(
      await org.insert('sally', 'Opportunity', {
        Name: `Deal ${String(number).padStart(2, '0')}`,
        AccountId: number <= 6 ? account : null,
        StageName: number % 2 ? 'Prospecting' : 'Closed Won',
        CloseDate: `2026-12-${String(number).padStart(2, '0')}`,
        Amount: number * 1000,
      }),
    );
  partner = await org.insert('admin', 'Partner__c', {
    Name: 'AWS',
    Key__c: 'aws',
    Kind__c: 'cloud',
    Network__c: 'aws-ace',
  });
});
afterAll(() => org.stop());

describe('queries', () => {
  test('values, parents, children, aliases, fragments and variables', async () => {
    const referral = await org.insert('admin', 'Referral__c', {
      Opportunity__c: deals[0],
      Partner__c: partner,
      State__c: 'queued',
    });
    const { data, errors } = await send(
      'admin',
      `query Deal($id: ID, $more: Boolean = true) {
         uiapi { query { found: Opportunity(where: { Id: { eq: $id } }) { totalCount edges { node {
           ...basics
           Account { Name { value } }
           Owner { Name { value } }
           CloseDate @include(if: $more) { value displayValue }
           StageName @skip(if: $more) { value }
           list: Referrals__r { totalCount edges { node { Id State__c { value label } owner: Owner { ... on User { Alias { value } } } } } }
         } } } } } }
       fragment basics on Opportunity { Id ApiName DisplayValue amount: Amount { value displayValue } }`,
      { id: deals[0] },
    );
    expect(errors).toEqual([]);
    expect(data?.uiapi.query['found']).toEqual({
      totalCount: 1,
      edges: [
        {
          node: {
            Id: deals[0],
            ApiName: 'Opportunity',
            DisplayValue: 'Deal 01',
            amount: { value: 1000, displayValue: '$1,000.00' },
            Account: { Name: { value: "Kick's & \\ Co" } },
            Owner: { Name: { value: 'Sally Seller' } },
            CloseDate: { value: '2026-12-01', displayValue: '12/1/2026' },
            list: {
              totalCount: 1,
              edges: [
                {
                  node: {
                    Id: referral,
                    State__c: { value: 'queued', label: 'In line' },
                    owner: { Alias: { value: 'sam.setu' } },
                  },
                },
              ],
            },
          },
        },
      ],
    });
  });

  test.each([
    ['where: { Amount: { gt: 10000 } }', ['Deal 11', 'Deal 12']],
    ['where: { Name: { in: ["deal 03", "Deal 04"] } }', ['Deal 03', 'Deal 04']],
    ['where: { Name: { like: "%9" } }', ['Deal 09']],
    ['where: { or: [{ Amount: { eq: 1000 } }, { Amount: { gte: 12000 } }] }', ['Deal 01', 'Deal 12']],
    ['where: { and: [{ Amount: { lte: 3000 } }, { not: { Amount: { eq: 2000 } } }] }', ['Deal 01', 'Deal 03']],
    [
      'where: { Account: { Name: { like: "Kick%" } }, StageName: { eq: "Closed Won" } }',
      ['Deal 02', 'Deal 04', 'Deal 06'],
    ],
    ['where: { AccountId: { eq: null } }, first: 2', ['Deal 07', 'Deal 08']],
    ['where: { CloseDate: { lt: { value: "2026-12-02" } } }', ['Deal 01']],
    ['where: { CreatedDate: { lt: { literal: TODAY } } }', []],
    ['where: { CreatedDate: { gte: { range: { last_n_days: 3 } } } }, first: 1', ['Deal 01']],
    ['where: { IsClosed: { eq: true } }, first: 1', ['Deal 02']],
  ])('%s', async (args, expected) => {
    expect(await names('sally', `${args}, orderBy: { Name: { order: ASC } }`)).toEqual(expected);
  });

  test('ten by default, pages by cursor, the count on request', async () => {
    expect(await names('sally', 'orderBy: { CloseDate: { order: DESC } }')).toHaveLength(10);
    const page = (after: string | null): Promise<Answer> =>
      send(
        'sally',
        `query P($after: String) { uiapi { query { Opportunity(first: 7, after: $after, orderBy: { Name: { order: ASC } }) {
           totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { Id } } } } } }`,
        { after },
      );
    const first = (await page(null)).data?.uiapi.query['Opportunity'];
    expect(first).toMatchObject({ totalCount: 12, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = (await page(String(first?.pageInfo['endCursor']))).data?.uiapi.query['Opportunity'];
    expect(second?.edges.map(({ node }) => node['Id'])).toEqual(deals.slice(7));
    expect(second).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect(
      (await send('sally', '{ uiapi { query { Opportunity(first: 2001) { edges { node { Id } } } } } }')).errors[0]
        ?.message,
    ).toContain('between 1 and 2000');
  });

  test('a user finds only what sharing shows', async () => {
    expect(await names('omar', 'first: 50')).toEqual([]);
    const own = await org.insert('omar', 'Opportunity', {
      Name: 'Deal of Omar',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
    });
    expect(await names('omar', 'first: 50')).toEqual(['Deal of Omar']);
    expect(await names('admin', 'scope: MINE')).toEqual([]);
    await org.engine.as(await org.context('omar')).delete([own]);
  });

  test('no value can leave its place in the query', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme-ascii' }), async (text) => {
        const found = await names(
          'sally',
          'where: { Name: { eq: $text } }',
          { text: `${text}' OR Name != '` },
          'query Q($text: String)',
        );
        return found.length === 0;
      }),
      { numRuns: 25, examples: [['\\'], ["'"], ["\\' OR Name != '"]] },
    );
  });
});

describe('refusals', () => {
  test.each<[TestUser, string, string]>([
    [
      'stranger',
      '{ uiapi { query { Referral__c { edges { node { Id } } } } } }',
      "Validation error (FieldUndefined@[uiapi/query/Referral__c]) : Field 'Referral__c' in type 'RecordQuery' is undefined",
    ],
    [
      'sally',
      '{ uiapi { query { Opportunity { edges { node { Nope { value } } } } } } }',
      "Validation error (FieldUndefined@[uiapi/query/Opportunity/edges/node/Nope]) : Field 'Nope' in type 'Opportunity' is undefined",
    ],
    [
      'sally',
      '{ uiapi { query { Opportunity { edges { node { Name } } } } } }',
      "Validation error (SubselectionRequired@[uiapi/query/Opportunity/edges/node/Name]) : Subselection required for type 'StringValue' of field 'Name'",
    ],
    [
      'sally',
      '{ uiapi { query { Opportunity(where: { Nope: { eq: 1 } }) { edges { node { Id } } } } } }',
      'Validation error (WrongType',
    ],
    [
      'sally',
      'mutation { uiapi { Referral__cCreate(input: { Referral__c: {} }) { Record { Id } } } }',
      "Field 'Referral__cCreate' in type 'UIAPIMutations' is undefined",
    ],
    [
      'sally',
      'mutation { uiapi { Request__cCreate(input: { Request__c: { State__c: "done" } }) { Record { Id } } } }',
      'Validation error (WrongType',
    ],
  ])('%s: %s', async (user, query, message) => {
    const { data, errors } = await send(user, query);
    expect(data).toBeNull();
    expect(errors[0]?.message).toContain(message);
    expect(errors[0]?.extensions).toEqual({ ErrorType: 'ValidationError' });
  });

  test('text that is no query', async () => {
    expect((await send('sally', '{ uiapi {')).errors[0]?.extensions).toEqual({ ErrorType: 'InvalidSyntax' });
    expect(await org.call('sally', 'POST', 'graphql', {})).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    expect(
      await org.call(undefined, 'POST', 'graphql', { query: '{ uiapi { query { User { edges { node { Id } } } } } }' }),
    ).toMatchObject({
      status: 401,
      body: [{ errorCode: 'INVALID_SESSION_ID' }],
    });
  });

  test('a permission given later is seen at once', async () => {
    const query = '{ uiapi { query { Partner__c { edges { node { Name { value } } } } } } }';
    expect((await send('stranger', query)).errors).toHaveLength(1);
    const admin = org.engine.as(await org.context('admin'));
    const [set] = (await admin.query("SELECT Id FROM PermissionSet WHERE Name = 'TandemSeller'")).records;
    const { userId } = await org.context('stranger');
    const [assigned] = await admin.insert('PermissionSetAssignment', [
      { AssigneeId: userId, PermissionSetId: set?.['Id'] },
    ]);
    expect((await send('stranger', query)).errors).toEqual([]);
    await admin.delete([String(assigned?.id)]);
    expect((await send('stranger', query)).errors).toHaveLength(1);
  });
});

describe('mutations', () => {
  const count = async (name: string): Promise<number> =>
    (await org.engine.as(await org.context('admin')).query(`SELECT COUNT() FROM Account WHERE Name = '${name}'`))
      .totalSize;

  test('create with a reference to what was just made, update, delete', async () => {
    const { data, errors } = await send(
      'sally',
      `mutation M($input: AccountCreateInput!) { uiapi {
         first: AccountCreate(input: $input) { Record { Id Name { value } } }
         AccountUpdate(input: { Id: "@{first}", Account: { Website: "https://one.example.com" } }) { success Record { Website { value } } }
         OpportunityCreate(input: { Opportunity: { Name: "Child", AccountId: "@{first}", StageName: "Prospecting", CloseDate: "2026-12-31" } }) {
           Record { Account { Name { value } } } }
       } }`,
      { input: { Account: { Name: 'One' } } },
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      uiapi: {
        first: { Record: { Name: { value: 'One' } } },
        AccountUpdate: { success: true, Record: { Website: { value: 'https://one.example.com' } } },
        OpportunityCreate: { Record: { Account: { Name: { value: 'One' } } } },
      },
    });
    const id = (data as unknown as { uiapi: { first: { Record: { Id: string } } } }).uiapi.first.Record.Id;
    const deleted = await send('sally', `mutation { uiapi { AccountDelete(input: { Id: "${id}" }) { Id } } }`);
    expect(deleted).toMatchObject({ data: { uiapi: { AccountDelete: { Id: id } } }, errors: [] });
    expect(await count('One')).toBe(0);
  });

  const good = 'good: AccountCreate(input: { Account: { Name: "Two" } }) { Record { Id } }';
  const bad = 'bad: AccountCreate(input: { Account: { Website: "x" } }) { Record { Id } }';

  test('all or none is the default', async () => {
    const { data, errors } = await send('sally', `mutation { uiapi { ${good} ${bad} } }`);
    expect(data).toBeNull();
    expect(errors).toEqual([
      expect.objectContaining({ message: 'Required fields are missing: [Name]', path: ['uiapi', 'bad'] }),
    ]);
    expect(await count('Two')).toBe(0);
  });

  test('each on its own when asked for', async () => {
    const { data, errors } = await send('sally', `mutation { uiapi(input: { allOrNone: false }) { ${good} ${bad} } }`);
    expect(data).toMatchObject({ uiapi: { good: { Record: {} }, bad: null } });
    expect(errors).toEqual([
      expect.objectContaining({ path: ['uiapi', 'bad'], extensions: { ErrorType: 'DataFetchingException' } }),
    ]);
    expect(await count('Two')).toBe(1);
  });
});
