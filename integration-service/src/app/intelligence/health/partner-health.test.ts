import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askGovernance } from '../../../../test/support/ask-governance.ts';
import { present } from '../../../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../../test/support/working-org.ts';
import { mondayOf, weekOf } from '../../../domain/health/weeks.ts';
import { dayOf, type TakenEvent } from '../../../domain/telemetry/event.ts';
import type { EventKind } from '../../../domain/telemetry/event-kinds.ts';
import { openInterventions } from './interventions.ts';
import { PartnerHealth } from './partner-health.ts';

const DAY_MS = 86_400_000;
let world: WorkingOrg;
let manager: string;
beforeAll(async () => {
  world = await openWorkingOrg();
  const [user] = await world.query<{ Id: string }>(
    `SELECT Id FROM User WHERE Username = 'max.manager@tandem.example.com'`,
  );
  manager = present(user).Id;
  const { crm, telemetry } = world.open.runtime;
  await telemetry.roller.keepDays(dayOf(Date.now()));
  await telemetry.roller.makeHistory(dayOf(Date.now()));
  const partner = (key: string, name: string) => ({
    object: 'Partner__c' as const,
    key,
    fields: { Name: name, kind: 'reseller', network: 'none', active: true, segment: 'reseller', managerUser: manager },
  });
  const written = await crm.upsertRows([
    partner('falling', 'Falling Ltd'),
    partner('steady', 'Steady Ltd'),
    partner('quiet', 'Quiet Ltd'),
  ]);
  if (!written.ok) throw new Error(written.error.message);
  const refused = written.value.find(({ problem }) => problem);
  if (refused) throw new Error(refused.problem ?? '');
}, 120_000);
afterAll(() => world?.close());

/** Tells so many events of each week, oldest first, and has them added up. */
const tell = async (partner: string, kind: EventKind, perWeek: (weeksAgo: number) => number, weeks = 58) => {
  const { telemetry } = world.open.runtime;
  const source = await telemetry.sources.own();
  const now = Date.now();
  const events: TakenEvent[] = [];
  for (let ago = weeks; ago >= 0; ago -= 1) {
    const monday = Date.parse(`${mondayOf(weekOf(now) - ago)}T09:00:00Z`);
    for (let number = 0; number < perWeek(ago); number += 1) {
      const atMs = Math.min(monday + (number % 5) * DAY_MS + number * 1_000, now - 1_000 * (perWeek(ago) - number));
      const id = `${partner}:${kind}:${ago}:${number}`;
      events.push({ index: events.length, id, atMs, kind, partner, account: '', value: 1, corrects: null });
    }
  }
  await telemetry.events.store(source, events);
  await telemetry.roller.rollAll();
};

interface PartnerRow {
  readonly Key__c: string;
  readonly Health__c: number | null;
  readonly HealthBand__c: string;
  readonly HealthReasons__c: string;
  readonly HealthMissing__c: string | null;
  readonly HealthConfidence__c: number;
  readonly UsageSignal__c: number | null;
  readonly InteractionSignal__c: number | null;
  readonly Declining__c: boolean;
  readonly HealthSeries__c: string;
  readonly LastModifiedDate: string;
}
const partnerRow = async (key: string): Promise<PartnerRow> =>
  present(
    (
      await world.query<PartnerRow>(
        `SELECT Key__c, Health__c, HealthBand__c, HealthReasons__c, HealthMissing__c, HealthConfidence__c, UsageSignal__c, ` +
          `InteractionSignal__c, Declining__c, HealthSeries__c, LastModifiedDate FROM Partner__c WHERE Key__c = '${key}'`,
      )
    )[0],
  );

const interventions = () =>
  world.query<Record<string, unknown>>(
    `SELECT Id, Key__c, State__c, Kind__c, Reason__c, NextStep__c, Evidence__c, AssignedTo__c, OwnerId, TaskId__c, DueAt__c ` +
      `FROM Intervention__c ORDER BY Key__c`,
  );

