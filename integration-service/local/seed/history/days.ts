const dayMs = 86_400_000;

/** `YYYY-MM-DD` that many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => dayAfter(day, -((new Date(day).getUTCDay() + 6) % 7));

/** An instant within a day's working hours, UTC: `part` from 0 (eight o'clock) to 1 (six o'clock). */
export const inHours = (day: string, part: number): string =>
  new Date(Date.parse(day) + Math.round((8 + part * 10) * 3_600_000)).toISOString();
