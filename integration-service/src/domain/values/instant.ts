const digit = (text: string, at: number): number => {
  const code = text.charCodeAt(at) - 48;
  return code >= 0 && code <= 9 ? code : Number.NaN;
};

const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** Days from 1970-01-01, by the rules of the Gregorian calendar alone. */
const daysSinceEpoch = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
};

/** Minutes ahead of UTC that stand at the end of an instant (`Z`, `+02:00`, Salesforce's `+0000`); NaN: none. */
const offsetAt = (text: string, at: number): number => {
  const sign = text[at];
  if (sign === 'Z') return at + 1 === text.length ? 0 : Number.NaN;
  if (sign !== '+' && sign !== '-') return Number.NaN;
  const minutesAt = text[at + 3] === ':' ? at + 4 : at + 3;
  const hours = two(text, at + 1);
  const minutes = two(text, minutesAt);
  if (minutesAt + 2 !== text.length || !(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
};

/**
 * Milliseconds since 1970 of an ISO 8601 instant with its offset (`2026-11-21T12:00:00.000Z`, `…+0000`); NaN for
 * anything else. `Date.parse` takes more, and reads a text without an offset by the machine's own time zone, so that a
 * decision would replay differently elsewhere.
 */
export const instantMs = (text: string): number => {
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return Number.NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  let at = 19;
  let fraction = 0;
  if (text[at] === '.') {
    at += 1;
    for (let worth = 100; !Number.isNaN(digit(text, at)); worth /= 10, at += 1)
      if (worth >= 1) fraction += digit(text, at) * worth;
    if (at === 20) return Number.NaN;
  }
  const offset = offsetAt(text, at);
  const inRange =
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour <= 23 && minute <= 59 && second <= 59;
  if (!inRange) return Number.NaN;
  return (daysSinceEpoch(year, month, day) * 1_440 + hour * 60 + minute - offset) * 60_000 + second * 1_000 + fraction;
};
