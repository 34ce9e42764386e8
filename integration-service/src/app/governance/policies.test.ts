import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { askGovernance, outcomeOf, workOff, writeWish } from '../../../test/support/ask-governance.ts';
import { present } from '../../../test/support/present.ts';
import { runTandem } from '../../../test/support/tandem-command.ts';
import { until } from '../../../test/support/until.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { examinePolicies } from '../command-line/examine-policies.ts';
import { policiesOf } from '../workers/policies.ts';

/** Policies that people own, on a real org and a real PostgreSQL: what counts, who may change it, and what a crash does. */
let world: WorkingOrg;
beforeAll(async () => {
  world = await openWorkingOrg();
});
afterAll(() => world.close());

interface PolicyRow {
  readonly Id: string;
  readonly Version__c: number;
  readonly Settings__c: string;
  readonly AuthorUser__c: string | null;
  readonly DecisionHash__c: string | null;
}

const sharing = (settings: object, scope = 'all') => ({
  function: 'co-selling',
  rule: 'data-sharing',
  scope,
  settings,
  effectiveFrom: null,
});
const strict = sharing({ personalFields: [] });
const open = sharing({ personalFields: 'all' });

const versions = (): Promise<readonly PolicyRow[]> =>
  world.query<PolicyRow>(
    `SELECT Id, Version__c, Settings__c, AuthorUser__c, DecisionHash__c FROM GuardrailPolicy__c
     WHERE Rule__c = 'data-sharing' AND Scope__c = 'all' ORDER BY Version__c DESC`,
  );
const newest = async (): Promise<PolicyRow> => present((await versions())[0]);

const controlEntries = async (request: string): Promise<readonly { hash: string }[]> =>
  world.room.database(world.org.orgId).run(sql<{ hash: string }>`
    select encode(hash, 'hex') as hash from ledger_entries where kind = 'control' and decision like ${`%#${request}`}`);

/** What became of a fresh deal that the seller refers now: the outcome that its record shows, and why. */
const referral = async (): Promise<{ State__c: unknown; Message__c: unknown }> => {
  const deal = await world.makeDeal();
  await world.refer(deal);
  await until('the referral is judged and told of', async () => {
    await workOff(world.open.runtime);
    return (
      (await world.query(`SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}' AND State__c != 'filing'`))
        .length > 0
    );
  });
  return (await world.referral(deal, ['State__c', 'Message__c'])) as never;
};

test('a change by who may judges the next referral, without a restart, and an older one stands in the ledger', async () => {
  expect((await referral()).State__c).not.toBe('blocked');
  // Made by another process: this one still remembers the policies by which it has just judged.
  const other = await world.another();
  const change = { input: { change: strict, basedOn: 1 } };
  const { id, ...outcome } = await askGovernance(world, 'ada', 'change-policy', change, other.runtime);
  expect(outcome).toMatchObject({
    state: 'done',
    message: expect.stringContaining('version 2'),
    result: { version: 2 },
  });
  const [entry] = await controlEntries(id);
  const row = await newest();
  expect(row).toMatchObject({ Version__c: 2, DecisionHash__c: present(entry).hash });
  expect(row.AuthorUser__c).not.toBeNull();
  expect(await referral()).toMatchObject({ State__c: 'blocked' });
  const back = await askGovernance(world, 'ada', 'change-policy', { input: { change: open, basedOn: 2 } });
  expect(back.state).toBe('done');
});

test('a seller and an agent change nothing, whatever they write', async () => {
  const before = await versions();
  const seller = await askGovernance(world, 'sally', 'change-policy', { input: { change: strict } });
  expect(seller).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('permission to manage guardrails'),
  });
  const agent = await askGovernance(world, 'ada', 'change-policy', { input: { change: strict }, surface: 'agent' });
  expect(agent).toMatchObject({ state: 'refused', message: expect.stringContaining('Agents may not ask for this') });
  expect(await versions()).toEqual(before);
  expect([...(await controlEntries(seller.id)), ...(await controlEntries(agent.id))]).toEqual([]);
});

test('what cannot be saved is refused with what is wrong, and so is a change of numbers that somebody changed since', async () => {
  const wrong = await askGovernance(world, 'ada', 'change-policy', {
    input: { change: sharing({ personalFields: 'some' }) },
  });
  expect(wrong).toMatchObject({ state: 'refused', result: { problems: [{ part: 'settings' }] } });
  const { Version__c: version } = await newest();
  const late = await askGovernance(world, 'ada', 'change-policy', { input: { change: strict, basedOn: version - 1 } });
  expect(late).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('Ada Admin changed this policy since you looked at it'),
    result: { newest: { version, settings: { personalFields: 'all' } } },
  });
  expect((await newest()).Version__c).toBe(version);
});

test('of two who change the same version at once, in two processes, one is told that the other was faster', async () => {
  const { Version__c: version } = await newest();
  const wishes = await Promise.all(
    [strict, open].map((change) => writeWish(world, 'ada', 'change-policy', { input: { change, basedOn: version } })),
  );
  const other = await world.another();
  await Promise.all([workOff(world.open.runtime), workOff(other.runtime)]);
  await workOff(world.open.runtime);
  const outcomes = await Promise.all(wishes.map((id) => outcomeOf(world, id)));
  expect(outcomes.map(({ state }) => state).sort()).toEqual(['done', 'refused']);
  expect((await newest()).Version__c).toBe(version + 1);
});

