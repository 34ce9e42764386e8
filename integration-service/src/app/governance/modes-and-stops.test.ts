import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { askGovernance, workOff } from '../../../test/support/ask-governance.ts';
import { present } from '../../../test/support/present.ts';
import { until } from '../../../test/support/until.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { READINESS_CHECKS } from '../../domain/framework/readiness.ts';
import { runWork } from '../workers/run-work.ts';
import { sweepRequests } from '../workers/sweep-inbox.ts';
import { seedDefaults } from '../seed-defaults.ts';
import { LedPause } from './led-pause.ts';
import { SwitchMirror } from './mirror-switches.ts';
import { controlEntry } from './record-control.ts';

/** Modes, phases, the matrix and switches, on a real org and a real PostgreSQL. The tests follow one another. */
let world: WorkingOrg;
beforeAll(async () => {
  world = await openWorkingOrg();
});
afterAll(() => world?.close());

type Row = Readonly<Record<string, unknown>>;
const key = 'co-selling:aws';
const modeRow = async (): Promise<Row> =>
  present(
    (
      await world.query<Row>(
        `SELECT Mode__c, Reason__c, Readiness__c, ReadinessAt__c, ChangedBy__c, Paused__c, PausedWhy__c FROM FunctionMode__c WHERE Key__c = '${key}'`,
      )
    )[0],
  );
const switchRow = async (scope: string): Promise<Row> =>
  present(
    (
      await world.query<Row>(
        `SELECT Active__c, Reason__c, By__c, Since__c, EndedAt__c, TestedAt__c, HalfDone__c FROM ControlSwitch__c WHERE Key__c = '${scope}'`,
      )
    )[0],
  );
const controlEntries = async (decision: string): Promise<readonly Row[]> =>
  world.room.database(world.org.orgId).run(sql<Row>`
    select decision, actor, body from ledger_entries where kind = 'control' and decision like ${decision} order by sequence`);
const epoch = async (): Promise<number> =>
  Number(
    (await world.room.database(world.org.orgId).run(sql<{ epoch: string }>`select epoch from control`))[0]?.epoch ?? 1,
  );
/** Refers a fresh deal and works until its record says how that ended: a slow machine may lose a claim on the way. */
const refer = async (): Promise<Row> => {
  const deal = await world.makeDeal();
  await world.refer(deal);
  return until('the referral has come to its end', async () => {
    await workOff(world.open.runtime);
    const rows = await world.query<Row>(
      `SELECT State__c, BlockedBy__c, Message__c FROM Referral__c WHERE Opportunity__c = '${deal}'`,
    );
    return rows.find(({ State__c }) => State__c === 'submitted' || State__c === 'blocked');
  });
};
const ask = (
  who: Parameters<typeof askGovernance>[1],
  kind: Parameters<typeof askGovernance>[2],
  subject: string,
  input: Record<string, unknown> = {},
) => askGovernance(world, who, kind, { subject, input });
const missingOf = (result: unknown): readonly string[] =>
  (result as { check: string; held: boolean }[]).filter(({ held }) => !held).map(({ check }) => check);

test('the matrix has 120 cells, each with its agent, and what an admin changes in one stays', async () => {
  const cells = await world.query<{ Key__c: string; Agent__c: string | null }>(
    'SELECT Key__c, Agent__c FROM FunctionControl__c',
  );
  expect(new Set(cells.map((cell) => cell.Key__c)).size).toBe(120);
  expect(cells.filter((cell) => cell.Agent__c === null)).toEqual([]);
  const cell = 'co-selling:governance:vendor-controlled';
  const [ada] = await world.query<{ Id: string }>("SELECT Id FROM User WHERE Username LIKE 'ada.admin%'");
  const changed = await ask('ada', 'change-control', cell, {
    ownerId: present(ada).Id,
    state: 'gap',
    note: 'Countersigned grants are missing.',
  });
  expect(changed).toMatchObject({ state: 'done' });
  expect(await seedDefaults(world.open.runtime)).toBe(0);
  expect(
    await world.query(
      `SELECT State__c, Note__c, OwnerUser__c, ChangedBy__c FROM FunctionControl__c WHERE Key__c = '${cell}'`,
    ),
  ).toMatchObject([
    {
      State__c: 'gap',
      Note__c: 'Countersigned grants are missing.',
      OwnerUser__c: present(ada).Id,
      ChangedBy__c: present(ada).Id,
    },
  ]);
  // Whoever sees to its governance is the manager of the agent.
  expect(await world.query("SELECT Manager__c FROM Agent__c WHERE Key__c = 'agent:co-selling'")).toMatchObject([
    { Manager__c: present(ada).Id },
  ]);
  expect(await controlEntries(`change-control:${cell}#%`)).toMatchObject([{ actor: present(ada).Id }]);
  expect(await ask('ada', 'change-control', 'co-selling:people:ours', { state: 'gap' })).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('no cell of the matrix'),
  });
  expect(await ask('ada', 'change-control', cell)).toMatchObject({ state: 'refused' });
  expect(await ask('sally', 'change-control', cell, { state: 'planned' })).toMatchObject({ state: 'refused' });
});

