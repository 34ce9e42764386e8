import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

/** Units from large to small, with their length in milliseconds. */
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 24 * 3_600_000],
  ['month', 30 * 24 * 3_600_000],
  ['week', 7 * 24 * 3_600_000],
  ['day', 24 * 3_600_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** The largest unit that fits at least once, and how often it does (rounded down, so nothing is called older than it is). */
function inLargestUnit(milliseconds: number): { amount: number; unit: Intl.RelativeTimeFormatUnit } {
  const size = Math.abs(milliseconds);
  const [unit, length] = UNITS.find(([, unitLength]) => size >= unitLength) ?? ['second', 1_000];
  return { amount: Math.sign(milliseconds) * Math.floor(size / length), unit };
}

/** "12 sec. ago", "in 2 min.", "yesterday"; both times in milliseconds since 1970. */
export function relativeText(moment: number, now: number): string {
  const { amount, unit } = inLargestUnit(moment - now);
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'short' }).format(
    amount === 0 ? 0 : amount,
    unit,
  );
}

/** Date and time in full, in the user's locale and time zone. */
export function absoluteText(moment: number): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium', timeZone: TIME_ZONE }).format(
    moment,
  );
}

/** "6 sec", "4 min": a length of time in milliseconds; under one second counts as one. */
export function durationText(milliseconds: number): string {
  const { amount, unit } = inLargestUnit(Math.max(1_000, Math.abs(milliseconds)));
  return new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
}

/** Milliseconds since 1970 of an ISO date and time, or `undefined` when there is none that can be read. */
export function momentOf(value: unknown): number | undefined {
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}
