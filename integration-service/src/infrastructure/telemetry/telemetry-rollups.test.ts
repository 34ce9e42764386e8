import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { dayOf, dayText, type TakenEvent, weekOf } from '../../domain/telemetry/event.ts';
import { EVENT_KINDS, type EventKind } from '../../domain/telemetry/event-kinds.ts';
import { telemetryContract } from '../../ports/telemetry/telemetry.contract.ts';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import { migrate } from '../database/migrate.ts';
import { openOrgDatabase, type OrgDatabase } from '../database/org-database.ts';
import { PostgresTelemetryEvents } from './telemetry-events.ts';
import { PostgresTelemetryRoller } from './telemetry-roller.ts';
import { PostgresTelemetryRollups } from './telemetry-rollups.ts';

// PostgreSQL makes its days from its own clock, so these are days of now: the last whole week but one.
const monday = weekOf(dayOf(Date.now())) - 14;
const dayMs = 86_400_000;

let testDatabase: { url: string; drop(): Promise<void> };
const opened: OrgDatabase[] = [];
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await migrate(testDatabase.url);
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await testDatabase.drop();
});

let orgs = 0;
const openRoom = () => {
  orgs += 1;
  const database = openOrgDatabase(`00D${String(orgs).padStart(12, '0')}AAA`, {
    url: testDatabase.url,
    maxConnections: 4,
  });
  opened.push(database);
  const roller = new PostgresTelemetryRoller(database);
  return {
    database,
    roller,
    intake: new PostgresTelemetryEvents(database),
    rollups: new PostgresTelemetryRollups(database),
    source: orgs,
    settle: async () => {
      await database.run(sql`update telemetry_corrections set due_at = '-infinity' where state = 'waiting'`);
      await roller.rollAll();
    },
    close: () => Promise.resolve(),
  };
};

telemetryContract('PostgreSQL', () => Promise.resolve(openRoom()), monday);

const kinds = ['product.sessions', 'product.active-users', 'product.user-seen'] as const satisfies readonly EventKind[];

/** An event whose id fixes its day but for one, as a sender's would; few ids, so that many are told twice. */
const someEvent = fc
  .record({
    number: fc.integer({ min: 0, max: 39 }),
    shift: fc.constantFrom(0, 0, 0, 1),
    second: fc.integer({ min: 0, max: 86_399 }),
    kind: fc.constantFrom(...kinds),
    partner: fc.constantFrom('acme', 'zenith'),
    account: fc.constantFrom('', 'A', 'B'),
    value: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(0.1, 0.2, 1e-7, 123_456_789.123)),
    corrects: fc.option(fc.integer({ min: 0, max: 39 }), { freq: 4 }),
  })
  .map(({ number, shift, second, corrects, ...rest }): Omit<TakenEvent, 'index'> => ({
    id: `e${number}`,
    atMs: (monday + (number % 10) + shift) * dayMs + second * 1_000,
    ...rest,
    corrects: corrects === null || corrects === number ? null : `e${corrects}`,
  }));
