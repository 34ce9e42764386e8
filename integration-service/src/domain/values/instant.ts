const ZERO = 48;
const DOT = 46;
const DASH = 45;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;
const PLUS = 43;
/** Far below whatever a date is made of, so that each check of a range refuses it. */
const NOT_DIGITS = -1_000_000;

/** Two digits as a number. */
const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NOT_DIGITS;
};

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** Days from 1970-01-01, by the rules of the Gregorian calendar alone. The year begins in March, so leap days end it. */
const daysSinceEpoch = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return shifted * 365 + leapDays + dayOfYear - 719_468;
};

/** Minutes ahead of UTC that stand at the end of an instant (`Z`, `+02:00`, Salesforce's `+0000`); NaN: none. */
const offsetAt = (text: string, at: number): number => {
  const sign = text.charCodeAt(at);
  if (sign === LETTER_Z) return at + 1 === text.length ? 0 : Number.NaN;
  if (sign !== PLUS && sign !== DASH) return Number.NaN;
  const minutesAt = text.charCodeAt(at + 3) === COLON ? at + 4 : at + 3;
  const hours = two(text, at + 1);
  const minutes = two(text, minutesAt);
  if (minutesAt + 2 !== text.length || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return Number.NaN;
  return (sign === DASH ? -1 : 1) * (hours * 60 + minutes);
};

/**
 * Milliseconds since 1970 of an ISO 8601 instant with its offset (`2026-11-21T12:00:00.000Z`, `…+0000`); NaN for
 * anything else. `Date.parse` takes more, and reads a text without an offset by the machine's own time zone, so that a
 * decision would replay differently elsewhere. A decision reads dozens of instants, so this looks at codes, not at texts.
 */
export const instantMs = (text: string): number => {
  if (
    text.charCodeAt(4) !== DASH ||
    text.charCodeAt(7) !== DASH ||
    text.charCodeAt(10) !== LETTER_T ||
    text.charCodeAt(13) !== COLON ||
    text.charCodeAt(16) !== COLON
  )
    return Number.NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  let end = 19;
  let fraction = 0;
  if (text.charCodeAt(end) === DOT) {
    end += 1;
    for (let worth = 100; ; worth = Math.floor(worth / 10), end += 1) {
      const digit = text.charCodeAt(end) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      fraction += digit * worth;
    }
    if (end === 20) return Number.NaN;
  }
  const inRange =
    year >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59 &&
    second >= 0 &&
    second <= 59;
  if (!inRange) return Number.NaN;
  const minutes = daysSinceEpoch(year, month, day) * 1_440 + hour * 60 + minute - offsetAt(text, end);
  return minutes * 60_000 + second * 1_000 + fraction;
};
