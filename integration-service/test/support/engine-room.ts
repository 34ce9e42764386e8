import { migrate } from '../../src/infrastructure/database/migrate.ts';
import { openOrgDatabase, type OrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { LedgerSealer } from '../../src/infrastructure/ledger/ledger-sealer.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';
import { createTestDatabase } from './test-database.ts';

export const firstOrg = '00D000000000001EAA';
export const secondOrg = '00D000000000002EAA';

export interface EngineRoom {
  readonly url: string;
  readonly keys: SubjectKeys;
  readonly sealer: LedgerSealer;
  /** A pool of the org's own, closed by `close`. */
  database(org?: string): OrgDatabase;
  close(): Promise<void>;
}

/** An empty, migrated database and what stands on it. */
export const openEngineRoom = async (): Promise<EngineRoom> => {
  const { url, drop } = await createTestDatabase();
  await migrate(url);
  const opened: OrgDatabase[] = [];
  const keys = new SubjectKeys(masterKeyFrom('a master key for tests, never for use'));
  return {
    url,
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
