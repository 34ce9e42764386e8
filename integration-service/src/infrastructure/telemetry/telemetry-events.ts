import { type RawBuilder, sql } from 'kysely';
import { dayOf, dayText, type RefusedEvent, type TakenEvent } from '../../domain/telemetry/event.ts';
import { EVENT_KINDS } from '../../domain/telemetry/event-kinds.ts';
import type { StoredBatch, TelemetryIntake } from '../../ports/telemetry/telemetry.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { arrayLiteral } from './array-literal.ts';
import { batchDeltas } from './batch-deltas.ts';

/** Somebody tells the same events at the same time: theirs are looked at, and ours are tried again. */
const toldMeanwhile: ReadonlySet<unknown> = new Set(['23505', '40P01']);
/** "no partition of relation found for row": the days ahead were not made in time. */
const noPartition = '23514';
const mostTries = 5;

type List = readonly (string | number | boolean | null)[];
const textArray = (values: List): RawBuilder<unknown> => sql`${arrayLiteral(values)}::text[]`;

/**
 * Raw events of one org. A batch is one statement: its events, what they add to the rollups and what they correct, or none
 * of it. It is tried in the hope that nobody told any of it before, which is what is usual, and costs little more than a
 * bare insert; only where that fails is it asked which events are known.
 */
