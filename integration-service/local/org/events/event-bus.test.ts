import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '../engine/engine.ts';
import { startEventBus, type EventBus, type EventBusOptions } from './event-bus.ts';
import { ChangeEventSchemas } from './change-event-schema.ts';
import { fromBitmaps } from './field-bitmap.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { TestSubscriber } from './test-subscriber.ts';
import type { TopicInfo } from './wire.ts';

const SOURCE = join(import.meta.dirname, '../../../../force-app/main');
const CHANNEL = '/data/TandemChannel__chn';
const SESSION = { token: 'good-token', orgId: '00D000000000001EAA' };
const DEAL = '006000000000001AAA';

let scripted: ScriptedEngine;
let directory: string;
let bus: EventBus;
let sessions: Set<string>;
const open: TestSubscriber[] = [];

const startBus = async (options: Partial<EventBusOptions> = {}): Promise<void> => {
  bus = await startEventBus({
    engine: scripted.engine,
    contextOfToken: (token) =>
      Promise.resolve(sessions.has(token) ? ({ userId: '005000000000001AAA' } as RequestContext) : undefined),
    sourceFolders: [SOURCE],
    certificateDirectory: directory,
    ...options,
  });
};

const subscriber = (session = SESSION): TestSubscriber => {
  const made = new TestSubscriber(bus, session);
  open.push(made);
  return made;
};

const numbers = ({ events }: TestSubscriber): number[] =>
  events.map(({ values }) => Number(String(values['Name']).slice(4)));

beforeEach(() => {
  scripted = new ScriptedEngine([SOURCE]);
  sessions = new Set(['good-token']);
  directory = mkdtempSync(join(tmpdir(), 'event-bus-'));
});

afterEach(async () => {
  open.splice(0).forEach((client) => client.close());
  await bus.stop();
  rmSync(directory, { recursive: true });
});

