import { type Kysely, PostgresDialect, Kysely as Database } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import * as workAndLedger from './migrations/0001-work-and-ledger.ts';
import * as waitsInLine from './migrations/0002-waits-in-line.ts';
import * as contentsAndLinks from './migrations/0003-contents-and-links.ts';

/** In order; a migration that has run anywhere is never edited, the next one changes what it made. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-work-and-ledger': workAndLedger,
  '0002-waits-in-line': waitsInLine,
  '0003-contents-and-links': contentsAndLinks,
};

/**
 * Brings a database up to date, under Kysely's own advisory lock, so that several processes may start at once.
 * `url` is the owner's: it may make tables and roles. The service itself then works as `tandem_service`.
 */
export const migrate = async (url: string): Promise<readonly string[]> => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const database: Kysely<unknown> = new Database({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...migrations }) } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the first step';
      throw new Error(
        `The database could not be brought up to date (${failed}): ${error instanceof Error ? error.message : String(error)}. ` +
          'DATABASE_URL must name a user who may create tables and roles.',
        { cause: error },
      );
    }
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await database.destroy();
  }
};
