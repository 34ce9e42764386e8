import type { Signal } from './activity.ts';
import { LEVEL_GRAIN, type Landscape } from './landscape.ts';
import { clamp, mean, observed, theilSen } from './robust.ts';
import { type PartnerSeries, type SignalSeries, type Usual, usualOf } from './series.ts';

/** What is measured of each signal; every one is 0 for a partner who does what it usually does, as its peers do. */
export const FACTOR_NAMES = [
  'usage.level',
  'usage.trend',
  'usage.peers',
  'usage.recency',
  'interaction.level',
  'interaction.trend',
  'interaction.peers',
  'interaction.recency',
  'interaction.strain',
] as const;
export type FactorName = (typeof FACTOR_NAMES)[number];

/** A factor as it was measured at one week. */
export interface Factor {
  readonly name: FactorName;
  readonly signal: Signal;
  /** In its own unit; `level`, `trend`, `recency` and `strain` in doublings (−1 is half), `peers` in spreads of its peers. */
  readonly value: number;
  /** What it was before and is now, for whoever reads; weeks, or activity in weeks of a typical partner. */
  readonly was: number;
  readonly is: number;
}

/** One signal at one week. */
export interface SignalReading {
  readonly factors: readonly Factor[];
  /** 0–1: how much is known of it. 0 is never read: such a signal is missing. */
  readonly weight: number;
}

/** Weeks that are "now", that are "usually", and over which a trend is looked at. */
export const RECENT_WEEKS = 4;
const USUAL_WEEKS = 26;
const TREND_WEEKS = 8;
/** A signal with fewer weeks before the recent ones is compared with its peers alone. */
const FEWEST_USUAL_WEEKS = 4;
/** So many weeks of a signal weigh as much as knowing nothing of it. */
const WEEKS_OF_DOUBT = 6;
/** A signal that has not been heard of for so long is missing, not low: nobody measures there any more. */
export const FORGOTTEN_WEEKS = 52;

/**
 * Reads one signal as it stood at the end of week `at` (an index of the series): only that week and those before it are
 * looked at. Null: the signal is missing.
 */
export const readSignal = (
  series: PartnerSeries,
  signal: Signal,
  at: number,
  landscape: Landscape,
  segment: string,
): SignalReading | null => {
  const one = series.signals[signal];
  if (one === null) return null;
  const seen = observed(one.activity, at + 1 - FORGOTTEN_WEEKS, at + 1);
  const silentFor = weeksSince(one, at);
  if (seen.length === 0 || silentFor === null || silentFor >= FORGOTTEN_WEEKS) return null;
  const usual = usualOf(one, at + 1 - RECENT_WEEKS - USUAL_WEEKS, at + 1 - RECENT_WEEKS, FEWEST_USUAL_WEEKS);
  const recent = mean(observed(one.activity, at + 1 - RECENT_WEEKS, at + 1));
  const factors: Factor[] = [];
  const add = (factor: 'level' | 'trend' | 'peers' | 'recency', value: number, was: number, is: number): void => {
    if (!Number.isNaN(value)) factors.push({ name: `${signal}.${factor}`, signal, value, was, is });
  };
  if (usual && !Number.isNaN(recent)) {
    const doublings = Math.log2((recent + usual.grain) / (usual.level + usual.grain));
    add('level', clamp(doublings, -2, 2), usual.level, recent);
    add('trend', trendOf(one, usual, at), usual.level, recent);
    add('recency', recencyOf(one, at, silentFor), usualGap(one, at), silentFor);
  }
  const peers = landscape.peersOf(segment, signal);
  if (peers && !Number.isNaN(recent)) {
    const standing = (Math.log(recent + LEVEL_GRAIN) - peers.mean) / peers.spread;
    add('peers', clamp(standing, -2, 2), Math.max(0, Math.exp(peers.mean) - LEVEL_GRAIN), recent);
  }
  if (signal === 'interaction' && series.strain) factors.push(strainOf(series.strain, at));
  // Ten weeks in which one event came tell less than ten weeks full of them.
  const events = observed(one.events, at + 1 - RECENT_WEEKS - USUAL_WEEKS, at + 1).reduce(
    (sum, count) => sum + count,
    0,
  );
  const evidence = Math.min(seen.length, RECENT_WEEKS + USUAL_WEEKS, events);
  return { factors, weight: evidence / (evidence + WEEKS_OF_DOUBT) };
};

/** The last eight weeks' slope, as doublings in four weeks. */
const trendOf = ({ activity }: SignalSeries, { level, grain }: Usual, at: number): number => {
  const from = Math.max(0, at + 1 - TREND_WEEKS);
  const logs = new Float64Array(at + 1 - from);
  for (let index = from; index <= at; index += 1)
    logs[index - from] = Math.log2(((activity[index] as number) + grain) / (level + grain));
  return clamp(RECENT_WEEKS * theilSen(logs, 0, logs.length), -1.5, 1.5);
};

/** Weeks since there was anything; 0: in week `at` itself. Null: never. */
export const weeksSince = ({ activity }: SignalSeries, at: number): number | null => {
  for (let index = at; index >= 0; index -= 1) if ((activity[index] as number) > 0) return at - index;
  return null;
};

/** How many weeks usually pass without anything between two with something. */
const usualGap = ({ activity }: SignalSeries, at: number): number => {
  const weeks = observed(activity, at + 1 - USUAL_WEEKS - RECENT_WEEKS, at + 1 - RECENT_WEEKS);
  const active = weeks.filter((value) => value > 0).length;
  return active === 0 ? weeks.length : weeks.length / active - 1;
};

/** A silence longer than usual, in doublings; nobody gains by being heard of. */
const recencyOf = (series: SignalSeries, at: number, silentFor: number): number =>
  clamp(-Math.log2((silentFor + 1) / (usualGap(series, at) + 1)), -3, 0);

const strainOf = (strain: Float64Array, at: number): Factor => {
  const recent = observed(strain, at + 1 - RECENT_WEEKS, at + 1).reduce((sum, count) => sum + count, 0);
  const before = observed(strain, at + 1 - RECENT_WEEKS - USUAL_WEEKS, at + 1 - RECENT_WEEKS);
  const usual = before.length === 0 ? 0 : RECENT_WEEKS * mean(before);
  return {
    name: 'interaction.strain',
    signal: 'interaction',
    value: clamp(Math.log2((recent + 1) / (usual + 1)), -1, 2),
    was: usual,
    is: recent,
  };
};
