import { z } from 'zod';
import { allow, defineGuardrail, deny } from '../guardrail.ts';
import { answerAs, consequence } from '../consequence.ts';

const minuteOfDay = z
  .number()
  .int()
  .min(0)
  .max(1_439, { error: 'must be a minute of the day, 0 to 1439 (21:00 is 1260)' });
const DAY_MINUTES = 1_440;

const sayMinute = (minute: number): string =>
  `${String(Math.trunc(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minute and weekday (Monday is 1) on a clock so many minutes ahead of UTC. 1970-01-01 was a Thursday. */
const clockAt = (nowMs: number, offsetMinutes: number): { readonly minute: number; readonly weekday: number } => {
  const minutes = Math.floor(nowMs / 60_000) + offsetMinutes;
  const day = Math.floor(minutes / DAY_MINUTES);
  return { minute: minutes - day * DAY_MINUTES, weekday: ((((day + 3) % 7) + 7) % 7) + 1 };
};

/**
 * Nobody is written to at night. Settings: `from` and `to` — minutes of the day between which it is quiet (over midnight
 * when `to` is smaller; the same: never); `days` — weekdays that are quiet all day, Monday is 1; `then` — what happens.
 * The fact says what the recipient's clock shows and how far it is ahead of UTC; a clock that disagrees with the moment of
 * the decision is a deny, so a wrong offset cannot pass unseen.
 */
export const quietHours = defineGuardrail({
  id: 'quiet-hours',
  version: 1,
  owner: 'sales-manager',
  settings: z.strictObject({
    from: minuteOfDay,
    to: minuteOfDay,
    days: z.array(z.number().int().min(1).max(7)),
    then: consequence,
  }),
  startingPoint: { from: 1_260, to: 420, days: [6, 7], then: 'review' },
  reads: ['recipientTime', 'now', 'effects'],
  needs: ['recipientTime'],
  judge: ({ effects }, { from, to, days, then }, { recipientTime }, nowMs) => {
    if (!effects.some(({ port }) => port === 'messaging')) return allow();
    if (recipientTime === null) return answerAs(then, 'The time of day at the recipient is not known.');
    const { localMinute, offsetMinutes, weekday } = recipientTime;
    const clock = clockAt(nowMs, offsetMinutes);
    if (clock.minute !== localMinute || clock.weekday !== weekday)
      return deny('The time of day at the recipient does not agree with the clock. It must be worked out again.');
    if (days.includes(weekday)) return answerAs(then, 'It is a day of rest for the recipient.');
    const quiet = from <= to ? localMinute >= from && localMinute < to : localMinute >= from || localMinute < to;
    return quiet
      ? answerAs(then, `It is ${sayMinute(localMinute)} for the recipient; it is quiet until ${sayMinute(to)}.`)
      : allow();
  },
});
