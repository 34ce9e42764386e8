import { OrgError } from '../engine/errors.ts';

/** A span of calendar days: the first, and the first after it, as `YYYY-MM-DD`. */
export interface DaySpan {
  readonly from: string;
  readonly until: string;
}

/**
 * Days that a date literal (`THIS_MONTH`, `LAST_N_DAYS:7`) covers, seen from `today`. Weeks begin on Sunday (the locale
 * en_US); fiscal years are calendar years, as in a new org. Source: SOQL reference, "Date Formats and Date Literals".
 */
export const daysOf = (literal: string, today: string): DaySpan => {
  const [name = '', count] = literal.toUpperCase().split(':');
  const amount = count === undefined ? undefined : Number(count);
  const unit = /(DAY|WEEK|MONTH|QUARTER|YEAR)S?(_AGO)?$/.exec(name.replace('FISCAL_', ''))?.[1];
  if (amount === undefined) return withoutNumber(name, today);
  if (unit === undefined) throw new OrgError('MALFORMED_QUERY', `unexpected token: ${literal}`);
  const begin = startOf(unit, today);
  if (name.endsWith('_AGO')) return { from: shift(unit, begin, -amount), until: shift(unit, begin, 1 - amount) };
  if (name.startsWith('NEXT_N_')) return { from: shift(unit, begin, 1), until: shift(unit, begin, amount + 1) };
  // LAST_N_DAYS includes today; the longer units end before the current one.
  if (unit === 'DAY') return { from: shift(unit, begin, -amount), until: shift(unit, begin, 1) };
  return { from: shift(unit, begin, -amount), until: begin };
};

const withoutNumber = (name: string, today: string): DaySpan => {
  switch (name) {
    case 'YESTERDAY':
      return { from: shift('DAY', today, -1), until: today };
    case 'TODAY':
      return { from: today, until: shift('DAY', today, 1) };
    case 'TOMORROW':
      return { from: shift('DAY', today, 1), until: shift('DAY', today, 2) };
    case 'LAST_90_DAYS':
      return { from: shift('DAY', today, -90), until: shift('DAY', today, 1) };
    case 'NEXT_90_DAYS':
      return { from: shift('DAY', today, 1), until: shift('DAY', today, 91) };
  }
  const match = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (match === null) throw new OrgError('MALFORMED_QUERY', `unexpected token: ${name}`);
  const unit = match[2] ?? '';
  const begin = startOf(unit, today);
  const offset = match[1] === 'LAST' ? -1 : match[1] === 'NEXT' ? 1 : 0;
  return { from: shift(unit, begin, offset), until: shift(unit, begin, offset + 1) };
};

const startOf = (unit: string, day: string): string => {
  const date = new Date(`${day}T00:00:00Z`);
  const year = date.getUTCFullYear();
  switch (unit) {
    case 'WEEK':
      return shift('DAY', day, -date.getUTCDay());
    case 'MONTH':
      return `${day.slice(0, 7)}-01`;
    case 'QUARTER':
      return isoDay(new Date(Date.UTC(year, Math.floor(date.getUTCMonth() / 3) * 3, 1)));
    case 'YEAR':
      return `${day.slice(0, 4)}-01-01`;
    default:
      return day;
  }
};

const shift = (unit: string, day: string, by: number): string => {
  const date = new Date(`${day}T00:00:00Z`);
  if (unit === 'DAY') date.setUTCDate(date.getUTCDate() + by);
  else if (unit === 'WEEK') date.setUTCDate(date.getUTCDate() + 7 * by);
  else if (unit === 'MONTH') date.setUTCMonth(date.getUTCMonth() + by);
  else if (unit === 'QUARTER') date.setUTCMonth(date.getUTCMonth() + 3 * by);
  else date.setUTCFullYear(date.getUTCFullYear() + by);
  return isoDay(date);
};

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day at `instant` in a time zone such as `America/Los_Angeles`. */
export const dayIn = (timeZone: string, instant: Date): string => {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(instant);
};
