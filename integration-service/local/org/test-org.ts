import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { Connection } from 'jsforce';
import { createTestDatabase } from '../../test/support/test-database.ts';
import type { EngineOperations } from './engine/engine.ts';
import { SYSTEM_USERNAME } from './engine/bootstrap.ts';
import type { SeedUser } from './seed-users.ts';
import { startOrg, type RunningOrg, type StartOrgOptions } from './start-org.ts';
import { MINIMUM_ACCESS, STANDARD_USER, SYSTEM_ADMINISTRATOR } from './security/profiles.ts';

const FIXTURES = join(import.meta.dirname, 'schema/__fixtures__');
export const FIXTURE_FOLDERS = [join(FIXTURES, 'package'), join(FIXTURES, 'unpackaged')];
export const CLIENT_ID = 'test-client';

const user = (name: string, profile: string, permissionSets: readonly string[] = [], role?: string): SeedUser => ({
  username: `${name}@test.example.com`,
  firstName: name,
  lastName: 'Test',
  email: `${name}@example.com`,
  profile,
  permissionSets,
  ...(role === undefined ? {} : { role }),
});

/** The people of the tests: a team of two under a boss, somebody else's team, an auditor, and two with next to nothing. */
const TEST_USERS: readonly SeedUser[] = [
  user('admin', SYSTEM_ADMINISTRATOR),
  user('loader', SYSTEM_ADMINISTRATOR, ['DataLoader']),
  user('sally', STANDARD_USER, ['ProjectWriter'], 'Sales East'),
  user('omar', STANDARD_USER, ['ProjectWriter'], 'Sales West'),
  user('boss', STANDARD_USER, ['ProjectWriter'], 'Sales Lead'),
  user('reader', STANDARD_USER, ['ProjectReader'], 'Sales West'),
  user('auditor', MINIMUM_ACCESS, ['ProjectAuditor']),
  user('nobody', MINIMUM_ACCESS),
];

export interface TestOrg extends RunningOrg {
  readonly databaseUrl: string;
  /** The engine as one of the test users (`sally`), or as the system. */
  as(name: string, options?: { clientName?: string; defaultNamespace?: string }): Promise<EngineOperations>;
  /** A jsforce connection of a test user. */
  connect(name: string, options?: { client?: string; defaultNamespace?: string }): Promise<Connection>;
  userId(name: string): string;
  /** An assertion signed by the connected client, or by `key`. */
  assertion(claims: { sub?: string; iss?: string; aud?: string; expiresIn?: number }, key?: KeyObject): Promise<string>;
  /** Stops the org and drops its database. */
  end(): Promise<void>;
}

const usernameOf = (name: string): string => (name === 'system' ? SYSTEM_USERNAME : `${name}@test.example.com`);

/** An org over the fixture folders in a database of its own, or in `databaseUrl`. */
export const startTestOrg = async (options: Partial<StartOrgOptions> = {}): Promise<TestOrg> => {
  const database = options.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const org = await startOrg({
    sourceFolders: FIXTURE_FOLDERS,
    users: TEST_USERS,
    clients: [
      {
        clientId: CLIENT_ID,
        publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        users: [usernameOf('sally'), usernameOf('admin'), usernameOf('nobody')],
      },
    ],
    localSignIn: true,
    surfaces: [],
    ...options,
    databaseUrl,
  });
  return {
    ...org,
    databaseUrl,
    as: async (name, given) => org.engine.as(await org.engine.contextFor(usernameOf(name), given)),
    connect: async (name, given) =>
      new Connection({
        instanceUrl: org.url,
        accessToken: await org.tokenFor(usernameOf(name)),
        version: '66.0',
        ...(given === undefined ? {} : { callOptions: given as Record<string, string> }),
      }),
    userId: (name) => org.users[usernameOf(name)] ?? '',
    assertion: (claims, key = keys.privateKey) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer(claims.iss ?? CLIENT_ID)
        .setSubject(claims.sub ?? usernameOf('sally'))
        .setAudience(claims.aud ?? org.url)
        .setExpirationTime(Math.floor(Date.now() / 1000) + (claims.expiresIn ?? 120))
        .sign(key),
    end: async () => {
      await org.stop();
      await database?.drop();
    },
  };
};

/** The id of a row that must have been saved. */
export const idOf = (
  results: readonly { id: string | null; success: boolean; errors: readonly unknown[] }[],
): string => {
  const [result] = results;
  if (result?.success !== true || result.id === null)
    throw new Error(`the row was refused: ${JSON.stringify(result?.errors)}`);
  return result.id;
};
