import { type Kysely, PostgresDialect, Kysely as Database } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import * as workAndLedger from './migrations/0001-work-and-ledger.ts';
import * as waitsInLine from './migrations/0002-waits-in-line.ts';
import * as contentsAndLinks from './migrations/0003-contents-and-links.ts';
import * as separation from './migrations/0004-separation.ts';
import * as approvalsAndDays from './migrations/0006-approvals-and-days.ts';
import * as modesAndSwitches from './migrations/0005-modes-and-switches.ts';
import * as checkpointsAndRetention from './migrations/0007-checkpoints-and-retention.ts';
import * as draftingSpend from './migrations/0009-drafting-spend.ts';
import * as lineOfAll from './migrations/0010-line-of-all.ts';
import * as decisionMirrors from './migrations/0011-decision-mirrors.ts';
import * as telemetry from './migrations/0012-telemetry.ts';
import * as partnerHealth from './migrations/0013-partner-health.ts';
import * as propensity from './migrations/0014-propensity.ts';
import * as healthWeights from './migrations/0015-health-weights.ts';
import * as claimsDoNotWait from './migrations/0016-claims-do-not-wait.ts';

/** In order; a migration that has run anywhere is never edited, the next one changes what it made. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-work-and-ledger': workAndLedger,
  '0002-waits-in-line': waitsInLine,
  '0003-contents-and-links': contentsAndLinks,
  '0004-separation': separation,
  '0006-approvals-and-days': approvalsAndDays,
  '0005-modes-and-switches': modesAndSwitches,
  '0007-checkpoints-and-retention': checkpointsAndRetention,
  '0009-drafting-spend': draftingSpend,
  '0010-line-of-all': lineOfAll,
  '0011-decision-mirrors': decisionMirrors,
  '0012-telemetry': telemetry,
  '0013-partner-health': partnerHealth,
  '0014-propensity': propensity,
  '0015-health-weights': healthWeights,
  '0016-claims-do-not-wait': claimsDoNotWait,
};

/** The user that an address signs in as; null when it names none. */
const loginOf = (url: string): string | null => decodeURIComponent(new URL(url).username) || null;

/**
 * Brings a database up to date, under Kysely's own advisory lock, so that several processes may start at once. `ownerUrl`
 * signs in as who may make tables and roles; the login of `serviceUrl` is let into `tandem_service` and nothing else.
 * Gives the names of the migrations that ran.
 */
export const migrate = async (ownerUrl: string, serviceUrl = ownerUrl): Promise<readonly string[]> => {
  const ahead = await unknownTo(ownerUrl);
  if (ahead) throw new Error(ahead);
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const database: Kysely<unknown> = new Database({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...migrations }) } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the first step';
      throw new Error(
        `The database could not be brought up to date (${failed}): ${error instanceof Error ? error.message : String(error)}. ` +
          'DATABASE_OWNER_URL must name a user who may create tables and roles.',
        { cause: error },
      );
    }
    const login = loginOf(serviceUrl);
    if (login !== null && login !== loginOf(ownerUrl)) await letIn(pool, login);
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await database.destroy();
  }
};

/** The service's login may become `tandem_service`; it is never let into `tandem_ledger`, which owns the ledger. */
const letIn = async (pool: pg.Pool, login: string): Promise<void> => {
  const { rows } = await pool.query<{ inside: boolean }>(
    `select pg_has_role(oid, 'tandem_service', 'MEMBER') as inside from pg_roles where rolname = $1`,
    [login],
  );
  if (!rows[0])
    throw new Error(
      `DATABASE_URL signs in as "${login}", and PostgreSQL has no such user: create role "${login}" login password '…'.`,
    );
  if (!rows[0].inside) await pool.query(`grant tandem_service to ${pg.escapeIdentifier(login)}`);
};

const undefinedTable = '42P01';
const noRight = '42501';

/**
 * Which migrations a database has had; empty when it has had none. `unreadable`: the login may not see it, which a
 * migration of ours would have allowed.
 */
const applied = async (url: string): Promise<readonly string[] | 'unreadable'> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return (await client.query<{ name: string }>('select name from kysely_migration order by name')).rows.map(
      ({ name }) => name,
    );
  } catch (error) {
    const code: unknown = Object(error).code;
    if (code === undefinedTable) return [];
    if (code === noRight) return 'unreadable';
    throw error;
  } finally {
    await client.end();
  }
};

const unknownTo = async (url: string): Promise<string | null> => {
  const names = await applied(url);
  const unknown = names === 'unreadable' ? undefined : names.find((name) => !(name in migrations));
  return unknown === undefined
    ? null
    : `The database has been through ${unknown}, which this version of tandem does not know: use the newer version that brought it there.`;
};

/**
 * What keeps this version from working with a database, as one sentence; null when nothing does. For everything that must
 * not change a database under the services that work with it.
 */
export const schemaProblem = async (url: string): Promise<string | null> => {
  const names = await applied(url);
  const missing = names === 'unreadable' ? undefined : Object.keys(migrations).find((name) => !names.includes(name));
  if (names === 'unreadable' || missing !== undefined)
    return `The database is not up to date${missing ? ` (${missing} has not run)` : ''}: run "tandem migrate" with DATABASE_OWNER_URL set.`;
  return unknownTo(url);
};
