import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, type RawBuilder } from 'kysely';
import pg from 'pg';

/** A connection pool that sees one org's rows and no other's. `any` schema: every statement of ours is written as SQL. */
export interface OrgDatabase {
  readonly org: string;
  /** Runs one statement: one round trip. What it wrote is on disk when it returns. */
  run<Row>(statement: RawBuilder<Row>): Promise<readonly Row[]>;
  /**
   * The same without waiting for the disk. PostgreSQL writes commits in order, so the next `run` that writes makes this one
   * durable too; a crash of PostgreSQL before that forgets it, and everything after it. For what leads up to a durable
   * statement before anything happens outside, or is simply done again.
   */
  runAhead<Row>(statement: RawBuilder<Row>): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** PostgreSQL's "cached plan must not change result type": a migration has changed a table that the statement reads whole. */
const planOutdated = '0A000';
const mostNames = 500;

/** Names for statements, one for each text: a connection then parses and plans it once (PgBouncer knows them from 1.21 on). */
class StatementNames {
  readonly #names = new Map<string, string>();

  /** Undefined once there are more texts than we have statements: then a text is made up at run time, and not named. */
  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= mostNames) return known;
    const name = `tandem_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    this.#names.set(text, name);
    return name;
  }
}

/** Only these reach a connection option, so an org id can carry nothing else into it. `*` is the operator's scope. */
const orgId = /^(\*|00D[A-Za-z0-9]{12,15})$/;

export interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections?: number;
  /** Counts round trips (`sql-round-trips-per-referral`). */
  readonly onQuery?: () => void;
}

/**
 * Opens the pool of one org. Role and org are fixed when a connection opens, before any statement, so that no statement
 * can be run without them and none costs a second round trip for them. (A pooler between must keep start-up options.)
 */
export const openOrgDatabase = (org: string, options: DatabaseOptions): OrgDatabase => {
  if (!orgId.test(org))
    throw new Error(`"${org}" is not the id of an org: 00D followed by 12 or 15 letters and digits.`);
  const names = new StatementNames();
  const compiler = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: neverConnected }) });
  const openPool = (settings: string): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: options.url,
      max: options.maxConnections ?? 8,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 30_000,
      options: `-c role=tandem_service -c tandem.org=${org}${settings}`,
      application_name: 'tandem',
    });
    // A connection that breaks while idle is replaced by the next query; unheard, the event would end the process.
    pool.on('error', () => undefined);
    return pool;
  };
  const runIn =
    (pool: pg.Pool) =>
    async <Row>(statement: RawBuilder<Row>): Promise<readonly Row[]> => {
      const { sql: text, parameters } = statement.compile(compiler);
      const values = [...parameters];
      const name = names.of(text);
      options.onQuery?.();
      try {
        return (await pool.query<Row & pg.QueryResultRow>({ text, values, ...(name ? { name } : {}) })).rows;
      } catch (error) {
        if (!name || Object(error).code !== planOutdated) throw error;
        options.onQuery?.();
        return (await pool.query<Row & pg.QueryResultRow>({ text, values })).rows;
      }
    };
  const durable = openPool('');
  const ahead = openPool(' -c synchronous_commit=off');
  return {
    org,
    run: runIn(durable),
    runAhead: runIn(ahead),
    close: async () => {
      await Promise.all([durable.end(), ahead.end()]);
    },
  };
};

/** Kysely only writes our statements down here; it runs none. */
const neverConnected = () => Promise.reject(new Error('statements are run by the pools of an org'));
