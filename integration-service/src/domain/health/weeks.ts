const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-01 was a Thursday: the Monday of its week was three days before. */
const MONDAY_BEFORE_EPOCH_MS = -3 * DAY_MS;

/**
 * Share of a week's work that is done on each day, Monday first: people work five days, systems seven. Only used to tell how
 * much of the week in progress is behind us.
 */
const WORK_OF_DAYS = [1, 1, 1, 1, 1, 0.2, 0.2] as const;
const WORK_OF_WEEK = WORK_OF_DAYS.reduce((sum, work) => sum + work, 0);

/** A week as a number: weeks since the one of 1970-01-01, beginning on Monday 00:00 UTC. */
export const weekOf = (ms: number): number => Math.floor((ms - MONDAY_BEFORE_EPOCH_MS) / WEEK_MS);

/** The first millisecond of a week. */
export const weekStart = (week: number): number => week * WEEK_MS + MONDAY_BEFORE_EPOCH_MS;

/** The Monday of a week as `2026-11-16`. */
export const mondayOf = (week: number): string => new Date(weekStart(week)).toISOString().slice(0, 10);

/** How much of the week in progress is behind us, 0 to 1, by working time. */
export const shareOfWeek = (ms: number): number => {
  const days = (ms - weekStart(weekOf(ms))) / DAY_MS;
  let work = 0;
  WORK_OF_DAYS.forEach((ofDay, day) => {
    work += ofDay * Math.min(1, Math.max(0, days - day));
  });
  return work / WORK_OF_WEEK;
};
