import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { startProcess } from '../../../local/services/processes.ts';
import { type EngineRoom, firstOrg, openEngineRoom } from '../../../test/support/engine-room.ts';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import { PostgresConnections } from '../../infrastructure/database/connections.ts';
import { masterKeyFrom } from '../../infrastructure/ledger/subject-keys.ts';

const masterKey = 'a master key for tests, never for use';
let room: EngineRoom;
beforeAll(async () => {
  room = await openEngineRoom();
});
afterAll(() => room.close());

/** Runs the command line with a database and nothing else: no org and no Redis answers. */
const tandem = async (databaseUrl: string, ...args: string[]): Promise<{ code: number | null; output: string }> => {
  const run = startProcess(process.execPath, [join(import.meta.dirname, 'tandem.ts'), ...args], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      REDIS_URL: 'redis://127.0.0.1:1',
      TANDEM_MASTER_KEY: masterKey,
    },
  });
  return { code: await run.exited, output: run.output() };
};

describe('the command line', () => {
  test('stops an org of the environment without Salesforce, Redis or its id', async () => {
    const database = room.database();
    await new PostgresConnections(database, masterKeyFrom(masterKey)).put({
      org: firstOrg,
      kind: 'sandbox',
      status: 'on',
      settings: {
        loginUrl: 'https://company.my.salesforce.com',
        clientId: 'tandem',
        username: 'integration@example.com',
        pubsubEndpoint: 'api.pubsub.salesforce.com:7443',
        network: { catalog: 'Sandbox', region: 'us-east-1' },
      },
      secrets: null,
    });
    const { code, output } = await tandem(room.url, 'stop', 'all', '--reason', 'a test');
    expect(output).toContain(`${firstOrg}: all is stopped`);
    expect(code).toBe(0);
    expect(await database.run(sql`select scope, reason from control_stops`)).toEqual([
      { scope: 'all', reason: 'a test' },
    ]);
  });

  test('changes no database but by "migrate", and says what to do', async () => {
    const { url, drop } = await createTestDatabase();
    try {
      const status = await tandem(url, 'sync', 'status');
      expect(status).toMatchObject({
        code: 1,
        output: expect.stringContaining('run "tandem migrate" with DATABASE_OWNER_URL'),
      });
      const migrated = await tandem(url, 'migrate');
      expect(migrated).toMatchObject({ code: 1, output: expect.stringContaining('DATABASE_OWNER_URL is missing') });
    } finally {
      await drop();
    }
  });
});
