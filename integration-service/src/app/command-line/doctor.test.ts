import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { present } from '../../../test/support/present.ts';
import { until } from '../../../test/support/until.ts';
import { authorityOf, openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { SalesforceClient } from '../../connectors/salesforce/client.ts';
import { Namespace } from '../../connectors/salesforce/namespace.ts';
import { PubSubClient } from '../../connectors/salesforce/pubsub-client.ts';
import { openOrgDatabase } from '../../infrastructure/database/org-database.ts';
import { listenToOrg } from '../subscriptions/org-changes.ts';
import { examineOrg } from './doctor.ts';
import type { Finding } from './finding.ts';

let world: WorkingOrg;
beforeAll(async () => {
  world = await openWorkingOrg();
});
afterAll(() => world.close());

const examine = async (databaseUrl = world.room.url): Promise<readonly Finding[]> => {
  const { settings, privateKey } = present(world.config.org);
  const client = new SalesforceClient({ ...settings, privateKey });
  const pubsub = new PubSubClient(
    { endpoint: settings.pubsubEndpoint, certificateAuthority: authorityOf(world.org) },
    () => client.session(),
  );
  const { runtime, topic } = world.open;
  const database = openOrgDatabase(runtime.org, { url: databaseUrl, maxConnections: 1 });
  const findings = await examineOrg({ runtime, client, pubsub, topic, database, namespace: new Namespace('') });
  pubsub.close();
  await database.close();
  return findings;
};
const failing = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ holds }) => !holds).map(({ what }) => what);

test('a sound connection: every check holds, its ledger verifies, and work under way goes on', async () => {
  await world.refer(await world.makeDeal());
  const { runtime, topic, bus } = world.open;
  const stopping = new AbortController();
  const listening = listenToOrg(runtime, bus, topic, stopping.signal);
  const database = world.room.database(runtime.org);
  const events = async (): Promise<number> =>
    (await database.run(sql`select 1 from events_raw where poison is null`)).length;
  const epoch = (): Promise<readonly unknown[]> => database.run(sql`select epoch from control`);
  // Events come in their order: when this click is heard of, so is everything that was written before it.
  const [partner] = await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`);
  const click = await world.org.insert('sally', 'Request__c', {
    Kind__c: 'refer',
    Opportunity__c: await world.makeDeal(),
    Partner__c: present(partner).Id,
  });
  await until('all that happened before is heard of', async () => {
    const known = await database.run(sql`select 1 from inbox where target = ${click}`);
    return known.length > 0;
  });
  const before = { epoch: await epoch(), events: await events() };
  const findings = await examine();
  expect(failing(findings)).toEqual([]);
  expect(findings.map(({ what }) => what)).toEqual(
    expect.arrayContaining([
      'licence',
      'events of Request__c',
      'evidence of grants',
      'event delivery',
      'database user',
      'ledger',
    ]),
  );
  expect(findings.find(({ what }) => what === 'ledger')?.detail).toMatch(/^[1-9]\d* entries, all of them hold$/);
  await until('the service has heard of the touch', async () => (await events()) > before.events);
  expect(await epoch()).toEqual(before.epoch);
  stopping.abort();
  await listening;
});

test('a channel that is silent about one object, and a database user who could rewrite the ledger', async () => {
  const grants = await world.query<{ Id: string }>(
    `SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'TandemIntegration' AND SobjectType = 'Request__c'`,
  );
  const set = (on: boolean) =>
    world.org.call('admin', 'PATCH', `sobjects/ObjectPermissions/${present(grants[0]).Id}`, {
      PermissionsViewAllRecords: on,
      PermissionsModifyAllRecords: on,
    });
  await set(false);
  try {
    expect(failing(await examine(world.room.ownerUrl))).toEqual(['events of Request__c', 'database user']);
  } finally {
    await set(true);
  }
});
