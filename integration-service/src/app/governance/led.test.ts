import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { askGovernance, workOff } from '../../../test/support/ask-governance.ts';
import { present } from '../../../test/support/present.ts';
import { until } from '../../../test/support/until.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { syncPortal } from '../workers/sync-portal.ts';

/** From "not yet" to an agent that acts by itself within its bounds, on a real org, network and PostgreSQL. */
let world: WorkingOrg;
let runtime: OrgRuntime;
beforeAll(async () => {
  world = await openWorkingOrg();
  runtime = { ...world.open.runtime, approvalUndoMs: 1 };
});
afterAll(() => world?.close());

type Row = Readonly<Record<string, string>>;
type Asking = Parameters<typeof askGovernance>;
const key = 'co-selling:aws';
/** Above what goes by itself, and not above what a manager may let go (`DEFAULT_POLICIES`). */
const tooMuch = 2_000_000;

const ask = (who: Asking[1], kind: Asking[2], wish: NonNullable<Asking[3]>) =>
  askGovernance(world, who, kind, wish, runtime);
const setPolicy = async (rule: string, settings: Record<string, unknown>): Promise<void> => {
  const change = { function: 'co-selling', rule, scope: 'all', settings, effectiveFrom: null };
  expect(await ask('ada', 'change-policy', { input: { change, basedOn: 1 } })).toMatchObject({ state: 'done' });
};
const led = (reason: string) => ask('ada', 'change-mode', { subject: key, input: { mode: 'led', reason } });
const missing = (result: unknown): readonly string[] =>
  (result as { check: string; held: boolean }[]).filter(({ held }) => !held).map(({ check }) => check);

