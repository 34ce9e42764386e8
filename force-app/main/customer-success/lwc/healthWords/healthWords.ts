import CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';
import { labels } from 'c/healthLabels';
import { fill } from 'c/textFormat';
import { relativeText } from 'c/timeFormat';

/** Bands from worst to best; the service decides which one a score is in. */
export type Band = 'at-risk' | 'watch' | 'unknown' | 'steady' | 'strong';

const BANDS: Readonly<Record<Band, string>> = {
  'at-risk': labels.bandRisk,
  watch: labels.bandWatch,
  unknown: labels.bandUnknown,
  steady: labels.bandSteady,
  strong: labels.bandStrong,
};
/** Icons stand beside the words: the meaning never rests on colour alone. */
const BAND_ICONS: Readonly<Record<Band, string>> = {
  'at-risk': 'utility:warning',
  watch: 'utility:preview',
  unknown: 'utility:help',
  steady: 'utility:check',
  strong: 'utility:success',
};
const TRENDS: Readonly<Record<string, { words: string; icon: string }>> = {
  up: { words: labels.trendUp, icon: 'utility:arrowup' },
  flat: { words: labels.trendFlat, icon: 'utility:forward' },
  down: { words: labels.trendDown, icon: 'utility:arrowdown' },
};

/** Scores are worked out every night and after each event that matters; two missed nights are worth saying. */
const STALE_AFTER = 48 * 3_600_000;
/** Percent of confidence from which the words change. */
const SURE = 75;
const FAIRLY_SURE = 50;
const NOT_VERY_SURE = 25;

export function bandOf(value: unknown): Band {
  return typeof value === 'string' && value in BANDS ? (value as Band) : 'unknown';
}

export const bandWords = (band: Band): string => BANDS[band];

export const bandIcon = (band: Band): string => BAND_ICONS[band];

/** The bands as choices, worst first. */
export const BAND_CHOICES: readonly { value: Band; label: string }[] = (Object.keys(BANDS) as Band[]).map((value) => ({
  value,
  label: BANDS[value],
}));

/** "rising" with its arrow; empty words where no trend is known. */
export const trendOf = (value: unknown): { words: string; icon: string } =>
  TRENDS[typeof value === 'string' ? value : ''] ?? { words: '', icon: '' };

/** How sure a score is, as a sentence; `percent` from 0 to 100, empty where it is not said. */
export function confidenceWords(percent: number | undefined): string {
  if (percent === undefined) {
    return '';
  }
  if (percent >= SURE) {
    return fill(labels.sureHigh, percent);
  }
  if (percent >= FAIRLY_SURE) {
    return fill(labels.sureFair, percent);
  }
  return fill(percent >= NOT_VERY_SURE ? labels.sureLow : labels.sureLittle, percent);
}

/** Whether a score rests on too little to be read as one. */
export const isLittle = (percent: number | undefined): boolean => percent !== undefined && percent < NOT_VERY_SURE;

/** What is missing, as a sentence that says what the score rests on; empty where both signals are there. */
export function missingWords(usage: number | undefined, interaction: number | undefined): string {
  if (usage === undefined && interaction === undefined) {
    return labels.missingBoth;
  }
  if (usage === undefined) {
    return labels.missingUsage;
  }
  return interaction === undefined ? labels.missingInteraction : '';
}

/** "up 12 in 4 weeks"; `points` of the 0 to 100 scale, empty where it is not known. */
export function movedWords(points: number | undefined): string {
  const whole = Math.round(points ?? 0);
  if (points === undefined) {
    return '';
  }
  if (whole === 0) {
    return labels.pointsFlat;
  }
  return fill(whole > 0 ? labels.pointsUp : labels.pointsDown, Math.abs(whole));
}

/** Says that a score is old, where it is; both times in milliseconds since 1970. */
export function staleWords(updatedAt: number | undefined, now: number, sentence: string = labels.stale): string {
  const isStale = updatedAt !== undefined && now - updatedAt > STALE_AFTER;
  return isStale ? fill(sentence, relativeText(updatedAt, now)) : '';
}

const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: CURRENCY, maximumFractionDigits: 0 });
/** An amount in the org's currency, without cents. */
export const moneyText = (amount: number): string => money.format(amount);

const signed = new Intl.NumberFormat(LOCALE, { signDisplay: 'exceptZero', maximumFractionDigits: 1 });
/** Points with their sign and at most one decimal: "+4.5", "−12", "0". */
export const pointsText = (points: number): string => signed.format(points);

// A date has no time of day: read at midnight in UTC, it is written in UTC, so that it never becomes the day before.
const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
/** A date (`2026-11-16`) in the user's locale; empty where it cannot be read. */
export function dayText(value: unknown): string {
  const moment = typeof value === 'string' ? Date.parse(value.slice(0, 10)) : Number.NaN;
  return Number.isNaN(moment) ? '' : day.format(moment);
}

/** A number of a record, or `undefined` where it has none. */
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