describe('from what was told to the record', () => {
  test('health has a score, a band and reasons that add up; what is missing is told; a decline has one intervention', async () => {
    const { runtime } = world.open;
    await tell('steady', 'product.sessions', () => 6);
    await tell('steady', 'partner.message', () => 4);
    await tell('falling', 'product.sessions', (ago) => (ago <= 8 ? 1 : 8));
    await tell('falling', 'partner.message', (ago) => (ago <= 8 ? 0 : 6));
    await tell('quiet', 'product.sessions', () => 5);
    const trace = (passed: string): void => {
      if (passed === 'health-before-kept') throw new Error('The process ended here.');
    };
    await expect(new PartnerHealth({ ...runtime, trace }).look()).rejects.toThrow('ended here');
    // What it wrote and did not remember is written again by the next one, and flagged once.
    const first = await new PartnerHealth(runtime).look();
    expect(first).toMatchObject({ looked: 4, written: 4, flagged: 1 });

    const steady = await partnerRow('steady');
    expect(steady).toMatchObject({ HealthBand__c: 'steady', HealthMissing__c: null, Declining__c: false });
    const falling = await partnerRow('falling');
    expect(falling.Health__c).toBeLessThan(40);
    expect(falling).toMatchObject({ HealthBand__c: 'at-risk', Declining__c: true });
    const reasons = JSON.parse(falling.HealthReasons__c) as { points: number; says: string }[];
    expect(reasons.reduce((sum, { points }) => sum + Math.round(10 * points), 0)).toBe(10 * (falling.Health__c ?? 0));
    const quiet = await partnerRow('quiet');
    expect(quiet).toMatchObject({ HealthMissing__c: 'interaction', InteractionSignal__c: null });
    expect(quiet.HealthConfidence__c).toBeLessThanOrEqual(50);
    expect(await partnerRow('aws')).toMatchObject({
      Health__c: null,
      HealthBand__c: 'unknown',
      HealthMissing__c: 'usage, interaction',
    });
    const series = JSON.parse(falling.HealthSeries__c) as { weeks: string[]; score: (number | null)[] };
    expect(series.weeks).toHaveLength(26);
    expect(series.score.at(-1)).toBe(falling.Health__c);

    expect(await openInterventions(runtime)).toBe(1);
    const [opened, ...more] = await interventions();
    expect(more).toEqual([]);
    expect(opened).toMatchObject({ State__c: 'proposed', AssignedTo__c: manager, OwnerId: manager });
    expect(opened?.NextStep__c).toContain('Falling Ltd');
    expect(JSON.parse(String(opened?.Evidence__c))).toMatchObject({ score: falling.Health__c });
    expect((await runtime.ledger.read(runtime.org, `open-intervention:${String(opened?.Key__c)}#decline`)).length).toBe(
      1,
    );
  });

  test('looked at again without anything new nothing is written, and the same decline is not told twice', async () => {
    const { runtime } = world.open;
    const again = new PartnerHealth((await world.another()).runtime);
    expect(await again.look()).toMatchObject({ written: 0, flagged: 0 });
    expect(await again.lookAtAll()).toMatchObject({ looked: 4, written: 0, flagged: 0 });
    expect(await openInterventions(runtime)).toBe(0);
    expect(await interventions()).toHaveLength(1);
  });

  test('what is told of a partner moves its record at the next look', async () => {
    const before = await partnerRow('quiet');
    await tell('quiet', 'partner.meeting', () => 2, 20);
    const look = await new PartnerHealth(world.open.runtime).look();
    expect(look).toMatchObject({ looked: 1, written: 1 });
    const after = await partnerRow('quiet');
    expect(after.HealthMissing__c).toBeNull();
    expect(after.InteractionSignal__c).not.toBeNull();
    expect(after.HealthConfidence__c).toBeGreaterThan(before.HealthConfidence__c);
  });
});