test('led is refused with the list of what is missing, and the record keeps the list', async () => {
  const before = await epoch();
  const refused = await ask('ada', 'change-mode', key, { mode: 'led', reason: 'We trust it.' });
  expect(refused).toMatchObject({ state: 'refused', message: expect.stringContaining('may not act by itself yet') });
  expect(missingOf(refused.result)).toEqual(
    expect.arrayContaining(['kill-switch', 'phase', 'decisions', 'approval-rate', 'five-parts', 'contact']),
  );
  const row = await modeRow();
  expect(row).toMatchObject({ Mode__c: 'assisted' });
  expect((JSON.parse(String(row.Readiness__c)) as { check: string }[]).map(({ check }) => check)).toEqual([
    ...READINESS_CHECKS,
  ]);
  expect(await epoch()).toBe(before);
  expect(await controlEntries('change-mode:%')).toEqual([]);
  expect(await ask('sally', 'change-mode', key, { mode: 'off', reason: 'I do not like it.' })).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('manage guardrails'),
  });
  expect(await ask('ada', 'change-mode', 'quoting:aws', { mode: 'assisted', reason: 'Try it.' })).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('no guardrails are set'),
  });
  expect(await ask('ada', 'change-mode', 'co-selling:nobody', { mode: 'off', reason: 'Away.' })).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('no partner with the key "nobody"'),
  });
});

test('a phase opens by what was shown, not by asking; an exception ends, and is not for oneself', async () => {
  const closed = await ask('ada', 'open-phase', '2', { reason: 'The quarter has begun.' });
  expect(closed).toMatchObject({
    state: 'refused',
    message: expect.stringMatching(/Phase 2 stays closed: .*Customer success is switched off.*Telemetry/),
  });
  expect(await ask('ada', 'open-phase', '4', { reason: 'There is more.' })).toMatchObject({ state: 'refused' });
  const until = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const why = 'The board wants to see it act with AWS this month.';
  for (const days of [-1, 181])
    expect(await ask('ada', 'allow-exception', 'co-selling', { until: until(days), reason: why })).toMatchObject({
      state: 'refused',
    });
  const own = await ask('ada', 'allow-exception', 'co-selling', { until: until(30), reason: why });
  expect(own).toMatchObject({ state: 'done' });
  expect(await controlEntries('allow-exception:%')).toHaveLength(1);
  const [phase] = await world.query<{ Progress__c: string }>(
    "SELECT Progress__c FROM RolloutPhase__c WHERE Key__c = '1'",
  );
  expect(JSON.parse(present(phase).Progress__c)).toEqual(
    expect.arrayContaining([expect.objectContaining({ function: 'co-selling', exceptions: [expect.anything()] })]),
  );
  // Ada's own exception does not help Ada.
  expect(missingOf((await ask('ada', 'check-readiness', key)).result)).toContain('phase');
});