export class PostgresTelemetryEvents implements TelemetryIntake {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async store(sourceId: number, events: readonly TakenEvent[]): Promise<StoredBatch> {
    if (events.length === 0) return { accepted: 0, refused: [] };
    const corrections = events.some(({ corrects }) => corrects !== null);
    if (!corrections && (await this.#insert(sourceId, events, true))) return { accepted: events.length, refused: [] };
    for (let tried = 0; tried < mostTries; tried += 1) {
      const { fresh, refused } = await this.#sift(sourceId, events);
      if (fresh.length === 0 || (await this.#insert(sourceId, fresh, false)))
        return { accepted: fresh.length, refused };
    }
    throw new Error('the same events are being told by several senders at once; none of this batch was taken');
  }

  /** False: some are known, and none was taken. `look`: among the days beside theirs too. */
  async #insert(source: number, events: readonly TakenEvent[], look: boolean): Promise<boolean> {
    try {
      return (await this.#database.run(this.#statement(source, events, look))).length > 0;
    } catch (error) {
      const code: unknown = Object(error).code;
      if (toldMeanwhile.has(code)) return false;
      if (code !== noPartition) throw error;
      const days = events.map(({ atMs }) => dayOf(atMs));
      await this.#database.run(
        sql`select keep_telemetry_days(${dayText(Math.min(...days))}::date, ${dayText(Math.max(...days))}::date, 36, null)`,
      );
      return (await this.#database.run(this.#statement(source, events, look))).length > 0;
    }
  }

  #statement(source: number, events: readonly TakenEvent[], look: boolean): RawBuilder<{ id: string }> {
    const { org } = this.#database;
    const days = events.map(({ atMs }) => dayText(dayOf(atMs)));
    const deltas = batchDeltas(events);
    const corrections = events.filter(({ corrects }) => corrects !== null);
    const column = <Row>(rows: readonly Row[], of: (row: Row) => string | number | boolean | null): List =>
      rows.map(of);
    return sql`
      with known as (
        select count(*) as events from telemetry_events
        where source = ${source}::int and id = any (${textArray(column(events, ({ id }) => id))})
          and day = any (${arrayLiteral(look ? daysBeside(events) : [])}::date[])
      ), kept as (
        insert into telemetry_events (org, source, id, day, at, kind, partner, account, value, gauge, corrects)
        select ${org}, ${source}::int, id, day, to_timestamp(at / 1000.0), kind, partner, account, value, gauge, corrects
        from unnest(
          ${textArray(column(events, ({ id }) => id))}, ${arrayLiteral(days)}::date[],
          ${arrayLiteral(column(events, ({ atMs }) => atMs))}::float8[], ${textArray(column(events, ({ kind }) => kind))},
          ${textArray(column(events, ({ partner }) => partner))}, ${textArray(column(events, ({ account }) => account))},
          ${arrayLiteral(column(events, ({ value }) => value))}::numeric[],
          ${arrayLiteral(column(events, ({ kind }) => EVENT_KINDS[kind].rolls === 'last'))}::boolean[],
          ${textArray(column(events, ({ corrects }) => corrects))}
        ) given (id, day, at, kind, partner, account, value, gauge, corrects)
        where (select events from known) = 0
      ), claimed as (
        insert into telemetry_corrections (org, source, corrects, id, day)
        select ${org}, ${source}::int, corrects, id, day from unnest(
          ${textArray(column(corrections, ({ corrects }) => corrects))}, ${textArray(column(corrections, ({ id }) => id))},
          ${arrayLiteral(column(corrections, ({ atMs }) => dayText(dayOf(atMs))))}::date[]) given (corrects, id, day)
        where (select events from known) = 0
      )
      insert into telemetry_batches (org, events, partners, accounts, kinds, days, members, ats, counts, sums)
      select ${org}, ${events.length}::int,
        ${textArray(column(deltas, ({ partner }) => partner))}, ${textArray(column(deltas, ({ account }) => account))},
        ${textArray(column(deltas, ({ kind }) => kind))}, ${arrayLiteral(column(deltas, ({ day }) => day))}::date[],
        ${arrayLiteral(column(deltas, ({ member }) => member))}::numeric[], ${arrayLiteral(column(deltas, ({ at }) => at))}::timestamptz[],
        ${arrayLiteral(column(deltas, ({ events: count }) => count))}::int[], ${arrayLiteral(column(deltas, ({ value }) => value))}::numeric[]
      where (select events from known) = 0
      returning id`;
  }

  /** Which of them are new: nobody told them on the same day or one beside it, and what they correct is not corrected yet. */
  async #sift(
    source: number,
    events: readonly TakenEvent[],
  ): Promise<{ readonly fresh: readonly TakenEvent[]; readonly refused: readonly RefusedEvent[] }> {
    const days = [...new Set([...daysBeside(events), ...events.map(({ atMs }) => dayText(dayOf(atMs)))])];
    const told = new Set<string>();
    for (const { id, day } of await this.#database.run(sql<{ id: string; day: string }>`
      select id, day::text as day from telemetry_events where source = ${source}::int
        and id = any (${textArray(events.map(({ id }) => id))}) and day = any (${arrayLiteral(days)}::date[])`))
      told.add(`${day} ${id}`);
    const corrected = new Set<string>();
    const corrections = events.flatMap(({ corrects }) => (corrects === null ? [] : [corrects]));
    if (corrections.length > 0)
      for (const { corrects } of await this.#database.run(sql<{ corrects: string }>`
        select corrects from telemetry_corrections
        where source = ${source}::int and corrects = any (${textArray(corrections)})`))
        corrected.add(corrects);
    const fresh: TakenEvent[] = [];
    const refused: RefusedEvent[] = [];
    for (const event of events) {
      const { index, id, atMs, corrects } = event;
      const day = dayOf(atMs);
      if ([day - 1, day, day + 1].some((near) => told.has(`${dayText(near)} ${id}`)))
        refused.push({ index, id, why: 'duplicate', says: 'id: this event was told before' });
      else if (corrects !== null && corrected.has(corrects))
        refused.push({
          index,
          id,
          why: 'already-corrected',
          says: `corrects: ${corrects} was corrected before; correct that correction`,
        });
      else {
        fresh.push(event);
        if (corrects !== null) corrected.add(corrects);
      }
    }
    return { fresh, refused };
  }
}

/** Days before and after those of the events, which the index of a day does not guard: a sender that stamps an event anew when it tells it again does so across midnight. */
const daysBeside = (events: readonly TakenEvent[]): readonly string[] => {
  const own = new Set(events.map(({ atMs }) => dayOf(atMs)));
  const beside = new Set([...own].flatMap((day) => [day - 1, day + 1]));
  return [...beside].map(dayText);
};
