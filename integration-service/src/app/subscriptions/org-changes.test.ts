import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { faultsOf } from '../../../local/org/surfaces.ts';
import { present } from '../../../test/support/present.ts';
import { until } from '../../../test/support/until.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { LeaseLost, PostgresSubscriptions } from '../../infrastructure/database/subscriptions.ts';
import type { OpenOrg } from '../open-org.ts';
import { type EventBus, listenToOrg } from './org-changes.ts';

let world: WorkingOrg;
let deal: string;
let partner: string;
beforeAll(async () => {
  world = await openWorkingOrg();
  deal = await world.makeDeal();
  const [found] = await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`);
  partner = present(found).Id;
});
afterAll(() => world.close());

let stopping: AbortController;
let listening: Promise<unknown>[];
beforeEach(() => {
  stopping = new AbortController();
  listening = [];
});
afterEach(async () => {
  stopping.abort();
  faultsOf(world.org.services).clear();
  await Promise.all(listening);
});

const listen = (open: OpenOrg, bus: EventBus = open.bus): void => {
  listening.push(listenToOrg(open.runtime, bus, open.topic, stopping.signal));
};
const click = (): Promise<string> =>
  world.org.insert('sally', 'Request__c', {
    Kind__c: 'refer',
    Surface__c: 'api',
    Opportunity__c: deal,
    Partner__c: partner,
  });
const rows = <Row>(statement: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> =>
  world.room.database(world.org.orgId).run(statement);
/** Targets in the inbox, in the order in which they came. */
const inbox = async (): Promise<readonly string[]> =>
  (await rows(sql<{ target: string }>`select target from inbox order by id`)).map(({ target }) => target);
const heard = (ids: readonly string[]): Promise<unknown> =>
  until(`the inbox has ${ids.join()}`, async () => {
    const there = await inbox();
    return ids.every((id) => there.includes(id));
  });
const holder = async (): Promise<string | null> =>
  (await world.open.runtime.subscriptions.status(world.open.topic)).holder;
const listened = (): Promise<unknown> => until('somebody listens', holder);

const nothingIn = { schemaId: 's', payload: Buffer.alloc(0), poison: null, work: [], raiseEpoch: false };

describe('listening to an org', () => {
  test('every click is in the inbox once and in order, across a stream that breaks', async () => {
    listen(world.open);
    await listened();
    const first = [await click(), await click()];
    await heard(first);
    faultsOf(world.org.services).add({ surface: 'events', kind: 'drop-stream', object: 'Request__c' });
    faultsOf(world.org.services).add({ surface: 'events', kind: 'duplicate', object: 'Request__c', skip: 1 });
    const more = [await click(), await click(), await click()];
    await heard(more);
    const ours = (await inbox()).filter((id) => [...first, ...more].includes(id));
    expect(ours).toEqual([...first, ...more]);
  });

  test('a place in the stream that the org forgot: from the oldest on, and by query', async () => {
    listen(world.open);
    const before = await click();
    await heard([before]);
    stopping.abort();
    await Promise.all(listening);
    await rows(sql`update subscriptions set replay_id = '\\x00000000000000ff'`);
    faultsOf(world.org.services).add({ surface: 'events', kind: 'lose', object: 'Request__c', times: null });
    const lost = await click();
    stopping = new AbortController();
    listen(world.open);
    await heard([lost]);
    const [row] = await rows(sql<{ replay_id: Buffer | null }>`
      select replay_id from subscriptions where channel = ${world.open.topic}`);
    expect(row?.replay_id?.toString('hex')).not.toBe('00000000000000ff');
  });

  test('a service that is told to stop while the stream opens stops', async () => {
    const { bus } = world.open;
    listen(world.open, {
      ...bus,
      subscribe: async (...how) => {
        const subscription = await bus.subscribe(...how);
        stopping.abort();
        return subscription;
      },
    });
    await Promise.all(listening);
    expect(await holder()).toBeNull();
  });

  test('what PostgreSQL forgot in a crash is heard again, although the stream goes on', async () => {
    const place = async (): Promise<Buffer | null> => {
      const [row] = await rows(sql<{ replay_id: Buffer | null }>`
        select replay_id from subscriptions where channel = ${world.open.topic}`);
      return row?.replay_id ?? null;
    };
    listen(world.open);
    await listened();
    const kept = await click();
    await heard([kept]);
    const before = present(await place());
    const forgotten = await click();
    await heard([forgotten]);
    // As a crash before the disk had it leaves the tables.
    await rows(sql`with place as (update subscriptions set replay_id = ${before} where channel = ${world.open.topic}),
      events as (delete from events_raw where replay_id > ${before}) delete from inbox where target = ${forgotten}`);
    await heard([forgotten]);
  });

  test('an event that cannot be read is kept with the reason, and the next one is taken', async () => {
    const { bus } = world.open;
    let spoil = false;
    let spoilt: string | undefined;
    // The wire gives sound events only; one byte less of the first makes it what a broken one would be.
    listen(world.open, {
      ...bus,
      subscribe: (topic, start, onEvent, onIdle) =>
        bus.subscribe(
          topic,
          start,
          (event) => {
            if (spoil) spoilt ??= event.eventId;
            return onEvent(event.eventId === spoilt ? { ...event, payload: event.payload.subarray(0, 3) } : event);
          },
          onIdle,
        ),
    });
    await heard([await click()]);
    spoil = true;
    await click();
    const next = await click();
    await heard([next]);
    const kept = await rows(sql<{ event_id: string; payload: Buffer; poison: string }>`
      select event_id, payload, poison from events_raw where poison is not null`);
    expect(kept).toEqual([{ event_id: spoilt, payload: expect.any(Buffer), poison: expect.stringMatching(/.+/) }]);
    expect((await world.open.runtime.subscriptions.status(world.open.topic)).poison).toBe(1);
  });

  test('a change of a grant, a mode or a policy raises the control epoch', async () => {
    const epoch = async (): Promise<number> =>
      Number((await rows(sql<{ epoch: string }>`select epoch from control`))[0]?.epoch ?? 1);
    const before = await epoch();
    listen(world.open);
    await listened();
    await world.org.insert('admin', 'FunctionMode__c', {
      Key__c: 'renewals:aws',
      Function__c: 'renewals',
      Mode__c: 'off',
      Partner__c: partner,
    });
    await until('the epoch is raised', async () => (await epoch()) > before);
    const after = await epoch();
    const [policy] = await world.query<{ Id: string }>(`SELECT Id FROM GuardrailPolicy__c WHERE Rule__c = 'consent'`);
    await world.org.call('admin', 'PATCH', `sobjects/GuardrailPolicy__c/${present(policy).Id}`, {
      Version__c: 2,
    });
    await until('the epoch is raised again', async () => (await epoch()) > after);
  });

  test('of two processes one listens, and the other goes on when it ends', async () => {
    const other = await world.another();
    let streams = 0;
    const counted: EventBus = {
      ...other.bus,
      subscribe: (...given) => {
        streams += 1;
        return other.bus.subscribe(...given);
      },
    };
    listen(world.open);
    await listened();
    const second = new AbortController();
    // Both are in this process, whose name the leases carry: the second one gets a name of its own.
    const subscriptions = new PostgresSubscriptions(world.room.database(world.org.orgId), 'another process', 2_000);
    const waiting = listenToOrg({ ...other.runtime, subscriptions }, counted, other.topic, second.signal);
    const id = await click();
    await heard([id]);
    expect(streams).toBe(0);
    stopping.abort();
    await Promise.all(listening);
    const after = await click();
    await heard([after]);
    expect(streams).toBe(1);
    second.abort();
    await waiting;
  });

  test('whoever lost the lease can store nothing', async () => {
    const { subscriptions } = world.open.runtime;
    const old = present(await subscriptions.acquire('a channel of this test'));
    await rows(sql`update subscriptions set lease_until = now() where channel = 'a channel of this test'`);
    present(await subscriptions.acquire('a channel of this test'));
    const event = { ...nothingIn, eventId: 'late', replayId: Buffer.from([1]) };
    await expect(subscriptions.store(old, event, null)).rejects.toThrow(LeaseLost);
    expect(await rows(sql`select 1 from events_raw where event_id = 'late'`)).toEqual([]);
  });

  test('whoever goes on behind what PostgreSQL has forgotten can store nothing', async () => {
    const { subscriptions } = world.open.runtime;
    const lease = present(await subscriptions.acquire('a channel that was set back'));
    await subscriptions.touch(lease, Buffer.from([1]), null);
    const event = { ...nothingIn, eventId: 'after the forgotten', replayId: Buffer.from([3]) };
    await expect(subscriptions.store(lease, event, Buffer.from([2]))).rejects.toThrow(LeaseLost);
    await expect(subscriptions.touch(lease, Buffer.from([3]), Buffer.from([2]))).rejects.toThrow(LeaseLost);
    expect(present(await subscriptions.acquire('a channel that was set back')).replayId).toEqual(Buffer.from([1]));
    await subscriptions.store(lease, event, Buffer.from([1]));
    expect(present(await subscriptions.acquire('a channel that was set back')).replayId).toEqual(Buffer.from([3]));
  });
});
