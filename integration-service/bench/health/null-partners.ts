import { DECLINE_RULE, type DeclineRule, followDecline } from '../../src/domain/health/decline.ts';
import type { PartnerSeries, SignalSeries } from '../../src/domain/health/series.ts';
import { type Draws, drawsFrom } from './chance.ts';

/**
 * Partners whose level never changes, on which the threshold of the rule is chosen, and nothing else. Usage: a level with
 * noise of ±15 %, 30 % or 50 %, that carries over to the next week by 0.3. Interaction: counts with a mean of 0.5, 2, 6 or
 * 20 a week, more irregular than chance (size 3). Not the partners of the simulator: what is measured there was chosen here.
 */
const USAGE_NOISE = [0.15, 0.3, 0.5] as const;
const CARRIED_OVER = 0.3;
const INTERACTIONS_PER_WEEK = [0.5, 2, 6, 20] as const;
const REGULARITY = 3;
const WEEKS = 156;
/** Weeks in which what is usual is learned; nobody is watched in them. */
const LEARNING_WEEKS = 36;
export const WEEKS_PER_MONTH = 365.25 / 7 / 12;

export const nullPartner = (seed: number): PartnerSeries => {
  const draws = drawsFrom(seed);
  return {
    from: 0,
    length: WEEKS,
    signals: { usage: nullUsage(draws), interaction: nullInteraction(draws) },
    strain: null,
  };
};

const nullUsage = (draws: Draws): SignalSeries => {
  const noise = draws.pick(USAGE_NOISE);
  const activity = new Float64Array(WEEKS);
  let carried = draws.normal();
  for (let week = 0; week < WEEKS; week += 1) {
    carried = CARRIED_OVER * carried + Math.sqrt(1 - CARRIED_OVER ** 2) * draws.normal();
    activity[week] = Math.exp(noise * carried);
  }
  return { activity, events: new Float64Array(WEEKS).fill(7) };
};

const nullInteraction = (draws: Draws): SignalSeries => {
  const mean = draws.pick(INTERACTIONS_PER_WEEK);
  const activity = Float64Array.from({ length: WEEKS }, () => draws.count(mean, REGULARITY));
  return { activity, events: activity.slice() };
};

/** Flags in a partner-month, over so many partners whose level never changes. */
export const falseAlarmRate = (rule: DeclineRule, partners: number, seed: number): number => {
  let flags = 0;
  for (let index = 0; index < partners; index += 1) {
    const { events } = followDecline(null, nullPartner(seed + index), WEEKS - 1, rule);
    flags += events.filter(({ type, week }) => type === 'declining' && week >= LEARNING_WEEKS).length;
  }
  return flags / ((partners * (WEEKS - LEARNING_WEEKS)) / WEEKS_PER_MONTH);
};

/** The lowest threshold, in tenths, that raises no more than so many false alarms in a partner-month. */
export const chooseThreshold = (most: number, partners: number, seed: number, rule = DECLINE_RULE): number => {
  for (let tenths = 20; tenths < 200; tenths += 1)
    if (falseAlarmRate({ ...rule, threshold: tenths / 10 }, partners, seed) <= most) return tenths / 10;
  throw new Error(`no threshold below 20 keeps to ${most} false alarms in a partner-month`);
};
