import { type Signal, SIGNALS } from './activity.ts';
import { clamp, mean, median, medianDeviation, observed, trimmedMean } from './robust.ts';
import { type PartnerSeries, type SignalSeries, type Usual, usualOf } from './series.ts';

/** The numbers of the rule. */
export interface DeclineRule {
  /** Changes with any of the numbers; kept with the state, which begins anew when it does. */
  readonly version: number;
  /** Weeks by which "usual" is measured, those left out before a week, and the fewest that will do. */
  readonly usualWeeks: number;
  readonly gapWeeks: number;
  readonly fewestWeeks: number;
  /** How many spreads below usual a week must lie to count against a partner, and how many in all raise a flag. */
  readonly slack: number;
  readonly threshold: number;
  /** A week never counts for more spreads than this, however odd it was. */
  readonly mostPerWeek: number;
  /** Spread of weeks (ln) that is presumed, and how many weeks of a partner's own outweigh it half. */
  readonly presumedSpread: number;
  readonly presumedWeeks: number;
  readonly leastSpread: number;
  /** A flag needs the last four weeks to lie so far below usual; less is no reason to call anybody. */
  readonly leastFall: number;
  /** Over when four weeks are back at this share of usual; settled, at what is usual then, after so many weeks. */
  readonly recoveredAt: number;
  readonly settledWeeks: number;
}

/**
 * `threshold` is the one that gives a false alarm in 100 partner-months on partners whose level never changes (`bench/health/
 * null-partners.ts`: noise of several kinds, correlated from week to week, both signals watched), and was chosen there alone.
 */
export const DECLINE_RULE: DeclineRule = {
  version: 1,
  usualWeeks: 52,
  gapWeeks: 2,
  fewestWeeks: 12,
  slack: 0.75,
  threshold: 5.6,
  mostPerWeek: 2.5,
  presumedSpread: 0.35,
  presumedWeeks: 8,
  leastSpread: 0.12,
  leastFall: 0.2,
  recoveredAt: 0.9,
  settledWeeks: 26,
};

/** What is compared with: frozen while a sum stands above zero, so that a slow fall does not become the usual. */
interface Baseline {
  readonly level: number;
  readonly grain: number;
  readonly centre: number;
  readonly spread: number;
}

/** A running sum of how far below usual the weeks lie (Page 1954), and since when it has been above zero. */
interface Watch {
  readonly sum: number;
  readonly since: number | null;
  readonly baseline: Baseline | null;
}

/** Where the watch over one partner stands; plain data, kept from week to week. */
export interface DeclineState {
  readonly rule: number;
  /** The last week that was taken in; weeks as `weekOf` counts. */
  readonly week: number;
  readonly status: 'steady' | 'declining';
  /** While declining: the week it began in by the sums, the week it was flagged in, and what had fallen. */
  readonly since: number | null;
  readonly flagged: number | null;
  readonly fell: readonly Signal[];
  /** Usual is measured from this week on, once a lower level has settled; null: as far back as the rule says. */
  readonly usualFrom: number | null;
  readonly watches: Readonly<Record<Signal | 'both', Watch>>;
}

/** What came of a week. */
export type DeclineEvent =
  | {
      readonly type: 'declining';
      readonly week: number;
      readonly since: number;
      readonly signals: readonly Signal[];
    }
  | { readonly type: 'recovered' | 'settled'; readonly week: number; readonly flagged: number };

const NOTHING: Watch = { sum: 0, since: null, baseline: null };

const begin = (rule: DeclineRule, week: number): DeclineState => ({
  rule: rule.version,
  week,
  status: 'steady',
  since: null,
  flagged: null,
  fell: [],
  usualFrom: null,
  watches: { usage: NOTHING, interaction: NOTHING, both: NOTHING },
});

/**
 * Takes in every week after `state` up to week `to`, each once: what comes in late moves scores, not what was said of weeks
 * that have been told. Each signal is watched, and both together, which sees sooner what neither shows alone. One flag for
 * one decline: no other before it has recovered, or has settled at a new level. Without a state it begins at week `beginAt`.
 */
export const followDecline = (
  state: DeclineState | null,
  series: PartnerSeries,
  to: number,
  rule: DeclineRule = DECLINE_RULE,
  beginAt: number = series.from,
): { readonly state: DeclineState; readonly events: readonly DeclineEvent[] } => {
  const events: DeclineEvent[] = [];
  let current = state?.rule === rule.version ? state : begin(rule, beginAt - 1);
  for (let week = Math.max(current.week + 1, series.from); week <= to; week += 1) {
    const step = takeWeek(current, series, week, rule);
    current = step.state;
    if (step.event) events.push(step.event);
  }
  return { state: current, events };
};