test('when nothing is missing led is switched on, by name, on record, and what was judged before is judged again', async () => {
  const { runtime, topic } = world.open;
  const numbers = { minimumDecisions: 2, minimumApprovedBps: 9_000, needs: [] };
  const change = {
    function: 'co-selling',
    rule: 'phase-prerequisites',
    scope: 'all',
    settings: numbers,
    effectiveFrom: null,
  };
  expect(await askGovernance(world, 'ada', 'change-policy', { input: { change, basedOn: 1 } })).toMatchObject({
    state: 'done',
  });
  for (let time = 0; time < 2; time += 1) expect((await refer()).State__c).toBe('submitted');
  expect(await ask('ada', 'test-stop', 'partner:aws')).toMatchObject({
    state: 'done',
    message: expect.stringContaining('The switch works'),
  });
  expect(await switchRow('partner:aws')).toMatchObject({ Active__c: false, TestedAt__c: expect.any(String) });
  const [max] = await world.query<{ Id: string }>("SELECT Id FROM User WHERE Username LIKE 'max.manager%'");
  const by = present(max).Id;
  await runtime.rollout.allow(
    {
      function: 'co-selling',
      by,
      until: new Date(Date.now() + 86_400_000).toISOString(),
      reason: 'For a day.',
      request: 'r1',
    },
    controlEntry(runtime.org, runtime.clock.now(), {
      kind: 'allow-exception',
      subject: 'co-selling',
      request: 'r1',
      actor: by,
      body: { what: 'For a day.', before: null, after: null, why: '' },
    }),
  );
  await runtime.subscriptions.acquire(topic);
  await runtime.vitals.tell(topic, true);
  const ready = await ask('ada', 'check-readiness', key);
  expect(missingOf(ready.result)).toEqual([]);
  expect(ready.message).toBe(`Ready: all ${READINESS_CHECKS.length} checks hold.`);

  const before = await epoch();
  expect(await ask('ada', 'change-mode', key, { mode: 'led', reason: 'All checks hold.' })).toMatchObject({
    state: 'done',
  });
  expect(await modeRow()).toMatchObject({
    Mode__c: 'led',
    Reason__c: 'All checks hold.',
    ChangedBy__c: expect.any(String),
  });
  expect(await epoch()).toBeGreaterThan(before);
  expect(await controlEntries('change-mode:%')).toHaveLength(1);
});

test('led pauses by itself when the org is not heard of, says so when it can, and goes on', async () => {
  const { runtime, topic } = world.open;
  const pause = new LedPause(runtime, 900_000);
  await pause.look();
  expect(await runtime.control.ledPause()).toBeNull();
  const silent = (minutes: number) =>
    world.room
      .database(runtime.org)
      .run(sql`update subscriptions set heard_at = now() - ${minutes} * interval '1 minute', last_event_at = null`);
  await silent(14);
  await pause.look();
  expect(await runtime.control.ledPause()).toBeNull();
  const before = await epoch();
  await silent(16);
  await pause.look();
  expect(await runtime.control.ledPause()).toMatchObject({ why: expect.stringContaining('not been heard of') });
  expect(await epoch()).toBeGreaterThan(before);
  expect(await modeRow()).toMatchObject({ Mode__c: 'led', Paused__c: true });
  // Whoever tells holds the lease; on a busy machine that of the test before may have run out.
  await runtime.subscriptions.acquire(topic);
  await runtime.vitals.tell(topic, true);
  await pause.look();
  expect(await runtime.control.ledPause()).toBeNull();
  expect(await modeRow()).toMatchObject({
    Paused__c: false,
    PausedWhy__c: expect.stringContaining('Paused by itself'),
  });
  expect((await controlEntries('%-led:all#%')).map(({ actor }) => actor)).toEqual([
    'agent:orchestration',
    'agent:orchestration',
  ]);
});

test('off is immediate and asks for nothing', async () => {
  expect(await ask('ada', 'change-mode', key, { mode: 'off', reason: 'A question came up.' })).toMatchObject({
    state: 'done',
  });
  expect(await refer()).toMatchObject({ State__c: 'blocked', BlockedBy__c: 'mode' });
  expect(await ask('ada', 'change-mode', key, { mode: 'assisted', reason: 'Answered.' })).toMatchObject({
    state: 'done',
  });
  expect((await refer()).State__c).toBe('submitted');
});

test('a switch is thrown from Salesforce by who may, shown, and let go by who may', async () => {
  expect(await ask('sally', 'stop', 'partner:aws', { reason: 'No reason.' })).toMatchObject({ state: 'refused' });
  expect(await ask('ada', 'stop', 'partner:azure', { reason: 'Not there.' })).toMatchObject({ state: 'refused' });
  expect(await ask('ada', 'stop', 'everything', { reason: 'Not a scope.' })).toMatchObject({ state: 'refused' });
  expect(await world.open.runtime.control.stops()).toEqual([]);

  const stopped = await ask('ada', 'stop', 'partner:aws', { reason: 'AWS asked us to.' });
  expect(stopped).toMatchObject({ state: 'done', result: { scope: 'partner:aws', halfDone: [] } });
  expect(await switchRow('partner:aws')).toMatchObject({
    Active__c: true,
    Reason__c: 'AWS asked us to.',
    By__c: 'Ada Admin',
    Since__c: expect.any(String),
    HalfDone__c: '[]',
  });
  expect(await refer()).toMatchObject({ State__c: 'blocked', BlockedBy__c: 'kill-switch' });
  expect(await ask('ada', 'resume', 'partner:aws', { reason: 'They are done.' })).toMatchObject({ state: 'done' });
  expect(await switchRow('partner:aws')).toMatchObject({
    Active__c: false,
    EndedAt__c: expect.any(String),
    HalfDone__c: null,
  });
  expect((await refer()).State__c).toBe('submitted');
  expect(await ask('ada', 'resume', 'partner:aws', { reason: 'Once more.' })).toMatchObject({ state: 'refused' });
  expect(
    (await controlEntries('stop:partner:aws#%')).length + (await controlEntries('resume:partner:aws#%')).length,
  ).toBe(2);
});

