import { sql } from 'kysely';
import { dayText, HISTORY_DAYS, WINDOW_DAYS } from '../../domain/telemetry/event.ts';
import { EVENT_KIND_NAMES, EVENT_KINDS, type Rolling } from '../../domain/telemetry/event-kinds.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { arrayLiteral } from './array-literal.ts';

const kindsRolling = (rolls: Rolling): string =>
  arrayLiteral(EVENT_KIND_NAMES.filter((kind) => EVENT_KINDS[kind].rolls === rolls));
const gauges = kindsRolling('last');
const distinct = kindsRolling('distinct');

/** Events that are added in one transaction at most: about a second's work, so that who waits for the lock waits no longer. */
const eventsAtOnce = 200_000;
/** Days that are made ahead: a service that could make none for a week still takes events. */
const daysAhead = 7;
/** Members of a day count for its week as well, and events of the day may still come while its raw events are kept. */
const memberDays = WINDOW_DAYS + 8;
const forgottenAtOnce = 50_000;

/** What waits to be added, and since when. */
export interface RollupLag {
  readonly events: number;
  /** Age of the oldest batch in milliseconds; 0 when none waits. */
  readonly oldestMs: number;
}

/** What one step came to; null: another process was at it, or there was nothing to do. */
export interface Rolled {
  readonly events: number;
  /** From the time the oldest batch was kept until it was added, in milliseconds. */
  readonly lagMs: number;
  readonly more: boolean;
}

/** Adds what was told to the rollups, and keeps the days of raw events. Safe in any number of processes at once. */
export class PostgresTelemetryRoller {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async roll(): Promise<Rolled | null> {
    const [row] = await this.#database.run(sql<{ events: string | null; lag: number | null; more: boolean }>`
      select rolled_events as events, left_over as more,
        extract(epoch from clock_timestamp() - oldest)::float8 * 1000 as lag
      from roll_telemetry(${this.#database.org}, ${eventsAtOnce}, ${gauges}::text[], ${distinct}::text[])`);
    return row ? { events: Number(row.events ?? 0), lagMs: row.lag ?? 0, more: row.more } : null;
  }

  /** Until nothing waits, or another process is at it. */
  async rollAll(): Promise<void> {
    while ((await this.roll())?.more);
  }

  async lag(): Promise<RollupLag> {
    const [row] = await this.#database.run(sql<{ events: string | null; oldest: number | null }>`
      select sum(events) as events, extract(epoch from clock_timestamp() - min(received_at))::float8 * 1000 as oldest
      from telemetry_batches where org = ${this.#database.org}`);
    return { events: Number(row?.events ?? 0), oldestMs: Math.max(0, row?.oldest ?? 0) };
  }

  /** Makes the days that events may come for, and drops those that are over; of all orgs, for they share them. Gives how many of each. */
  async keepDays(today: number): Promise<{ readonly made: number; readonly dropped: number }> {
    const [row] = await this.#database.run(sql<{ made: number; dropped: number }>`
      select keep_telemetry_days(${dayText(today - WINDOW_DAYS)}::date, ${dayText(today + daysAhead)}::date, ${WINDOW_DAYS + 1}, null) as made,
        drop_telemetry_days(${dayText(today)}::date) as dropped`);
    return { made: row?.made ?? 0, dropped: row?.dropped ?? 0 };
  }

  /** Makes room for events of the years before: a month each, kept as long as today's. */
  async makeHistory(today: number): Promise<void> {
    await this.#database.run(sql`
      select keep_telemetry_days(${dayText(today - WINDOW_DAYS)}::date, ${dayText(today + daysAhead)}::date, ${WINDOW_DAYS + 1},
        ${dayText(today - HISTORY_DAYS)}::date)`);
  }

  /** Forgets what no event that is still taken can change. */
  async forget(today: number): Promise<void> {
    const { org } = this.#database;
    for (const gone of [
      sql`delete from telemetry_members where ctid = any (array(select ctid from telemetry_members
            where org = ${org} and touched < ${dayText(today - memberDays)}::date limit ${forgottenAtOnce})) returning 1`,
      sql`delete from telemetry_corrections where ctid = any (array(select ctid from telemetry_corrections
            where org = ${org} and received_at < ${dayText(today - memberDays)}::date limit ${forgottenAtOnce})) returning 1`,
    ])
      while ((await this.#database.run(gone)).length === forgottenAtOnce);
  }
}