describe('delivery', () => {
  beforeEach(() => startBus());

  test('a create comes with its header and every value, nothing twice, in commit order', async () => {
    const client = subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' });
    scripted.commit(
      [
        {
          object: 'Request__c',
          id: 'a0R000000000007AAA',
          type: 'create',
          after: {
            Name: 'REQ-7',
            State__c: 'new',
            ClickedAt__c: '2026-11-21T09:59:59.000+0000',
            CreatedDate: '2026-11-21T10:00:00.000+0000',
            Message__c: null,
          },
        },
      ],
      { clientName: 'tandem', userId: '005000000000009AAA' },
    );
    scripted.request(8);
    await client.untilEvents(2);
    expect(numbers(client)).toEqual([7, 8]);
    expect(client.events[0]?.values).toEqual({
      Name: 'REQ-7',
      State__c: 'new',
      ClickedAt__c: Date.parse('2026-11-21T09:59:59Z'),
      CreatedDate: Date.parse('2026-11-21T10:00:00Z'),
    });
    expect(client.events[0]?.header).toMatchObject({
      entityName: 'Request__c',
      recordIds: ['a0R000000000007AAA'],
      changeType: 'CREATE',
      changeOrigin: 'com/salesforce/api/rest/66.0;client=tandem',
      sequenceNumber: 1,
      commitTimestamp: Date.parse('2026-11-21T10:00:00Z'),
      commitNumber: 1,
      commitUser: '005000000000009AAA',
      changedFields: [],
      nulledFields: [],
      diffFields: [],
    });
    expect(client.events[0]?.replayId).toHaveLength(8);
    expect(client.responses.at(-1)?.pending_num_requested).toBe(98);
  });

  test('an update shows what changed and what is enriched; bitmaps name changed and emptied fields', async () => {
    const client = subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' });
    const before = { Name: 'Deal', TandemTracked__c: true, Amount: 10, Description: 'old', StageName: 'Prospecting' };
    scripted.commit([
      {
        object: 'Opportunity',
        id: DEAL,
        type: 'update',
        before,
        after: { ...before, Amount: 20.5, Description: null },
      },
    ]);
    await client.untilEvents(1);
    const [event] = client.events;
    expect(event?.values).toEqual({ Amount: 20.5, TandemTracked__c: true });
    const opportunity = scripted.schema.object('Opportunity');
    if (!opportunity) throw new Error('the schema has no Opportunity');
    const { order } = new ChangeEventSchemas().of(opportunity);
    const named = (name: string): string[] => fromBitmaps(event?.header[name] as string[], order).sort();
    expect(named('changedFields')).toEqual(['Amount', 'Description']);
    expect(named('nulledFields')).toEqual(['Description']);
  });

  test('filters let only their events through, each transaction gives one event a record', async () => {
    const client = subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' });
    const untracked = { Name: 'Deal', TandemTracked__c: false, Amount: 1 };
    scripted.commit([
      { object: 'Opportunity', id: DEAL, type: 'update', before: untracked, after: { ...untracked, Amount: 2 } },
      { object: 'Account', id: '001000000000001AAA', type: 'create', after: { Name: 'Not a member' } },
      { object: 'PartnerGrant__c', id: 'a0G000000000001AAA', type: 'create', after: { Name: 'G-1' } },
    ]);
    scripted.request(1, { State__c: 'done' });
    scripted.commit([
      { object: 'Opportunity', id: DEAL, type: 'delete', after: { Name: 'Deal', TandemTracked__c: true } },
    ]);
    await client.untilEvents(2);
    expect(client.events.map(({ header }) => [header.entityName, header.changeType])).toEqual([
      ['PartnerGrant__c', 'CREATE'],
      ['Opportunity', 'DELETE'],
    ]);
    expect(client.events[1]?.values).toEqual({ TandemTracked__c: true });
    expect(client.events[0]?.header['sequenceNumber']).toBe(3);
  });

  test('fields the user cannot read are left out, a filter on them still works', async () => {
    scripted.hidden.add('Request__c.State__c');
    const client = subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' });
    scripted.request(1);
    await client.untilEvents(1);
    expect(client.events[0]?.values).toEqual({ Name: 'REQ-1', Kind__c: 'refer' });
  });

  test('without View All Records nothing is delivered and nothing is said', async () => {
    scripted.withheld.add('Request__c');
    const client = subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' });
    scripted.request(1);
    scripted.commit([{ object: 'FunctionMode__c', id: 'a0M000000000001AAA', type: 'create', after: { Name: 'M' } }]);
    await client.untilEvents(1);
    expect(client.events.map(({ header }) => header.entityName)).toEqual(['FunctionMode__c']);
    expect(client.error).toBeUndefined();
  });

  test('LATEST sees only what comes after, CUSTOM what comes after its event, a resumed stream loses nothing', async () => {
    for (let number = 1; number <= 5; number += 1) scripted.request(number);
    const all = await subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' }).untilEvents(5);
    const third = all.events[2]?.replayId;
    if (!third) throw new Error('no third event');
    const resumed = await subscriber().subscribe(CHANNEL, { replay_preset: 'CUSTOM', replay_id: third }).untilEvents(2);
    expect(numbers(resumed)).toEqual([4, 5]);
    expect(resumed.events.map(({ id }) => id)).toEqual(all.events.slice(3).map(({ id }) => id));
    const latest = subscriber().subscribe(CHANNEL, { replay_preset: 'LATEST' });
    // An empty topic answer proves that the stream is open: the server handles calls of one client in order.
    await latest.unary('GetTopic', { topic_name: CHANNEL });
    scripted.request(6);
    await latest.untilEvents(1);
    expect(numbers(latest)).toEqual([6]);
  });

  test('at most 100 are owed, whatever is asked; more are sent when asked for', async () => {
    for (let number = 1; number <= 130; number += 1) scripted.request(number);
    const client = await subscriber()
      .subscribe(CHANNEL, { replay_preset: 'EARLIEST', num_requested: 1000 })
      .untilEvents(100);
    expect(client.responses.at(-1)?.pending_num_requested).toBe(0);
    await client.request(10).untilEvents(110);
    expect(numbers(client)).toEqual(Array.from({ length: 110 }, (_, index) => index + 1));
    expect(bus.deliveries.today).toBe(110);
  });

  test('600 events across a dropped stream: each once, in order', async () => {
    for (let number = 1; number <= 600; number += 1) scripted.request(number);
    const seen: number[] = [];
    let last: Buffer | undefined;
    for (let round = 0; seen.length < 600; round += 1) {
      const client = subscriber().subscribe(CHANNEL, {
        num_requested: 70,
        ...(last ? { replay_preset: 'CUSTOM', replay_id: last } : { replay_preset: 'EARLIEST' }),
      });
      await client.until(() => client.events.length >= Math.min(70, 600 - seen.length));
      seen.push(...numbers(client));
      last = client.events.at(-1)?.replayId;
      if (round % 2 === 0) {
        bus.dropStreams();
        await client.until(() => client.error !== undefined);
        expect(client.errorCode).toBe('service.unavailable');
      }
    }
    expect(seen).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  });
});