describe('what people say to an intervention', () => {
  const only = async () => present((await interventions())[0]);
  const tasks = (id: unknown) =>
    world.query<Record<string, unknown>>(
      `SELECT Id, OwnerId, Subject, Status, ActivityDate FROM Task WHERE WhatId = '${String(id)}'`,
    );

  test('whoever may not approve and does not have the step may not answer it', async () => {
    const { Key__c: key } = await only();
    const refused = await askGovernance(world, 'sally', 'answer-intervention', {
      subject: String(key),
      input: { answer: 'accept' },
    });
    expect(refused).toMatchObject({ state: 'refused', message: expect.stringContaining('not yours to answer') });
  });

  test('taken up it is a task of the manager, once, however often it is said', async () => {
    const { Id: id, Key__c: key } = await only();
    for (let turn = 0; turn < 2; turn += 1)
      expect(
        await askGovernance(world, 'max', 'answer-intervention', { subject: String(key), input: { answer: 'accept' } }),
      ).toMatchObject({ state: 'done', message: 'The step is yours: it is among your tasks.' });
    const [task, ...more] = await tasks(id);
    expect(more).toEqual([]);
    expect(task).toMatchObject({ OwnerId: manager, Status: 'Not Started' });
    expect(await only()).toMatchObject({ State__c: 'accepted', TaskId__c: task?.Id });
  });

  test('given to somebody else, changed by that person and done; closed it stays closed', async () => {
    const { Id: id, Key__c: key } = await only();
    const [sally] = await world.query<{ Id: string }>(
      `SELECT Id FROM User WHERE Username = 'sally.seller@tandem.example.com'`,
    );
    const given = await askGovernance(world, 'max', 'assign-interventions', {
      input: { interventions: [String(key), 'nobody:2026-01-05'], assignTo: present(sally).Id },
    });
    expect(given).toMatchObject({ state: 'done', result: { passedOver: ['nobody:2026-01-05'] } });
    expect(await only()).toMatchObject({ AssignedTo__c: present(sally).Id, TaskId__c: null });
    const changed = await askGovernance(world, 'sally', 'answer-intervention', {
      subject: String(key),
      input: { answer: 'change', nextStep: 'Write to them first.', dueAt: '2026-12-24' },
    });
    expect(changed.state).toBe('done');
    expect(await only()).toMatchObject({ State__c: 'changed', NextStep__c: 'Write to them first.' });
    expect(await tasks(id)).toContainEqual(
      expect.objectContaining({ OwnerId: present(sally).Id, ActivityDate: '2026-12-24' }),
    );
    const over = await askGovernance(world, 'sally', 'answer-intervention', {
      subject: String(key),
      input: { answer: 'done' },
    });
    expect(over.state).toBe('done');
    expect(await tasks(id)).toHaveLength(2);
    const late = await askGovernance(world, 'max', 'answer-intervention', {
      subject: String(key),
      input: { answer: 'dismiss', reason: 'They have closed.' },
    });
    expect(late).toMatchObject({ state: 'refused', message: 'It is done already.' });
    expect(await world.open.runtime.ledger.verify(world.open.runtime.org)).toMatchObject({ firstBad: null });
  });

  test('setting one aside needs a reason', async () => {
    const { Key__c: key } = await only();
    const refused = await askGovernance(world, 'max', 'answer-intervention', {
      subject: String(key),
      input: { answer: 'dismiss' },
    });
    expect(refused).toMatchObject({ state: 'refused', message: expect.stringContaining('say in a sentence why') });
  });
});

test('nothing is looked at while a switch stops customer success', async () => {
  const { runtime } = world.open;
  await runtime.control.stop('function:customer-success', 'a test', 'system');
  await tell('steady', 'partner.meeting', () => 1, 2);
  expect(await new PartnerHealth(runtime).look()).toEqual({ looked: 0, written: 0, flagged: 0 });
  await runtime.control.resume('function:customer-success');
  expect(await new PartnerHealth(runtime).look()).toMatchObject({ looked: 1 });
});

test('a partnership that is ended while it falls is remembered as one that left, with what was said to its flag', async () => {
  const { runtime } = world.open;
  const ended = await runtime.crm.upsertRows([{ object: 'Partner__c', key: 'falling', fields: { active: false } }]);
  expect(ended.ok).toBe(true);
  await new PartnerHealth(runtime).lookAt(['falling']);
  expect(await runtime.health.outcomes()).toEqual([{ answer: 'done', outcome: 'left', declines: 1 }]);
});