test.each(['policy-after-recorded', 'policy-after-written', 'governance-before-answered'])(
  'a process that ends at %s leaves a change that is done once by the next one',
  async (point) => {
    const { Version__c: version } = await newest();
    const ending: OrgRuntime = {
      ...world.open.runtime,
      trace: (passed) => {
        if (passed === point) throw new Error('the process ends here');
      },
    };
    const id = await writeWish(world, 'ada', 'change-policy', { input: { change: strict, basedOn: version } });
    await workOff(ending);
    expect((await outcomeOf(world, id)).state).toBe('new');
    await world.room.database(world.org.orgId).run(sql`update inbox set due_at = now() where target = ${id}`);
    await workOff((await world.another()).runtime);
    expect(await outcomeOf(world, id)).toMatchObject({ state: 'done', result: { version: version + 1 } });
    expect(await controlEntries(id)).toHaveLength(1);
    expect((await newest()).Version__c).toBe(version + 1);
  },
);

test('a row that an administrator edits past the service denies, until the policy is saved again', async () => {
  await askGovernance(world, 'ada', 'change-policy', { input: { change: open } });
  const { Id, Version__c: version } = await newest();
  // Moved away, so that an older version would count again.
  const edit = await world.org.call('admin', 'PATCH', `sobjects/GuardrailPolicy__c/${Id}`, {
    Scope__c: 'partner:nobody',
  });
  expect(edit.status).toBe(204);
  world.open.runtime.crm.forgetSettings();
  expect(await referral()).toMatchObject({
    State__c: 'blocked',
    Message__c: expect.stringContaining('changed in Salesforce by hand'),
  });
  const saved = await askGovernance(world, 'ada', 'change-policy', { input: { change: open } });
  expect(saved).toMatchObject({ state: 'done', result: { version: version + 1 } });
  expect((await referral()).State__c).not.toBe('blocked');
});

test('a row that an administrator deletes past the service denies, is told by doctor, and is healed by saving again', async () => {
  const { runtime } = world.open;
  expect((await askGovernance(world, 'ada', 'change-policy', { input: { change: strict } })).state).toBe('done');
  const gone = await newest();
  const { status } = await world.org.call('admin', 'DELETE', `sobjects/GuardrailPolicy__c/${gone.Id}`);
  expect(status).toBe(204);
  // A change may be on its way from the ledger to its row for a while; then a row that is not there was deleted.
  const later = { now: () => new Date(Date.parse(runtime.clock.now()) + 600_000).toISOString() };
  const look = async () => {
    const read = await runtime.crm.readSettings(0);
    if (!read.ok) throw new Error(read.error.message);
    const policies = await policiesOf({ ...runtime, clock: later }, read.value.policies);
    expect(await policiesOf(runtime, read.value.policies)).toBe(policies);
    return policies.filter(({ rule, version }) => rule === 'data-sharing' && version === gone.Version__c);
  };
  runtime.crm.forgetSettings();
  expect(await look()).toMatchObject([
    { scope: 'all', settings: { unreadable: expect.stringContaining('deleted there by hand') } },
  ]);
  await expect(examinePolicies({ ...runtime, clock: later })).rejects.toThrow('was saved and is not there any more');
  const again = await askGovernance(world, 'ada', 'change-policy', { input: { change: strict } });
  expect(again).toMatchObject({ state: 'done' });
  runtime.crm.forgetSettings();
  expect(await look()).not.toContainEqual(
    expect.objectContaining({ settings: { unreadable: expect.stringContaining('deleted') } }),
  );
});

test('a simulation tells what a change would have done to the decisions of the ledger, and saves nothing', async () => {
  const before = await versions();
  const outcome = await askGovernance(world, 'ada', 'simulate-policy', { input: { change: strict } });
  expect(outcome).toMatchObject({
    state: 'done',
    result: { transitions: expect.any(Array), from: expect.any(String) },
  });
  const { judged, changed } = outcome.result as { judged: number; changed: number };
  expect(judged).toBeGreaterThan(changed);
  expect(changed).toBeGreaterThan(0);
  expect(await versions()).toEqual(before);
});

test('the command line lists the policies, and simulates a change, without saving anything', async () => {
  const before = await versions();
  const listed = await runTandem(['policy', 'list'], world.environment);
  expect(listed).toMatchObject({
    code: 0,
    output: expect.stringContaining('co-selling:data-sharing:all:v2  version 2'),
  });
  const change = ['--function', 'co-selling', '--rule', 'data-sharing', '--scope', 'all', '--settings'];
  const simulated = await runTandem(['policy', 'simulate', ...change, '{"personalFields":[]}'], world.environment);
  expect(JSON.parse(simulated.output)).toMatchObject({ org: world.org.orgId, judged: expect.any(Number) });
  expect((JSON.parse(simulated.output) as { changed: number }).changed).toBeGreaterThan(0);
  expect(await versions()).toEqual(before);
});
