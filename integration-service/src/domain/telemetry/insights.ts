import { EVENT_KINDS, type EventKind, type Signal } from './event-kinds.ts';

/** One week of one number of one account, as rollups give it. */
export interface WeekOfAccount {
  readonly partner: string;
  readonly account: string;
  readonly kind: EventKind;
  /** The Monday, `2026-11-16`. */
  readonly period: string;
  readonly count: number;
  readonly value: number;
}

export type InsightKind = 'grew' | 'fell' | 'silent' | 'began';
export type Audience = 'company' | 'partner';

/** Something that the numbers say, with the numbers. */
export interface Insight {
  /** One for each partner, account, number and audience: what is said next week stands in its place. */
  readonly key: string;
  readonly partner: string;
  /** Empty: of the partner as a whole. */
  readonly account: string;
  readonly audience: Audience;
  readonly signal: Signal;
  readonly kind: InsightKind;
  readonly of: EventKind;
  readonly says: string;
  /** Values by week, oldest first, the compared ones last. */
  readonly evidence: {
    readonly weeks: readonly string[];
    readonly values: readonly number[];
    readonly before: number;
    readonly now: number;
  };
  readonly periodStart: string;
  readonly periodEnd: string;
  /** 0–100, the greater the more it should be looked at. */
  readonly weight: number;
}

/** Weeks that are compared: the last ones that are over with those before them. */
export const WEEKS_COMPARED = 4;
/** Less than this much change is the noise of weeks; a quarter is what account teams act on. */
const LEAST_CHANGE = 0.25;
/** A mean below it says nothing: two meetings instead of one are no trend. */
const LEAST_MEAN = 2;
/** Of the noise that the earlier weeks show, this many standard errors must be exceeded (one in a hundred by chance, two-sided). */
const LEAST_ERRORS = 2.6;

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Numbers for people: whole from ten on, one place below. */
const shown = (value: number): string =>
  value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);

/** What a change is called; null: none worth saying. */
const kindOfChange = (before: readonly number[], now: readonly number[]): InsightKind | null => {
  const was = mean(before);
  const is = mean(now);
  if (was >= LEAST_MEAN / 2 && before.filter((value) => value > 0).length >= 2 && is === 0) return 'silent';
  if (was === 0 && is >= LEAST_MEAN / 2) return 'began';
  if (Math.max(was, is) < LEAST_MEAN || was === 0) return null;
  const change = (is - was) / was;
  if (Math.abs(change) < LEAST_CHANGE) return null;
  const spread = before.reduce((sum, value) => sum + (value - was) ** 2, 0) / Math.max(1, before.length - 1);
  // Counts vary by their own size even where four weeks happened to be alike.
  const error = Math.sqrt(Math.max(spread, was) * (1 / before.length + 1 / now.length));
  if (Math.abs(is - was) < LEAST_ERRORS * error) return null;
  return change > 0 ? 'grew' : 'fell';
};

const sentence = (kind: InsightKind, what: string, before: number, now: number): string => {
  const share = before === 0 ? 0 : Math.round((Math.abs(now - before) / before) * 100);
  switch (kind) {
    case 'grew':
      return `${what}: up ${share} %, from ${shown(before)} a week to ${shown(now)}.`;
    case 'fell':
      return `${what}: down ${share} %, from ${shown(before)} a week to ${shown(now)}.`;
    case 'silent':
      return `${what}: none in four weeks, after ${shown(before)} a week.`;
    case 'began':
      return `${what}: ${shown(now)} a week, after none in the four weeks before.`;
  }
};

const loud: Readonly<Record<InsightKind, number>> = { silent: 1, fell: 0.8, grew: 0.6, began: 0.5 };

/** 0–100: how much changed, how much there was, and what is worse to miss. */
const weightOf = (kind: InsightKind, before: number, now: number): number => {
  const size = Math.min(1, Math.log10(1 + Math.max(before, now)) / 3);
  const change = before === 0 || now === 0 ? 1 : Math.min(1, Math.abs(now - before) / before);
  return Math.round(100 * loud[kind] * (0.4 + 0.6 * change) * (0.3 + 0.7 * size) * 10) / 10;
};

/** What a number is called at the head of a sentence. */
const titled = (kind: EventKind): string => {
  const { says } = EVENT_KINDS[kind];
  return `${says.charAt(0).toUpperCase()}${says.slice(1)}`;
};

/**
 * What the weeks of one partner say, for one audience: each number of each account, and of the partner as a whole, its last
 * four whole weeks beside the four before. `weeks` are the eight Mondays, oldest first; a week without a row is a zero once
 * the number was told at all before them or in them. The weightiest first.
 */
export const insightsOf = (
  partner: string,
  rows: readonly WeekOfAccount[],
  weeks: readonly string[],
  audience: Audience,
): readonly Insight[] => {
  const series = new Map<string, { readonly account: string; readonly of: EventKind; readonly values: number[] }>();
  const add = (account: string, row: WeekOfAccount): void => {
    const week = weeks.indexOf(row.period);
    if (week < 0) return;
    const key = `${row.kind}\n${account}`;
    const known = series.get(key) ?? { account, of: row.kind, values: weeks.map(() => 0) };
    known.values[week] = (known.values[week] ?? 0) + row.value;
    series.set(key, known);
  };
  for (const row of rows) {
    if (row.partner !== partner) continue;
    add('', row);
    if (row.account !== '') add(row.account, row);
  }
  const insights: Insight[] = [];
  for (const { account, of, values } of series.values()) {
    const before = values.slice(0, -WEEKS_COMPARED);
    const now = values.slice(-WEEKS_COMPARED);
    const kind = kindOfChange(before, now);
    if (kind === null) continue;
    const [was, is] = [mean(before), mean(now)];
    insights.push({
      key: [partner, account, of, audience].join('|'),
      partner,
      account,
      audience,
      signal: EVENT_KINDS[of].signal,
      kind,
      of,
      says: sentence(kind, titled(of), was, is),
      evidence: { weeks, values, before: was, now: is },
      periodStart: weeks.at(-WEEKS_COMPARED) ?? '',
      periodEnd: weeks.at(-1) ?? '',
      weight: weightOf(kind, was, is),
    });
  }
  return insights.sort((left, right) => right.weight - left.weight || (left.key < right.key ? -1 : 1));
};
