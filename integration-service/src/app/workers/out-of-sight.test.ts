import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { present } from '../../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { requestWork } from './request-payload.ts';
import { runWork } from './run-work.ts';
import { sweepRequests } from './sweep-inbox.ts';

/** Requests that the org tells of and does not show, and those that an event told of with half of it. */
let world: WorkingOrg;
let aws: string;
let input: string;
beforeAll(async () => {
  world = await openWorkingOrg();
  aws = present((await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`))[0]).Id;
  const settings = await world.open.runtime.crm.readSettings(60_000);
  if (!settings.ok) throw new Error(settings.error.message);
  input = JSON.stringify({ version: 1, shown: { fields: settings.value.mapping.map(({ target }) => target) } });
});
afterAll(() => world?.close());

const click = (deal: string): Promise<string> =>
  world.org.insert('sally', 'Request__c', {
    Kind__c: 'refer',
    Surface__c: 'panel',
    Opportunity__c: deal,
    Partner__c: aws,
    Input__c: input,
  });

/** Gives and takes the service's right to see requests of others. */
const sight = async (on: boolean): Promise<void> => {
  const [grant] = await world.query<{ Id: string }>(
    `SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'TandemIntegration' AND SobjectType = 'Request__c'`,
  );
  await world.org.call('admin', 'PATCH', `sobjects/ObjectPermissions/${present(grant).Id}`, {
    PermissionsViewAllRecords: on,
    PermissionsModifyAllRecords: on,
  });
};

const database = () => world.room.database(world.org.orgId);
const rowOf = async (target: string) =>
  present(
    (
      await database().run(sql<{ id: string; state: string }>`
    select id, state from inbox where target = ${target}`)
    )[0],
  );
/** Time goes by: waits are over, and what has ended has ended long ago. */
const later = () =>
  database().run(sql`
  update inbox set due_at = now(), changed_at = now() - interval '1 hour'`);
const stateOf = async (deal: string): Promise<unknown> => (await world.referral(deal, ['State__c'])).State__c;

test('a request that cannot be seen for a moment is looked for again', async () => {
  const { runtime } = world.open;
  const deal = await world.makeDeal();
  const request = await click(deal);
  const [job] = await runtime.inbox.add([
    requestWork(runtime.org, { id: request, opportunityId: deal, referralId: null, partnerId: aws, surface: 'panel' }),
  ]);
  await sight(false);
  try {
    await runWork(runtime, present(job).id);
    expect((await rowOf(request)).state).toBe('waiting');
  } finally {
    await sight(true);
  }
  await later();
  await runWork(runtime, present(job).id);
  expect(await stateOf(deal)).toBe('submitted');
});

test('one that was given up is found by the sweep once it can be seen', async () => {
  const { runtime } = world.open;
  const deal = await world.makeDeal();
  const request = await click(deal);
  const [job] = await runtime.inbox.add([
    requestWork(runtime.org, { id: request, opportunityId: deal, referralId: null, partnerId: aws, surface: 'panel' }),
  ]);
  const { id } = present(job);
  await sight(false);
  try {
    await database().run(sql`update inbox set attempts = 9 where id = ${id}::bigint`);
    await runWork(runtime, id);
    expect((await rowOf(request)).state).toBe('done');
  } finally {
    await sight(true);
  }
  await later();
  expect(await sweepRequests(runtime)).toBe(1);
  await runWork(runtime, id);
  expect(await stateOf(deal)).toBe('submitted');
  await later();
  expect(await sweepRequests(runtime)).toBe(0);
});

test('the sweep sees every request, however many there are', async () => {
  const { runtime } = world.open;
  const clicks: string[] = [];
  for (let made = 0; made < 5; made += 1) clicks.push(await click(await world.makeDeal()));
  expect(await sweepRequests(runtime, 2)).toBe(5);
  for (const request of clicks) expect((await rowOf(request)).state).toBe('waiting');
});

test('an event that names the referral alone comes to its deal, and is done there', async () => {
  const { runtime } = world.open;
  const deal = await world.makeDeal({ opportunity: { CustomerProblem__c: null } });
  await world.refer(deal);
  expect(await stateOf(deal)).toBe('needs-answers');
  const [referral] = await world.query<{ Id: string }>(`SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`);
  const referralId = present(referral).Id;
  const answers = { 'Project.CustomerBusinessProblem': 'Reports take a week and are out of date when they are read.' };
  const request = await world.org.insert('sally', 'Request__c', {
    Kind__c: 'answer',
    Surface__c: 'panel',
    Referral__c: referralId,
    Input__c: JSON.stringify({ ...(JSON.parse(input) as object), answers }),
  });
  const [job] = await runtime.inbox.add([
    requestWork(runtime.org, { id: request, opportunityId: null, referralId, surface: 'panel' }),
  ]);
  const { id } = present(job);
  await runWork(runtime, id);
  await runWork(runtime, id);
  expect((await rowOf(request)).state).toBe('done');
  expect(await stateOf(deal)).toBe('submitted');
});
