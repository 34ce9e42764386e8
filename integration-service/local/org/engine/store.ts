import { createHash } from 'node:crypto';
import pg from 'pg';
import type { FieldSchema, ObjectSchema, OrgSchema } from '../schema/types.ts';
import type { FieldValue, Row } from './engine.ts';

/** Quotes an identifier; names come from metadata and are checked there, quoting is what makes any of them safe. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const tableOf = (object: ObjectSchema): string => `data.${quoted(object.name)}`;

/** Fields that have a column: all but compounds. */
export const storedFields = (object: ObjectSchema): FieldSchema[] =>
  object.fields.filter((field) => field.compound === undefined);

/** A connection inside a transaction, or the pool: whatever runs SQL. Statements are prepared once per connection. */
export interface Connection {
  query<Result extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<Result[]>;
}

/** Values never stand in SQL text, so the number of statements is that of query shapes; far above it, start over. */
const MAX_STATEMENT_NAMES = 10_000;
const statementNames = new Map<string, string>();

const statementName = (sql: string): string => {
  let name = statementNames.get(sql);
  if (name === undefined) {
    name = createHash('sha1').update(sql).digest('base64url');
    if (statementNames.size >= MAX_STATEMENT_NAMES) statementNames.clear();
    statementNames.set(sql, name);
  }
  return name;
};

const prepared = async <Result extends pg.QueryResultRow>(
  client: pg.Pool | pg.PoolClient,
  sql: string,
  parameters: readonly unknown[],
): Promise<Result[]> => {
  const name = statementName(sql);
  const result = await client.query<Result>({ name, text: sql, values: [...parameters] });
  return result.rows;
};

/** The org's PostgreSQL database: schema `data` holds the records, schema `org` the org's own books. */
export class Store implements Connection {
  readonly #pool: pg.Pool;
  /** Collation under which `lower()` knows letters beyond ASCII. */
  readonly collation: string;

  private constructor(pool: pg.Pool, collation: string) {
    this.#pool = pool;
    this.collation = collation;
  }

