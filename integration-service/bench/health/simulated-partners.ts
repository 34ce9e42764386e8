import type { WeeklyCount } from '../../src/domain/health/activity.ts';
import { weekOf } from '../../src/domain/health/weeks.ts';
import { type Draws, drawsFrom } from './chance.ts';

/**
 * Partners whose truth is known, made up by these numbers, which were written down before anything was measured on them and
 * are not those on which the threshold was chosen (`null-partners.ts`). Weeks are counted from the first one.
 */
export const SIMULATION = {
  seed: 20_261_122,
  partners: 800,
  weeks: 130,
  /** What is usual is learned in these; nothing begins in them, and no flag in them is counted. */
  learningWeeks: 40,
  /** Shares of what becomes of partners. */
  fates: {
    steady: 0.43,
    growing: 0.1,
    seasonal: 0.1,
    /** Falls and comes back by itself. */
    dipping: 0.08,
    /** Falls slowly in both signals until it leaves. */
    fading: 0.14,
    /** Meets us less and less, and uses the product as ever until it leaves; and the other way round. */
    'drifting-apart': 0.05,
    'using-less': 0.05,
    /** Stops from one week to the next; leaves when its notice has run out. */
    silent: 0.03,
    /** Leaves without a sign: nobody can see it before. */
    abrupt: 0.02,
  },
  growthPerWeek: 0.004,
  /** The yearly swing of a seasonal partner, ln: 0.25 is 28 % up and 22 % down. */
  season: 0.25,
  fadeWeeks: [12, 30],
  /** What is left of a signal when a fading partner leaves. */
  fadeTo: [0.2, 0.5],
  noticeWeeks: [8, 16],
  dip: { to: 0.45, fall: 6, stay: 6, back: 6 },
  /** Noise of usage (ln) from week to week, and how much of it carries over. */
  usageNoise: [0.1, 0.5],
  carriedOver: 0.3,
  /** Events of usage and of interaction in a usual week, spread evenly on a logarithmic scale; and how regular they are. */
  usagePerWeek: [20, 2_000],
  interactionsPerWeek: [0.7, 25],
  regularity: 3,
  /** Everybody: the last week of the year and the first two, and August. */
  holidays: { 51: 0.45, 52: 0.4, 0: 0.45, 1: 0.75, 31: 0.85, 32: 0.8, 33: 0.8, 34: 0.85 } as Readonly<
    Record<number, number>
  >,
  /** A week in which the feed of usage brought nothing from anybody. */
  feedStandsStill: 97,
  without: { usage: 0.15, interaction: 0.1 },
} as const;

export type Fate = keyof typeof SIMULATION.fates;

/** A partner with its truth. Weeks as `weekOf` counts. */
export interface SimulatedPartner {
  readonly key: string;
  readonly segment: string;
  readonly fate: Fate;
  readonly counts: readonly WeeklyCount[];
  /** From when until when it really was on its way down; null: never. */
  readonly down: { readonly from: number; readonly to: number } | null;
  /** The first week in which it was gone; null: it stayed. */
  readonly leftIn: number | null;
}

export const FIRST_WEEK = weekOf(Date.UTC(2024, 0, 1));

const between = (draws: Draws, [low, high]: readonly [number, number]): number => low + (high - low) * draws.even();
const logBetween = (draws: Draws, [low, high]: readonly [number, number]): number => low * (high / low) ** draws.even();

const fateOf = (draws: Draws): Fate => {
  let left = draws.even();
  for (const [fate, share] of Object.entries(SIMULATION.fates) as [Fate, number][]) {
    left -= share;
    if (left < 0) return fate;
  }
  return 'steady';
};

/** What of the usual level is left in a week, for each signal, apart from noise. */
interface Course {
  readonly down: { readonly from: number; readonly to: number } | null;
  readonly leftIn: number | null;
  level(signal: 'usage' | 'interaction', week: number): number;
}

