import { type Signal, SIGNALS } from './activity.ts';
import { type HealthBand, bandOf } from './band.ts';
import { type DeclineEvent, type DeclineState, followDecline, DECLINE_RULE } from './decline.ts';
import { weeksSince } from './factors.ts';
import { evidenceOf, FIRST_WEIGHTS, type HealthReading, type HealthWeights, readHealth } from './health-score.ts';
import type { Landscape } from './landscape.ts';
import { type Reason, reasonsOf } from './reasons.ts';
import type { PartnerSeries } from './series.ts';
import { mondayOf } from './weeks.ts';

/** Weeks that `HealthSeries__c` shows. */
export const SHOWN_WEEKS = 26;
/** So many weeks are read: what is shown, and before it what is usual. */
export const READ_WEEKS = 60;
const TREND_WEEKS = 4;
/** Points in four weeks from which a trend is one. */
const TREND_FROM = 5;

/** What was said of a partner the last time. */
export interface RememberedHealth {
  readonly decline: DeclineState | null;
  readonly band: HealthBand | null;
}

/** The health of one partner as it is told. */
export interface AssessedHealth {
  readonly reading: HealthReading;
  readonly band: HealthBand;
  readonly reasons: readonly Reason[];
  readonly trend: 'up' | 'flat' | 'down' | null;
  /** Points in four weeks; null where the signal is missing, or was then. */
  readonly trends: Readonly<Record<Signal, number | null>>;
  readonly series: {
    readonly weeks: readonly string[];
    readonly score: readonly (number | null)[];
    readonly usage: readonly (number | null)[];
    readonly interaction: readonly (number | null)[];
  };
  /** The decline in progress; null: none. */
  readonly declining: { readonly since: number; readonly flagged: number; readonly signals: readonly Signal[] } | null;
  readonly decline: DeclineState;
  /** What the watch over declines told anew. */
  readonly events: readonly DeclineEvent[];
  /** The last week in which the partner was met; null: never. */
  readonly lastContactWeek: number | null;
  /** Log odds by which its own signals lie beside the common prior; null: it has none. */
  readonly evidence: number | null;
  readonly version: string;
}

/**
 * Health of a partner now: the score at the week in progress, those of the weeks before it each from what was known at its
 * end, and the watch over declines taken up to `lastWhole`, the last week that has surely ended.
 */
export const assessHealth = (
  series: PartnerSeries,
  {
    landscape,
    segment,
    lastWhole,
    remembered,
    weights = FIRST_WEIGHTS,
  }: {
    readonly landscape: Landscape;
    readonly segment: string;
    readonly lastWhole: number;
    readonly remembered: RememberedHealth;
    readonly weights?: HealthWeights;
  },
): AssessedHealth => {
  const last = series.length - 1;
  const reading = readHealth(series, last, weights, landscape, segment);
  const readings: (HealthReading | null)[] = [];
  for (let at = last + 1 - SHOWN_WEEKS; at < last; at += 1)
    readings.push(at < 0 ? null : readHealth(series, at, weights, landscape, segment));
  readings.push(reading);
  const { state, events } = followDecline(
    remembered.decline,
    series,
    lastWhole,
    DECLINE_RULE,
    Math.max(series.from, lastWhole - DECLINE_RULE.settledWeeks),
  );
  const declining =
    state.status === 'declining' && state.since !== null && state.flagged !== null
      ? { since: state.since, flagged: state.flagged, signals: state.fell }
      : null;
  const before = readings.at(-1 - TREND_WEEKS) ?? null;
  const known = reading.missing.length < SIGNALS.length;
  const moved = known && before && before.missing.length < SIGNALS.length ? reading.score - before.score : null;
  const interaction = series.signals.interaction;
  const since = interaction ? weeksSince(interaction, last) : null;
  return {
    reading,
    band: bandOf(reading, declining !== null, remembered.band),
    reasons: reasonsOf(reading, segment),
    trend: moved === null ? null : moved >= TREND_FROM ? 'up' : moved <= -TREND_FROM ? 'down' : 'flat',
    trends: Object.fromEntries(
      SIGNALS.map((signal) => [signal, difference(reading.signals[signal], before?.signals[signal] ?? null)]),
    ) as Record<Signal, number | null>,
    series: {
      weeks: readings.map((_, index) => mondayOf(series.from + last + 1 - SHOWN_WEEKS + index)),
      score: readings.map((one) => (one && one.missing.length < SIGNALS.length ? one.score : null)),
      usage: readings.map((one) => one?.signals.usage ?? null),
      interaction: readings.map((one) => one?.signals.interaction ?? null),
    },
    declining,
    decline: state,
    events,
    lastContactWeek: since === null ? null : series.from + last - since,
    evidence: evidenceOf(series, last, weights, landscape, segment),
    version: weights.version,
  };
};

const difference = (now: number | null, then: number | null): number | null =>
  now === null || then === null ? null : now - then;