test('what is on its way at the partner comes to its end, nothing more of it begins, and the switch lists it', async () => {
  const { runtime } = world.open;
  const { ace } = world;
  const associated = ace.calls('AssociateOpportunity').received;
  const created = ace.calls('CreateOpportunity').received;
  const settings = await runtime.crm.readSettings(60_000);
  if (!settings.ok) throw new Error(settings.error.message);
  const [partner] = await world.query<{ Id: string }>("SELECT Id FROM Partner__c WHERE Key__c = 'aws'");
  const deals = [await world.makeDeal(), await world.makeDeal(), await world.makeDeal()];
  for (const deal of deals)
    await world.org.insert('sally', 'Request__c', {
      Kind__c: 'refer',
      Surface__c: 'panel',
      Opportunity__c: deal,
      Partner__c: present(partner).Id,
      Input__c: JSON.stringify({ version: 1, shown: { fields: settings.value.mapping.map(({ target }) => target) } }),
    });
  ace.faults.add({ kind: 'hold-after-commit', operation: 'CreateOpportunity', times: deals.length });
  await sweepRequests(runtime);
  const works = (await runtime.inbox.due(10)).map((job) => runWork(runtime, job.id));
  await until('every worker waits for AWS', () =>
    Promise.resolve(ace.calls('CreateOpportunity').received === created + deals.length),
  );
  expect(await ask('ada', 'stop', 'all', { reason: 'A drill on real work.' })).toMatchObject({ state: 'done' });
  ace.faults.clear();
  await Promise.all(works);
  await until('the work has ended', async () => {
    await workOff(runtime);
    const rows = await world.query<Row>(
      `SELECT State__c FROM Referral__c WHERE Opportunity__c IN (${deals.map((deal) => `'${deal}'`).join(', ')})`,
    );
    return rows.length === deals.length && rows.every(({ State__c }) => State__c === 'blocked');
  });
  expect(ace.calls('CreateOpportunity').received).toBe(created + deals.length);
  expect(ace.calls('AssociateOpportunity').received).toBe(associated);
  expect(
    await world.room
      .database(runtime.org)
      .run(sql`select 1 from effects, control_stops stop where stop.scope = 'all' and intended_at > stop.at`),
  ).toEqual([]);
  await new SwitchMirror(runtime, 0).look();
  const halfDone = JSON.parse(String((await switchRow('all')).HalfDone__c)) as Row[];
  expect(halfDone).toHaveLength(deals.length);
  expect(halfDone.every(({ step, networkId }) => step === 'create' && typeof networkId === 'string')).toBe(true);
  expect(await ask('ada', 'resume', 'all', { reason: 'The drill is over.' })).toMatchObject({ state: 'done' });
});

test('a switch that was thrown without Salesforce is shown there, and a record that says otherwise is put right', async () => {
  const { runtime } = world.open;
  const mirror = new SwitchMirror(runtime, 0);
  await runtime.control.stop('function:co-selling', 'Salesforce is away.', 'operator');
  await mirror.look();
  expect(await switchRow('function:co-selling')).toMatchObject({ Active__c: true, By__c: 'operator' });
  await runtime.crm.upsertRows([{ object: 'ControlSwitch__c', key: 'function:co-selling', fields: { active: false } }]);
  await mirror.look();
  expect(await switchRow('function:co-selling')).toMatchObject({ Active__c: true });
  await runtime.control.resume('function:co-selling');
  await mirror.look();
  expect(await switchRow('function:co-selling')).toMatchObject({ Active__c: false });
});

test('decisions and what people said to them are counted once, however often the ledger is read', async () => {
  const { rollout } = world.open.runtime;
  while (await rollout.count()) expect(rollout).toBeDefined();
  const first = await rollout.counts();
  await rollout.count();
  expect(await rollout.counts()).toEqual(first);
  const own = present(first.find(({ function: of, partner }) => of === 'co-selling' && partner === 'aws'));
  // Four of the tests above, and the three clicks whose work was then stopped.
  expect(own).toMatchObject({ approved: 7, rejected: 0 });
  expect(own.decisions).toBeGreaterThanOrEqual(own.approved + 2);
});
