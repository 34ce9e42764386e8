import { startPostgres } from '../../local/services/postgres.ts';
import { migrate } from '../../src/infrastructure/database/migrate.ts';
import { openOrgDatabase, type OrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { LedgerSealer } from '../../src/infrastructure/ledger/ledger-sealer.ts';
import { PostgresDecisionLedger } from '../../src/infrastructure/ledger/postgres-decision-ledger.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';

export const benchOrg = '00D000000000001EAA';
export const benchMasterKey = 'a key for a bench, which keeps nothing';

/** A PostgreSQL of its own that waits for the disk, migrated, with an empty ledger. */
export interface LedgerRoom {
  readonly url: string;
  database(org?: string): OrgDatabase;
  ledgerOf(database: OrgDatabase): PostgresDecisionLedger;
  close(): Promise<void>;
}

export const openLedgerRoom = async (): Promise<LedgerRoom> => {
  const postgres = await startPostgres();
  const url = await postgres.createDatabase('tandem_ledger_bench');
  await migrate(url);
  const opened: OrgDatabase[] = [];
  const keys = new SubjectKeys(masterKeyFrom(benchMasterKey));
  return {
    url,
    database: (org = benchOrg) => {
      const database = openOrgDatabase(org, { url });
      opened.push(database);
      return database;
    },
    ledgerOf: (database) => new PostgresDecisionLedger(database, new LedgerSealer(keys), keys),
    close: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await postgres.stop();
    },
  };
};
