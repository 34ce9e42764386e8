import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import {
  SOURCE_FOLDERS,
  startSurfaces,
  TEST_USERS,
  type SurfacesUnderTest,
  type TestUser,
} from '../contract/surfaces-under-test.ts';
import { startOrg, type RunningOrg } from '../start-org.ts';
import { eventBusOf, faultsOf, surfacesWith } from '../surfaces.ts';
import { ChangeEventSchemas } from './change-event-schema.ts';
import { fromBitmaps } from './field-bitmap.ts';
import { TestSubscriber } from './test-subscriber.ts';

const CHANNEL = '/data/TandemChannel__chn';
const open: TestSubscriber[] = [];
let org: SurfacesUnderTest;
let deal: string;
let partner: string;

const subscriber = (running: RunningOrg, token: string): TestSubscriber => {
  const { pubsub = '', pubsubAuthority } = running.endpoints;
  const made = new TestSubscriber(
    { endpoint: pubsub, authorityFile: pubsubAuthority },
    { token, orgId: running.orgId },
  );
  open.push(made);
  return made.keepAsking();
};
const subscribe = async (user: TestUser = 'integration'): Promise<TestSubscriber> =>
  subscriber(org, await org.token(user)).subscribe(CHANNEL, { replay_preset: 'EARLIEST' });
const request = (): Promise<string> =>
  org.insert('sally', 'Request__c', {
    Kind__c: 'refer',
    Surface__c: 'panel',
    Opportunity__c: deal,
    Partner__c: partner,
  });
const eventOf = ({ events }: TestSubscriber, id: string) => events.find(({ header }) => header.recordIds.includes(id));

beforeAll(async () => {
  org = await startSurfaces();
  deal = await org.insert('sally', 'Opportunity', { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31' });
  partner = await org.insert('admin', 'Partner__c', {
    Name: 'AWS',
    Key__c: 'aws',
    Kind__c: 'cloud',
    Network__c: 'aws-ace',
  });
});
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => org.stop());

describe('events of a running org', () => {
  test('a click by a seller reaches the integration user, with the seller as its author', async () => {
    const id = await request();
    const client = await subscribe();
    await client.until(() => eventOf(client, id) !== undefined);
    expect(eventOf(client, id)).toMatchObject({
      header: { changeType: 'CREATE', entityName: 'Request__c', commitUser: org.users[TEST_USERS.sally] },
      values: {
        Kind__c: 'refer',
        State__c: 'new',
        Opportunity__c: deal,
        Partner__c: partner,
        OwnerId: org.users[TEST_USERS.sally],
      },
    });
  });

  test('a seller without View All Records subscribes and hears nothing of it', async () => {
    const id = await request();
    const [seller, integration] = [await subscribe('sally'), await subscribe()];
    await integration.until(() => eventOf(integration, id) !== undefined);
    const mode = await org.insert('admin', 'FunctionMode__c', {
      Key__c: `co-selling:${id}`,
      Function__c: 'co-selling',
      Mode__c: 'led',
    });
    await integration.until(() => eventOf(integration, mode) !== undefined);
    expect(seller.events).toEqual([]);
    expect(seller.error).toBeUndefined();
  });

  test('what a customer’s automation changes in our transaction is in the same event', async () => {
    const remove = org.engine.beforeSave('Opportunity', ({ after }) => {
      after['NextStep'] = 'Call the partner';
    });
    const client = await subscribe();
    const operations = org.engine.as(await org.context('integration'));
    await operations.update('Opportunity', [{ Id: deal, TandemTracked__c: true }]);
    remove();
    await client.until(() => eventOf(client, deal) !== undefined);
    const event = eventOf(client, deal);
    expect(event).toMatchObject({
      header: { changeType: 'UPDATE' },
      values: { TandemTracked__c: true, NextStep: 'Call the partner' },
    });
    const object = org.engine.schema.object('Opportunity');
    if (!object) throw new Error('there is no Opportunity');
    const changed = fromBitmaps(event?.header['changedFields'] as string[], new ChangeEventSchemas().of(object).order);
    expect(changed).toEqual(
      expect.arrayContaining(['TandemTracked__c', 'NextStep', 'LastModifiedDate', 'LastModifiedById']),
    );
    expect(changed).not.toContain('SystemModstamp');
  });

  test('a refused or rolled-back write leaves no event', async () => {
    const before = await org.engine.lastCommitNumber();
    const operations = org.engine.as(await org.context('sally'));
    const rows = [
      { Kind__c: 'refer', Surface__c: 'panel', Opportunity__c: deal, Partner__c: partner },
      { Kind__c: 'nonsense' },
    ];
    await operations.insert('Request__c', rows, { allOrNone: true });
    expect(await org.engine.lastCommitNumber()).toBe(before);
  });

  test('deliveries are counted, a dropped stream is resumed', async () => {
    const bus = eventBusOf(org.services);
    const client = await subscribe();
    const id = await request();
    await client.until(() => eventOf(client, id) !== undefined);
    const counted = bus.deliveries.today;
    expect(counted).toBeGreaterThan(0);
    // Streams of earlier tests may still be closing: the fault stays until it has struck this one.
    const drop = faultsOf(org.services).add({
      surface: 'events',
      kind: 'drop-stream',
      object: 'Request__c',
      times: null,
    });
    const next = await request();
    await client.until(() => client.error !== undefined);
    faultsOf(org.services).remove(drop);
    const resumed = subscriber(org, await org.token('integration')).subscribe(CHANNEL, {
      replay_preset: 'CUSTOM',
      replay_id: eventOf(client, id)?.replayId ?? Buffer.alloc(0),
    });
    await resumed.until(() => eventOf(resumed, next) !== undefined);
    expect(resumed.events.map(({ header }) => header.recordIds)).toEqual([[next]]);
    expect(bus.deliveries.today).toBeGreaterThan(counted);
  });
});

test('events outlive the org: after a restart a subscriber resumes where it was', async () => {
  const database = await createTestDatabase();
  const certificateDirectory = mkdtempSync(join(tmpdir(), 'event-bus-'));
  const start = (): Promise<RunningOrg> =>
    startOrg({
      databaseUrl: database.url,
      sourceFolders: SOURCE_FOLDERS,
      surfaces: surfacesWith({ certificateDirectory }),
    });
  const mode = async (running: RunningOrg, key: string): Promise<void> => {
    const operations = running.engine.as(await running.engine.contextFor(TEST_USERS.admin));
    await operations.insert('FunctionMode__c', [{ Key__c: key, Function__c: 'co-selling', Mode__c: 'off' }]);
  };
  const follow = async (running: RunningOrg, replayId?: Buffer): Promise<TestSubscriber> =>
    subscriber(running, await running.tokenFor(TEST_USERS.integration)).subscribe(
      CHANNEL,
      replayId ? { replay_preset: 'CUSTOM', replay_id: replayId } : { replay_preset: 'EARLIEST' },
    );

  const first = await start();
  await mode(first, 'one');
  await mode(first, 'two');
  const before = await (await follow(first)).untilEvents(2);
  before.close();
  await first.stop();

  const second = await start();
  expect(second.endpoints['pubsubAuthority']).toBe(first.endpoints['pubsubAuthority']);
  const resumed = await (await follow(second, before.events[0]?.replayId)).untilEvents(1);
  expect(resumed.events[0]).toMatchObject({ id: before.events[1]?.id, values: { Key__c: 'two' } });
  resumed.close();
  await second.stop();
  await database.drop();
  rmSync(certificateDirectory, { recursive: true });
});
