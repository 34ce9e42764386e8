import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { present } from '../../../test/support/present.ts';
import { type EngineRoom, firstOrg, openEngineRoom, secondOrg } from '../../../test/support/engine-room.ts';
import { PostgresRateBudget } from './budgets.ts';

let room: EngineRoom;
beforeAll(async () => {
  room = await openEngineRoom();
});
afterAll(() => room.close());

const limit = (bucket: string, perDay = 10_000) => ({ bucket, ratePerSecond: 1, perDay });
const first = { priority: 5, id: '1' };

describe('the rate budget', () => {
  test('spaces what several processes ask for at once one interval apart, and a little more', async () => {
    const database = room.database();
    const nextAt = async (): Promise<number> => {
      const [row] = await database.run(sql<{ next_at: Date }>`select next_at from budgets where bucket = 'race'`);
      return present(row).next_at.getTime();
    };
    // Calls of ten seconds stand in line already, so that nothing here depends on how fast this machine is.
    await new PostgresRateBudget(database).take(limit('race'), 10, 0, first);
    const before = await nextAt();
    const processes = Array.from({ length: 6 }, () => new PostgresRateBudget(room.database()));
    const answers = await Promise.all(processes.map((budget) => budget.take(limit('race'), 1, 60_000, first)));
    expect(answers.every((answer) => answer.granted)).toBe(true);
    expect((await nextAt()) - before).toBe(6 * 1_080);
    expect(answers[0]).toMatchObject({ intervalMs: 1_080 });
  });

  test('spends nothing when the wait would be longer than asked for, and says how long it is', async () => {
    const budget = new PostgresRateBudget(room.database());
    await budget.take(limit('wait'), 10, 0, first);
    const refused = await budget.take(limit('wait'), 1, 3_000, first);
    expect(refused).toMatchObject({ granted: false, placeInLine: 1, dailyLimitReached: false });
    expect(refused.inMs).toBeGreaterThan(8_000);
    expect(await budget.spentToday('wait')).toBe(10);
  });

  test('lets the one that came first, or matters more, go first', async () => {
    const database = room.database();
    await database.run(sql`
      insert into inbox (org, kind, target, deal, correlation, priority, waits_for)
      values (${firstOrg}, 'request', 'waits', 'deal', 'c', 5, 'line')`);
    const [waiting] = await database.run(sql<{ id: string }>`select id from inbox where target = 'waits'`);
    const budget = new PostgresRateBudget(database);
    const behind = { priority: 5, id: String(Number(present(waiting).id) + 1) };
    expect(await budget.take(limit('line'), 1, 3_000, behind)).toMatchObject({ granted: false, placeInLine: 2 });
    expect(await budget.take(limit('line'), 1, 3_000, { priority: 1, id: behind.id })).toMatchObject({ granted: true });
    expect(await budget.take(limit('line'), 1, 3_000, { priority: 5, id: present(waiting).id })).toMatchObject({
      granted: true,
    });
  });

  test('tells the place among all orgs that share the account, and nothing else of them', async () => {
    const waits = (org: string, target: string, overdue = '0'): Promise<unknown> =>
      room.database(org).run(sql`
        insert into inbox (org, kind, target, deal, correlation, priority, waits_for, due_at)
        values (${org}, 'request', ${target}, 'deal', 'c', 5, 'shared', now() - ${overdue}::interval)`);
    for (const target of ['s1', 's2', 's3']) await waits(secondOrg, target);
    await waits(secondOrg, 'stopped', '1 day');
    const database = room.database();
    const budget = new PostgresRateBudget(database);
    await budget.take(limit('shared'), 10, 0, first);
    const [highest] = await room.database(secondOrg).run(sql<{ id: string }>`select max(id)::text as id from inbox`);
    const behind = { priority: 5, id: String(Number(present(highest).id) + 1) };
    expect(await budget.take(limit('shared'), 1, 3_000, behind)).toMatchObject({ granted: false, placeInLine: 4 });
    expect(await budget.take(limit('shared'), 1, 60_000, behind)).toMatchObject({ granted: true });
    expect(await database.run(sql`select 1 from inbox where waits_for = 'shared'`)).toEqual([]);
    await expect(database.run(sql`set role tandem_line`)).rejects.toThrow('permission denied');
  });

  test('stops at what the network allows in 24 hours', async () => {
    const budget = new PostgresRateBudget(room.database());
    expect(await budget.take(limit('day', 2), 2, 0, first)).toMatchObject({ granted: true });
    expect(await budget.take(limit('day', 2), 1, 60_000, first)).toMatchObject({
      granted: false,
      dailyLimitReached: true,
    });
  });
});