const courseOf = (fate: Fate, draws: Draws): Course => {
  const { weeks, learningWeeks, fadeWeeks, fadeTo, noticeWeeks, dip } = SIMULATION;
  const from = learningWeeks + Math.floor(draws.even() * (weeks - learningWeeks - 40)) + 4;
  const phase = draws.even() * 2 * Math.PI;
  const straight = (to: number, length: number, week: number): number =>
    week < from ? 1 : to ** Math.min(1, (week - from + 1) / length);
  const length = Math.round(between(draws, fadeWeeks));
  const to = between(draws, fadeTo);
  const notice = Math.round(between(draws, noticeWeeks));
  const gone = (leftIn: number, level: Course['level']): Course => ({
    down: { from, to: leftIn },
    leftIn,
    level: (signal, week) => (week >= leftIn ? 0 : level(signal, week)),
  });
  const stays = (level: Course['level']): Course => ({ down: null, leftIn: null, level });
  switch (fate) {
    case 'steady':
      return stays(() => 1);
    case 'growing':
      return stays((_, week) => Math.exp(SIMULATION.growthPerWeek * week));
    case 'seasonal':
      return stays((_, week) => Math.exp(SIMULATION.season * Math.sin((2 * Math.PI * week) / 52.18 + phase)));
    case 'dipping': {
      const until = from + dip.fall + dip.stay + dip.back;
      return {
        down: { from, to: until },
        leftIn: null,
        level: (_, week) => {
          const since = week - from;
          if (since < 0 || week >= until) return 1;
          const share =
            since < dip.fall
              ? (since + 1) / dip.fall
              : since < dip.fall + dip.stay
                ? 1
                : 1 - (since - dip.fall - dip.stay + 1) / dip.back;
          return dip.to ** share;
        },
      };
    }
    case 'fading':
      return gone(from + length, (_, week) => straight(to, length, week));
    case 'drifting-apart':
      return gone(from + length, (signal, week) => (signal === 'interaction' ? straight(to / 2, length, week) : 1));
    case 'using-less':
      return gone(from + length, (signal, week) => (signal === 'usage' ? straight(to, length, week) : 1));
    case 'silent':
      return gone(from + notice, (_, week) => (week >= from ? 0 : 1));
    case 'abrupt':
      // On its way down only in the week in which it leaves: a flag before that is a false one.
      return { ...gone(from, () => 1), down: { from, to: from } };
  }
};

/** One partner; the same for the same seed and number. */
export const simulatePartner = (number: number, seed: number = SIMULATION.seed): SimulatedPartner => {
  const draws = drawsFrom(seed + 7_919 * number);
  const { weeks, carriedOver, regularity, holidays, feedStandsStill, without } = SIMULATION;
  const fate = fateOf(draws);
  const course = courseOf(fate, draws);
  const missing = draws.even();
  const noise = between(draws, SIMULATION.usageNoise);
  const usage = logBetween(draws, SIMULATION.usagePerWeek);
  const interactions = logBetween(draws, SIMULATION.interactionsPerWeek);
  const counts: WeeklyCount[] = [];
  let carried = draws.normal();
  for (let index = 0; index < weeks; index += 1) {
    carried = carriedOver * carried + Math.sqrt(1 - carriedOver ** 2) * draws.normal();
    const week = FIRST_WEEK + index;
    const common = holidays[index % 52] ?? 1;
    const used = usage * course.level('usage', index) * common * Math.exp(noise * carried);
    const met = interactions * course.level('interaction', index) * common;
    if (missing >= without.usage && index !== feedStandsStill) {
      const sessions = draws.count(used, 50);
      if (sessions > 0)
        counts.push({ signal: 'usage', kind: 'product.sessions', week, count: Math.min(7, sessions), value: sessions });
    }
    if (missing < 1 - without.interaction)
      for (const [kind, share] of [
        ['partner.login', 0.6],
        ['partner.content-used', 0.3],
        ['partner.meeting', 0.1],
      ] as const) {
        const count = draws.count(met * share, regularity);
        if (count > 0) counts.push({ signal: 'interaction', kind, week, count, value: count });
      }
  }
  const { down, leftIn } = course;
  return {
    key: `simulated-${number}`,
    segment: draws.pick(['reseller', 'consulting', 'technology']),
    fate,
    counts,
    down: down && { from: FIRST_WEEK + down.from, to: FIRST_WEEK + down.to },
    leftIn: leftIn === null ? null : FIRST_WEEK + leftIn,
  };
};

export const simulatePartners = (partners: number = SIMULATION.partners, seed?: number): readonly SimulatedPartner[] =>
  Array.from({ length: partners }, (_, number) => simulatePartner(number, seed));
