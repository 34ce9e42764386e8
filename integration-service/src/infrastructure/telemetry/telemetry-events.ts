import { type RawBuilder, sql } from 'kysely';
import { dayOf, dayText, type RefusedEvent, type TakenEvent } from '../../domain/telemetry/event.ts';
import { EVENT_KIND_NAMES, EVENT_KINDS } from '../../domain/telemetry/event-kinds.ts';
import type { StoredBatch, TelemetryIntake } from '../../ports/telemetry/telemetry.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { arrayLiteral } from './array-literal.ts';
import { batchDeltas } from './batch-deltas.ts';

/** Somebody tells the same events at the same time: theirs are looked at, and ours are tried again. */
const toldMeanwhile: ReadonlySet<unknown> = new Set(['23505', '40P01']);
/** "no partition of relation found for row": the days ahead were not made in time. */
const noPartition = '23514';
const mostTries = 5;

const texts = (values: readonly (string | null)[]): RawBuilder<unknown> => sql`${arrayLiteral(values)}::text[]`;
const gaugeKinds = arrayLiteral(EVENT_KIND_NAMES.filter((kind) => EVENT_KINDS[kind].rolls === 'last'));

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
    const deltas = batchDeltas(events);
    const corrections = events.filter(({ corrects }) => corrects !== null);
    const ids = texts(events.map(({ id }) => id));
    // What most batches do not have costs them nothing.
    const known = look
      ? sql`known as (
          select count(*) as events from telemetry_events
          where source = ${source}::int and id = any (${ids}) and day = any (${arrayLiteral(daysBeside(events))}::date[])
        ),`
      : sql`known as (select 0 as events),`;
    const claimed =
      corrections.length === 0
        ? sql``
        : sql`, claimed as (
            insert into telemetry_corrections (org, source, corrects, id, day)
            select ${org}, ${source}::int, corrects, id, day from unnest(
              ${texts(corrections.map(({ corrects }) => corrects))}, ${texts(corrections.map(({ id }) => id))},
              ${arrayLiteral(corrections.map(({ atMs }) => dayText(dayOf(atMs))))}::date[]) given (corrects, id, day)
            where (select events from known) = 0
          )`;
    return sql`
      with ${known} kept as (
        insert into telemetry_events (org, source, id, day, at, kind, partner, account, value, gauge, corrects)
        select ${org}, ${source}::int, id, date '1970-01-01' + floor(at / 86400000)::int, to_timestamp(at / 1000), kind,
          partner, account, value, kind = any (${gaugeKinds}::text[]), ${corrections.length === 0 ? sql`null` : sql`corrects`}
        from unnest(
          ${ids}, ${arrayLiteral(events.map(({ atMs }) => atMs))}::float8[], ${texts(events.map(({ kind }) => kind))},
          ${texts(events.map(({ partner }) => partner))}, ${texts(events.map(({ account }) => account))},
          ${arrayLiteral(events.map(({ value }) => value))}::numeric[]
          ${corrections.length === 0 ? sql`` : sql`, ${texts(events.map(({ corrects }) => corrects))}`}
        ) given (id, at, kind, partner, account, value ${corrections.length === 0 ? sql`` : sql`, corrects`})
        where (select events from known) = 0
      ) ${claimed}
      insert into telemetry_batches (org, events, partners, accounts, kinds, days, members, ats, counts, sums)
      select ${org}, ${events.length}::int,
        ${texts(deltas.map(({ partner }) => partner))}, ${texts(deltas.map(({ account }) => account))},
        ${texts(deltas.map(({ kind }) => kind))}, ${arrayLiteral(deltas.map(({ day }) => day))}::date[],
        ${arrayLiteral(deltas.map(({ member }) => member))}::numeric[], ${arrayLiteral(deltas.map(({ at }) => at))}::timestamptz[],
        ${arrayLiteral(deltas.map(({ events: count }) => count))}::int[], ${arrayLiteral(deltas.map(({ value }) => value))}::numeric[]
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
        and id = any (${texts(events.map(({ id }) => id))}) and day = any (${arrayLiteral(days)}::date[])`))
      told.add(`${day} ${id}`);
    const corrected = new Set<string>();
    const corrections = events.flatMap(({ corrects }) => (corrects === null ? [] : [corrects]));
    if (corrections.length > 0)
      for (const { corrects } of await this.#database.run(sql<{ corrects: string }>`
        select corrects from telemetry_corrections
        where source = ${source}::int and corrects = any (${texts(corrections)})`))
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