const step = fc.oneof(
  { weight: 4, arbitrary: fc.array(someEvent, { minLength: 1, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constant('roll' as const) },
);

/** What the rollups must say, from the events alone: those kept, without those that another stands in for. */
const recomputed = (kept: readonly TakenEvent[], periodOf: (day: number) => number): readonly string[] => {
  const corrected = new Set(kept.flatMap(({ corrects }) => corrects ?? []));
  const standing = kept.filter(({ id }) => !corrected.has(id));
  const groups = Map.groupBy(standing, ({ partner, account, kind, atMs }) =>
    [partner, kind, dayText(periodOf(dayOf(atMs))), account].join('|'),
  );
  return [...groups]
    .map(([key, events]) => {
      const { rolls } = EVENT_KINDS[events[0]?.kind ?? 'partner.login'];
      const latest =
        [...events].sort((left, right) => right.atMs - left.atMs || right.value - left.value)[0]?.value ?? 0;
      // Exact in tens of millions of a unit: every value above is a whole number of them.
      const sum = events.reduce((total, { value }) => total + BigInt(Math.round(value * 1e7)), 0n);
      const value =
        rolls === 'sum'
          ? Number(sum) / 1e7
          : rolls === 'last'
            ? latest
            : new Set(events.map((event) => event.value)).size;
      return `${key}|${events.length}|${value}`;
    })
    .sort();
};

describe('rollups', () => {
  test('equal what the raw events come to, in whatever order they are told, told again, corrected and added', async () => {
    const room = openRoom();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        // One room for all runs: their ids and partners are their own.
        run += 1;
        const own = (text: string): string => `${run}-${text}`;
        const kept: TakenEvent[] = [];
        for (const one of steps) {
          if (one === 'roll') {
            await room.settle();
            continue;
          }
          const batch = [...new Map(one.map((event) => [event.id, event])).values()].map((event, index) => ({
            ...event,
            index,
            id: own(event.id),
            partner: own(event.partner),
            corrects: event.corrects === null ? null : own(event.corrects),
          }));
          const { refused } = await room.intake.store(room.source, batch);
          const gone = new Set(refused.map(({ index }) => index));
          kept.push(...batch.filter(({ index }) => !gone.has(index)));
        }
        // Several processes at once, as happens when one that was slow comes back.
        await Promise.all([room.settle(), room.roller.rollAll(), room.roller.rollAll()]);
        await room.settle();
        for (const [by, periodOf] of [
          ['day', (day: number) => day],
          ['week', weekOf],
        ] as const) {
          const rows = await room.rollups.accountSeries({
            partners: [own('acme'), own('zenith')],
            from: dayText(monday - 7),
            to: dayText(monday + 20),
            by,
          });
          const said = rows.map(({ partner, kind, period, account, count, value }) =>
            [partner, kind, period, account, count, value].join('|'),
          );
          expect([...said].sort()).toEqual(recomputed(kept, periodOf));
        }
        expect(await room.roller.lag()).toEqual({ events: 0, oldestMs: 0 });
      }),
      { numRuns: process.env.TANDEM_FULL ? 500 : 20 },
    );
  }, 120_000);

  test('what is kept and not added yet waits, and a step that fails takes nothing away', async () => {
    const room = openRoom();
    const event = {
      index: 0,
      id: 'only',
      atMs: monday * dayMs,
      kind: 'product.sessions',
      partner: 'acme',
      account: '',
      value: 3,
      corrects: null,
    } as const;
    await room.intake.store(room.source, [event]);
    expect((await room.roller.lag()).events).toBe(1);
    await room.database.run(sql`select 1`);
    // The step is one transaction: what breaks it after its work leaves the batch where it was.
    await expect(
      room.database.run(
        sql`select 1 / (count(*) - count(*)) from roll_telemetry(${room.database.org}, 10, '{}', '{}')`,
      ),
    ).rejects.toThrow(/division by zero/);
    expect((await room.roller.lag()).events).toBe(1);
    expect(await room.roller.roll()).toMatchObject({ events: 1, more: false });
    expect(await room.roller.roll()).toBeNull();
  });

  test('another org sees none of it', async () => {
    const room = openRoom();
    const stranger = openRoom();
    const event = {
      index: 0,
      id: 'own',
      atMs: monday * dayMs,
      kind: 'product.sessions',
      partner: 'acme',
      account: '',
      value: 3,
      corrects: null,
    } as const;
    await room.intake.store(room.source, [event]);
    await stranger.roller.rollAll();
    expect((await room.roller.lag()).events).toBe(1);
    await room.roller.rollAll();
    const period = { from: dayText(monday), to: dayText(monday), by: 'day' } as const;
    expect(await room.rollups.series(period)).toHaveLength(1);
    expect(await stranger.rollups.series(period)).toEqual([]);
    const counts = await stranger.database.run(sql<{ rows: string }>`select count(*) as rows from telemetry_events`);
    expect(counts).toEqual([{ rows: '0' }]);
  });
});

describe('days', () => {
  test('a partition itself is met by nobody', async () => {
    const { database } = openRoom();
    const today = dayText(dayOf(Date.now())).replaceAll('-', '');
    const tomorrow = dayText(dayOf(Date.now()) + 1).replaceAll('-', '');
    await expect(
      database.run(sql`select * from ${sql.table(`telemetry_events_${today}_${tomorrow}`)}`),
    ).rejects.toThrow(/permission denied/);
  });

  // The last one: it leaves no day behind.
  test('are made ahead, and dropped when they are over', async () => {
    const { roller, database, intake, source } = openRoom();
    const today = dayOf(Date.now());
    expect((await roller.keepDays(today)).made).toBe(0);
    expect(await roller.keepDays(today + 3)).toEqual({ made: 3, dropped: 0 });
    const old = {
      index: 0,
      id: 'old',
      atMs: (today - 500) * dayMs,
      kind: 'product.sessions',
      partner: 'acme',
      account: '',
      value: 3,
      corrects: null,
    } as const;
    await roller.makeHistory(today);
    expect(await intake.store(source, [old])).toMatchObject({ accepted: 1 });
    expect(await intake.store(source, [old])).toMatchObject({ accepted: 0 });
    await roller.rollAll();
    const [gone] = await database.run(
      sql<{ days: number }>`select drop_telemetry_days(${dayText(today + 100)}::date) as days`,
    );
    expect(gone?.days).toBeGreaterThan(40);
    expect(await database.run(sql`select id from telemetry_events`)).toEqual([]);
    await roller.forget(today + 100);
  });
});
