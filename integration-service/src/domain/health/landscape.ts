import { amountOf, roleOf, type Signal, SIGNALS, type WeeklyCount } from './activity.ts';
import { clamp, mean, median, medianDeviation, observed, trimmedMean } from './robust.ts';

/** Partners of one segment, by one signal. */
export interface Peers {
  readonly partners: number;
  /** Of ln(level of the last four weeks), and how far apart they lie. */
  readonly mean: number;
  readonly spread: number;
}

/** What all partners have in common, as plain data: kept between runs, and worked out anew every night. */
export interface LandscapeData {
  readonly version: 1;
  /** Typical value of a week of a kind, over partners that have any. */
  readonly references: Readonly<Record<string, number>>;
  /** The first week of `movement`. */
  readonly from: number;
  /** What moved everybody in a week, ln; null: nothing came from anybody, which is a feed that stands still. */
  readonly movement: Readonly<Record<Signal, readonly (number | null)[]>>;
  /** By segment; `*` is all of them. */
  readonly peers: Readonly<Record<string, Readonly<Record<Signal, Peers>>>>;
  /** By segment, log odds by which its partners' own signals lie above or below the common prior; `*` is all. */
  readonly segments: Readonly<Record<string, { readonly partners: number; readonly evidence: number }>>;
}

export const ALL_SEGMENTS = '*';

/** The landscape with the questions that are asked of it. */
export interface Landscape extends LandscapeData {
  /** ln of what moved everybody; 0 where nothing is known, NaN while a feed stands still. */
  movementAt(signal: Signal, week: number): number;
  /** Peers of a segment, drawn to all partners as far as the segment is small; null: nobody is known. */
  peersOf(segment: string, signal: Signal): Peers | null;
  /** Log odds that a partner of this segment starts from, beside the common prior. */
  segmentEvidence(segment: string): number;
}

/** So many partners of a segment weigh as much as all that is known of the others. */
const SEGMENT_WEIGHT = 20;
/** How far a segment may move where its partners start from: half a logit is 12 points. */
const MOST_SEGMENT_EVIDENCE = 0.8;

export const landscapeOf = (data: LandscapeData): Landscape => ({
  ...data,
  movementAt: (signal, week) => {
    const value = data.movement[signal][week - data.from];
    return value === undefined ? 0 : (value ?? Number.NaN);
  },
  peersOf: (segment, signal) => {
    const all = data.peers[ALL_SEGMENTS]?.[signal];
    if (!all || all.partners === 0) return null;
    const own = data.peers[segment]?.[signal];
    if (!own || own.partners === 0) return all;
    const share = own.partners / (own.partners + SEGMENT_WEIGHT);
    return {
      partners: own.partners,
      mean: share * own.mean + (1 - share) * all.mean,
      spread: share * own.spread + (1 - share) * all.spread,
    };
  },
  segmentEvidence: (segment) => {
    const { partners = 0, evidence = 0 } = data.segments[segment] ?? {};
    return clamp((partners / (partners + SEGMENT_WEIGHT)) * evidence, -MOST_SEGMENT_EVIDENCE, MOST_SEGMENT_EVIDENCE);
  },
});

/** On the first day: nobody is known, and nothing is common to anybody. */
export const EMPTY_LANDSCAPE: Landscape = landscapeOf({
  version: 1,
  references: {},
  from: 0,
  movement: { usage: [], interaction: [] },
  peers: {},
  segments: {},
});

/** A partner of the sample from which the landscape is made. */
export interface SampledPartner {
  readonly segment: string;
  readonly counts: readonly WeeklyCount[];
}

/** Weeks before a week by which it is measured how everybody moved. */
const MOVEMENT_BASE_WEEKS = 26;
const FEWEST_BASE_WEEKS = 8;
/** So many partners move the common movement half way: with three partners there is nothing that "everybody" does. */
const MOVEMENT_WEIGHT = 10;
/** A feed stands still in a week in which fewer than a fifth of at least five regular partners are heard of. */
const STANDS_STILL_BELOW = 0.2;
const FEWEST_REGULAR = 5;
const REGULAR_WEEKS = 8;
const REGULAR_ACTIVE = 6;
/** ln of a level is taken a little above zero. */
export const LEVEL_GRAIN = 0.05;

/**
 * Works out what partners have in common, from a sample of them. `to` is the last week that has ended; the week after it is
 * in progress and moves nobody. Medians throughout, so that a few partners who fall do not look like everybody's holiday.
 */
