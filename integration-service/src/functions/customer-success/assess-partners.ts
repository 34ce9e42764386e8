import type { Signal } from '../../domain/health/activity.ts';
import { type AssessedHealth, assessHealth, READ_WEEKS, type RememberedHealth } from '../../domain/health/assess.ts';
import type { HealthWeights } from '../../domain/health/health-score.ts';
import type { Landscape } from '../../domain/health/landscape.ts';
import { seriesOf } from '../../domain/health/series.ts';
import { mondayOf, shareOfWeek, weekOf, weekStart } from '../../domain/health/weeks.ts';

const DAY_MS = 86_400_000;

/**
 * A week is judged when it has been over for so many days: what comes late is in by then. Not earlier, because a week that
 * lacks its Friday looks like a fall; not later, because a decline should be known on Tuesday morning.
 */
export const SETTLE_DAYS = 1;

/** The weeks that a look at an instant reads. */
export interface LookedAtWeeks {
  readonly from: number;
  readonly to: number;
  readonly shareOfLast: number;
  /** The last week that has ended and settled. */
  readonly lastWhole: number;
}

export const weeksAt = (nowMs: number): LookedAtWeeks => {
  const to = weekOf(nowMs);
  return {
    from: to - READ_WEEKS,
    to,
    shareOfLast: shareOfWeek(nowMs),
    lastWhole: nowMs - weekStart(to) >= SETTLE_DAYS * DAY_MS ? to - 1 : to - 2,
  };
};

/** First and last day of what is read, for a query by days. */
export const daysOf = ({ from, to }: LookedAtWeeks): { readonly from: string; readonly to: string } => ({
  from: mondayOf(from),
  to: mondayOf(to),
});

/** One number of a partner, as rollups give it. */
export interface PartnerCount {
  readonly partner: string;
  readonly signal: Signal;
  readonly kind: string;
  /** Monday of the week, `2026-11-16`. */
  readonly period: string;
  readonly count: number;
  readonly value: number;
}

/** A partner to be looked at. */
export interface PartnerToAssess {
  readonly key: string;
  readonly segment: string;
  readonly remembered: RememberedHealth;
}

/** Weeks of the periods of a batch: there are sixty of them, and millions of rows that name one. */
export const weekNumbers = (): ((period: string) => number) => {
  const known = new Map<string, number>();
  return (period) => {
    let week = known.get(period);
    if (week === undefined) {
      week = weekOf(Date.parse(`${period}T00:00:00Z`));
      known.set(period, week);
    }
    return week;
  };
};

/**
 * The health of some partners at one instant, from their weekly counts. Pure: the same counts, memory and landscape give the
 * same health. A partner without counts is assessed too: what is missing is told, never left out.
 */
export const assessPartners = (
  partners: readonly PartnerToAssess[],
  counts: readonly PartnerCount[],
  weeks: LookedAtWeeks,
  landscape: Landscape,
  weights?: HealthWeights,
): ReadonlyMap<string, AssessedHealth> => {
  const weekNumber = weekNumbers();
  const own = Map.groupBy(counts, ({ partner }) => partner);
  return new Map(
    partners.map(({ key, segment, remembered }) => {
      const theirs = (own.get(key) ?? []).map((row) => ({ ...row, week: weekNumber(row.period) }));
      const series = seriesOf(theirs, weeks, landscape);
      const health = assessHealth(series, {
        landscape,
        segment,
        lastWhole: weeks.lastWhole,
        remembered,
        ...(weights ? { weights } : {}),
      });
      return [key, health];
    }),
  );
};
