import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { runWork } from './run-work.ts';
import { sweepRequests } from './sweep-inbox.ts';

/** Ways round a guardrail, each tried on a real org and network. */
let world: WorkingOrg;
let aws: string;
beforeAll(async () => {
  world = await openWorkingOrg();
  aws = String((await rows("SELECT Id FROM Partner__c WHERE Key__c = 'aws'"))[0]?.Id);
});
afterAll(() => world?.close());

const rows = async (soql: string): Promise<readonly Record<string, unknown>[]> => {
  const { body } = await world.org.call('admin', 'GET', `query?q=${encodeURIComponent(soql)}`);
  return (body as { records: Record<string, unknown>[] }).records;
};
const requestRow = async (id: string) =>
  (await rows(`SELECT State__c, Message__c FROM Request__c WHERE Id = '${id}'`))[0];

/** Inserts a request as somebody and has all that is due done. */
const asks = async (user: 'sally' | 'admin', fields: Readonly<Record<string, string>>): Promise<string> => {
  const { runtime } = world.open;
  const id = await world.org.insert(user, 'Request__c', { Surface__c: 'api', Partner__c: aws, ...fields });
  await sweepRequests(runtime);
  for (const job of await runtime.inbox.due(10)) await runWork(runtime, job.id);
  return id;
};

const shown = async (): Promise<string> => {
  const settings = await world.open.runtime.crm.readSettings(60_000);
  if (!settings.ok) throw new Error(settings.error.message);
  return JSON.stringify({ version: 1, shown: { fields: settings.value.mapping.map(({ target }) => target) } });
};

test('what one person has seen is no yes of another person, nor of a later click', async () => {
  const deal = await world.makeDeal({ opportunity: { CustomerProblem__c: null } });
  await asks('sally', { Kind__c: 'refer', Opportunity__c: deal, Input__c: await shown() });
  expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'needs-answers' });
  const answers = { 'Project.CustomerBusinessProblem': 'Reports take a week and are out of date when they are read.' };
  const input = JSON.stringify({ version: 1, answers });
  const [referral] = await rows(`SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`);
  const answer = { Kind__c: 'answer', Opportunity__c: deal, Referral__c: String(referral?.Id), Input__c: input };

  await asks('admin', answer);
  expect(await world.referral(deal, ['State__c', 'NetworkId__c'])).toEqual({
    State__c: 'waiting-approval',
    NetworkId__c: null,
  });
  await asks('sally', { Kind__c: 'refer', Opportunity__c: deal, Input__c: input });
  expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'waiting-approval' });
  expect(await world.ace.opportunitiesFor(deal)).toEqual([]);

  await asks('sally', answer);
  expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
});

