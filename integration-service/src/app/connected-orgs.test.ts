import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { present } from '../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../test/support/working-org.ts';
import { noTrace } from '../agents/orchestration/trace-point.ts';
import { systemClock } from '../domain/values/clock.ts';
import { type Connection, PostgresConnections } from '../infrastructure/database/connections.ts';
import { masterKeyFrom } from '../infrastructure/ledger/subject-keys.ts';
import type { Config } from './config.ts';
import { ConnectedOrgs } from './connected-orgs.ts';
import { Shutdown } from './shutdown.ts';
import { readConnections } from './wanted-orgs.ts';

let world: WorkingOrg;
beforeAll(async () => {
  world = await openWorkingOrg();
});
afterAll(() => world.close());

const shutdowns: Shutdown[] = [];
const open: ConnectedOrgs[] = [];
afterAll(async () => {
  for (const shutdown of shutdowns) shutdown.begin();
  await Promise.all(open.map((orgs) => orgs.close()));
});

const connectedOrgs = (own: Config['org']) => {
  const { queue, metrics } = world.open.runtime;
  const shutdown = new Shutdown();
  const said: string[] = [];
  const orgs = new ConnectedOrgs(
    { ...world.config, org: own },
    {
      config: world.config,
      queue,
      metrics,
      keys: world.room.keys,
      clock: systemClock,
      log: pino(
        { level: 'warn', serializers: { error: pino.stdSerializers.err } },
        { write: (line: string) => void said.push(line) },
      ),
      trace: noTrace,
    },
    shutdown,
    async () => [],
  );
  shutdowns.push(shutdown);
  open.push(orgs);
  return { orgs, said };
};
const connections = (org: string): PostgresConnections =>
  new PostgresConnections(world.room.database(org), masterKeyFrom(world.config.masterKey));
const connect = async (org: string, changes: Partial<Connection['settings']>): Promise<void> => {
  const { settings, privateKey } = present(world.config.org);
  const network = { ...settings.network, roleArn: 'arn:aws:iam::111122223333:role/tandem' };
  await connections(org).put({
    org,
    kind: 'local',
    status: 'on',
    settings: { ...settings, network, ...changes },
    secrets: { privateKey },
  });
};

test('an org that cannot be reached keeps no other waiting, and one switched off is let go', async () => {
  const { orgId } = world.org;
  await connect('00D000000000001EAA', { loginUrl: 'http://127.0.0.1:1', username: 'first@example.com' });
  await connect(orgId, {});
  const { orgs } = connectedOrgs(null);
  expect(await orgs.refresh()).toBe(false);
  expect([...orgs.open.keys()]).toEqual([orgId]);
  expect(orgs.open.get(orgId)?.runtime.portals.get('aws-ace')?.budgetOf('create-opportunity').bucket).toBe(
    'aws-ace:111122223333:write',
  );
  await connections(orgId).turn('off');
  await connections('00D000000000001EAA').turn('off');
  expect(await orgs.refresh()).toBe(true);
  expect([...orgs.open.keys()]).toEqual([]);
});

test('another org than the one that was connected is not worked for, nor one without an AWS role of its own', async () => {
  const { org, settings } = { org: world.org.orgId, settings: present(world.config.org).settings };
  await connect('00D000000000009EAA', {});
  const refreshed = connectedOrgs(null);
  expect(await refreshed.orgs.refresh()).toBe(false);
  expect(refreshed.said.join()).toContain('00D000000000009EAA was connected: a refreshed sandbox is another org');
  await connections('00D000000000009EAA').turn('off');
  await connect(org, { network: settings.network });
  const roleless = connectedOrgs(null);
  expect(await roleless.orgs.refresh()).toBe(false);
  expect(roleless.said.join()).toContain(`${org} has no AWS role of its own`);
});

test('a setting that the environment’s org cannot have stops the start, and is said in a sentence', async () => {
  const own = present(world.config.org);
  const { network } = own.settings;
  const { orgs } = connectedOrgs({ ...own, settings: { ...own.settings, network: { ...network, catalog: 'AWS' } } });
  await expect(orgs.refresh()).rejects.toThrow('Catalog AWS is for production orgs only');
  expect([...orgs.open.keys()]).toEqual([]);
});

test('the org of the environment is remembered without its key, so that it can be stopped without Salesforce', async () => {
  await world.room.database(world.org.orgId).run(deleteConnections);
  await world.room.database('00D000000000009EAA').run(deleteConnections);
  const { orgs } = connectedOrgs(world.config.org);
  expect(await orgs.refresh()).toBe(true);
  const known = await readConnections(world.config);
  expect(known.find(({ org }) => org === world.org.orgId)).toMatchObject({ status: 'on', secrets: null });
  await connections(world.org.orgId).turn('off');
  await orgs.refresh();
  expect([...orgs.open.keys()]).toEqual([]);
});

const deleteConnections = sql`delete from connections`;
