import { z } from 'zod';
import { allow, deny, needsApproval, type Answer, type Limits } from './guardrail.ts';

/** A limit of settings: a whole number from 0 to the largest that arithmetic keeps exact. */
export const wholeLimit = (largest: number, words: string): z.ZodNumber =>
  z
    .number({ error: `must be ${words}` })
    .int({ error: `must be ${words}` })
    .min(0)
    .max(largest);

/** Settings with two limits, of which the second may not lie below the first. */
export const inOrder = <Settings extends Limits>(form: z.ZodType<Settings>): z.ZodType<Settings> =>
  form.refine(({ actUpTo, reviewUpTo }) => actUpTo <= reviewUpTo, {
    path: ['reviewUpTo'],
    error: 'must not be below actUpTo',
  });

/**
 * Up to and including the first limit the agent acts, up to and including the second a person decides, above it nothing
 * is done. What is not a whole number from 0 is a deny: blank, negative, NaN, a fraction.
 */
export const judgeLimits = (
  value: number | null,
  { actUpTo, reviewUpTo }: Limits,
  words: { readonly subject: string; readonly say: (value: number) => string },
): Answer => {
  if (value === null || !Number.isSafeInteger(value) || value < 0)
    return deny(`${words.subject} is missing or cannot be read. Correct it and try again.`);
  if (value <= actUpTo) return allow();
  const is = `${words.subject} is ${words.say(value)}`;
  return value <= reviewUpTo
    ? needsApproval(`${is}; up to ${words.say(actUpTo)} goes by itself. A manager can approve it.`)
    : deny(`${is}; more than ${words.say(reviewUpTo)} is not allowed.`);
};

/** Whole numbers in a seller's words, with thousands parted, the same in every locale. */
export const sayCount = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** Basis points as percent with two digits: 1501 is `15.01 %`. */
export const sayPercent = (bps: number): string =>
  `${Math.trunc(bps / 100)}.${String(Math.abs(bps) % 100).padStart(2, '0')} %`;

/** Currencies without cents, of those that partners are paid in (ISO 4217, minor unit 0). */
const WITHOUT_CENTS: ReadonlySet<string> = new Set(['CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'UGX', 'VND']);

/** Minor units as an amount: 150050 is `1,500.50 EUR`. */
export const sayMoney = (minor: number, currency: string): string => {
  if (WITHOUT_CENTS.has(currency)) return `${sayCount(minor)} ${currency}`;
  return `${sayCount(Math.trunc(minor / 100))}.${String(minor % 100).padStart(2, '0')} ${currency}`;
};

/** An amount in whole minor units (1,500.5 EUR is 150050); null when it is none that arithmetic keeps exact. */
export const minorUnits = (amount: number, currency: string): number | null => {
  // Rounded in decimal, where people write amounts: 1.005 is 100.49999999999999 when it is multiplied.
  const minor = Number(`${amount}e${WITHOUT_CENTS.has(currency) ? 0 : 2}`);
  const whole = Math.round(Number.isNaN(minor) ? amount * (WITHOUT_CENTS.has(currency) ? 1 : 100) : minor);
  return Number.isSafeInteger(whole) ? whole : null;
};

/** Percent as people write it (`15`, `15.01`), in basis points; null when it is no percent, or finer than a basis point. */
export const basisPointsOf = (text: string): number | null => {
  const match = /^(\d{1,3})(?:\.(\d{1,2})0*)?$/.exec(text.trim());
  return match === null ? null : Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
};

/** The form of a currency code. */
export const currency = z.string().regex(/^[A-Z]{3}$/, { error: 'must be a currency code of three letters' });
