import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { present } from '../../../test/support/present.ts';
import { until } from '../../../test/support/until.ts';
import { runWork } from './run-work.ts';
import { sweepRequests } from './sweep-inbox.ts';

/** What is looked at before anything is drafted, on a real org and network. */
let world: WorkingOrg;
let aws: string;
beforeAll(async () => {
  world = await openWorkingOrg();
  aws = present((await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`))[0]).Id;
});
afterAll(() => world?.close());

/** Asks as somebody who has seen every field, and has it worked to its end. Gives the request as it stands then. */
const refers = async (user: 'sally' | 'omar', deal: string): Promise<Record<string, unknown>> =>
  worked(await asks(user, deal));

const asks = async (user: 'sally' | 'omar', deal: string): Promise<string> => {
  const { runtime } = world.open;
  const settings = await runtime.crm.readSettings(60_000);
  if (!settings.ok) throw new Error(settings.error.message);
  return world.org.insert(user, 'Request__c', {
    Kind__c: 'refer',
    Surface__c: 'api',
    Opportunity__c: deal,
    Partner__c: aws,
    Input__c: JSON.stringify({ version: 1, shown: { fields: settings.value.mapping.map(({ target }) => target) } }),
  });
};

const worked = async (id: string): Promise<Record<string, unknown>> => {
  const { runtime } = world.open;
  await sweepRequests(runtime);
  return until('the request is done', async () => {
    for (const job of await runtime.inbox.due(10)) await runWork(runtime, job.id);
    const [row] = await world.query<Record<string, unknown>>(
      `SELECT State__c, Message__c FROM Request__c WHERE Id = '${id}'`,
    );
    return row?.State__c === 'done' || row?.State__c === 'refused' ? row : null;
  });
};

const share = async (deal: string, level: 'Read' | 'Edit'): Promise<void> => {
  const answer = await world.org.call('admin', 'POST', 'sobjects/OpportunityShare', {
    OpportunityId: deal,
    UserOrGroupId: present(world.org.users['omar.other@tandem.example.com']),
    OpportunityAccessLevel: level,
    RowCause: 'Manual',
  });
  expect(JSON.stringify(answer)).toContain('"status":201');
};

describe('a colleague to whom a deal was shared', () => {
  test('for reading: may not refer it, and is told whom to ask', async () => {
    const deal = await world.makeDeal();
    await share(deal, 'Read');
    expect(await refers('omar', deal)).toMatchObject({
      State__c: 'refused',
      Message__c: expect.stringMatching(/may not change this deal.*Ask its owner/),
    });
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  });

  test('for editing: may', async () => {
    const deal = await world.makeDeal();
    await share(deal, 'Edit');
    await refers('omar', deal);
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
  });
});

describe('somebody who could see the deal when they asked', () => {
  test('and cannot any more when the work begins is refused', async () => {
    const deal = await world.makeDeal();
    await share(deal, 'Edit');
    const asked = await asks('omar', deal);
    const [shared] = await world.query<{ Id: string }>(
      `SELECT Id FROM OpportunityShare WHERE OpportunityId = '${deal}' AND RowCause = 'Manual'`,
    );
    await world.org.call('admin', 'DELETE', `sobjects/OpportunityShare/${present(shared).Id}`);
    expect(await worked(asked)).toMatchObject({ State__c: 'refused' });
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  });
});

describe('the grant in force', () => {
  test('is taken although an earlier one has ended', async () => {
    const [seeded] = await world.query<{ Id: string; Fields__c: string; Actions__c: string }>(
      `SELECT Id, Fields__c, Actions__c FROM PartnerGrant__c WHERE Partner__c = '${aws}'`,
    );
    const { Id, Fields__c, Actions__c } = present(seeded);
    const renewed = await world.org.insert('admin', 'PartnerGrant__c', {
      Key__c: 'aws-renewed',
      Partner__c: aws,
      Status__c: 'active',
      Actions__c,
      Fields__c,
      EvidenceKind__c: 'platform-terms',
      Evidence__c: 'signed again',
      EvidenceCheckedAt__c: world.open.runtime.clock.now(),
    });
    await world.org.call('admin', 'PATCH', `sobjects/PartnerGrant__c/${Id}`, { ExpiresAt__c: '2026-01-01T00:00:00Z' });
    const deal = await world.makeDeal();
    await refers('sally', deal);
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
    await world.org.call('admin', 'DELETE', `sobjects/PartnerGrant__c/${renewed}`);
    const another = await world.makeDeal();
    await refers('sally', another);
    expect(await world.referral(another, ['State__c', 'Message__c'])).toEqual({
      State__c: 'blocked',
      Message__c: expect.stringContaining('The grant ended'),
    });
    await world.org.call('admin', 'PATCH', `sobjects/PartnerGrant__c/${Id}`, { ExpiresAt__c: null });
  });
});

test('a row of the mapping that cannot be used stops every referral, in words that name it', async () => {
  const [row] = await world.query<{ Id: string; Settings__c: string }>(
    `SELECT Id, Settings__c FROM FieldMapping__c WHERE Target__c = 'Project.Title'`,
  );
  const { Id, Settings__c } = present(row);
  await world.org.call('admin', 'PATCH', `sobjects/FieldMapping__c/${Id}`, { Settings__c: '{"max": 255' });
  world.open.runtime.crm.forgetSettings();
  const deal = await world.makeDeal();
  expect(await refers('sally', deal)).toMatchObject({
    State__c: 'refused',
    Message__c: expect.stringMatching(/aws-ace:Project\.Title cannot be used: its settings are not a JSON object/),
  });
  await world.org.call('admin', 'PATCH', `sobjects/FieldMapping__c/${Id}`, { Settings__c });
  world.open.runtime.crm.forgetSettings();
});

test('a value that a second try does not send any more is taken off the record', async () => {
  const deal = await world.makeDeal({ opportunity: { CustomerProblem__c: null, NextStep: 'Meet the customer' } });
  await refers('sally', deal);
  const targets = async (): Promise<readonly unknown[]> =>
    (
      await world.query<{ Target__c: string }>(
        `SELECT Target__c FROM ReferralValue__c WHERE Referral__r.Opportunity__c = '${deal}'`,
      )
    ).map(({ Target__c }) => Target__c);
  expect(await targets()).toContain('LifeCycle.NextSteps');
  await world.org.call('sally', 'PATCH', `sobjects/Opportunity/${deal}`, {
    NextStep: null,
    CustomerProblem__c: 'Reports take a week and are out of date when they are read.',
  });
  await refers('sally', deal);
  expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
  expect(await targets()).not.toContain('LifeCycle.NextSteps');
  expect(await targets()).toContain('Project.CustomerBusinessProblem');
});
