import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { copyDatabase, type DatabaseCopy } from '../support/database-copies.ts';
import { untilFiled } from '../support/referral-checks.ts';
import { runTandem } from '../support/tandem-command.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

let world: TestWorld;
let copy: DatabaseCopy;
let entries: number;

const verify = () => runTandem(['ledger', 'verify'], world.world.serviceEnvironment);

beforeAll(async () => {
  world = await openWorld();
  for (const surface of ['panel', 'list']) {
    const deal = await world.makeDeal();
    await untilFiled(world, deal, [await world.click(deal, surface)]);
  }
  await world.fleet.stopAll();
  copy = await copyDatabase(world.world.databaseUrl);
  entries = await world.verifyLedger();
}, 120_000);
afterAll(async () => {
  await world?.close();
  await copy?.drop();
}, 60_000);

/** A superuser whom no trigger, no row-level security and no right stops. */
const asSuperuser = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: world.world.databaseUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    const { rowCount } = await client.query(statement);
    expect(rowCount).toBe(1);
  } finally {
    await client.end();
  }
};

test('what the service wrote holds', async () => {
  const { code, output } = await verify();
  expect(output).toContain(`${entries} entries, all of them hold.`);
  expect(code).toBe(0);
  expect(entries).toBeGreaterThan(10);
});

test.each([
  [
    'the text of an entry',
    `update ledger_entries set body = replace(body, '"', '" ') where sequence = 4`,
    'entry 4 does not hold: its content is not what was written',
  ],
  [
    'who did it',
    `update ledger_entries set actor = 'user:somebody' where sequence = 2`,
    'entry 2 does not hold: its content is not what was written',
  ],
  [
    'a text together with its digest',
    `update ledger_entries set digest = sha256('other') where sequence = 3`,
    'entry 3 does not hold: its content is not what was written',
  ],
  [
    'the link to the entry before',
    `update ledger_entries set hash = sha256('other') where sequence = 5`,
    'entry 5 does',
  ],
  ['an entry taken out', 'delete from ledger_entries where sequence = 6', 'entry 6 does not hold: entry 6 is missing'],
  [
    'a personal value',
    `update ledger_values set sealed = set_byte(sealed, 20, (get_byte(sealed, 20) + 1) % 256)
       where (sequence, path) in (select sequence, path from ledger_values order by sequence, path limit 1)`,
    'does not hold: the personal value',
  ],
])('%s is changed: the first bad entry is named, and it fails', async (_what, statement, told) => {
  await asSuperuser(statement);
  try {
    const { code, output } = await verify();
    expect(output).toContain(told);
    expect(code).toBe(1);
  } finally {
    await copy.restore();
  }
});

test('the last entry is cut off: the head knows of it', async () => {
  await asSuperuser(`delete from ledger_entries where sequence = ${entries}`);
  try {
    const { code, output } = await verify();
    expect(output).toContain(`the head says ${entries} entries, ${entries - 1} are there`);
    expect(code).toBe(1);
  } finally {
    await copy.restore();
  }
});
