import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import { type EngineRoom, firstOrg, openEngineRoom } from '../../../test/support/engine-room.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { LedgerSealer } from './ledger-sealer.ts';
import { PostgresDecisionLedger } from './postgres-decision-ledger.ts';
import { masterKeyFrom, SubjectKeys } from './subject-keys.ts';

let room: EngineRoom;
let database: OrgDatabase;
let ledger: PostgresDecisionLedger;

beforeEach(async () => {
  room = await openEngineRoom();
  database = room.database();
  ledger = new PostgresDecisionLedger(database, room.sealer, room.keys);
});
afterEach(() => room.close());

const email = 'pat@example.com';
const entry = (decision: string): LedgerEntryInput => ({
  org: firstOrg,
  kind: 'proposal',
  decision,
  at: '2026-11-21T10:00:00.000Z',
  actor: 'user:005000000000001',
  partnerOfRecord: 'aws',
  body: { disclosed: [{ target: 'Customer.Contacts.0.Email', value: email }] },
  personal: [{ path: 'disclosed.0.value', subject: 'contact:003000000000001' }],
});

/** What somebody with the superuser's password could do, past the trigger. */
const tamper = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: room.ownerUrl });
  await client.connect();
  await client.query('alter table ledger_entries disable trigger all; alter table ledger_values disable trigger all');
  await client.query(statement);
  await client.end();
};

