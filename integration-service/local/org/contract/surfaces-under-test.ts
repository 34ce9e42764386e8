import { join } from 'node:path';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import type { InputRow, RequestContext } from '../engine/engine.ts';
import { STANDARD_USER } from '../security/profiles.ts';
import { SAMPLE_USERS } from '../seed-users.ts';
import { startOrg, type RunningOrg, type StartOrgOptions } from '../start-org.ts';

const ROOT = join(import.meta.dirname, '../../../..');
/** The project's own metadata: what the surfaces are tested with is what they will serve. */
export const SOURCE_FOLDERS = [join(ROOT, 'force-app/main'), join(ROOT, 'unpackaged/main')];

/** Short names of the users in tests; `stranger` may sign in and use standard objects, and has nothing of ours. */
export const TEST_USERS = {
  /** System Administrator: sees and may do everything. */
  admin: 'sam.setup@tandem.example.com',
  /** A standard user with the permission set Tandem Admin. */
  ada: 'ada.admin@tandem.example.com',
  sally: 'sally.seller@tandem.example.com',
  /** Stands above Sally. */
  max: 'max.manager@tandem.example.com',
  omar: 'omar.other@tandem.example.com',
  integration: 'integration@tandem.example.com',
  stranger: 'stan.stranger@tandem.example.com',
} as const;
export type TestUser = keyof typeof TEST_USERS;

/** A running org of its own with the sample users, and shortcuts for tests. */
export interface SurfacesUnderTest extends RunningOrg {
  token(user: TestUser): Promise<string>;
  context(user: TestUser): Promise<RequestContext>;
  /** Inserts as a user and gives the id; throws when it is refused. */
  insert(user: TestUser, object: string, row: InputRow): Promise<string>;
  /** One call to `/services/data/v66.0/…`; undefined = without a session. */
  call(
    user: TestUser | undefined,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }>;
}

/** Starts an org in a database of its own; `stop` drops the database. */
export const startSurfaces = async (options: Partial<StartOrgOptions> = {}): Promise<SurfacesUnderTest> => {
  const database = await createTestDatabase();
  const org = await startOrg({
    databaseUrl: database.url,
    sourceFolders: SOURCE_FOLDERS,
    localSignIn: true,
    users: [
      ...SAMPLE_USERS,
      {
        username: TEST_USERS.stranger,
        firstName: 'Stan',
        lastName: 'Stranger',
        email: 'stan.stranger@example.com',
        profile: STANDARD_USER,
        permissionSets: [],
      },
    ],
    ...options,
  });
  const tokens = new Map<TestUser, Promise<string>>();
  const token = (user: TestUser): Promise<string> => {
    const known = tokens.get(user) ?? org.tokenFor(TEST_USERS[user]);
    tokens.set(user, known);
    return known;
  };
  const context = (user: TestUser): Promise<RequestContext> => org.engine.contextFor(TEST_USERS[user]);

  return {
    ...org,
    token,
    context,
    insert: async (user, object, row) => {
      const [result] = await org.engine.as(await context(user)).insert(object, [row]);
      if (!result?.success || !result.id) throw new Error(`${object}: ${JSON.stringify(result?.errors)}`);
      return result.id;
    },
    call: async (user, method, path, body) => {
      const response = await fetch(`${org.url}/services/data/v66.0/${path}`, {
        method,
        headers: {
          ...(user === undefined ? {} : { authorization: `Bearer ${await token(user)}` }),
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    stop: async () => {
      await org.stop();
      await database.drop();
    },
  };
};
