import { type DeclineEvent, DECLINE_RULE, followDecline } from '../../src/domain/health/decline.ts';
import { type Landscape, landscapeOf, surveyLandscape } from '../../src/domain/health/landscape.ts';
import { mean, observed } from '../../src/domain/health/robust.ts';
import { type PartnerSeries, seriesOf } from '../../src/domain/health/series.ts';
import { FIRST_WEEK, SIMULATION, type SimulatedPartner } from './simulated-partners.ts';

const WEEKS_PER_MONTH = 365.25 / 7 / 12;
/** A week is looked at a day after it has ended, when what came late is in. */
const DAYS_UNTIL_SEEN = 8;

/** A rule that says in which weeks it would call somebody. */
export type FlagRule = (series: PartnerSeries) => readonly number[];

/** What a rule came to on partners whose truth is known. */
export interface LeadTime {
  readonly churners: number;
  /** Days before a partner was gone; 0 for one that was not flagged before. */
  readonly days: readonly number[];
  /** Share of those who left that was flagged before. */
  readonly flagged: number;
  /** Flags on partners that were not on their way down, in a partner-month. */
  readonly falseAlarms: number;
  readonly falseFlags: number;
  readonly partnerMonths: number;
  /** Share of passing falls that were flagged: no false alarms, and nobody left. */
  readonly dipsFlagged: number;
}

const LAST_WEEK = FIRST_WEEK + SIMULATION.weeks - 1;
const LEARNED = FIRST_WEEK + SIMULATION.learningWeeks;

/** Series of every partner as the service would lay them out: what moved everybody is taken out. */
export const layOutPartners = (
  partners: readonly SimulatedPartner[],
): { readonly landscape: Landscape; readonly series: readonly PartnerSeries[] } => {
  const landscape = landscapeOf(surveyLandscape(partners, { from: FIRST_WEEK, to: LAST_WEEK }));
  const window = { from: FIRST_WEEK, to: LAST_WEEK, shareOfLast: 1 };
  return { landscape, series: partners.map(({ counts }) => seriesOf(counts, window, landscape)) };
};

/** Our rule. */
export const ourRule: FlagRule = (series) =>
  followDecline(null, series, LAST_WEEK)
    .events.filter((event): event is Extract<DeclineEvent, { type: 'declining' }> => event.type === 'declining')
    .map(({ week }) => week);

/** Weeks before the last four that the simple rule compares them with; longer is steadier, and so kinder to it. */
const COMPARED_WEEKS = 12;

/**
 * The rule anybody would write down first: the last four weeks of a signal lie so far below those before them. It gets the
 * same series as ours, holidays taken out, and like ours is silent for half a year after a flag.
 */
export const dropRule =
  (drop: number): FlagRule =>
  ({ from, length, signals }) => {
    const flags: number[] = [];
    for (let at = 3 + COMPARED_WEEKS; at < length; at += 1) {
      if (flags.length > 0 && from + at - (flags.at(-1) ?? 0) < DECLINE_RULE.settledWeeks) continue;
      const fell = [signals.usage, signals.interaction].some((signal) => {
        if (!signal) return false;
        const before = observed(signal.activity, at - 3 - COMPARED_WEEKS, at - 3);
        const now = observed(signal.activity, at - 3, at + 1);
        return (
          before.length >= COMPARED_WEEKS - 1 &&
          now.length === 4 &&
          mean(before) > 0 &&
          mean(now) <= (1 - drop) * mean(before)
        );
      });
      if (fell) flags.push(from + at);
    }
    return flags;
  };

/** Measures a rule. Weeks of learning, and those after a partner is gone, count for nothing. */
export const measureRule = (
  rule: FlagRule,
  partners: readonly SimulatedPartner[],
  series: readonly PartnerSeries[],
): LeadTime => {
  const days: number[] = [];
  let falseFlags = 0;
  let weeks = 0;
  let dips = 0;
  let dipsFlagged = 0;
  partners.forEach(({ down, leftIn }, index) => {
    const one = series[index];
    if (!one) return;
    const flags = rule(one).filter((week) => week >= LEARNED && (leftIn === null || week < leftIn));
    const inDown = flags.filter((week) => down && week >= down.from && week <= down.to);
    falseFlags += flags.length - inDown.length;
    const end = Math.min(leftIn ?? LAST_WEEK + 1, LAST_WEEK + 1);
    weeks += end - LEARNED - (down ? Math.min(down.to, end) - down.from : 0);
    if (leftIn !== null) {
      const [first] = inDown;
      days.push(first === undefined ? 0 : Math.max(0, 7 * (leftIn - first) - DAYS_UNTIL_SEEN));
    } else if (down) {
      dips += 1;
      if (inDown.length > 0) dipsFlagged += 1;
    }
  });
  const partnerMonths = weeks / WEEKS_PER_MONTH;
  return {
    churners: days.length,
    days,
    flagged: days.filter((one) => one > 0).length / Math.max(1, days.length),
    falseAlarms: falseFlags / partnerMonths,
    falseFlags,
    partnerMonths,
    dipsFlagged: dipsFlagged / Math.max(1, dips),
  };
};

/** The smallest drop, in whole per cent, with which the simple rule raises no more false alarms than so many. */
export const dropAtRate = (
  most: number,
  partners: readonly SimulatedPartner[],
  series: readonly PartnerSeries[],
): number => {
  let low = 1;
  let high = 99;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (measureRule(dropRule(middle / 100), partners, series).falseAlarms <= most) high = middle;
    else low = middle + 1;
  }
  return low / 100;
};
