import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import { idOf, startTestOrg, type TestOrg } from '../test-org.ts';

let org: TestOrg;
let sally: Connection;

beforeAll(async () => {
  org = await startTestOrg();
  sally = await org.connect('sally');
});
afterAll(() => org.end());

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const call = async (
  method: string,
  path: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> => {
  const response = await fetch(`${org.url}${path}`, {
    method,
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
  };
};

const signIn = async (assertion: string, grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'): Promise<Reply> =>
  call('POST', '/services/oauth2/token', {
    body: new URLSearchParams({ grant_type: grantType, assertion }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

const data = '/services/data/v66.0';

describe('sign-in', () => {
  test('a signed assertion becomes a session that knows its user', async () => {
    const reply = await signIn(await org.assertion({}));
    expect(reply).toMatchObject({ status: 200, body: { instance_url: org.url, token_type: 'Bearer' } });
    const { access_token: token, id } = reply.body as { access_token: string; id: string };
    const who = {
      organization_id: org.orgId,
      user_id: org.userId('sally'),
      preferred_username: 'sally@test.example.com',
    };
    expect((await call('GET', '/services/oauth2/userinfo', { token })).body).toMatchObject(who);
    expect((await call('GET', new URL(id).pathname, { token })).body).toMatchObject(who);
    await call('POST', '/services/oauth2/revoke', {
      body: `token=${encodeURIComponent(token)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect((await call('GET', `${data}/limits`, { token })).status).toBe(401);
  });

  test.each<[string, () => Promise<string>, string, string]>([
    [
      'another key',
      () => org.assertion({}, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
      'invalid_grant',
      'invalid assertion',
    ],
    ['an unknown client', () => org.assertion({ iss: 'somebody' }), 'invalid_client_id', 'client identifier invalid'],
    [
      'another audience',
      () => org.assertion({ aud: 'https://test.salesforce.com' }),
      'invalid_grant',
      'audience is invalid',
    ],
    [
      'an assertion of yesterday',
      () => org.assertion({ expiresIn: -86_400 }),
      'invalid_grant',
      'expired authorization code',
    ],
    [
      'an assertion for a year',
      () => org.assertion({ expiresIn: 31_536_000 }),
      'invalid_grant',
      'the assertion expires too far in the future: at most 3 minutes',
    ],
    [
      'a user who is not pre-authorised',
      () => org.assertion({ sub: 'omar@test.example.com' }),
      'invalid_grant',
      "user hasn't approved this consumer",
    ],
    [
      'a user who does not exist',
      () => org.assertion({ sub: 'ghost@test.example.com' }),
      'invalid_grant',
      "user hasn't approved this consumer",
    ],
    ['no token at all', () => Promise.resolve('nonsense'), 'invalid_grant', 'invalid assertion'],
  ])('%s is refused', async (_, assertion, error, description) => {
    expect(await signIn(await assertion())).toMatchObject({
      status: 400,
      body: { error, error_description: description },
    });
  });

  test('passwords are refused', async () => {
    expect(await signIn('', 'password')).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
  });

  test.each([undefined, 'nonsense', '00D000000000000!expired'])('token %s has no session', async (token) => {
    expect(await call('GET', `${data}/limits`, token === undefined ? {} : { token })).toMatchObject({
      status: 401,
      body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
    });
  });

  test('a session ends when it is not used, and jsforce fetches a new one', async () => {
    let now = new Date('2026-01-05T08:00:00Z');
    const aged = await startTestOrg({ clock: () => now, sessionIdleSeconds: 60 });
    try {
      let refreshes = 0;
      const connection = await aged.connect('sally');
      now = new Date('2026-01-05T08:02:00Z');
      await expect(connection.query('SELECT Id FROM Account')).rejects.toMatchObject({
        errorCode: 'INVALID_SESSION_ID',
      });
      const { Connection: Jsforce } = await import('jsforce');
      const refreshing = new Jsforce({
        instanceUrl: aged.url,
        accessToken: 'expired',
        version: '66.0',
        refreshFn: (_connection, callback) => {
          refreshes += 1;
          void aged.tokenFor('sally@test.example.com').then((token) => {
            callback(null, token);
          });
        },
      });
      expect((await refreshing.query('SELECT Id FROM Account')).totalSize).toBe(0);
      expect(refreshes).toBe(1);
    } finally {
      await aged.end();
    }
  });

  test('a user without "API Enabled" signs in but may not call', async () => {
    const token = await org.tokenFor('nobody@test.example.com');
    expect(await call('GET', `${data}/limits`, { token })).toMatchObject({
      status: 403,
      body: [{ errorCode: 'API_CURRENTLY_DISABLED' }],
    });
  });

  test('the local front door works only where it was opened', async () => {
    const username = 'omar@test.example.com';
    const open = await call('POST', '/local/session', { body: { username } });
    expect(open).toMatchObject({ status: 200, body: { user_id: org.userId('omar') } });
    const closed = await startTestOrg({ databaseUrl: org.databaseUrl, localSignIn: false });
    try {
      const reply = await fetch(`${closed.url}/local/session`, {
        method: 'POST',
        body: JSON.stringify({ username }),
        headers: { 'content-type': 'application/json' },
      });
      expect(reply.status).toBe(403);
    } finally {
      await closed.stop();
    }
  });
});

describe('jsforce on records', () => {
  test('creates, reads, changes, upserts and deletes', async () => {
    const created = await sally.sobject('Project__c').create({ Title__c: 'Roof', Code__c: 'r-1' });
    expect(created).toMatchObject({ success: true, errors: [] });
    const id = created.id ?? '';
    expect(await sally.sobject('Project__c').retrieve(id)).toMatchObject({
      Id: id,
      Title__c: 'Roof',
      attributes: { type: 'Project__c' },
    });
    await sally.sobject('Project__c').update({ Id: id, Title__c: 'New roof' });
    expect(await sally.sobject('Project__c').upsert({ Code__c: 'R-1', Budget__c: 5 }, 'Code__c')).toMatchObject({
      success: true,
      created: false,
    });
    expect(await sally.sobject('Project__c').upsert({ Code__c: 'r-2', Title__c: 'Wall' }, 'Code__c')).toMatchObject({
      success: true,
      created: true,
    });
    const { records } = await sally.query(`SELECT Title__c, Budget__c FROM Project__c WHERE Id = '${id}'`);
    expect(records).toMatchObject([{ Title__c: 'New roof', Budget__c: 5 }]);
    await sally.sobject('Project__c').destroy(id);
    await expect(sally.sobject('Project__c').retrieve(id)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['missing field', () => sally.sobject('Project__c').create({}), 'REQUIRED_FIELD_MISSING'],
    ['unknown field', () => sally.sobject('Project__c').create({ Nope__c: 1 }), 'INVALID_FIELD'],
    ['hidden field', () => sally.sobject('Project__c').create({ Title__c: 'T', Secret__c: 'x' }), 'INVALID_FIELD'],
    [
      'hidden field read',
      () => sally.sobject('Project__c').retrieve('a00000000000000AAA', { fields: ['Secret__c'] }),
      'NOT_FOUND',
    ],
    ['unknown object', () => sally.sobject('Nope__c').create({ Name: 'x' }), 'NOT_FOUND'],
    ['no such record', () => sally.sobject('Account').update({ Id: '001000000000001AAA', Name: 'x' }), 'NOT_FOUND'],
    [
      'key that is no external id',
      () => sally.sobject('Project__c').upsert({ Title__c: 'x' }, 'Title__c'),
      'NOT_FOUND',
    ],
  ])('%s is refused', async (_, work, code) => {
    await expect(work()).rejects.toMatchObject({ errorCode: code });
  });

  test('describe shows what the user may see', async () => {
    const describe = await sally.describe('Project__c');
    const fields = new Map(describe.fields.map((field) => [field.name, field]));
    expect(fields.has('Secret__c')).toBe(false);
    expect(fields.get('Status__c')).toMatchObject({ type: 'picklist', restrictedPicklist: true });
    expect(fields.get('Opportunity__c')).toMatchObject({
      type: 'reference',
      referenceTo: ['Opportunity'],
      relationshipName: 'Opportunity__r',
    });
    expect(fields.get('Remaining__c')).toMatchObject({ calculated: true, createable: false });
    expect(describe.childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: 'Milestone__c', relationshipName: 'Milestones__r' }),
    );
    const names = (await sally.describeGlobal()).sobjects.map((object) => object.name);
    expect(names).toEqual(expect.arrayContaining(['Account', 'Project__c', 'Project__Share']));
    const reader = await org.as('nobody');
    await expect(reader.query('SELECT Id FROM Account')).rejects.toMatchObject({ statusCode: 'INVALID_TYPE' });
  });

  test('conditional requests work to the second', async () => {
    const id = idOf(await (await org.as('sally')).insert('Project__c', [{ Title__c: 'T' }]));
    const token = await org.tokenFor('sally@test.example.com');
    const path = `${data}/sobjects/Project__c/${id}`;
    const past = new Date('2020-01-01T00:00:00Z').toUTCString();
    const future = new Date('2090-01-01T00:00:00Z').toUTCString();
    expect((await call('GET', path, { token, headers: { 'if-modified-since': future } })).status).toBe(304);
    expect((await call('GET', path, { token, headers: { 'if-modified-since': past } })).status).toBe(200);
    expect(
      (await call('PATCH', path, { token, body: { Title__c: 'U' }, headers: { 'if-unmodified-since': past } })).status,
    ).toBe(412);
    expect(
      (await call('PATCH', path, { token, body: { Title__c: 'U' }, headers: { 'if-unmodified-since': future } }))
        .status,
    ).toBe(204);
  });

  test('bodies that are no JSON, other media types and wrong methods are refused in the org’s words', async () => {
    const token = await org.tokenFor('sally@test.example.com');
    expect(await call('POST', `${data}/sobjects/Account`, { token, body: '{"Name":' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    expect(
      await call('POST', `${data}/sobjects/Account`, {
        token,
        body: '<x/>',
        headers: { 'content-type': 'application/xml' },
      }),
    ).toMatchObject({ status: 415 });
    expect(await call('DELETE', `${data}/sobjects/Account`, { token })).toMatchObject({
      status: 405,
      body: [{ errorCode: 'METHOD_NOT_ALLOWED' }],
    });
    expect(await call('GET', `${data}/nowhere`, { token })).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND' }],
    });
    expect(await call('GET', `${data}/tooling/query`, { token })).toMatchObject({
      status: 501,
      body: [{ errorCode: 'NOT_OFFERED_HERE' }],
    });
    expect(await call('GET', '/services/data/v99.0/limits', { token })).toMatchObject({ status: 404 });
  });
});

describe('queries', () => {
  test('more than a batch comes in pages, and a locator is its owner’s', async () => {
    const system = await org.as('system');
    for (let start = 0; start < 2400; start += 200)
      await system.insert(
        'Gadget__c',
        Array.from({ length: 200 }, (_, index) => ({ Name: `G${start + index}` })),
      );
    const first = await sally.query("SELECT Name FROM Gadget__c WHERE Name LIKE 'G%'");
    expect(first).toMatchObject({ totalSize: 2400, done: false });
    expect(first.records).toHaveLength(2000);
    const omar = await org.connect('omar');
    await expect(omar.queryMore(first.nextRecordsUrl ?? '')).rejects.toMatchObject({
      errorCode: 'INVALID_QUERY_LOCATOR',
    });
    const second = await sally.queryMore(first.nextRecordsUrl ?? '');
    expect(second).toMatchObject({ totalSize: 2400, done: true });
    expect(new Set([...first.records, ...second.records].map((record) => record.Name)).size).toBe(2400);
    const all = await sally.query("SELECT Name FROM Gadget__c WHERE Name LIKE 'G%'", {
      autoFetch: true,
      maxFetch: 5000,
    });
    expect(all.records).toHaveLength(2400);
  });

  test('a hand-made query text keeps its backslashes out of the engine', async () => {
    await expect(sally.sobject('Account').find({ Name: "x\\' OR Name != '" }).execute()).rejects.toMatchObject({
      errorCode: 'MALFORMED_QUERY',
    });
  });
});

describe('collections', () => {
  test('200 rows in one call, with errors row by row', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => (index === 7 ? {} : { Title__c: `t${index}` }));
    const results = await sally.sobject('Project__c').create(rows);
    expect(results.filter((result) => result.success)).toHaveLength(199);
    expect(results[7]).toEqual({
      success: false,
      errors: [
        {
          statusCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [Title__c]',
          fields: ['Title__c'],
        },
      ],
    });
    const ids = results.flatMap((result) => (result.success ? [result.id] : []));
    const updated = await sally.sobject('Project__c').update(ids.slice(0, 3).map((Id) => ({ Id, Region__c: 'apac' })));
    expect(updated.every((result) => result.success)).toBe(true);
    const read = await sally
      .sobject('Project__c')
      .retrieve([ids[0] ?? '', 'a00000000000000AAA'], { fields: ['Region__c'] });
    expect(read).toMatchObject([{ Region__c: 'apac' }, null]);
    const removed = await sally.sobject('Project__c').destroy(ids.slice(0, 3));
    expect(removed.every((result) => result.success)).toBe(true);
  });

  test('201 rows, and rows of too many kinds in turn, are refused', async () => {
    const token = await org.tokenFor('sally@test.example.com');
    const record = (type: string): unknown => ({ attributes: { type }, Name: 'x' });
    const many = { records: Array.from({ length: 201 }, () => record('Gadget__c')) };
    expect(await call('POST', `${data}/composite/sobjects`, { token, body: many })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }],
    });
    const mixed = {
      records: Array.from({ length: 12 }, (_, index) => record(index % 2 === 0 ? 'Gadget__c' : 'Account')),
    };
    expect(await call('POST', `${data}/composite/sobjects`, { token, body: mixed })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'LIMIT_EXCEEDED' }],
    });
  });

  test('all-or-none over rows of two objects keeps neither', async () => {
    const token = await org.tokenFor('sally@test.example.com');
    const body = {
      allOrNone: true,
      records: [{ attributes: { type: 'Account' }, Name: 'Half done' }, { attributes: { type: 'Project__c' } }],
    };
    const reply = await call('POST', `${data}/composite/sobjects`, { token, body });
    expect(reply.body).toMatchObject([
      { errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect((await sally.query("SELECT Id FROM Account WHERE Name = 'Half done'")).totalSize).toBe(0);
  });

  test('upsert by external id, key values with slashes included', async () => {
    const results = await sally.sobject('Project__c').upsert(
      [
        { Code__c: 'a/b', Title__c: 'A' },
        { Code__c: 'c', Title__c: 'C' },
      ],
      'Code__c',
    );
    expect(results).toMatchObject([
      { success: true, created: true },
      { success: true, created: true },
    ]);
  });
});

describe('composite', () => {
  const composite = (body: unknown): Promise<unknown> =>
    sally.request({
      method: 'POST',
      url: `${data}/composite`,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  test('later requests use what earlier ones made', async () => {
    const reply = await composite({
      compositeRequest: [
        { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'account', body: { Name: 'Ref & Co' } },
        {
          method: 'POST',
          url: `${data}/sobjects/Contact`,
          referenceId: 'contact',
          body: { LastName: 'Lee', AccountId: '@{account.id}' },
        },
        {
          method: 'GET',
          url: `${data}/query?q=SELECT+Account.Name+FROM+Contact+WHERE+Id='@{contact.id}'`,
          referenceId: 'found',
        },
        {
          method: 'PATCH',
          url: `${data}/sobjects/Account/@{account.id}`,
          referenceId: 'renamed',
          body: { Site: '@{found.records[0].Account.Name}' },
        },
      ],
    });
    expect(reply).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 201, referenceId: 'account' },
        { httpStatusCode: 201, referenceId: 'contact' },
        { httpStatusCode: 200, body: { records: [{ Account: { Name: 'Ref & Co' } }] } },
        { httpStatusCode: 204, body: null },
      ],
    });
    expect((await sally.query("SELECT Site FROM Account WHERE Name = 'Ref & Co'")).records).toMatchObject([
      { Site: 'Ref & Co' },
    ]);
  });

  test('all-or-none undoes everything and says which one failed', async () => {
    const reply = await composite({
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'a', body: { Name: 'Undone' } },
        { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'b', body: {} },
      ],
    });
    expect(reply).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
        { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      ],
    });
    expect((await sally.query("SELECT Id FROM Account WHERE Name = 'Undone'")).totalSize).toBe(0);
  });

  test('a request that refers to a failed one is not sent', async () => {
    const reply = await composite({
      compositeRequest: [
        { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'a', body: {} },
        {
          method: 'POST',
          url: `${data}/sobjects/Contact`,
          referenceId: 'b',
          body: { LastName: 'L', AccountId: '@{a.id}' },
        },
      ],
    });
    expect(reply).toMatchObject({
      compositeResponse: [{ httpStatusCode: 400 }, { body: [{ errorCode: 'PROCESSING_HALTED' }] }],
    });
  });

  test('more than 25 requests or 5 queries are refused', async () => {
    const query = (index: number): unknown => ({
      method: 'GET',
      url: `${data}/query?q=SELECT+Id+FROM+Account`,
      referenceId: `q${index}`,
    });
    await expect(
      composite({ compositeRequest: Array.from({ length: 6 }, (_, index) => query(index)) }),
    ).rejects.toMatchObject({ errorCode: 'LIMIT_EXCEEDED' });
    const get = (index: number): unknown => ({ method: 'GET', url: `${data}/limits`, referenceId: `g${index}` });
    await expect(
      composite({ compositeRequest: Array.from({ length: 26 }, (_, index) => get(index)) }),
    ).rejects.toMatchObject({ errorCode: 'LIMIT_EXCEEDED' });
  });
});

describe('limits', () => {
  test('the day of the limit rolls: midnight gives nothing back, and a restart forgets nothing', async () => {
    let now = new Date('2026-11-21T20:30:00Z');
    const database = await createTestDatabase();
    const options = { dailyApiLimit: 2, clock: () => now, databaseUrl: database.url };
    const query = async (org: TestOrg) => {
      const connection = await org.connect('admin');
      await connection.query('SELECT Id FROM Account');
      return connection.limitInfo?.apiUsage;
    };
    const refused = { errorCode: 'REQUEST_LIMIT_EXCEEDED' };
    try {
      const first = await startTestOrg(options);
      await query(first);
      now = new Date('2026-11-22T01:00:00Z');
      await query(first);
      await expect(query(first)).rejects.toMatchObject(refused);
      await first.end();
      const second = await startTestOrg(options);
      await expect(query(second)).rejects.toMatchObject(refused);
      now = new Date('2026-11-22T21:30:00Z');
      expect(await query(second)).toEqual({ used: 2, limit: 2 });
      await second.end();
    } finally {
      await database.drop();
    }
  });

  test('every answer tells the usage, and over the limit calls are refused', async () => {
    const small = await startTestOrg({ dailyApiLimit: 3 });
    try {
      const connection = await small.connect('admin', { client: 'Tandem/1.0' });
      await connection.query('SELECT Id FROM Account');
      expect(connection.limitInfo).toMatchObject({ apiUsage: { used: 1, limit: 3 } });
      expect(await connection.limits()).toMatchObject({ DailyApiRequests: { Max: 3, Remaining: 1 } });
      await connection.sobject('Account').create({ Name: 'Last' });
      await expect(connection.sobject('Account').create({ Name: 'Too many' })).rejects.toMatchObject({
        errorCode: 'REQUEST_LIMIT_EXCEEDED',
      });
      expect(small.requests()).toEqual({ query: 1, limits: 1, sobjects: 1 });
      const [commit] = await small.engine.changesAfter((await small.engine.lastCommitNumber()) - 1, 1);
      expect(commit).toMatchObject({
        clientName: 'Tandem/1.0',
        origin: 'com/salesforce/api/rest/66.0',
        userId: small.userId('admin'),
      });
    } finally {
      await small.end();
    }
  });
});
