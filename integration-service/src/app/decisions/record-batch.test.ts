import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { type EngineRoom, firstOrg, openEngineRoom } from '../../../test/support/engine-room.ts';
import type { Json } from '../../domain/values/json.ts';
import type { OrgDatabase } from '../../infrastructure/database/org-database.ts';
import { replayBatch } from '../replay-ledger.ts';
import { PostgresDecisionLedger } from '../../infrastructure/ledger/postgres-decision-ledger.ts';
import { type Batch, recordBatch } from './record-batch.ts';

let room: EngineRoom;
let database: OrgDatabase;
let ledger: PostgresDecisionLedger;
beforeAll(async () => {
  room = await openEngineRoom();
  database = room.database();
  ledger = new PostgresDecisionLedger(database, room.sealer, room.keys);
});
afterAll(() => room.close());

const at = '2026-11-22T06:00:00.000Z';
const org = () => ({ org: firstOrg, ledger, clock: { now: () => at } });

/** So many scores, as a stream in which the members of each stand in any order. */
const scores = async function* (count: number): AsyncGenerator<Json> {
  for (let number = 0; number < count; number += 1)
    yield await Promise.resolve({ score: number % 100, deal: `006${String(number).padStart(12, '0')}` });
};

const batchOf = (decision: string, items: Batch['items'], rules?: Batch['rules']): Batch => ({
  decision,
  function: 'co-selling',
  useCase: 'score-deals',
  agent: 'agent:co-selling',
  says: 'Scored 10,000 open deals.',
  rules: rules ?? [
    { rule: 'score-model', ruleVersion: 3, policyVersion: 0, answer: 'allow', reason: '', read: ['deals'] },
  ],
  items,
  facts: [{ name: 'deals', source: 'salesforce', readAt: at }],
});

test('ten thousand scores are one entry, with one hash that anybody can compute from them', async () => {
  const recorded = await recordBatch(org(), batchOf('score-deals:all#1', scores(10_000)));
  const text = `[${Array.from({ length: 10_000 }, (_, number) => `{"deal":"006${String(number).padStart(12, '0')}","score":${number % 100}}`).join(',')}]`;
  expect(recorded).toMatchObject({
    hash: createHash('sha256').update(text).digest('hex'),
    count: 10_000,
    answer: 'allow',
    again: false,
  });
  const [entry, ...more] = await ledger.read(firstOrg, 'score-deals:all#1');
  expect(more).toEqual([]);
  expect(entry).toMatchObject({ kind: 'batch', hash: recorded.entry.hash, actor: 'agent:co-selling' });
  expect((entry?.body as { items: Json[] }).items).toHaveLength(10_000);
  expect(await ledger.verify(firstOrg)).toMatchObject({ firstBad: null });
});

test('a run is recorded once; other items under its name are refused, and so is a batch that no rule was asked about', async () => {
  const first = await recordBatch(org(), batchOf('score-deals:all#2', scores(5)));
  expect(await recordBatch(org(), batchOf('score-deals:all#2', scores(5)))).toEqual({ ...first, again: true });
  await expect(recordBatch(org(), batchOf('score-deals:all#2', scores(6)))).rejects.toThrow('with other items');
  expect((await recordBatch(org(), batchOf('score-deals:all#3', scores(5), []))).answer).toBe('deny');
  const kept = await database.run(sql`select 1 from ledger_entries where decision like 'score-deals:all#2%'`);
  expect(kept).toHaveLength(1);
});

test('looked at again a batch is the same to the byte, and no longer when one result was changed or all of them are gone', async () => {
  const decision = 'score-deals:all#4';
  const { hash } = await recordBatch(org(), batchOf(decision, scores(100)));
  const replayed = async () => {
    for await (const one of ledger.batches(firstOrg, { decision })) return replayBatch(one);
    throw new Error('the batch is not there');
  };
  expect(await replayed()).toMatchObject({ decision, asOfThen: 'same', today: null, differences: [] });
  await pastTheDoor(
    `update ledger_contents set body = replace(body, '"score":7}', '"score":8}') where hash = '${hash}'`,
  );
  expect(await replayed()).toMatchObject({
    asOfThen: 'different',
    differences: [{ rule: 'items', was: hash, is: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  });
  expect((await ledger.verify(firstOrg)).firstBad?.why).toMatch(/missing or was changed/);
  await pastTheDoor(`delete from ledger_contents where hash = '${hash}'`);
  expect(await replayed()).toMatchObject({ asOfThen: 'unreadable', missing: ['items'] });
});

/** What somebody with the superuser's password could do, past the trigger. */
const pastTheDoor = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: room.ownerUrl });
  await client.connect();
  await client.query('alter table ledger_contents disable trigger all');
  await client.query(statement);
  await client.end();
};