describe('the decision ledger', () => {
  test('chains what forty callers append at once, without a gap', async () => {
    const chained = await Promise.all(Array.from({ length: 40 }, (_, number) => ledger.append([entry(`d${number}`)])));
    expect(
      chained
        .flat()
        .map((one) => one.sequence)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(await ledger.verify(firstOrg)).toEqual({ entries: 40, firstBad: null });
  });

  test('keeps personal values out of the chain, opens them for a reader, and forgets them with their key', async () => {
    await ledger.append([entry('d1')]);
    const [row] = await database.run(sql<{ body: string }>`select body from ledger_entries where decision = 'd1'`);
    expect(row?.body).not.toContain(email);
    expect((await ledger.read(firstOrg, 'd1'))[0]?.body).toEqual(entry('d1').body);
    await room.keys.erase(database, 'contact:003000000000001');
    expect(JSON.stringify((await ledger.read(firstOrg, 'd1'))[0]?.body)).not.toContain(email);
    expect(await ledger.verify(firstOrg)).toEqual({ entries: 1, firstBad: null });
  });

  test('erasing one person leaves the others, and a reader is told what was erased', async () => {
    const two: LedgerEntryInput = {
      ...entry('d1'),
      body: { contacts: [{ Email: email }, { Email: 'kim@example.com' }] },
      personal: [
        { path: 'contacts.0', subject: 'person:pat' },
        { path: 'contacts.1', subject: 'person:kim' },
      ],
    };
    await ledger.append([two]);
    await room.keys.erase(database, 'person:pat');
    const [read] = await ledger.read(firstOrg, 'd1');
    expect(read?.body).toEqual({
      contacts: [{ commitment: expect.stringMatching(/^[0-9a-f]{64}$/), erased: true }, { Email: 'kim@example.com' }],
    });
    expect(read?.personal.map(({ subject }) => subject)).toEqual(['person:kim']);
    expect(await ledger.verify(firstOrg)).toEqual({ entries: 1, firstBad: null });
  });

  test('keeps a person’s part of the deal’s value under the person, and both can be forgotten alone', async () => {
    const deal: LedgerEntryInput = {
      ...entry('d1'),
      body: { value: { Amount: 5, Contact: { Email: email } } },
      personal: [
        { path: 'value', subject: 'deal:006' },
        { path: 'value.Contact', subject: 'person:pat' },
      ],
    };
    await ledger.append([deal, { ...deal, decision: 'd2', personal: [...deal.personal].reverse() }]);
    expect((await ledger.read(firstOrg, 'd1'))[0]?.body).toEqual(deal.body);
    expect((await ledger.read(firstOrg, 'd2'))[0]?.body).toEqual(deal.body);
    await room.keys.erase(database, 'person:pat');
    const contact = { commitment: expect.stringMatching(/^[0-9a-f]{64}$/), erased: true };
    expect((await ledger.read(firstOrg, 'd1'))[0]?.body).toEqual({ value: { Amount: 5, Contact: contact } });
    expect(await ledger.verify(firstOrg)).toEqual({ entries: 2, firstBad: null });
    await room.keys.erase(database, 'deal:006');
    expect((await ledger.read(firstOrg, 'd1'))[0]?.body).toEqual({ value: contact });
    expect(await ledger.verify(firstOrg)).toEqual({ entries: 2, firstBad: null });
  });

  test('keeps what entries share once, gives it back in its place, and misses it when it is gone or changed', async () => {
    const text = '{"rows":[1,2,3]}';
    const hash = createHash('sha256').update(text).digest('hex');
    const sharing = (decision: string): LedgerEntryInput => ({
      ...entry(decision),
      body: { fact: { content: hash }, said: { content: 'by the customer' } },
      personal: [],
      shared: [{ hash, text }],
    });
    await ledger.append([sharing('d1')]);
    await ledger.append([sharing('d2')]);
    // Another process, which does not know that it is kept.
    const other = new PostgresDecisionLedger(database, new LedgerSealer(room.keys), room.keys);
    await other.append([sharing('d3')]);
    expect(await database.run(sql`select hash from ledger_contents`)).toEqual([{ hash }]);
    expect((await ledger.read(firstOrg, 'd2'))[0]?.body).toEqual({
      fact: { rows: [1, 2, 3] },
      said: { content: 'by the customer' },
    });
    expect(await ledger.verify(firstOrg)).toEqual({ entries: 3, firstBad: null });
    await tamper(`alter table ledger_contents disable trigger all; update ledger_contents set body = '{"rows":[9]}'`);
    const bad = { sequence: 1, why: expect.stringMatching(/shares with other entries/) };
    expect(await ledger.verify(firstOrg)).toMatchObject({ firstBad: bad });
    await tamper(`delete from ledger_contents`);
    expect(await ledger.verify(firstOrg)).toMatchObject({ firstBad: bad });
    // A database that was set back while the process went on: what it believes to be kept is sent again.
    await ledger.append([sharing('d4')]);
    expect((await ledger.read(firstOrg, 'd4'))[0]?.body).toMatchObject({ fact: { rows: [1, 2, 3] } });
  });

  test('takes the key that another process made first for the same person', async () => {
    const keys = new SubjectKeys(masterKeyFrom('a master key for tests, never for use'));
    const other = new PostgresDecisionLedger(database, new LedgerSealer(keys), keys);
    await Promise.all([ledger.append([entry('d1')]), other.append([entry('d2')])]);
    expect(await database.run(sql`select subject from subject_keys`)).toHaveLength(1);
    for (const decision of ['d1', 'd2'])
      expect((await ledger.read(firstOrg, decision))[0]?.body).toEqual(entry(decision).body);
  });

  test('keeps no new value of a person who was erased', async () => {
    await room.keys.erase(database, 'contact:003000000000001');
    await ledger.append([entry('d1')]);
    expect(await database.run(sql`select 1 from ledger_values`)).toHaveLength(0);
  });

  test.each([
    ['update', sql`update ledger_entries set actor = 'nobody'`],
    ['delete', sql`delete from ledger_entries`],
    ['insert', sql`insert into ledger_entries select * from ledger_entries`],
    ['head', sql`update ledger_heads set sequence = 0`],
    ['value', sql`delete from ledger_values`],
  ])('does not let the service %s past the one function', async (_name, statement) => {
    await ledger.append([entry('d1')]);
    await expect(database.run(statement)).rejects.toThrow(/permission denied/);
  });

  test.each([
    ['a changed actor', `update ledger_entries set actor = 'user:other' where sequence = 2`, 2, /not what was written/],
    ['a changed body', `update ledger_entries set body = '{}' where sequence = 2`, 2, /not what was written/],
    ['a changed hash', `update ledger_entries set hash = sha256('x') where sequence = 1`, 1, /does not follow/],
    ['a missing entry', `delete from ledger_entries where sequence = 2`, 2, /missing/],
    ['a missing end', `delete from ledger_entries where sequence = 3`, 3, /head says 3/],
    ['a changed value', `update ledger_values set sealed = sealed || '\\x00' where sequence = 3`, 3, /was changed/],
    ['a changed salt', `update ledger_values set salt = '\\x00' where sequence = 3`, 3, /not the one committed to/],
  ])('names the first entry that does not hold: %s', async (_name, statement, sequence, why) => {
    await ledger.append([entry('d1'), entry('d2'), entry('d3')]);
    await tamper(statement);
    expect(await ledger.verify(firstOrg)).toMatchObject({ firstBad: { sequence, why: expect.stringMatching(why) } });
  });

  test('refuses the entry of another org, and a personal path that leads nowhere', async () => {
    await expect(ledger.append([{ ...entry('d1'), org: '00D000000000002EAA' }])).rejects.toThrow(
      /was handed to the ledger of/,
    );
    const lost = { ...entry('d1'), personal: [{ path: 'disclosed.7.value', subject: 's' }] };
    await expect(ledger.append([lost])).rejects.toThrow(/which its body does not have/);
  });
});
