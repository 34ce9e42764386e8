import { PostgresConnections } from '../../infrastructure/database/connections.ts';
import { type OrgDatabase, openOrgDatabase } from '../../infrastructure/database/org-database.ts';
import { masterKeyFrom } from '../../infrastructure/ledger/subject-keys.ts';
import type { Config } from '../config.ts';

/** The connections table, as it is seen from one org (`*`: from all). */
export const withConnections = async <Said>(
  config: Config,
  org: string,
  work: (connections: PostgresConnections) => Promise<Said>,
): Promise<Said> => {
  const database = openOrgDatabase(org, { url: config.databaseUrl, maxConnections: 1 });
  try {
    return await work(new PostgresConnections(database, masterKeyFrom(config.masterKey)));
  } finally {
    await database.close();
  }
};

/**
 * Runs work on the database of each org, or of the one named: needs PostgreSQL and nothing else, and so works when
 * everything else is in trouble.
 */
export const withDatabases = async (
  config: Config,
  org: string | undefined,
  work: (database: OrgDatabase, org: string) => Promise<boolean>,
): Promise<boolean> => {
  const orgs = org ? [org] : await withConnections(config, '*', (connections) => connections.ids());
  if (orgs.length === 0) throw new Error('No org has been connected to this database yet: say which, --org 00D….');
  let good = true;
  for (const one of orgs) {
    const database = openOrgDatabase(one, { url: config.databaseUrl, maxConnections: 1 });
    try {
      good = (await work(database, one)) && good;
    } finally {
      await database.close();
    }
  }
  return good;
};
