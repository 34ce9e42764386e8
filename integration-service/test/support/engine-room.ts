import { migrate } from '../../src/infrastructure/database/migrate.ts';
import { openOrgDatabase, type OrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { LedgerSealer } from '../../src/infrastructure/ledger/ledger-sealer.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';
import { createTestDatabase, runAsAdmin } from './test-database.ts';

export const firstOrg = '00D000000000001EAA';
export const secondOrg = '00D000000000002EAA';

/** Wraps the keys of subjects, also for another process of the same room. */
export const engineMasterKey = 'a master key for tests, never for use';

export interface EngineRoom {
  /** As the service's login, which owns nothing. */
  readonly url: string;
  /** The same database as the superuser who made it. */
  readonly ownerUrl: string;
  readonly keys: SubjectKeys;
  readonly sealer: LedgerSealer;
  /** A pool of the org's own, closed by `close`. */
  database(org?: string): OrgDatabase;
  close(): Promise<void>;
}

/** An empty, migrated database and what stands on it. */
export const openEngineRoom = async (): Promise<EngineRoom> => {
  const { url: ownerUrl, drop } = await createTestDatabase();
  const url = await serviceUrl(ownerUrl);
  await migrate(ownerUrl, url);
  const opened: OrgDatabase[] = [];
  const keys = new SubjectKeys(masterKeyFrom(engineMasterKey));
  return {
    url,
    ownerUrl,
    keys,
    sealer: new LedgerSealer(keys),
    database: (org = firstOrg) => {
      const database = openOrgDatabase(org, { url, maxConnections: 4 });
      opened.push(database);
      return database;
    },
    close: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await drop();
    },
  };
};

/** Roles belong to the whole server, so the first test of a run makes the login. */
const serviceUrl = async (ownerUrl: string): Promise<string> => {
  await runAsAdmin(
    `do $$ begin create role tandem login; exception when duplicate_object or unique_violation then null; end $$`,
  );
  const address = new URL(ownerUrl);
  address.username = 'tandem';
  return address.href;
};
