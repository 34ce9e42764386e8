import LOCALE from '@salesforce/i18n/locale';
import { labels } from 'c/ruleLabels';
import { slotsOf, valueOf } from 'c/ruleShapes';
import type { RuleShape, Settings, SlotKind } from 'c/ruleShapes';
import { fill } from 'c/textFormat';

/** A value of a rule from a text that was typed, or what is wrong with the text. */
export type Read = { ok: true; value: unknown } | { ok: false; problem: string };

const MINUTES_OF_HOUR = 60;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** A Monday, from which the names of weekdays are counted; any would do. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

const number = (value: number, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat(LOCALE, options).format(value);

/** How many digits a currency has after the point, by the platform's own table. */
function digitsOf(currency: unknown): number {
  try {
    return (
      new Intl.NumberFormat(LOCALE, { style: 'currency', currency: String(currency) }).resolvedOptions()
        .maximumFractionDigits ?? 2
    );
  } catch {
    return 2;
  }
}

function moneyText(minor: number, currency: unknown): string {
  const digits = digitsOf(currency);
  const amount = minor / 10 ** digits;
  const whole = Number.isInteger(amount) ? { minimumFractionDigits: 0 } : {};
  try {
    return number(amount, { style: 'currency', currency: String(currency), ...whole });
  } catch {
    return number(amount);
  }
}

/** "09:05", as the fields for a time of day take it. */
function clock(minute: number): string {
  const [hours, minutes] = [Math.trunc(minute / MINUTES_OF_HOUR), minute % MINUTES_OF_HOUR];
  return [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The names of the weekdays in the reader's locale, Monday first. */
export function weekdays(): { value: number; label: string }[] {
  const name = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', timeZone: 'UTC' });
  return WEEKDAYS.map((value) => ({ value, label: name.format(MONDAY + (value - 1) * DAY) }));
}

/** What a choice offers, with the words of a sentence. */
export function choicesOf({ kind }: SlotKind): { value: string; label: string }[] {
  if (kind === 'consequence') {
    return [
      { value: 'act', label: labels.consequence_act },
      { value: 'review', label: labels.consequence_review },
      { value: 'block', label: labels.consequence_block },
    ];
  }
  return kind === 'yesNo'
    ? [
        { value: 'true', label: labels.consent_yes },
        { value: 'false', label: labels.consent_no },
      ]
    : [];
}

/** A value as it stands in a sentence. */
export function shownValue(slot: SlotKind, value: unknown, settings: Settings): string {
  switch (slot.kind) {
    case 'percent':
      return number(Number(value) / 10_000, { style: 'percent', maximumFractionDigits: 2 });
    case 'money':
      return moneyText(Number(value), settings.currency);
    case 'whole':
      return number(Number(value));
    case 'minute':
      return clock(Number(value));
    case 'weekdays':
      return weekdaysText(value);
    case 'personal':
      return personalText(value);
    case 'consequence':
    case 'yesNo':
      return choicesOf(slot).find((choice) => choice.value === String(value))?.label ?? String(value);
    default:
      return String(value);
  }
}

function weekdaysText(value: unknown): string {
  const chosen = Array.isArray(value) ? value : [];
  const names = weekdays()
    .filter((day) => chosen.includes(day.value))
    .map(({ label }) => label);
  return names.length === 0 ? labels.noDay : new Intl.ListFormat(LOCALE).format(names);
}

function personalText(value: unknown): string {
  if (value === 'all') {
    return labels.personal_all;
  }
  const fields = Array.isArray(value) ? value.map(String) : [];
  return fields.length === 0 ? labels.personal_none : fill(labels.personal_some, fields.join(', '));
}

/** A value as a field takes it for changing. */
export function typedValue(slot: SlotKind, value: unknown, settings: Settings): string {
  switch (slot.kind) {
    case 'percent':
      return String(Number(value) / 100);
    case 'money':
      return String(Number(value) / 10 ** digitsOf(settings.currency));
    case 'minute':
      return clock(Number(value));
    case 'personal':
      return value === 'all' ? '*' : (Array.isArray(value) ? value : []).join(', ');
    default:
      return String(value);
  }
}

const good = (value: unknown): Read => ({ ok: true, value });
const bad = (problem: string): Read => ({ ok: false, problem });

/** Reads what was typed into a slot. */
export function readTyped(slot: SlotKind, typed: string, settings: Settings): Read {
  const text = typed.trim();
  switch (slot.kind) {
    case 'percent':
      return scaled(text, 2, 10_000, labels.percent_range);
    case 'money':
      return scaled(text, digitsOf(settings.currency), Number.MAX_SAFE_INTEGER, labels.money_range);
    case 'whole':
      return wholeNumber(text, slot.from, slot.to);
    case 'minute': {
      const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(text) ?? [];
      return hours === undefined
        ? bad(labels.time_missing)
        : good(Number(hours) * MINUTES_OF_HOUR + Number(minutes ?? 0));
    }
    case 'currency':
      return /^[A-Za-z]{3}$/.test(text) ? good(text.toUpperCase()) : bad(labels.currency_form);
    case 'yesNo':
      return good(text === 'true');
    case 'personal':
      return good(text === '*' ? 'all' : text.split(/[\s,;]+/).filter((field) => field !== ''));
    case 'weekdays':
      return good(
        text
          .split(',')
          .filter((day) => day !== '')
          .map(Number),
      );
    default:
      return good(text);
  }
}

/** A decimal number as whole units of its smallest part; binary fractions are never multiplied. */
function scaled(text: string, digits: number, largest: number, problem: string): Read {
  if (text === '') {
    return bad(labels.number_missing);
  }
  const [, before, after = ''] = /^(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  if (before === undefined || after.replace(/0+$/, '').length > digits) {
    return bad(problem);
  }
  const value = Number(before + after.slice(0, digits).padEnd(digits, '0'));
  return Number.isSafeInteger(value) && value <= largest ? good(value) : bad(problem);
}

function wholeNumber(text: string, from: number, to: number): Read {
  if (text === '') {
    return bad(labels.number_missing);
  }
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? good(value) : bad(fill(labels.number_range, number(from), number(to)));
}

/** What is wrong between the numbers of a rule, by slot: a limit may not pass the one after it. */
export function orderProblems(shape: RuleShape, settings: Settings): Record<string, string> {
  const { order } = shape;
  if (!order) {
    return {};
  }
  const slots = slotsOf(shape, settings);
  const [lower, upper] = [valueOf(settings, order.lower), valueOf(settings, order.upper)].map(Number);
  const slot = slots[order.upper];
  if (lower === undefined || upper === undefined || !slot || lower <= upper) {
    return {};
  }
  // The problem stands at the second number of the sentence, whichever way the rule counts.
  return order.upper === 'reviewUpTo'
    ? { [order.upper]: fill(labels.order_up, shownValue(slot, lower, settings)) }
    : { [order.lower]: fill(labels.order_down, shownValue(slot, upper, settings)) };
}