export const surveyLandscape = (
  sample: readonly SampledPartner[],
  { from, to }: { readonly from: number; readonly to: number },
): LandscapeData => {
  const references = referencesOf(sample, to);
  const length = to - from + 1;
  const laidOut = sample.map(({ segment, counts }) => ({
    segment,
    ...layOut(counts, references, from, length),
  }));
  const movement = Object.fromEntries(
    SIGNALS.map((signal) => [
      signal,
      movementOf(laidOut.map((one) => one[signal]).filter((activity) => activity !== null)),
    ]),
  ) as unknown as LandscapeData['movement'];
  const segments = new Map<string, (typeof laidOut)[number][]>([[ALL_SEGMENTS, laidOut]]);
  for (const one of laidOut) {
    if (one.segment === ALL_SEGMENTS) continue;
    const members = segments.get(one.segment);
    if (members) members.push(one);
    else segments.set(one.segment, [one]);
  }
  const peers = Object.fromEntries(
    [...segments].map(([segment, members]) => [
      segment,
      Object.fromEntries(
        SIGNALS.map((signal) => [signal, peersFrom(members.map((one) => one[signal]).filter((one) => one !== null))]),
      ) as unknown as Record<Signal, Peers>,
    ]),
  );
  return { version: 1, references, from, movement, peers, segments: {} };
};

/** The median over partners of each partner's typical week of a kind. */
const referencesOf = (sample: readonly SampledPartner[], to: number): Readonly<Record<string, number>> => {
  const typical = new Map<string, number[]>();
  for (const { counts } of sample) {
    const amounts = new Map<string, number[]>();
    for (const one of counts) {
      const amount = amountOf(one);
      if (one.week > to || amount <= 0 || roleOf(one.kind) !== 'activity') continue;
      const list = amounts.get(one.kind);
      if (list) list.push(amount);
      else amounts.set(one.kind, [amount]);
    }
    for (const [kind, list] of amounts) typical.set(kind, [...(typical.get(kind) ?? []), median(list)]);
  }
  return Object.fromEntries(
    [...typical].sort(([left], [right]) => (left < right ? -1 : 1)).map(([kind, list]) => [kind, median(list)]),
  );
};

const layOut = (
  counts: readonly WeeklyCount[],
  references: Readonly<Record<string, number>>,
  from: number,
  length: number,
): Readonly<Record<Signal, Float64Array | null>> => {
  const out = { usage: new Float64Array(length), interaction: new Float64Array(length) };
  const first = { usage: length, interaction: length };
  for (const one of counts) {
    const index = one.week - from;
    if (index < 0 || index >= length || roleOf(one.kind) !== 'activity') continue;
    const weeks = out[one.signal];
    weeks[index] = (weeks[index] as number) + amountOf(one) / (references[one.kind] ?? 1);
    first[one.signal] = Math.min(first[one.signal], index);
  }
  const from0 = (signal: Signal): Float64Array | null => {
    if (first[signal] === length) return null;
    return out[signal].fill(Number.NaN, 0, first[signal]);
  };
  return { usage: from0('usage'), interaction: from0('interaction') };
};

const movementOf = (partners: readonly Float64Array[]): readonly (number | null)[] => {
  const length = partners[0]?.length ?? 0;
  const movement: (number | null)[] = [];
  for (let week = 0; week < length; week += 1) {
    const moves: number[] = [];
    let regular = 0;
    let heard = 0;
    for (const activity of partners) {
      const base = observed(activity, week - MOVEMENT_BASE_WEEKS, week);
      const here = activity[week] as number;
      if (Number.isNaN(here) || base.length < FEWEST_BASE_WEEKS) continue;
      const recent = observed(activity, week - REGULAR_WEEKS, week);
      if (recent.filter((value) => value > 0).length < REGULAR_ACTIVE) continue;
      regular += 1;
      if (here > 0) heard += 1;
      const level = trimmedMean(base);
      moves.push(clamp(Math.log((here + LEVEL_GRAIN * level) / ((1 + LEVEL_GRAIN) * level)), -3, 3));
    }
    if (regular >= FEWEST_REGULAR && heard < STANDS_STILL_BELOW * regular) movement.push(null);
    else movement.push(moves.length === 0 ? 0 : (moves.length / (moves.length + MOVEMENT_WEIGHT)) * median(moves));
  }
  return movement;
};

const peersFrom = (partners: readonly Float64Array[]): Peers => {
  const levels = partners
    .map((activity) => mean(observed(activity, activity.length - 4)))
    .filter((level) => !Number.isNaN(level))
    .map((level) => Math.log(level + LEVEL_GRAIN));
  const centre = median(levels);
  return levels.length === 0
    ? { partners: 0, mean: 0, spread: 1 }
    : // Half a natural logarithm at least: among peers who are all alike nobody stands out by a few per cent.
      { partners: levels.length, mean: centre, spread: Math.max(0.5, medianDeviation(levels, centre)) };
};
