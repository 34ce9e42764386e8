import { amountOf, roleOf, type Signal, SIGNALS, type WeeklyCount } from './activity.ts';
import type { Landscape } from './landscape.ts';
import { observed, trimmedMean } from './robust.ts';

/** One signal of one partner, week by week. */
export interface SignalSeries {
  /**
   * Activity in weeks of a typical partner, with what moved everybody that week taken out. NaN: not observed (before the
   * first event, or while nothing came from anybody); 0: nothing happened.
   */
  readonly activity: Float64Array;
  /** Events behind it: few of them tell little. */
  readonly events: Float64Array;
}

/** What health is worked out from. Index 0 is week `from`; the last one is the week in progress, brought up to a whole. */
export interface PartnerSeries {
  readonly from: number;
  readonly length: number;
  readonly signals: Readonly<Record<Signal, SignalSeries | null>>;
  /** Cases opened per week; null: none ever were. */
  readonly strain: Float64Array | null;
}

/** Which weeks are looked at, and how much of the last one is behind us (0–1). */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly shareOfLast: number;
}

/** Weeks before the one in progress by whose pace it is brought up to a whole. */
const PACE_WEEKS = 4;

/**
 * Lays counts out week by week. Kinds are made comparable by what is typical of each, so that their sum is not the kind with
 * the largest numbers. The week in progress is what has happened in it plus, for the rest of it, the pace of the last four
 * weeks: an event moves health at once, and a Monday without one does not.
 */
export const seriesOf = (counts: Iterable<WeeklyCount>, window: Window, landscape: Landscape): PartnerSeries => {
  const length = window.to - window.from + 1;
  const raw: Record<Signal, { activity: Float64Array; events: Float64Array; first: number }> = {
    usage: emptySignal(length),
    interaction: emptySignal(length),
  };
  let strain: Float64Array | null = null;
  for (const one of counts) {
    const index = one.week - window.from;
    if (index < 0 || index >= length) continue;
    const role = roleOf(one.kind);
    if (role === 'strain') add((strain ??= new Float64Array(length)), index, one.count);
    if (role !== 'activity') continue;
    const signal = raw[one.signal];
    add(signal.activity, index, amountOf(one) / (landscape.references[one.kind] ?? 1));
    add(signal.events, index, one.count);
    signal.first = Math.min(signal.first, index);
  }
  const signals = Object.fromEntries(
    SIGNALS.map((name) => {
      const { activity, events, first } = raw[name];
      if (first === length) return [name, null];
      for (let index = 0; index < length; index += 1)
        activity[index] =
          index < first
            ? Number.NaN
            : (activity[index] as number) / Math.exp(landscape.movementAt(name, window.from + index));
      completeLast(activity, window.shareOfLast);
      return [name, { activity, events }];
    }),
  ) as unknown as PartnerSeries['signals'];
  return { from: window.from, length, signals, strain };
};

/** Adds to one week. */
export const add = (weeks: Float64Array, index: number, amount: number): void => {
  weeks[index] = (weeks[index] as number) + amount;
};

const emptySignal = (length: number) => ({
  activity: new Float64Array(length),
  events: new Float64Array(length),
  first: length,
});

const completeLast = (activity: Float64Array, share: number): void => {
  const last = activity.length - 1;
  const before = observed(activity, last - PACE_WEEKS, last);
  // Nobody was heard of this week yet, or this is the very first one: what there is, is all there is.
  if (before.length === 0) return;
  const pace = before.reduce((sum, value) => sum + value, 0) / before.length;
  const here = activity[last] as number;
  activity[last] = (Number.isNaN(here) ? 0 : here) + (1 - (Number.isNaN(here) ? 0 : share)) * pace;
};

/** What a partner usually does in a week, over weeks `from` (inclusive) to `to` (exclusive). */
export interface Usual {
  readonly level: number;
  /** Half the activity that one event stands for: what 0 and a handful of events are told apart by. */
  readonly grain: number;
  /** Weeks that were observed. */
  readonly weeks: number;
  /** Events in an average week. */
  readonly eventsPerWeek: number;
}

/** Null: too few weeks to say what is usual. */
export const usualOf = (
  { activity, events }: SignalSeries,
  from: number,
  to: number,
  atLeast: number,
): Usual | null => {
  const start = Math.max(0, from);
  const weeks = observed(activity, start, to);
  if (weeks.length < atLeast) return null;
  const level = trimmedMean(weeks);
  let count = 0;
  for (let index = start; index < to; index += 1) if (!Number.isNaN(activity[index])) count += events[index] as number;
  const eventsPerWeek = count / weeks.length;
  const grain = Math.max(0.02 * level, 1e-3, eventsPerWeek > 0 ? Math.min(level, (0.5 * level) / eventsPerWeek) : 0);
  return { level, grain, weeks: weeks.length, eventsPerWeek };
};
