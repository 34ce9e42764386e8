import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type LocalPostgres, startPostgres } from '../../../local/services/postgres.ts';
import { firstOrg } from '../../../test/support/engine-room.ts';
import { LedgerSealer } from '../ledger/ledger-sealer.ts';
import { PostgresDecisionLedger } from '../ledger/postgres-decision-ledger.ts';
import { masterKeyFrom, SubjectKeys } from '../ledger/subject-keys.ts';
import { excessRights } from './login-rights.ts';
import { migrate, schemaProblem } from './migrate.ts';
import { openOrgDatabase } from './org-database.ts';

// A PostgreSQL of its own: roles belong to the whole server, and here they are made as docs/admin.md says.
let postgres: LocalPostgres;
let ownerUrl: string;
let serviceUrl: string;

const asUser = async <Row extends pg.QueryResultRow>(url: string, statement: string): Promise<readonly Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
};
const address = (user: string, database: string): string => {
  const url = new URL(postgres.url);
  url.username = user;
  url.pathname = `/${database}`;
  return url.href;
};

beforeAll(async () => {
  postgres = await startPostgres({ fast: true });
  await asUser(postgres.url, `create role tandem_owner login createrole`);
  await asUser(postgres.url, `create role tandem login`);
  await asUser(postgres.url, 'create database tandem owner tandem_owner');
  ownerUrl = address('tandem_owner', 'tandem');
  serviceUrl = address('tandem', 'tandem');
});
afterAll(() => postgres.stop());

describe('an owner who migrates and a service that works', () => {
  test('nothing but a migration changes the database, and whoever else comes says what is missing', async () => {
    expect(await schemaProblem(serviceUrl)).toMatch(/0001-work-and-ledger has not run.*run "tandem migrate"/);
    expect(await asUser(ownerUrl, `select 1 from pg_class where relname = 'inbox'`)).toEqual([]);
    expect(await migrate(ownerUrl, serviceUrl)).toContain('0004-separation');
    expect(await schemaProblem(serviceUrl)).toBeNull();
  });

  test('a login that is not there, or a database of a newer version, is said in a sentence', async () => {
    await expect(migrate(ownerUrl, address('nobody', 'tandem'))).rejects.toThrow(/no such user: create role "nobody"/);
    await asUser(ownerUrl, `insert into kysely_migration values ('9999-from-the-future', '2030-01-01')`);
    await expect(migrate(ownerUrl, serviceUrl)).rejects.toThrow(/9999-from-the-future, which this version/);
    expect(await schemaProblem(serviceUrl)).toMatch(/9999-from-the-future, which this version/);
    await asUser(ownerUrl, `delete from kysely_migration where name like '9999%'`);
  });

  test('the service works, and has no right that would let it write its own past', async () => {
    const database = openOrgDatabase(firstOrg, { url: serviceUrl, maxConnections: 1 });
    const keys = new SubjectKeys(masterKeyFrom('a master key for tests, never for use'));
    const ledger = new PostgresDecisionLedger(database, new LedgerSealer(keys), keys);
    await ledger.append([
      {
        org: firstOrg,
        kind: 'proposal',
        decision: 'd1',
        at: '2026-11-21T10:00:00.000Z',
        actor: 'service',
        partnerOfRecord: 'aws',
        body: {},
        personal: [],
      },
    ]);
    expect(await ledger.verify(firstOrg)).toEqual({ entries: 1, firstBad: null });
    expect(await excessRights(database)).toEqual({ login: 'tandem', excess: [] });
    await database.close();
  });

  test.each([
    'set role tandem_ledger',
    'set role tandem_owner',
    'alter table ledger_entries disable trigger all',
    'create temporary table ledger_heads (org text)',
    'create table public.mine (org text)',
    'drop table inbox',
  ])('the service may not: %s', async (statement) => {
    await expect(asUser(serviceUrl, statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  test('one login for both is told of', async () => {
    await asUser(postgres.url, 'create database alone owner tandem_owner');
    const url = address('tandem_owner', 'alone');
    await migrate(url);
    const database = openOrgDatabase(firstOrg, { url, maxConnections: 1 });
    expect(await excessRights(database)).toEqual({
      login: 'tandem_owner',
      excess: ['may make roles', 'is a member of the role that owns the ledger', 'may make temporary tables'],
    });
    await database.close();
  });
});

describe('a forged ledger head', () => {
  beforeEach(() => migrate(ownerUrl, serviceUrl));

  test('in a temporary table is not found by the function that appends, even where such tables may be made', async () => {
    await asUser(ownerUrl, 'grant temporary on database tandem to tandem_service');
    const client = new pg.Client({
      connectionString: serviceUrl,
      options: `-c role=tandem_service -c tandem.org=${firstOrg}`,
    });
    await client.connect();
    try {
      await client.query(`create temporary table ledger_heads (org text primary key, sequence bigint, hash bytea)`);
      await client.query(`grant all on ledger_heads to tandem_ledger`);
      await client.query(`insert into ledger_heads values ('${firstOrg}', 41, sha256('forged'))`);
      const entry = { kind: 'proposal', decision: 'd2', at: '', actor: '', partnerOfRecord: '', digest: '00' };
      const sealed = { entries: [{ ...entry, body: '{}', contents: [], values: [] }], keys: [], contents: [] };
      const { rows } = await client.query('select entry_sequence from append_sealed($1, $2)', [firstOrg, sealed]);
      expect(rows).toEqual([{ entry_sequence: '2' }]);
    } finally {
      await client.end();
      await asUser(ownerUrl, 'revoke temporary on database tandem from tandem_service');
    }
  });

  test('would not be found by any function that runs with its owner’s rights', async () => {
    const functions = await asUser<{ name: string; path: string[] | null }>(
      ownerUrl,
      `select proname as name, proconfig as path from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`,
    );
    expect(functions.length).toBeGreaterThan(0);
    for (const { path } of functions) expect(path).toEqual(['search_path=pg_catalog, public, pg_temp']);
  });
});