  static async open(databaseUrl: string): Promise<Store> {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      max: 12,
      options: '-c timezone=UTC -c lock_timeout=10000 -c synchronous_commit=on',
    });
    // An idle connection that the server drops is replaced by the pool; without a listener it would end the process.
    pool.on('error', () => undefined);
    const found = await pool.query<{ collname: string }>(
      `SELECT collname FROM pg_collation WHERE collname IN ('pg_c_utf8', 'und-x-icu') AND collencoding IN (-1, 6) ORDER BY collname LIMIT 1`,
    );
    return new Store(pool, quoted(found.rows[0]?.collname ?? 'default'));
  }

  query<Result extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[] = []): Promise<Result[]> {
    return prepared<Result>(this.#pool, sql, parameters);
  }

  /** Runs statements that are not worth preparing, several at once allowed. */
  async script(sql: string): Promise<void> {
    await this.#pool.query(sql);
  }

  async transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work({ query: (sql, parameters = []) => prepared(client, sql, parameters) });
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      try {
        await client.query('ROLLBACK');
        client.release();
      } catch {
        client.release(true);
      }
      throw error;
    }
  }

  /** Case-insensitive form of a text expression. */
  folded(expression: string): string {
    return `lower(${expression} COLLATE ${this.collation})`;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

const COLUMN_TYPES: Partial<Record<FieldSchema['type'], string>> = {
  boolean: 'boolean NOT NULL DEFAULT false',
  int: 'bigint',
  double: 'numeric',
  currency: 'numeric',
  percent: 'numeric',
  date: 'date',
  datetime: 'timestamptz(3)',
  anyType: 'jsonb',
};

const columnType = (field: FieldSchema): string => COLUMN_TYPES[field.type] ?? 'text COLLATE "C"';

/** SQL of a key field's value in the one text form that all spellings of it share. */
export const keySql = (store: Store, field: FieldSchema, column: string): string => {
  if (COLUMN_TYPES[field.type] === 'numeric') return `trim_scale(${column})::text`;
  return field.caseSensitive ? column : store.folded(column);
};

/** The same form for a value given as text (`value` is SQL of a text). */
export const keyTextSql = (store: Store, field: FieldSchema, value: string): string => {
  if (COLUMN_TYPES[field.type] === 'numeric') return `trim_scale(${value}::numeric)::text`;
  return field.caseSensitive ? value : store.folded(value);
};

/** The form in this process, for comparing values of one call with each other. */
export const keyText = (field: FieldSchema, value: unknown): string => {
  if (COLUMN_TYPES[field.type] === 'numeric') return String(Number(value));
  return field.caseSensitive ? String(value) : String(value).toLowerCase();
};

/** Makes the org's own tables; safe to run again. */
export const prepareBooks = (store: Store): Promise<void> =>
  store.script(`
    CREATE SCHEMA IF NOT EXISTS org;
    CREATE SCHEMA IF NOT EXISTS data;
    CREATE TABLE IF NOT EXISTS org.setting (key text PRIMARY KEY, value jsonb NOT NULL);
    CREATE TABLE IF NOT EXISTS org.key_prefix (object text PRIMARY KEY, prefix text NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS org.commit_counter (only_row boolean PRIMARY KEY CHECK (only_row), value bigint NOT NULL);
    INSERT INTO org.commit_counter VALUES (true, 0) ON CONFLICT DO NOTHING;
    CREATE TABLE IF NOT EXISTS org.commit (
      number bigint PRIMARY KEY, at timestamptz(3) NOT NULL, user_id text NOT NULL,
      client_name text, origin text NOT NULL, changes jsonb NOT NULL
    );
    CREATE INDEX IF NOT EXISTS commit_at ON org.commit (at);
    CREATE TABLE IF NOT EXISTS org.session (
      token_hash text PRIMARY KEY, user_id text NOT NULL, client_id text NOT NULL,
      created_at timestamptz NOT NULL, last_used_at timestamptz NOT NULL
    );
    CREATE TABLE IF NOT EXISTS org.api_calls (hour timestamptz PRIMARY KEY, calls bigint NOT NULL);`);

/** Brings tables, columns and indexes up to the schema. Nothing is ever dropped; an unchanged schema costs one query. */
export const migrate = async (store: Store, schema: OrgSchema): Promise<void> => {
  const wanted = schema.objects.flatMap((object) => objectStatements(store, object, undefined));
  const fingerprint = createHash('sha256').update(wanted.join('\n')).digest('hex');
  const [known] = await store.query<{ value: unknown }>(`SELECT value FROM org.setting WHERE key = 'schema'`);
  if (known?.value === fingerprint) return;
  const columns = await store.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'data'`,
  );
  const present = new Map<string, Set<string>>();
  for (const { table, column } of columns) present.set(table, (present.get(table) ?? new Set()).add(column));
  const statements = schema.objects.flatMap((object) => objectStatements(store, object, present.get(object.name)));
  await store.script(
    `BEGIN; ${statements.join(';\n')}; INSERT INTO org.setting VALUES ('schema', '"${fingerprint}"')
     ON CONFLICT (key) DO UPDATE SET value = excluded.value; COMMIT`,
  );
};

/** Statements that make an object's table, or add to the one whose columns are `present`. */
const objectStatements = (store: Store, object: ObjectSchema, present: ReadonlySet<string> | undefined): string[] => {
  const table = tableOf(object);
  const fields = storedFields(object).filter((field) => !['Id', 'IsDeleted'].includes(field.name));
  const define = (field: FieldSchema): string => `${quoted(field.name)} ${columnType(field)}`;
  const index = (kind: string, name: string, on: string): string =>
    `CREATE ${kind} IF NOT EXISTS ${quoted(indexName(object, name))} ON ${table} ${on}`;
  return [
    `CREATE SEQUENCE IF NOT EXISTS org.${quoted(`${object.name} ids`)} INCREMENT ${ID_BLOCK}`,
    ...(present === undefined
      ? [
          `CREATE TABLE ${table} ("Id" text COLLATE "C" PRIMARY KEY, "IsDeleted" boolean NOT NULL DEFAULT false${fields
            .map((field) => `, ${define(field)}`)
            .join('')})`,
        ]
      : fields
          .filter((field) => !present.has(field.name))
          .map((field) => `ALTER TABLE ${table} ADD COLUMN ${define(field)}`)),
    ...fields.flatMap((field) => {
      const column = quoted(field.name);
      const value = keySql(store, field, column);
      if (field.unique) return [index('UNIQUE INDEX', field.name, `((${value})) WHERE NOT "IsDeleted"`)];
      if (field.externalId) return [index('INDEX', field.name, `((${value}))`)];
      if (field.type === 'reference' && !['CreatedById', 'LastModifiedById'].includes(field.name))
        return [index('INDEX', field.name, `(${column})`)];
      return field.autoNumber === undefined
        ? []
        : [
            `CREATE SEQUENCE IF NOT EXISTS org.${quoted(sequenceOf(object, field))} START ${field.autoNumber.start} MINVALUE 0`,
          ];
    }),
  ];
};

/** Names longer than PostgreSQL's 63 characters would be cut and could meet; a digest keeps them apart. */
const indexName = (object: ObjectSchema, field: string): string =>
  `i_${createHash('sha1').update(`${object.name}.${field}`).digest('hex').slice(0, 24)}`;

/** Sequence behind an auto-number field. */
export const sequenceOf = (object: ObjectSchema, field: FieldSchema): string =>
  `n_${createHash('sha1').update(`${object.name}.${field.name}`).digest('hex').slice(0, 24)}`;

/** Ids are taken from the database in blocks, so that most inserts need no round trip for them. */
export const ID_BLOCK = 200;

/** A row as the API words it, from PostgreSQL's JSON of it. */
export const rowFromJson = (object: ObjectSchema, json: Readonly<Record<string, unknown>>): Row => {
  const row: Record<string, FieldValue> = { IsDeleted: json.IsDeleted === true };
  for (const field of storedFields(object)) {
    const value = (json[field.name] ?? null) as FieldValue;
    row[field.name] = field.type === 'datetime' && typeof value === 'string' ? apiDateTime(new Date(value)) : value;
  }
  return row;
};

/** A date-time in the API's form: `2026-11-21T20:48:14.000+0000`. */
export const apiDateTime = (instant: Date): string => instant.toISOString().replace('Z', '+0000');
