import { landscapeOf } from '../landscape.ts';
import { type PartnerSeries, seriesOf, type SignalSeries } from '../series.ts';

/** Nobody else is known: no peers, and nothing that moves everybody. */
export const LANDSCAPE = landscapeOf({
  version: 1,
  references: {},
  from: 0,
  movement: { usage: [], interaction: [] },
  peers: {},
  segments: {},
});

type Level = ((week: number) => number) | null;

/** Sixty weeks of a partner, each as its level says; as many events as activity. */
export const seriesWith = ({
  usage,
  interaction,
  strain = null,
  weeks = 60,
}: {
  readonly usage: Level;
  readonly interaction: Level;
  readonly strain?: Level;
  readonly weeks?: number;
}): PartnerSeries => {
  const weekly = (level: (week: number) => number) => Float64Array.from({ length: weeks }, (_, week) => level(week));
  const signal = (level: Level): SignalSeries | null =>
    level && { activity: weekly(level), events: weekly(level).map((value) => (Number.isNaN(value) ? 0 : value)) };
  return {
    from: 0,
    length: weeks,
    signals: { usage: signal(usage), interaction: signal(interaction) },
    strain: strain && weekly(strain),
  };
};

/** Meetings counted week by week, with so many in the week in progress. */
export const counting = (of: {
  readonly weeks: number;
  readonly perWeek: number;
  readonly inProgress: number;
  readonly shareOfLast: number;
}): PartnerSeries =>
  seriesOf(
    Array.from({ length: of.weeks }, (_, week) => ({
      signal: 'interaction' as const,
      kind: 'partner.message',
      week,
      count: week === of.weeks - 1 ? of.inProgress : of.perWeek,
      value: 0,
    })),
    { from: 0, to: of.weeks - 1, shareOfLast: of.shareOfLast },
    LANDSCAPE,
  );