describe('faults on the way', () => {
  beforeEach(() => startBus());

  const received = async (count: number, commits = 4): Promise<TestSubscriber> => {
    for (let number = 1; number <= commits; number += 1) scripted.request(number);
    return subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' }).untilEvents(count);
  };

  test('duplicate: the same event, id and replay id twice', async () => {
    bus.faults.add({ surface: 'events', kind: 'duplicate', object: 'Request__c', skip: 1 });
    const client = await received(5);
    expect(numbers(client)).toEqual([1, 2, 2, 3, 4]);
    expect(client.events[1]?.id).toBe(client.events[2]?.id);
    expect(client.events[1]?.replayId).toEqual(client.events[2]?.replayId);
  });

  test('lose: gone for good', async () => {
    bus.faults.add({ surface: 'events', kind: 'lose', skip: 1 });
    expect(numbers(await received(3))).toEqual([1, 3, 4]);
    expect(numbers(await subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' }).untilEvents(3))).toEqual([
      1, 3, 4,
    ]);
  });

  test('reorder and late: overtaken by others', async () => {
    bus.faults.add({ surface: 'events', kind: 'reorder' });
    expect(numbers(await received(4))).toEqual([2, 1, 3, 4]);
    bus.faults.add({ surface: 'events', kind: 'late', delayMs: 20 });
    expect(numbers(await subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' }).untilEvents(4))).toEqual([
      2, 3, 4, 1,
    ]);
  });

  test('gap and overflow: the header alone', async () => {
    bus.faults.add({ surface: 'events', kind: 'gap' });
    bus.faults.add({ surface: 'events', kind: 'overflow' });
    const client = await received(4);
    expect(client.events.map(({ header }) => header.changeType)).toEqual([
      'GAP_CREATE',
      'GAP_OVERFLOW',
      'CREATE',
      'CREATE',
    ]);
    expect(client.events[0]).toMatchObject({ values: {}, header: { recordIds: ['a0R000000000001AAA'] } });
    expect(client.events[1]).toMatchObject({ values: {}, header: { recordIds: ['000000000000000AAA'] } });
  });

  test('drop-stream: what came before is delivered, the rest after resuming', async () => {
    bus.faults.add({ surface: 'events', kind: 'drop-stream', skip: 2 });
    const client = await received(2);
    await client.until(() => client.error !== undefined);
    const replayId = client.events[1]?.replayId;
    if (!replayId) throw new Error('no second event');
    const resumed = await subscriber()
      .subscribe(CHANNEL, { replay_preset: 'CUSTOM', replay_id: replayId })
      .untilEvents(2);
    expect(numbers(resumed)).toEqual([3, 4]);
  });
});