test('an agent’s word that somebody has seen it is no yes, nor are its answers theirs', async () => {
  const deal = await world.makeDeal({ opportunity: { CustomerProblem__c: null } });
  const answers = { 'Project.CustomerBusinessProblem': 'A model has put words into the mouth of the customer here.' };
  const { shown: seen } = JSON.parse(await shown()) as { shown: unknown };
  const forged = {
    Opportunity__c: deal,
    Surface__c: 'agent',
    Input__c: JSON.stringify({ version: 1, shown: seen, answers }),
  };
  await asks('sally', { Kind__c: 'refer', ...forged });
  expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'needs-answers' });
  await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${deal}`, {
    CustomerProblem__c: 'Reports take a week and are out of date when they are read.',
  });
  await asks('sally', { Kind__c: 'refer', ...forged });
  expect(await world.referral(deal, ['State__c', 'NetworkId__c'])).toEqual({
    State__c: 'waiting-approval',
    NetworkId__c: null,
  });
  expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
});

test('a partner that is not active gets nothing', async () => {
  const deal = await world.makeDeal();
  await world.org.call('admin', 'PATCH', `sobjects/Partner__c/${aws}`, { Active__c: false });
  try {
    const id = await asks('sally', { Kind__c: 'refer', Opportunity__c: deal, Input__c: await shown() });
    expect(await requestRow(id)).toMatchObject({
      State__c: 'refused',
      Message__c: expect.stringContaining('not active'),
    });
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  } finally {
    await world.org.call('admin', 'PATCH', `sobjects/Partner__c/${aws}`, { Active__c: true });
  }
});

test('whoever waits on work that can never be done is told', async () => {
  const deal = await world.makeDeal();
  const { runtime } = world.open;
  const id = await world.org.insert('sally', 'Request__c', {
    Kind__c: 'refer',
    Surface__c: 'api',
    Opportunity__c: deal,
    Partner__c: aws,
    Input__c: await shown(),
  });
  await sweepRequests(runtime);
  const database = world.room.database(runtime.org);
  await database.run(sql`update inbox set attempts = 9, payload = '{"broken":true}' where target = ${id}`);
  for (const job of await runtime.inbox.due(10)) await runWork(runtime, job.id);
  const [row] = await database.run(sql<{ state: string }>`select state from inbox where target = ${id}`);
  expect(row?.state).toBe('dead');
  expect(await requestRow(id)).toMatchObject({
    State__c: 'refused',
    Message__c: expect.stringContaining('Ask your admin'),
  });
});

test('names that every object has are no values, and change no prototype', async () => {
  const deal = await world.makeDeal();
  const input = (await shown()).replace('"version":1', '"version":1,"answers":{"__proto__":["x"],"constructor":"y"}');
  await asks('sally', { Kind__c: 'refer', Opportunity__c: deal, Input__c: input });
  expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

const call = (user: 'ada' | 'integration', method: string, path: string, body?: unknown) =>
  world.org.call(user, method, `sobjects/${path}`, body);
const firstId = async (object: string): Promise<string> =>
  String((await rows(`SELECT Id FROM ${object} ORDER BY CreatedDate LIMIT 1`))[0]?.Id);

test('the service’s own user cannot change what an admin says of fields, nor delete it', async () => {
  const id = await firstId('FieldMapping__c');
  const tried = [
    await call('integration', 'PATCH', `FieldMapping__c/${id}`, { Personal__c: false }),
    await call('integration', 'DELETE', `FieldMapping__c/${id}`),
  ];
  expect(tried.map(({ status }) => status)).toEqual([403, 403]);
});

/** What agents are held by, with a change of each that would loosen it. */
test.each([
  ['FunctionMode__c', { Mode__c: 'led' }],
  ['GuardrailPolicy__c', { Settings__c: '{}' }],
])('no person changes a %s past the service, not even an admin; and nobody deletes one', async (object, change) => {
  const id = await firstId(object);
  const tried = [
    await call('ada', 'PATCH', `${object}/${id}`, change),
    await call('ada', 'POST', object, change),
    await call('ada', 'DELETE', `${object}/${id}`),
    await call('integration', 'DELETE', `${object}/${id}`),
  ];
  expect(tried.map(({ status }) => status)).toEqual([403, 400, 403, 403]);
});

test('the service’s own user deletes no grant and asks for nothing itself', async () => {
  const deal = await world.makeDeal();
  const tried = [
    await call('integration', 'DELETE', `PartnerGrant__c/${await firstId('PartnerGrant__c')}`),
    await call('integration', 'DELETE', `Partner__c/${aws}`),
    await call('integration', 'POST', 'Request__c', { Kind__c: 'refer', Opportunity__c: deal, Partner__c: aws }),
  ];
  expect(tried.map(({ status }) => status >= 400)).toEqual([true, true, true]);
});

test.each([
  ['PartnerGrant__c', { Evidence__c: 'Contract of 1 November, section 4.' }],
  ['FieldMapping__c', { Question__c: 'Which website does the customer have?' }],
  ['Partner__c', { Tier__c: 'Advanced' }],
])('an admin without a System Administrator profile may do what messages send her for: %s', async (object, change) => {
  const id = await firstId(object);
  const [field, value] = Object.entries(change)[0] ?? [];
  const [before] = await rows(`SELECT ${field} FROM ${object} WHERE Id = '${id}'`);
  expect(await call('ada', 'PATCH', `${object}/${id}`, change)).toMatchObject({ status: 204 });
  expect((await rows(`SELECT ${field} FROM ${object} WHERE Id = '${id}'`))[0]?.[String(field)]).toBe(value);
  await world.org.call('admin', 'PATCH', `sobjects/${object}/${id}`, { [String(field)]: before?.[String(field)] });
});
