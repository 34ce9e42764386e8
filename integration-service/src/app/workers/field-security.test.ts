import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { until } from '../../../test/support/until.ts';
import { present } from '../../../test/support/present.ts';
import { runWork } from './run-work.ts';
import { sweepRequests } from './sweep-inbox.ts';

/** Field security of whoever asks, on a real org: what it hides from a person is sent for nobody's click of theirs. */
let world: WorkingOrg;
let aws: string;
let ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  world = await openWorkingOrg();
  aws = present((await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`))[0]).Id;
});
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
  world.open.runtime.crm.forgetSettings();
});
afterAll(() => world.close());

interface Permission {
  readonly Id: string;
  readonly ParentId: string;
  readonly SobjectType: string;
  readonly Field: string;
  readonly PermissionsRead: boolean;
  readonly PermissionsEdit: boolean;
}

/** Takes a field from everybody but administrators, profiles and permission sets alike, until the test is over. */
const hide = async (field: string): Promise<void> => {
  const rows = await world.query<Permission>(
    `SELECT Id, ParentId, SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions
     WHERE Field = '${field}' AND Parent.Name IN ('TandemSeller', 'TandemStandardObjectsSeller')`,
  );
  const ofProfile = await world.query<Permission>(
    `SELECT Id, ParentId, SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions
     WHERE Field = '${field}' AND Parent.Profile.Name = 'Standard User'`,
  );
  for (const { Id, ...row } of [...rows, ...ofProfile]) {
    await world.org.call('admin', 'DELETE', `sobjects/FieldPermissions/${Id}`);
    const { ParentId, SobjectType, Field, PermissionsRead, PermissionsEdit } = row;
    const restored = { ParentId, SobjectType, Field, PermissionsRead, PermissionsEdit };
    ends.push(() => world.org.call('admin', 'POST', 'sobjects/FieldPermissions', restored));
  }
  expect(rows.length + ofProfile.length).toBeGreaterThan(0);
  world.open.runtime.crm.forgetSettings();
};

const shown = async (): Promise<object> => {
  const settings = await world.open.runtime.crm.readSettings(60_000);
  if (!settings.ok) throw new Error(settings.error.message);
  return { fields: settings.value.mapping.map(({ target }) => target) };
};

/** Asks as somebody and has it worked to its end. Gives the request as it stands then. */
const asks = async (
  user: 'sally' | 'admin',
  deal: string,
  more: { readonly kind?: string; readonly answers?: object } = {},
): Promise<Record<string, unknown>> => {
  const { runtime } = world.open;
  const referral = await world.query<{ Id: string }>(`SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`);
  const id = await world.org.insert(user, 'Request__c', {
    Kind__c: more.kind ?? 'refer',
    Surface__c: 'list',
    Opportunity__c: deal,
    Partner__c: aws,
    ...(referral[0] && more.kind ? { Referral__c: referral[0].Id } : {}),
    Input__c: JSON.stringify({ version: 1, shown: await shown(), ...(more.answers ? { answers: more.answers } : {}) }),
  });
  await sweepRequests(runtime);
  return until('the request is done', async () => {
    for (const job of await runtime.inbox.due(10)) await runWork(runtime, job.id);
    const [row] = await world.query<Record<string, unknown>>(
      `SELECT State__c, Message__c FROM Request__c WHERE Id = '${id}'`,
    );
    return row?.State__c === 'done' || row?.State__c === 'refused' ? row : null;
  });
};

const questions = async (deal: string): Promise<readonly { target: string; reason: string }[]> =>
  JSON.parse(String((await world.referral(deal, ['Questions__c'])).Questions__c)) as never;

const values = async (deal: string): Promise<readonly Record<string, unknown>[]> =>
  world.query(
    `SELECT Target__c, Value__c, Source__c, AnsweredBy__c FROM ReferralValue__c WHERE Referral__r.Opportunity__c = '${deal}'`,
  );

const website = 'Customer.Account.WebsiteUrl';
const problem = 'Project.CustomerBusinessProblem';

describe('a field that is hidden from whoever asks', () => {
  test('is not sent and not shown: it is asked, and the question says which field is hidden and whom to ask', async () => {
    const deal = await world.makeDeal();
    await hide('Account.Website');
    await asks('sally', deal);
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'needs-answers' });
    expect((await questions(deal)).map(({ target }) => target)).toEqual([website]);
    expect((await questions(deal))[0]?.reason).toMatch(/hides Account Website from you.*ask somebody who may see it/);
    expect((await values(deal)).map(({ Target__c }) => Target__c)).not.toContain(website);
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  });

  test('is not overwritten by the answer, which is sent in the name of whoever gave it', async () => {
    const deal = await world.makeDeal();
    const [before] = await world.query(`SELECT Account.Website FROM Opportunity WHERE Id = '${deal}'`);
    await hide('Account.Website');
    await asks('sally', deal);
    await asks('sally', deal, { kind: 'answer', answers: { [website]: 'www.another.example.com' } });
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
    expect((await values(deal)).find(({ Target__c }) => Target__c === website)).toMatchObject({
      Value__c: 'www.another.example.com',
      Source__c: 'answered by Sally Seller',
      AnsweredBy__c: world.org.users['sally.seller@tandem.example.com'],
    });
    expect(await world.query(`SELECT Account.Website FROM Opportunity WHERE Id = '${deal}'`)).toEqual([before]);
  });

  test('of the deal’s own contact or a lookup on the way counts as well', async () => {
    const deal = await world.makeDeal();
    await hide('Contact.Email');
    await hide('Opportunity.AccountId');
    await asks('sally', deal);
    const targets = (await values(deal)).map(({ Target__c }) => String(Target__c));
    expect(targets.filter((target) => target.startsWith('Customer.Account.'))).toEqual([]);
    expect(targets).not.toContain('Customer.Contacts.Email');
    expect((await questions(deal)).map(({ target }) => target)).toContain('Customer.Account.CompanyName');
  });

  test('is seen again by somebody else, whose click sends it', async () => {
    const deal = await world.makeDeal();
    await hide('Account.Website');
    await asks('sally', deal);
    await asks('admin', deal);
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
  });
});

describe('an answer that a colleague gave', () => {
  test('keeps their name when somebody else refers the deal, and is no yes of that person', async () => {
    const deal = await world.makeDeal({ account: { Website: null }, opportunity: { CustomerProblem__c: null } });
    // Somebody who may not edit the fields: the answers stay on the referral alone.
    const said = 'Reports take a week and are out of date when they are read.';
    await hide('Opportunity.CustomerProblem__c');
    await hide('Account.Website');
    await asks('sally', deal);
    await asks('sally', deal, { kind: 'answer', answers: { [problem]: said } });
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'needs-answers' });
    await asks('admin', deal, { kind: 'answer', answers: { [website]: 'www.customer.example.com' } });
    const sent = await values(deal);
    expect(sent.find(({ Target__c }) => Target__c === problem)).toMatchObject({
      Value__c: said,
      Source__c: 'answered by Sally Seller',
      AnsweredBy__c: world.org.users['sally.seller@tandem.example.com'],
    });
    expect(sent.find(({ Target__c }) => Target__c === website)).toMatchObject({ Source__c: 'answered by Sam Setup' });
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
  });

  test('is not known to whom field security hides its field', async () => {
    const deal = await world.makeDeal({ account: { Website: null }, opportunity: { CustomerProblem__c: null } });
    await asks('admin', deal);
    await hide('Opportunity.CustomerProblem__c');
    await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${deal}`, { CustomerProblem__c: null });
    await asks('admin', deal, {
      kind: 'answer',
      answers: { [problem]: 'Reports take a week and are out of date when they are read.' },
    });
    await asks('sally', deal, { kind: 'answer', answers: { [website]: 'www.customer.example.com' } });
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'needs-answers' });
    expect((await questions(deal)).map(({ target }) => target)).toEqual([problem]);
  });
});

