import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { present } from '../../../test/support/present.ts';
import { until } from '../../../test/support/until.ts';
import { listenToOrg } from '../subscriptions/org-changes.ts';
import type { DealPayload } from './request-payload.ts';
import { DecisionMirror } from '../decisions/decision-mirror.ts';
import { runWork } from './run-work.ts';
import { DealSweep } from './sweep-deals.ts';
import { sweepRequests } from './sweep-inbox.ts';

/** A referral that waits for answers, when the record is filled in instead: on a real org, its events and its network. */
let world: WorkingOrg;
let stopping: AbortController;
let listening: Promise<unknown>;
beforeAll(async () => {
  world = await openWorkingOrg();
});
afterAll(() => world.close());
beforeEach(() => {
  stopping = new AbortController();
  listening = listenToOrg(world.open.runtime, world.open.bus, world.open.topic, stopping.signal);
});
afterEach(async () => {
  stopping.abort();
  await listening;
});

const said = 'Reports take a week and are out of date when they are read.';

/** Works off what is due until the deal's referral stands as expected. */
const stands = (deal: string, state: string): Promise<unknown> => {
  let seen = '';
  return until(
    `the referral is ${state}`,
    async () => {
      for (const job of await world.open.runtime.inbox.due(10)) await runWork(world.open.runtime, job.id);
      seen = JSON.stringify(await world.referral(deal, ['State__c', 'Message__c']));
      return (await world.referral(deal, ['State__c'])).State__c === state;
    },
    { lastSeen: () => seen },
  );
};

const changes = async (deal: string): Promise<readonly { payload: DealPayload }[]> =>
  world.room.database(world.org.orgId).run(sql<{ payload: DealPayload }>`
      select payload from inbox where deal = ${deal} and kind = 'deal-changed' order by id`);

const edit = (user: 'sally' | 'admin', path: string, fields: object): Promise<unknown> =>
  world.org.call(user, 'PATCH', `sobjects/${path}`, fields);

/** Refers a deal as the seller, who has seen every value but one. */
const referWithout = async (deal: string, unseen: string): Promise<void> => {
  const settings = await world.open.runtime.crm.readSettings(60_000);
  if (!settings.ok) throw new Error(settings.error.message);
  const fields = settings.value.mapping.map(({ target }) => target).filter((target) => target !== unseen);
  const [partner] = await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`);
  await world.request({
    Kind__c: 'refer',
    Surface__c: 'panel',
    Opportunity__c: deal,
    Partner__c: present(partner).Id,
    Input__c: JSON.stringify({ version: 1, shown: { fields } }),
  });
};

const accountOf = async (deal: string): Promise<string> => {
  const [row] = await world.query<{ AccountId: string }>(`SELECT AccountId FROM Opportunity WHERE Id = '${deal}'`);
  return String(row?.AccountId);
};

const problem = 'Project.CustomerBusinessProblem';

/** How many of these records of the deal's referral somebody sees. */
const seenBy = async (user: 'sally' | 'omar', deal: string, object = 'Referral__c', path = ''): Promise<number> => {
  const soql = encodeURIComponent(`SELECT Id FROM ${object} WHERE ${path}Opportunity__c = '${deal}'`);
  const { body } = (await world.org.call(user, 'GET', `query?q=${soql}`)) as { body: { totalSize: number } };
  return body.totalSize;
};

/** Writes what was decided on its records, as the service does every few seconds. */
const showDecisions = (): Promise<number> => new DecisionMirror(world.open.runtime).look();

const person = (name: 'omar.other' | 'max.manager'): string => present(world.org.users[`${name}@tandem.example.com`]);

/** Works off what is due until the seller sees the deal's referral: its event may come before the sweep finds it, or after. */
const isReferred = (deal: string): Promise<unknown> =>
  until('there is a referral', async () => {
    for (const job of await world.open.runtime.inbox.due(10)) await runWork(world.open.runtime, job.id);
    return (await seenBy('sally', deal)) === 1;
  });

const belongsTo = (deal: string, owner: string): Promise<unknown> =>
  until('the referral is the new owner’s', async () => {
    for (const job of await world.open.runtime.inbox.due(10)) await runWork(world.open.runtime, job.id);
    return (await world.referral(deal, ['OwnerId'])).OwnerId === owner;
  });

describe('a deal that is given to somebody else', () => {
  test('takes its referrals and what was decided along, and its old owner sees them no more', async () => {
    const deal = await world.makeDeal();
    await world.refer(deal);
    await isReferred(deal);
    await showDecisions();
    for (const object of ['Referral__c', 'Decision__c'])
      expect([await seenBy('sally', deal, object), await seenBy('omar', deal, object)]).toEqual([1, 0]);
    const omar = person('omar.other');
    await edit('admin', `Opportunity/${deal}`, { OwnerId: omar });
    await belongsTo(deal, omar);
    for (const object of ['Referral__c', 'Decision__c'])
      expect([await seenBy('sally', deal, object), await seenBy('omar', deal, object)]).toEqual([0, 1]);
  });
});

describe('a referral of somebody else’s deal', () => {
  const omarWorksOn = (deal: string): Promise<string> =>
    world.org.insert('admin', 'OpportunityShare', {
      OpportunityId: deal,
      UserOrGroupId: person('omar.other'),
      OpportunityAccessLevel: 'Edit',
    });

  const referredByOmar = async (): Promise<string> => {
    const deal = await world.makeDeal();
    await omarWorksOn(deal);
    const settings = await world.open.runtime.crm.readSettings(60_000);
    if (!settings.ok) throw new Error(settings.error.message);
    const shown = { fields: settings.value.mapping.map(({ target }) => target) };
    const [partner] = await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`);
    await world.org.insert('omar', 'Request__c', {
      Kind__c: 'refer',
      Surface__c: 'panel',
      Opportunity__c: deal,
      Partner__c: present(partner).Id,
      Input__c: JSON.stringify({ version: 1, shown }),
    });
    await sweepRequests(world.open.runtime);
    await isReferred(deal);
    await stands(deal, 'submitted');
    return deal;
  };

  test('is seen by whoever asked for it, with what was sent, and belongs to the owner of the deal', async () => {
    const deal = await referredByOmar();
    expect([await seenBy('sally', deal), await seenBy('omar', deal)]).toEqual([1, 1]);
    const sent = await seenBy('sally', deal, 'ReferralValue__c', 'Referral__r.');
    expect(sent).toBeGreaterThan(10);
    expect(await seenBy('omar', deal, 'ReferralValue__c', 'Referral__r.')).toBe(sent);
    await showDecisions();
    expect([await seenBy('sally', deal, 'Decision__c'), await seenBy('omar', deal, 'Decision__c')]).toEqual([1, 1]);
    const [referral] = await world.query<{ Id: string; OwnerId: string }>(
      `SELECT Id, OwnerId FROM Referral__c WHERE Opportunity__c = '${deal}'`,
    );
    expect(referral?.OwnerId).toBe(world.org.users['sally.seller@tandem.example.com']);
    const { status } = await world.org.call('omar', 'PATCH', `sobjects/Referral__c/${String(referral?.Id)}`, {
      Message__c: 'mine',
    });
    expect(status).toBe(403);
  });

  test.each([
    ['goes on being seen by whoever asked while they work on the deal', true, 1],
    ['is seen no more by whoever asked once they do not see the deal', false, 0],
  ])('given to another owner, %s', async (_what, stillOnIt, seen) => {
    const deal = await referredByOmar();
    await showDecisions();
    const max = person('max.manager');
    await edit('admin', `Opportunity/${deal}`, { OwnerId: max });
    if (stillOnIt) await omarWorksOn(deal);
    await belongsTo(deal, max);
    for (const object of ['Referral__c', 'Decision__c'])
      expect([await seenBy('sally', deal, object), await seenBy('omar', deal, object)]).toEqual([0, seen]);
  });
});

