import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import type { NewWork } from '../../ports/work-inbox/work-inbox.ts';
import { present } from '../../../test/support/present.ts';
import { type EngineRoom, firstOrg, openEngineRoom, secondOrg } from '../../../test/support/engine-room.ts';
import { PostgresInbox } from './inbox.ts';
import type { OrgDatabase } from './org-database.ts';

const work = (target: string, deal: string): NewWork => ({
  kind: 'request',
  target,
  deal,
  correlation: `correlation-${target}`,
  priority: 5,
  payload: { kind: 'refer' },
});

let room: EngineRoom;
let database: OrgDatabase;
let inbox: PostgresInbox;
const lapse = (deal: string): Promise<unknown> =>
  database.run(
    sql`update claims set lease_until = now() - interval '1 second' where org = ${firstOrg} and deal = ${deal}`,
  );

beforeAll(async () => {
  room = await openEngineRoom();
  database = room.database();
  inbox = new PostgresInbox(database, 'worker-1');
});
afterAll(() => room.close());

describe('the inbox', () => {
  test('keeps one row for a request that is heard of twice', async () => {
    expect(await inbox.add([work('a0R1', 'deal-twice')])).toHaveLength(1);
    expect(await inbox.add([work('a0R1', 'deal-twice')])).toHaveLength(0);
  });

  test('gives a row to one of twenty workers that ask at the same moment', async () => {
    const [job] = await inbox.add([work('a0R2', 'deal-race')]);
    const workers = Array.from({ length: 20 }, (_, number) => new PostgresInbox(room.database(), `racer-${number}`));
    const claims = await Promise.all(workers.map((worker) => worker.claim(job?.id ?? '')));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test('never works on two rows of one deal at the same time', async () => {
    const jobs = await inbox.add([work('a0R3', 'deal-two'), work('a0R4', 'deal-two')]);
    const claims = await Promise.all(jobs.map((job) => inbox.claim(job.id)));
    const [held] = claims.filter((claim) => claim !== null);
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    await inbox.finish(present(held).claim, present(held).work.id, { state: 'done' });
    const left = jobs.find((job) => job.id !== present(held).work.id);
    expect(await inbox.claim(left?.id ?? '')).not.toBeNull();
  });

  test('tells whoever asks for a row at work so at once, while its end is being written', async () => {
    const [job] = await inbox.add([work('a0R4b', 'deal-ending')]);
    await inbox.claim(present(job).id);
    const ending = new pg.Client({ connectionString: room.ownerUrl });
    await ending.connect();
    try {
      await ending.query('begin');
      await ending.query(`delete from claims where deal = 'deal-ending'`);
      expect(await new PostgresInbox(room.database(), 'worker-2').claim(present(job).id)).toBeNull();
      await ending.query('rollback');
    } finally {
      await ending.end();
    }
  });

  test('lets a worker whose lease ended and whose row was taken over write nothing', async () => {
    const [job] = await inbox.add([work('a0R5', 'deal-stalled')]);
    const stalled = await inbox.claim(present(job).id);
    await lapse('deal-stalled');
    const next = await new PostgresInbox(database, 'worker-2').claim(present(job).id);
    expect(BigInt(present(next).claim.fence)).toBeGreaterThan(BigInt(present(stalled).claim.fence));
    expect(await inbox.renew(present(stalled).claim)).toBeNull();
    expect(await inbox.finish(present(stalled).claim, present(job).id, { state: 'done' })).toEqual({
      held: false,
      job: null,
    });
    expect(await inbox.finish(present(next).claim, present(job).id, { state: 'done' })).toMatchObject({ held: true });
  });

  test('puts a row back with its next attempt number, due later', async () => {
    const [job] = await inbox.add([work('a0R6', 'deal-later')]);
    const held = await inbox.claim(present(job).id);
    const { job: again } = await inbox.finish(present(held).claim, present(job).id, { state: 'again', inMs: 60_000 });
    expect(again).toMatchObject({ id: present(job).id, attempt: 1, delayMs: 60_000 });
    expect(await inbox.claim(present(job).id)).toBeNull();
  });

  test('counts waiting in line as no attempt, and still gives each turn a job of its own', async () => {
    const [job] = await inbox.add([work('a0R16', 'deal-in-line')]);
    const { id } = present(job);
    const first = present(await inbox.claim(id));
    const waiting = { state: 'again', inMs: 0, waitsFor: 'aws-ace:default:write' } as const;
    expect(await inbox.finish(first.claim, id, waiting)).toMatchObject({ job: { attempt: 1 } });
    const second = present(await inbox.claim(id));
    expect([first.work.attempts, second.work.attempts]).toEqual([1, 1]);
    expect(await inbox.finish(second.claim, id, { state: 'again', inMs: 0 })).toMatchObject({ job: { attempt: 2 } });
    expect(present(await inbox.claim(id)).work.attempts).toBe(2);
  });

  test('sweeps up what a dead worker left, and not what a live one holds', async () => {
    const jobs = await inbox.add([work('a0R7', 'deal-dead'), work('a0R8', 'deal-live')]);
    await inbox.claim(present(jobs[0]).id);
    await inbox.claim(present(jobs[1]).id);
    await lapse('deal-dead');
    const due = (await inbox.due(1_000)).map((job) => job.id);
    expect(due).toContain(present(jobs[0]).id);
    expect(due).not.toContain(present(jobs[1]).id);
  });

  test('moves a row to the deal it belongs to, and frees the other', async () => {
    const [job] = await inbox.add([work('a0R9', 'referral-unknown-deal')]);
    const held = await inbox.claim(present(job).id);
    expect(await inbox.moveToDeal(present(held).claim, present(job).id, 'deal-known')).toMatchObject({
      id: present(job).id,
    });
    expect((await inbox.claim(present(job).id))?.claim.deal).toBe('deal-known');
  });
});

describe('row-level security', () => {
  test('shows an org its own rows only, and lets it write no others', async () => {
    await inbox.add([work('a0RS', 'deal-secret')]);
    const stranger = room.database(secondOrg);
    const seen = await stranger.run(sql<{ count: string }>`select count(*) from inbox`);
    expect(seen[0]?.count).toBe('0');
    await expect(
      stranger.run(
        sql`insert into inbox (org, kind, target, deal, correlation) values (${firstOrg}, 'request', 'x', 'x', 'x')`,
      ),
    ).rejects.toThrow(/row-level security/);
  });

  test('refuses an org id that could carry a connection option with it', () => {
    expect(() => room.database('00D000000000001 -c role=postgres')).toThrow(/is not the id of an org/);
  });
});