describe('asking what a person may see', () => {
  test('costs no call while it is young', async () => {
    const { crm } = world.open.runtime;
    const sally = present(world.org.users['sally.seller@tandem.example.com']);
    const paths = ['Opportunity.Account.Website', 'Contacts[0].Email'];
    await crm.readFieldAccess(sally, paths, 60_000);
    const counted = async (): Promise<number> => {
      const { values: calls } = await world.open.runtime.metrics.crmCalls.get();
      return calls.reduce((sum, { value }) => sum + value, 0);
    };
    const before = await counted();
    const again = await Promise.all([1, 2, 3].map(() => crm.readFieldAccess(sally, paths, 60_000)));
    expect(await counted()).toBe(before);
    expect(again.map((one) => one.ok && one.value.hidden)).toEqual([[], [], []]);
    await crm.readFieldAccess(sally, paths, -1);
    expect(await counted()).toBe(before + 1);
  });

  test('cannot be done without View Setup and Configuration: then nothing is sent, and an admin is told', async () => {
    const [set] = await world.query<{ Id: string }>(
      `SELECT Id FROM PermissionSet WHERE Name = 'TandemStandardObjectsIntegration'`,
    );
    const path = `sobjects/PermissionSet/${present(set).Id}`;
    await world.org.call('admin', 'PATCH', path, { PermissionsViewSetup: false });
    ends.push(() => world.org.call('admin', 'PATCH', path, { PermissionsViewSetup: true }));
    const deal = await world.makeDeal();
    world.open.runtime.crm.forgetSettings();
    expect(await asks('sally', deal)).toMatchObject({
      State__c: 'refused',
      Message__c: expect.stringContaining('View Setup and Configuration'),
    });
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  });
});