const idOf = async (soql: string): Promise<string> => present((await world.query<{ Id: string }>(soql))[0]).Id;
const dealWorth = async (amount: number | null): Promise<string> => {
  const deal = await world.makeDeal();
  if (amount !== null) await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${deal}`, { Amount: amount });
  return deal;
};

const referralOf = (deal: string) =>
  world.referral(deal, ['State__c', 'BlockedBy__c', 'NextAction__c', 'NetworkId__c']);
const approvalsOf = (deal: string) =>
  world.query<Row>(
    `SELECT Key__c, State__c, Office__c, Says__c, AssignedTo__r.Name FROM Approval__c WHERE Opportunity__c = '${deal}'`,
  );

/** Asks for a referral as something of Sally's does that nobody looks at, and waits for where it comes to rest. */
const refer = async (deal: string, surface: 'flow' | 'agent', by: OrgRuntime = runtime) => {
  const settings = await runtime.crm.readSettings(60_000);
  if (!settings.ok) throw new Error(settings.error.message);
  const fields = surface === 'flow' ? settings.value.mapping.map(({ target }) => target) : [];
  await world.org.insert('sally', 'Request__c', {
    Kind__c: 'refer',
    Surface__c: surface,
    Opportunity__c: deal,
    Partner__c: await idOf("SELECT Id FROM Partner__c WHERE Key__c = 'aws'"),
    Input__c: JSON.stringify({ version: 1, shown: { fields } }),
  });
  return until('the referral has come to rest', async () => {
    await workOff(by);
    const found = await world.query(`SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`);
    const referral = found.length > 0 ? await referralOf(deal) : {};
    return ['submitted', 'blocked', 'waiting-approval'].includes(String(referral.State__c)) && referral;
  });
};

const answer = (who: Asking[1], approval: string) =>
  ask(who, 'answer-approval', { input: { answers: [{ approval, answer: 'approve' }] } });
/** Lets Max say yes to what waits for him, and waits until it is carried out. */
const approve = async (deal: string): Promise<void> => {
  const [approval] = await approvalsOf(deal);
  expect(await answer('max', present(approval).Key__c ?? '')).toMatchObject({ state: 'done' });
  await until('the yes is carried out', async () => {
    await workOff(runtime);
    return (await referralOf(deal)).State__c === 'submitted';
  });
};

test('led is refused with the list of what is missing, until it was shown, tried and allowed by somebody else', async () => {
  const refused = await led('We trust it.');
  expect(refused.state).toBe('refused');
  expect(missing(refused.result)).toEqual(
    expect.arrayContaining(['kill-switch', 'phase', 'decisions', 'approval-rate', 'five-parts', 'contact']),
  );

  const { topic } = world.open;
  await runtime.subscriptions.acquire(topic);
  await runtime.vitals.tell(topic, true);
  await setPolicy('phase-prerequisites', { minimumDecisions: 3, minimumApprovedBps: 9_000, needs: [] });
  for (let shown = 0; shown < 2; shown += 1)
    expect(await refer(await dealWorth(null), 'flow')).toMatchObject({ State__c: 'submitted' });
  const exception = await dealWorth(tooMuch);
  expect(await refer(exception, 'flow')).toMatchObject({ State__c: 'waiting-approval' });
  await approve(exception);
  expect(await ask('ada', 'test-stop', { subject: 'partner:aws' })).toMatchObject({ state: 'done' });

  const allowed = {
    subject: 'co-selling',
    input: { until: new Date(Date.now() + 86_400_000).toISOString(), reason: 'For a day, while we look on.' },
  };
  expect(await ask('ada', 'allow-exception', allowed)).toMatchObject({ state: 'done' });
  expect(missing((await led('My own exception.')).result)).toEqual(['phase']);
  await world.org.insert('admin', 'PermissionSetAssignment', {
    AssigneeId: await idOf("SELECT Id FROM User WHERE Username LIKE 'max.manager%'"),
    PermissionSetId: await idOf("SELECT Id FROM PermissionSet WHERE Name = 'TandemAdmin'"),
  });
  runtime.crm.forgetSettings();
  expect(await ask('max', 'allow-exception', allowed)).toMatchObject({ state: 'done' });
  expect(await led('All checks hold.')).toMatchObject({ state: 'done' });
  expect(await world.query(`SELECT Mode__c FROM FunctionMode__c WHERE Key__c = '${key}'`)).toMatchObject([
    { Mode__c: 'led' },
  ]);
});

test('what is within bounds is filed by itself from a flow; what an agent asks for is looked at by the seller first', async () => {
  const deal = await dealWorth(null);
  expect(await refer(deal, 'flow')).toMatchObject({ State__c: 'submitted', NetworkId__c: expect.stringMatching(/^O/) });
  expect(await approvalsOf(deal)).toEqual([]);
  // What an agent says was seen counts for nothing, and its yes is nobody's.
  const asked = await dealWorth(null);
  expect(await refer(asked, 'agent')).toMatchObject({ State__c: 'waiting-approval', BlockedBy__c: 'consent' });
  expect(await approvalsOf(asked)).toEqual([]);
  expect(await world.ace.opportunitiesFor(asked)).toEqual([]);
});

test('an exception waits for the office that its rule names, and not for whoever asked', async () => {
  const deal = await dealWorth(tooMuch);
  expect(await refer(deal, 'flow')).toMatchObject({
    State__c: 'waiting-approval',
    BlockedBy__c: 'amount-per-action',
    NextAction__c: expect.stringContaining('Max Manager'),
  });
  expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  const [approval] = await approvalsOf(deal);
  expect(approval).toMatchObject({
    State__c: 'open',
    Office__c: 'sales-manager',
    AssignedTo__r: { Name: 'Max Manager' },
  });
  expect(await answer('sally', present(approval).Key__c ?? '')).toMatchObject({
    state: 'refused',
    message: 'Nobody approves an exception of their own.',
  });
  await approve(deal);
  expect(await world.ace.opportunitiesFor(deal)).toHaveLength(1);
});

test('a correction of a deal that is worth more by now waits for the office too, and the referral stays where it is', async () => {
  const deal = await dealWorth(null);
  const { NetworkId__c: networkId } = await refer(deal, 'flow');
  await world.ace.decide(String(networkId), { verdict: 'Action Required', comments: 'Say more.', reason: null });
  const followed = { reviewEveryMs: 3_600_000, approvedEveryMs: 3_600_000, atMost: 50 };
  await syncPortal(runtime, present(runtime.portals.get('aws-ace')), followed);
  expect(await referralOf(deal)).toMatchObject({ State__c: 'action-required' });
  await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${deal}`, { Amount: tooMuch });
  const updates = world.ace.calls('UpdateOpportunity').received;
  const answers = { 'Project.CustomerBusinessProblem': 'Reports take a week and are out of date when they are read.' };
  await world.org.insert('sally', 'Request__c', {
    Kind__c: 'correct',
    Surface__c: 'panel',
    Opportunity__c: deal,
    Referral__c: await idOf(`SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`),
    Input__c: JSON.stringify({ version: 1, shown: { fields: Object.keys(answers) }, answers }),
  });
  const [approval] = await until('the office is asked', async () => {
    await workOff(runtime);
    const asked = await approvalsOf(deal);
    return asked.length > 0 && asked;
  });
  expect(approval).toMatchObject({ State__c: 'open', Office__c: 'sales-manager' });
  expect(approval?.Says__c).toMatch(/^Correct the referral of .* to AWS: The amount is 2,000,000.00 USD/);
  expect(await referralOf(deal)).toMatchObject({ State__c: 'action-required' });
  expect(world.ace.calls('UpdateOpportunity').received).toBe(updates);
  await approve(deal);
  expect(world.ace.calls('UpdateOpportunity').received).toBe(updates + 1);
});

test('a part of the five-part test that does not hold stops it, and nobody is asked to let it pass', async () => {
  // Judged ten minutes after its facts were read: what is decided would not be about the deal as it is.
  const late: OrgRuntime = { ...runtime, clock: { now: () => new Date(Date.now() + 600_000).toISOString() } };
  const deal = await dealWorth(tooMuch);
  const referral = await refer(deal, 'flow', late);
  expect(referral).toMatchObject({ State__c: 'blocked', BlockedBy__c: 'freshness' });
  const link = present((await runtime.links.ofDeal(deal))[0]);
  const entries = await runtime.ledger.read(runtime.org, `${link.key}#${link.requestId ?? ''}`);
  const verdict = present(entries.find(({ kind }) => kind === 'verdict'));
  const { fiveParts } = Object(verdict.body) as { fiveParts: { part: string; held: boolean }[] };
  expect(fiveParts.filter(({ held }) => !held).map(({ part }) => part)).toEqual(['live-context']);
  expect(await approvalsOf(deal)).toEqual([]);
  expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
});
