import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { startSurfaces, type SurfacesUnderTest, type TestUser } from '../contract/surfaces-under-test.ts';

let org: SurfacesUnderTest;
const connections = new Map<TestUser, Connection>();

const connect = (user: TestUser): Connection => {
  const known = connections.get(user);
  if (!known) throw new Error(`${user} is not connected`);
  return known;
};

interface Results {
  successfulResults: Record<string, string>[];
  failedResults: Record<string, string>[];
  unprocessedRecords: Record<string, string>[];
}

const load = (user: TestUser, job: Record<string, string>, csv: string): Promise<Results> =>
  connect(user).bulk2.loadAndWaitForResults({
    ...(job as never as { object: string; operation: 'insert' }),
    input: csv,
  }) as Promise<never>;

const select = async (soql: string): Promise<readonly Record<string, unknown>[]> =>
  (await org.engine.as(await org.context('admin')).query(soql)).records;

beforeAll(async () => {
  org = await startSurfaces();
  for (const user of ['sally', 'omar', 'admin'] as const) {
    const connection = new Connection({ instanceUrl: org.url, accessToken: await org.token(user), version: '66.0' });
    connection.bulk2.pollInterval = 5;
    connections.set(user, connection);
  }
});
afterAll(() => org.stop());

describe('ingest with jsforce', () => {
  test('insert: good rows in, bad rows back with the reason, the file in the answer', async () => {
    const results = await load(
      'sally',
      { object: 'Opportunity', operation: 'insert' },
      'Name,StageName,CloseDate,Amount\nBulk 1,Prospecting,2026-12-31,1000.50\n"Bulk, 2",Prospecting,2026-12-31,\nBulk 3,,2026-12-31,5\nBulk 4,Prospecting,someday,5\n',
    );
    expect(results.successfulResults).toEqual([
      expect.objectContaining({ sf__Created: 'true', Name: 'Bulk 1', Amount: '1000.50' }),
      expect.objectContaining({ sf__Created: 'true', Name: 'Bulk, 2', Amount: '' }),
    ]);
    expect(results.failedResults.map(({ Name, sf__Error }) => [Name, sf__Error?.split(':')[0]])).toEqual([
      ['Bulk 3', 'REQUIRED_FIELD_MISSING'],
      ['Bulk 4', expect.any(String)],
    ]);
    expect(results.failedResults[0]?.['sf__Error']).toMatch(/^REQUIRED_FIELD_MISSING:.+:StageName --$/);
    expect(
      await select("SELECT Name, Amount, Owner.Alias FROM Opportunity WHERE Name LIKE 'Bulk%' ORDER BY Name"),
    ).toMatchObject([
      { Name: 'Bulk 1', Amount: 1000.5, Owner: { Alias: 'sally.se' } },
      { Name: 'Bulk, 2', Amount: null },
    ]);
  });

  test('upsert by external id says what was created, #N/A empties, an empty cell leaves alone', async () => {
    const job = { object: 'Partner__c', operation: 'upsert', externalIdFieldName: 'Key__c' };
    const header = 'Key__c,Name,Kind__c,Network__c,Tier__c,Active__c';
    const first = await load('admin', job, `${header}\np1,One,cloud,none,Gold,true\np2,Two,cloud,none,Gold,0\n`);
    expect(first.successfulResults.map(({ sf__Created }) => sf__Created)).toEqual(['true', 'true']);
    const second = await load('admin', job, `${header}\np1,Uno,cloud,none,#N/A,\np3,Three,cloud,none,,\n`);
    expect(second.successfulResults.map(({ sf__Created }) => sf__Created)).toEqual(['false', 'true']);
    expect(
      await select("SELECT Name, Tier__c, Active__c FROM Partner__c WHERE Key__c LIKE 'p%' ORDER BY Key__c"),
    ).toMatchObject([
      { Name: 'Uno', Tier__c: null, Active__c: true },
      { Name: 'Two', Tier__c: 'Gold', Active__c: false },
      { Name: 'Three', Tier__c: null, Active__c: true },
    ]);
  });

  test('a parent by its external id, update by Id, delete by Id', async () => {
    await load(
      'admin',
      { object: 'PartnerGrant__c', operation: 'insert' },
      'Key__c,Partner__r.Key__c,Status__c\ng1,p1,active\n',
    );
    const [grant] = await select("SELECT Id, Partner__r.Key__c FROM PartnerGrant__c WHERE Key__c = 'g1'");
    expect(grant).toMatchObject({ Partner__r: { Key__c: 'p1' } });
    await load(
      'admin',
      { object: 'PartnerGrant__c', operation: 'update' },
      `Id,Status__c\n${String(grant?.['Id'])},revoked\n`,
    );
    expect(await select("SELECT Status__c FROM PartnerGrant__c WHERE Key__c = 'g1'")).toMatchObject([
      { Status__c: 'revoked' },
    ]);
    const deleted = await load(
      'admin',
      { object: 'PartnerGrant__c', operation: 'delete' },
      `Id\n${String(grant?.['Id'])}\nnonsense\n`,
    );
    expect([deleted.successfulResults.length, deleted.failedResults.length]).toEqual([1, 1]);
    expect(await select("SELECT Id FROM PartnerGrant__c WHERE Key__c = 'g1'")).toEqual([]);
  });

  test('one event per row, rows in the order of the file, 1,000 rows', async () => {
    const before = await org.engine.lastCommitNumber();
    const rows = Array.from({ length: 1000 }, (_, index) => `Many ${String(index).padStart(4, '0')}`);
    const results = await load('sally', { object: 'Account', operation: 'insert' }, `Name\n${rows.join('\n')}\n`);
    expect(results.successfulResults.map(({ Name }) => Name)).toEqual(rows);
    const commits = await org.engine.changesAfter(before, 100);
    expect(commits.map(({ changes }) => changes.length)).toEqual([200, 200, 200, 200, 200]);
  });

  test.each([
    [
      'a column the object does not have',
      { object: 'Account', operation: 'insert' },
      'Name,Nope\nA,B\n',
      'Field name not found : Nope',
    ],
    [
      'other line ends than announced',
      { object: 'Account', operation: 'insert' },
      'Name\r\nA\r\n',
      'LineEnding is invalid on user data',
    ],
    ['an update without Id', { object: 'Account', operation: 'update' }, 'Name\nA\n', 'Field name not found : Id'],
    [
      'a delete with more than Id',
      { object: 'Account', operation: 'delete' },
      'Id,Name\n1,A\n',
      'must only contain the Id column',
    ],
    ['rows of different lengths', { object: 'Account', operation: 'insert' }, 'Name,Website\nA\n', 'ClientInputError'],
  ])('%s fails the whole job', async (_what, job, csv, message) => {
    const failing = connect('sally').bulk2.createJob(job as { object: string; operation: 'insert' });
    await failing.open();
    await failing.uploadData(csv);
    await failing.close();
    await expect(failing.poll(5, 5_000)).rejects.toThrow();
    const info = await failing.check();
    expect(info).toMatchObject({ state: 'Failed', numberRecordsProcessed: 0 });
    expect(info.errorMessage).toContain(message);
  });

  test('CRLF and another delimiter when announced', async () => {
    const job = { object: 'Account', operation: 'insert', lineEnding: 'CRLF', columnDelimiter: 'SEMICOLON' };
    const created = (await org.call('sally', 'POST', 'jobs/ingest', job)).body as { id: string; state: string };
    expect(created).toMatchObject({ state: 'Open', lineEnding: 'CRLF', apiVersion: 66 });
    const put = async (): Promise<Response> =>
      fetch(`${org.url}/services/data/v66.0/jobs/ingest/${created.id}/batches`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${await org.token('sally')}`, 'content-type': 'text/csv' },
        body: 'Name;Website\r\n"Semi;colon";https://x.example.com\r\n',
      });
    expect((await put()).status).toBe(201);
    expect((await put()).status).toBe(400);
    await org.call('sally', 'PATCH', `jobs/ingest/${created.id}`, { state: 'UploadComplete' });
    await connect('sally').bulk2.job('ingest', { id: created.id }).poll(5, 5_000);
    expect(await select("SELECT Website FROM Account WHERE Name = 'Semi;colon'")).toMatchObject([
      { Website: 'https://x.example.com' },
    ]);
    expect((await org.call('omar', 'GET', `jobs/ingest/${created.id}`)).status).toBe(404);
    expect((await org.call('sally', 'DELETE', `jobs/ingest/${created.id}`)).status).toBe(204);
  });

  test('an aborted job does nothing, a job that is over cannot be aborted', async () => {
    const job = connect('sally').bulk2.createJob({ object: 'Account', operation: 'insert' });
    await job.open();
    await job.uploadData('Name\nNever\n');
    await job.abort();
    expect((await job.check()).state).toBe('Aborted');
    await expect(job.close()).rejects.toThrow('only an open job can be closed');
    expect(await select("SELECT Id FROM Account WHERE Name = 'Never'")).toEqual([]);
  });

  test.each([
    [{ object: 'Nope__c', operation: 'insert' }, 'INVALIDENTITY'],
    [{ object: 'Referral__c', operation: 'upsert', externalIdFieldName: 'State__c' }, 'INVALIDJOB'],
    [{ object: 'Account', operation: 'hardDelete' }, 'INVALIDJOB'],
  ])('%j is refused: %s', async (job, errorCode) => {
    expect(await org.call('admin', 'POST', 'jobs/ingest', job)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });
});

describe('query', () => {
  test('with jsforce: what the user sees, flattened', async () => {
    const stream = await connect('sally').bulk2.query(
      "SELECT Name, Owner.Alias, CreatedDate FROM Account WHERE Name LIKE 'Many 000%' ORDER BY Name",
    );
    const records = (await stream.toArray()) as Record<string, string>[];
    expect(records).toHaveLength(10);
    expect(records[0]).toEqual({
      Name: 'Many 0000',
      'Owner.Alias': 'sally.se',
      CreatedDate: expect.stringMatching(/Z$/),
    });
    const none = await connect('omar').bulk2.query('SELECT Name FROM Account');
    expect(await none.toArray()).toEqual([]);
  });

  test('pages by locator, null at the end', async () => {
    const job = { operation: 'query', query: "SELECT Name FROM Account WHERE Name LIKE 'Many %' ORDER BY Name" };
    const { id } = (await org.call('sally', 'POST', 'jobs/query', job)).body as { id: string };
    const pages: number[] = [];
    for (let locator: string | null = ''; locator !== 'null';) {
      const response: Response = await fetch(
        `${org.url}/services/data/v66.0/jobs/query/${id}/results?maxRecords=400${locator ? `&locator=${locator}` : ''}`,
        { headers: { authorization: `Bearer ${await org.token('sally')}` } },
      );
      pages.push(Number(response.headers.get('Sforce-NumberOfRecords')));
      locator = response.headers.get('Sforce-Locator');
      expect((await response.text()).split('\n')[0]).toBe('"Name"');
    }
    expect(pages).toEqual([400, 400, 200]);
  });

  test.each([
    ['SELECT Nope FROM Account', 'INVALID_FIELD'],
    ['SELECT COUNT(Id) FROM Account', 'API_ERROR'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'API_ERROR'],
  ])('%s is refused: %s', async (query, errorCode) => {
    expect(await org.call('sally', 'POST', 'jobs/query', { operation: 'query', query })).toMatchObject({
      status: 400,
      body: [{ errorCode }],
    });
  });
});