describe('a missing value that is filled in on the record', () => {
  test('by whoever asked: the referral goes on by itself', async () => {
    const deal = await world.makeDeal({ opportunity: { CustomerProblem__c: null } });
    await referWithout(deal, problem);
    await stands(deal, 'needs-answers');
    await edit('sally', `Opportunity/${deal}`, { CustomerProblem__c: said });
    await stands(deal, 'submitted');
    const [value] = await world.query(
      `SELECT Value__c, Source__c FROM ReferralValue__c WHERE Referral__r.Opportunity__c = '${deal}' AND Target__c = '${problem}'`,
    );
    expect(value).toMatchObject({ Value__c: said, Source__c: 'Opportunity.CustomerProblem__c' });
    expect(await world.ace.opportunitiesFor(deal)).toHaveLength(1);
  });

  test('by somebody else: it waits for the yes of whoever asked', async () => {
    const deal = await world.makeDeal({ opportunity: { CustomerProblem__c: null } });
    await referWithout(deal, problem);
    await stands(deal, 'needs-answers');
    await edit('admin', `Opportunity/${deal}`, { CustomerProblem__c: said });
    await stands(deal, 'waiting-approval');
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
    await world.refer(deal);
    await stands(deal, 'submitted');
  });

  test('on the account, which no event tells of: found by asking', async () => {
    const deal = await world.makeDeal({ account: { Website: null } });
    await referWithout(deal, 'Customer.Account.WebsiteUrl');
    await stands(deal, 'needs-answers');
    const sweep = new DealSweep(world.open.runtime);
    await edit('sally', `Account/${await accountOf(deal)}`, { Website: 'www.customer.example.com' });
    expect(await sweep.look()).toBeGreaterThan(0);
    await stands(deal, 'submitted');
    expect(await sweep.look()).toBe(0);
  });
});

test('a change that the mapping does not read, or that is our own, gives nothing to do', async () => {
  const deal = await world.makeDeal({ opportunity: { CustomerProblem__c: null } });
  await world.refer(deal);
  await stands(deal, 'needs-answers');
  await edit('sally', `Opportunity/${deal}`, { LeadSource: 'Web' });
  await edit('sally', `Opportunity/${deal}`, { CustomerProblem__c: said });
  await stands(deal, 'submitted');
  // Ours of the filing came before this one, which is the second that counts.
  await edit('sally', `Opportunity/${deal}`, { NextStep: 'Meet the customer' });
  const heard = await until('the last change is heard', async () => {
    const rows = await changes(deal);
    return rows.some(({ payload }) => payload.fields?.includes('NextStep')) && rows;
  });
  expect(heard.map(({ payload }) => payload.fields)).toEqual([['CustomerProblem__c'], ['NextStep']]);
});
