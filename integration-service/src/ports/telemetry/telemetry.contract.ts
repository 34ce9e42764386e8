import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TakenEvent } from '../../domain/telemetry/event.ts';
import type { TelemetryIntake, TelemetryRollups } from './telemetry.ts';

/** An adapter as the suite drives it: events go in, `settle` adds all that waits, rollups come out. */
export interface OpenTelemetry {
  readonly intake: TelemetryIntake;
  readonly rollups: TelemetryRollups;
  /** A source that nobody else tells by. */
  readonly source: number;
  settle(): Promise<void>;
  close(): Promise<void>;
}

const dayMs = 86_400_000;

/** What every place that keeps telemetry must do. `monday`: days since 1970 of a Monday whose week may be told of whole. */
export const telemetryContract = (name: string, open: () => Promise<OpenTelemetry>, monday: number): void => {
  describe(`telemetry: ${name}`, () => {
    let room: OpenTelemetry;
    beforeAll(async () => {
      room = await open();
    });
    afterAll(() => room.close());

    let made = 0;
    const event = (fields: Partial<TakenEvent> & { readonly day?: number }): TakenEvent => {
      const { day = 0, ...rest } = fields;
      made += 1;
      return {
        index: made,
        id: `event-${made}`,
        atMs: (monday + day) * dayMs + made,
        kind: 'product.sessions',
        partner: 'acme',
        account: '',
        value: 1,
        corrects: null,
        ...rest,
      };
    };
    const text = (day: number): string => new Date((monday + day) * dayMs).toISOString().slice(0, 10);
    const days = (partner: string) =>
      room.rollups.series({ partners: [partner], from: text(0), to: text(13), by: 'day' });

    test('sums are added, gauges keep the latest, different values are counted', async () => {
      await room.intake.store(room.source, [
        event({ value: 2, account: 'A' }),
        event({ value: 3.5, account: 'A' }),
        event({ value: 4, account: 'B' }),
        event({ kind: 'product.active-users', account: 'A', value: 70, atMs: monday * dayMs + 2_000 }),
        event({ kind: 'product.active-users', account: 'A', value: 50, atMs: monday * dayMs + 1_000 }),
        event({ kind: 'product.active-users', account: 'B', value: 5, atMs: monday * dayMs + 1_000 }),
        event({ kind: 'partner.person-seen', value: 1 }),
        event({ kind: 'partner.person-seen', value: 1 }),
        event({ kind: 'partner.person-seen', value: 2, day: 1 }),
        event({ kind: 'partner.person-seen', value: 1, day: 1 }),
      ]);
      await room.settle();
      const row = { partner: 'acme', period: text(0) };
      expect(await days('acme')).toEqual([
        { ...row, signal: 'interaction', kind: 'partner.person-seen', count: 2, value: 1 },
        { ...row, signal: 'interaction', kind: 'partner.person-seen', period: text(1), count: 2, value: 2 },
        { ...row, signal: 'usage', kind: 'product.active-users', count: 3, value: 75 },
        { ...row, signal: 'usage', kind: 'product.sessions', count: 3, value: 9.5 },
      ]);
      const weeks = await room.rollups.accountSeries({ partners: ['acme'], from: text(0), to: text(6), by: 'week' });
      expect(weeks.map(({ kind, account, count, value }) => [kind, account, count, value])).toEqual([
        ['partner.person-seen', '', 4, 2],
        ['product.active-users', 'A', 2, 70],
        ['product.active-users', 'B', 1, 5],
        ['product.sessions', 'A', 2, 5.5],
        ['product.sessions', 'B', 1, 4],
      ]);
    });

    test('what was told before counts once, whether on the same day or the day beside it', async () => {
      const first = event({ partner: 'once' });
      expect(await room.intake.store(room.source, [first])).toEqual({ accepted: 1, refused: [] });
      const again = await room.intake.store(room.source, [{ ...first, index: 3 }, event({ partner: 'once' })]);
      expect(again).toMatchObject({ accepted: 1, refused: [{ index: 3, id: first.id, why: 'duplicate' }] });
      const moved = await room.intake.store(room.source, [{ ...first, atMs: first.atMs + dayMs }]);
      expect(moved).toMatchObject({ accepted: 0, refused: [{ why: 'duplicate' }] });
      await room.settle();
      expect(await days('once')).toMatchObject([{ count: 2, value: 2 }]);
    });

    test('the same batch told by many at once counts once', async () => {
      const batch = Array.from({ length: 50 }, () => event({ partner: 'crowd' }));
      const answers = await Promise.all(Array.from({ length: 4 }, () => room.intake.store(room.source, batch)));
      expect(answers.map(({ accepted }) => accepted).sort((left, right) => left - right)).toEqual([0, 0, 0, 50]);
      await room.settle();
      expect(await days('crowd')).toMatchObject([{ count: 50 }]);
    });

    test('a corrected event counts no more, and a correction may come first', async () => {
      const wrong = event({ partner: 'mended', value: 100 });
      const late = event({ partner: 'mended', value: 1_000 });
      await room.intake.store(room.source, [wrong, event({ partner: 'mended', value: 7, corrects: late.id })]);
      await room.settle();
      await room.intake.store(room.source, [late, event({ partner: 'mended', value: 10, corrects: wrong.id })]);
      await room.settle();
      expect(await days('mended')).toMatchObject([{ count: 2, value: 17 }]);
      const twice = await room.intake.store(room.source, [event({ partner: 'mended', corrects: wrong.id })]);
      expect(twice.refused).toMatchObject([{ why: 'already-corrected' }]);
    });

    test('the latest value that stands is found again when the latest is corrected', async () => {
      const gauge = (value: number, at: number, corrects: string | null = null): TakenEvent =>
        event({ partner: 'gauge', kind: 'product.seats', value, atMs: monday * dayMs + at, corrects });
      const latest = gauge(90, 3_000);
      await room.intake.store(room.source, [gauge(30, 1_000), gauge(60, 2_000), latest]);
      await room.settle();
      await room.intake.store(room.source, [gauge(20, 500, latest.id)]);
      await room.settle();
      expect(await days('gauge')).toMatchObject([{ count: 3, value: 60 }]);
    });

    test('whose numbers changed is told once, and again after the next change', async () => {
      await room.intake.store(room.source, [event({ partner: 'first' }), event({ partner: 'second' })]);
      await room.settle();
      const all = await room.rollups.changedSince(null);
      expect(all.partners).toEqual(expect.arrayContaining(['first', 'second']));
      expect(await room.rollups.changedSince(all.cursor)).toEqual({ partners: [], cursor: all.cursor });
      await room.intake.store(room.source, [event({ partner: 'first' })]);
      await room.settle();
      const next = await room.rollups.changedSince(all.cursor);
      expect(next.partners).toEqual(['first']);
      const [one] = (await room.rollups.changedSince(null, 1)).partners;
      expect((await room.rollups.changedSince(null, 1)).partners).toEqual([one]);
    });
  });
};
