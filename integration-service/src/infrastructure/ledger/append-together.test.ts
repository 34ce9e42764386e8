import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { appendInProcesses } from '../../../bench/ledger/appenders.ts';
import { type EngineRoom, engineMasterKey, openEngineRoom } from '../../../test/support/engine-room.ts';
import { openOrgDatabase, type OrgDatabase } from '../database/org-database.ts';
import { PostgresDecisionLedger } from './postgres-decision-ledger.ts';

/** Four processes of a service, which share nothing but PostgreSQL, append to one org and to a hundred. */
const processes = 4;
const shared = '00D000000000999EAA';
const hundred = Array.from({ length: 100 }, (_, index) => `00D000000001${String(index).padStart(3, '0')}EAA`);
/** Facts, proposal and verdict. */
const entriesOfEach = 3;

const [callers, each] = [8, 6];

let room: EngineRoom;
let decisions = 0;
beforeAll(async () => {
  room = await openEngineRoom();
  const done = await appendInProcesses(
    Array.from({ length: processes }, (_, index) => ({
      url: room.url,
      masterKey: engineMasterKey,
      first: index * 100_000,
      parts: [
        { orgs: [shared], callers, each },
        // Each begins elsewhere, so that they meet at some orgs and not at others.
        { orgs: [...hundred.slice(index * 25), ...hundred.slice(0, index * 25)], callers: 1, each: 1 },
      ],
    })),
  );
  decisions = done.decisions;
});
afterAll(() => room.close());

/** Walks the chain of an org over a connection that is closed again. */
const inOrg = async <Found>(org: string, look: (database: OrgDatabase) => Promise<Found>): Promise<Found> => {
  const database = openOrgDatabase(org, { url: room.url, maxConnections: 1 });
  try {
    return await look(database);
  } finally {
    await database.close();
  }
};
const verified = (database: OrgDatabase) =>
  new PostgresDecisionLedger(database, room.sealer, room.keys).verify(database.org);

test('what four processes append to one org at once is one chain, without a gap, each decision in one piece', async () => {
  const ofShared = processes * callers * each;
  expect(decisions).toBe(ofShared + processes * hundred.length);
  expect(await inOrg(shared, verified)).toEqual({ entries: ofShared * entriesOfEach, firstBad: null });
  const rows = await inOrg(shared, (database) =>
    database.run(sql<{ kinds: string; span: number }>`
      select string_agg(kind, ' ' order by sequence) as kinds, (max(sequence) - min(sequence))::int as span
      from ledger_entries where org = ${shared} group by decision`),
  );
  expect(rows).toHaveLength(ofShared);
  expect(new Set(rows.map(({ kinds, span }) => `${kinds} ${span}`))).toEqual(new Set(['facts proposal verdict 2']));
});

test('each of a hundred orgs that four processes append to has a chain of its own that holds', async () => {
  const chains = [];
  for (const org of hundred) chains.push(await inOrg(org, verified));
  expect(chains).toEqual(hundred.map(() => ({ entries: processes * entriesOfEach, firstBad: null })));
});