const takeWeek = (
  state: DeclineState,
  series: PartnerSeries,
  week: number,
  rule: DeclineRule,
): { readonly state: DeclineState; readonly event?: DeclineEvent } => {
  const at = week - series.from;
  const taken = Object.fromEntries(
    SIGNALS.map((signal) => [
      signal,
      takeSignal(state.watches[signal], series.signals[signal], at, week, rule, usualFromOf(state, series)),
    ]),
  ) as Record<Signal, Taken>;
  const scores = SIGNALS.flatMap((signal) => taken[signal].score ?? []);
  const both =
    scores.length < SIGNALS.length
      ? state.watches.both
      : added(state.watches.both, scores.reduce((sum, score) => sum + score, 0) / Math.SQRT2, week, rule);
  const watches = { usage: taken.usage.watch, interaction: taken.interaction.watch, both };
  const next = { ...state, week, watches };
  if (state.status === 'declining' && state.flagged !== null) {
    const back = state.fell.every(
      (signal) => levelOf(series.signals[signal], watches[signal].baseline, at) >= rule.recoveredAt,
    );
    const settled = week - state.flagged >= rule.settledWeeks;
    if (!back && !settled) return { state: next };
    return {
      state: { ...begin(rule, week), usualFrom: back ? state.usualFrom : state.flagged + 1 },
      event: { type: back ? 'recovered' : 'settled', week, flagged: state.flagged },
    };
  }
  const fallen = SIGNALS.filter(
    (signal) =>
      levelOf(series.signals[signal], watches[signal].baseline, at) <= 1 - rule.leastFall && watches[signal].sum > 0,
  );
  const raised = fallen.filter((signal) => watches[signal].sum >= rule.threshold);
  const together = both.sum >= rule.threshold && fallen.length > 0;
  if (raised.length === 0 && !together) return { state: next };
  const signals = together ? fallen : raised;
  const since = Math.min(...signals.map((signal) => watches[signal].since ?? week));
  return {
    state: { ...next, status: 'declining', since, flagged: week, fell: signals },
    event: { type: 'declining', week, since, signals },
  };
};

interface Taken {
  readonly watch: Watch;
  /** How many spreads above usual the week lies; null: it was not observed, or nothing is usual yet. */
  readonly score: number | null;
}

const usualFromOf = ({ usualFrom }: DeclineState, { from }: PartnerSeries): number =>
  usualFrom === null ? 0 : Math.max(0, usualFrom - from);

const takeSignal = (
  watch: Watch,
  series: SignalSeries | null,
  at: number,
  week: number,
  rule: DeclineRule,
  usualFrom: number,
): Taken => {
  if (series === null || Number.isNaN(series.activity[at] ?? Number.NaN)) return { watch, score: null };
  const baseline = watch.sum > 0 && watch.baseline ? watch.baseline : baselineOf(series, at, rule, usualFrom);
  if (baseline === null) return { watch: NOTHING, score: null };
  const score = clamp(
    (logLevel(series.activity[at] as number, baseline) - baseline.centre) / baseline.spread,
    -rule.mostPerWeek,
    rule.mostPerWeek,
  );
  return { watch: { ...added(watch, score, week, rule), baseline }, score };
};

const added = (watch: Watch, score: number, week: number, rule: DeclineRule): Watch => {
  const sum = Math.max(0, watch.sum - score - rule.slack);
  return { ...watch, sum, since: sum > 0 ? (watch.since ?? week) : null };
};

const logLevel = (activity: number, { level, grain }: Pick<Usual, 'level' | 'grain'>): number =>
  Math.log((activity + grain) / (level + grain));

/** What is usual before a week, and how far its weeks lie apart: the median deviation, drawn to what is presumed. */
const baselineOf = (series: SignalSeries, at: number, rule: DeclineRule, usualFrom: number): Baseline | null => {
  const to = at - rule.gapWeeks;
  const from = Math.max(usualFrom, to - rule.usualWeeks);
  const usual = usualOf(series, from, to, rule.fewestWeeks);
  if (usual === null || usual.level <= 0) return null;
  const logs = observed(series.activity, from, to).map((value) => logLevel(value, usual));
  const deviation = medianDeviation(logs, median(logs));
  const own = usual.weeks / (usual.weeks + rule.presumedWeeks);
  // So few events that chance alone moves them more than that: the spread of a Poisson count, on this scale.
  const byChance = Math.sqrt(usual.eventsPerWeek) / (usual.eventsPerWeek + 0.5);
  const spread = Math.max(rule.leastSpread, own * deviation + (1 - own) * rule.presumedSpread, Math.min(1.5, byChance));
  return { level: usual.level, grain: usual.grain, centre: trimmedMean(logs), spread };
};

const LEVEL_WEEKS = 4;

/** The last four weeks beside usual; 1 where nothing is known. */
const levelOf = (series: SignalSeries | null, baseline: Baseline | null, at: number): number => {
  if (series === null || baseline === null) return 1;
  const recent = mean(observed(series.activity, at + 1 - LEVEL_WEEKS, at + 1));
  return Number.isNaN(recent) ? 1 : (recent + baseline.grain) / (baseline.level + baseline.grain);
};
