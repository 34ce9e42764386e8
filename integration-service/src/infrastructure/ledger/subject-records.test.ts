import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type EngineRoom, firstOrg, openEngineRoom, secondOrg } from '../../../test/support/engine-room.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { forgetOld } from '../database/retention.ts';
import { PostgresDecisionLedger } from './postgres-decision-ledger.ts';
import { SealedValues } from './sealed-values.ts';
import { SubjectRecords } from './subject-records.ts';

let room: EngineRoom;
let database: OrgDatabase;
let ledger: PostgresDecisionLedger;
let records: SubjectRecords;

beforeAll(async () => {
  room = await openEngineRoom();
  database = room.database();
  ledger = new PostgresDecisionLedger(database, room.sealer, room.keys);
  records = new SubjectRecords(database, room.keys, new SealedValues(database, room.keys));
});
afterAll(() => room.close());

const propose = (decision: string, person: string, email: string): Promise<unknown> =>
  ledger.append([
    {
      org: firstOrg,
      kind: 'proposal',
      decision,
      at: '2026-11-21T10:00:00.000Z',
      actor: 'agent:co-selling',
      partnerOfRecord: 'aws',
      body: { disclosed: [{ value: email }] },
      personal: [{ path: 'disclosed.0.value', subject: person }],
    },
  ]);
const sent = (key: string, decision: string, state: string, settledDaysAgo: number | null): Promise<unknown> =>
  database.run(sql`
    insert into effects (org, key, decision, step, port, operation, body, state, fence, epoch, settled_at)
    values (${firstOrg}, ${key}, ${decision}, 'create', 'partner-portal', 'create-opportunity', '{"Email":"pat@example.com"}',
      ${state}, 1, 1, now() - ${settledDaysAgo}::int * interval '1 day')`);
const kept = async (): Promise<readonly string[]> =>
  (await database.run(sql<{ key: string }>`select key from effects where body is not null order by key`)).map(
    ({ key }) => key,
  );

test('what is held of a person is told, and is gone with the key; others and the chain stay', async () => {
  await propose('d1', 'person:pat', 'pat@example.com');
  await propose('d2', 'person:kim', 'kim@example.com');
  await sent('pat-done', 'd1', 'done', 1);
  await sent('pat-open', 'd1', 'unknown', null);
  await sent('kim-done', 'd2', 'done', 1);
  const held = await records.read(['person:pat']);
  expect(held.values).toEqual([
    {
      sequence: 1,
      decision: 'd1',
      kind: 'proposal',
      at: '2026-11-21T10:00:00.000Z',
      path: 'disclosed.0.value',
      value: 'pat@example.com',
    },
  ]);
  expect(held.effects.map(({ decision, state }) => [decision, state])).toEqual([
    ['d1', 'done'],
    ['d1', 'unknown'],
  ]);
  expect(await records.erase(['person:pat'])).toEqual({ keys: 1, effects: { cleared: 1, left: 1 } });
  expect((await records.read(['person:pat'])).values).toEqual([]);
  expect((await records.read(['person:kim'])).values).toHaveLength(1);
  expect(await kept()).toEqual(['kim-done', 'pat-open']);
  expect(await ledger.verify(firstOrg)).toEqual({ entries: 2, firstBad: null });
  expect(await records.erase(['person:pat'])).toEqual({ keys: 0, effects: { cleared: 0, left: 1 } });
});

test('what the work needs no more is forgotten after its time, in its own org, and what it needs is not', async () => {
  await sent('old-done', 'd3', 'done', 31);
  await sent('new-done', 'd3', 'done', 29);
  await sent('old-open', 'd3', 'unknown', null);
  await database.run(sql`
    insert into inbox (org, kind, target, deal, state, correlation, changed_at)
    select ${firstOrg}, 'request', state, 'deal', state, 'c', now() - interval '31 days'
    from unnest(array['done', 'refused', 'dead', 'waiting']) state`);
  await database.run(sql`
    insert into notices (org, id, received_at) values (${firstOrg}, 'old', now() - interval '8 days'), (${firstOrg}, 'new', now())`);
  expect(await forgetOld(room.database(secondOrg), 30)).toEqual({ effects: 0, work: 0, notices: 0, events: 0 });
  expect(await forgetOld(database, 30)).toEqual({ effects: 1, work: 2, notices: 1, events: 0 });
  expect(await kept()).toEqual(['kim-done', 'new-done', 'old-open', 'pat-open']);
});