describe('refusals', () => {
  const errorOf = async (
    options: Parameters<TestSubscriber['subscribe']>[1],
    topic = CHANNEL,
    session = SESSION,
  ): Promise<unknown> => {
    const client = await subscriber(session)
      .subscribe(topic, options)
      .until(() => open.at(-1)?.error !== undefined);
    return client.errorCode;
  };

  test('each with its code in the trailer', async () => {
    await startBus();
    expect(await errorOf({}, CHANNEL, { ...SESSION, token: 'bad' })).toBe('service.auth.error');
    expect(await errorOf({}, CHANNEL, { ...SESSION, orgId: '00D000000000002EAA' })).toBe('service.auth.error');
    expect(await errorOf({}, CHANNEL, { ...SESSION, token: '' })).toBe('service.auth.headers.invalid');
    expect(await errorOf({}, '/data/NoSuch__chn')).toBe('topic.not.found');
    expect(await errorOf({}, '/data/OpportunityChangeEvent')).toBe('topic.not.found');
    expect(await errorOf({}, '')).toBe('topic.validation.empty');
    expect(await errorOf({ num_requested: 0 })).toBe('subscription.fetch.requested.events.invalid');
    expect(await errorOf({ replay_preset: 'CUSTOM' })).toBe('subscription.fetch.replayid.validation.failed');
    expect(await errorOf({ replay_preset: 'CUSTOM', replay_id: Buffer.alloc(8, 1) })).toBe(
      'subscription.fetch.replayid.corrupted',
    );
    const mismatch = subscriber().subscribe(CHANNEL).request(1, { topic_name: '/data/Other__chn' });
    expect((await mismatch.until(() => mismatch.error !== undefined)).errorCode).toBe(
      'subscription.fetch.topic.mismatch',
    );
  });

  test('a replay id older than the retention is corrupted, EARLIEST starts at what is left', async () => {
    await startBus({ now: () => new Date('2026-11-25T00:00:00Z') });
    const commit = (number: number, at: string): void => {
      const id = `a0R00000000000${number}AAA`;
      scripted.commit(
        [{ object: 'Request__c', id, type: 'create', after: { Name: `REQ-${number}`, State__c: 'new' } }],
        { at },
      );
    };
    commit(1, '2026-11-21T23:00:00.000Z');
    commit(2, '2026-11-22T01:00:00.000Z');
    const [first] = (await subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' }).untilEvents(2)).events;
    expect(await bus.trim()).toBe(1);
    expect(await errorOf({ replay_preset: 'CUSTOM', replay_id: first?.replayId ?? Buffer.alloc(0) })).toBe(
      'subscription.fetch.replayid.corrupted',
    );
    expect(numbers(await subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' }).untilEvents(1))).toEqual([2]);
  });

  test('the daily allocation ends the stream; the next day goes on', async () => {
    let today = '2026-11-21T12:00:00Z';
    await startBus({ dailyDeliveries: 2, now: () => new Date(today) });
    const client = subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' });
    scripted.request(1);
    await client.untilEvents(1);
    scripted.request(2);
    await client.untilEvents(2);
    scripted.request(3);
    await client.until(() => client.error !== undefined);
    expect(client.errorCode).toBe('subscription.limit.exceeded');
    today = '2026-11-22T00:00:01Z';
    const last = client.events.at(-1)?.replayId ?? Buffer.alloc(0);
    expect(
      numbers(await subscriber().subscribe(CHANNEL, { replay_preset: 'CUSTOM', replay_id: last }).untilEvents(1)),
    ).toEqual([3]);
  });

  test('a keepalive carries the newest position, and an ended session ends the stream there', async () => {
    await startBus({ keepaliveMs: 15 });
    scripted.request(1, { State__c: 'done' });
    const client = subscriber().subscribe(CHANNEL, { replay_preset: 'EARLIEST' });
    await client.until(() => client.responses.length > 0);
    expect(client.events).toEqual([]);
    const { latest_replay_id: position, pending_num_requested: pending } = client.responses[0] ?? {};
    expect(pending).toBe(100);
    scripted.request(2);
    const resumed = subscriber().subscribe(CHANNEL, {
      replay_preset: 'CUSTOM',
      replay_id: position ?? Buffer.alloc(0),
    });
    expect(numbers(await resumed.untilEvents(1))).toEqual([2]);
    sessions.clear();
    expect((await client.until(() => client.error !== undefined)).errorCode).toBe('service.auth.error');
  });

  test('topics and schemas are described, publishing change events and managed subscriptions are refused', async () => {
    await startBus();
    const client = subscriber();
    const topic = await client.unary<TopicInfo>('GetTopic', { topic_name: CHANNEL });
    expect(topic).toMatchObject({
      topic_name: CHANNEL,
      tenant_guid: SESSION.orgId,
      can_publish: false,
      can_subscribe: true,
    });
    scripted.withheld.add('Request__c');
    expect(await client.unary('GetTopic', { topic_name: CHANNEL })).toMatchObject({ can_subscribe: true });
    scripted.schema.objects.forEach(({ name }) => scripted.withheld.add(name));
    expect(await client.unary('GetTopic', { topic_name: CHANNEL })).toMatchObject({ can_subscribe: false });
    await expect(client.unary('GetSchema', { schema_id: 'unknown' })).rejects.toThrow('no schema with the ID unknown');
    await expect(
      client.unary('Publish', { topic_name: CHANNEL, events: [{ payload: Buffer.from('x') }] }),
    ).rejects.toThrow('it carries change events');
    await expect(client.unary('Publish', { topic_name: CHANNEL, events: [] })).rejects.toThrow('has no events');
  });
});

test('with a namespace, channel, objects and fields carry it', async () => {
  scripted = new ScriptedEngine([SOURCE], 'acme');
  await startBus();
  const topic = '/data/acme__TandemChannel__chn';
  const client = subscriber().subscribe(topic, { replay_preset: 'EARLIEST' });
  const after = { Name: 'REQ-1', acme__State__c: 'new' };
  scripted.commit([{ object: 'acme__Request__c', id: 'a0R000000000001AAA', type: 'create', after }]);
  await client.untilEvents(1);
  expect(client.events[0]).toMatchObject({ values: after, header: { entityName: 'acme__Request__c' } });
});
