import pg from 'pg';

/** The state of the network: all of it, so that a restart, or a crash, loses nothing that was answered. */
const tables = `
create table if not exists ace_opportunity (
  id text primary key,
  catalog text not null,
  /* What the partner wrote last, whole; without what AWS owns. */
  body jsonb not null,
  team jsonb not null,
  /* Entity type to identifiers, in the order they were associated. */
  related jsonb not null default '{}',
  origin text not null,
  /* False while an AWS referral has not been accepted, and after it was rejected. */
  accessible boolean not null,
  review_status text not null,
  review_comments text,
  review_reason text,
  involvement text,
  visibility text,
  engagement_id text,
  created_at timestamptz(3) not null,
  modified_at timestamptz(3) not null,
  review_due_at timestamptz(3)
);
create index if not exists ace_opportunity_modified on ace_opportunity (catalog, modified_at, id);
create index if not exists ace_opportunity_partner on ace_opportunity ((body ->> 'PartnerOpportunityIdentifier'));
create index if not exists ace_opportunity_due on ace_opportunity (review_due_at) where review_due_at is not null;
create sequence if not exists ace_opportunity_number start 10000001;

create table if not exists ace_client_token (
  operation text not null,
  catalog text not null,
  token text not null,
  body_hash text not null,
  subject text,
  primary key (operation, catalog, token)
);

create table if not exists ace_task (
  id text primary key,
  kind text not null,
  catalog text not null,
  status text not null,
  opportunity_id text not null,
  engagement_id text,
  invitation_id text,
  job_id text,
  submission jsonb,
  message text,
  reason_code text,
  started_at timestamptz(3) not null,
  due_at timestamptz(3)
);
create index if not exists ace_task_opportunity on ace_task (opportunity_id);
create index if not exists ace_task_due on ace_task (due_at) where due_at is not null;

create table if not exists ace_invitation (
  id text primary key,
  catalog text not null,
  opportunity_id text not null,
  engagement_id text not null,
  /* RECEIVER: AWS invites the partner. SENDER: the partner invited AWS by submitting. */
  participant text not null,
  status text not null,
  rejection_reason text,
  invited_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index if not exists ace_invitation_pending on ace_invitation (expires_at) where status = 'PENDING';

/* Calls per minute and kind: enough for a rolling day, and it survives a restart. */
create table if not exists ace_quota (
  kind text not null,
  minute timestamptz not null,
  calls integer not null,
  primary key (kind, minute)
);
`;

/** Something that runs SQL: a transaction, or the pool for single statements. */
export interface Queries {
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Store extends Queries {
  /** Runs `work` in one transaction; committed when it returns, rolled back when it throws. */
  transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const over = (client: pg.Pool | pg.PoolClient): Queries['query'] => {
  return async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
    (await client.query<Row>(sql, [...values])).rows;
};

/** Opens the database and makes the tables that are missing. */
export const openStore = async (databaseUrl: string): Promise<Store> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    await pool.query(`begin; select pg_advisory_xact_lock(7233301); ${tables} commit;`);
  } catch (cause) {
    await pool.end();
    throw new Error(`The ACE network cannot use its database: ${(cause as Error).message}`, { cause });
  }
  return {
    query: over(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work({ query: over(client) });
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
};
