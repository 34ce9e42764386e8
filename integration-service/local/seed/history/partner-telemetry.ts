import type { Chance } from './chance.ts';
import { dayAfter, inHours, mondayOf } from './days.ts';
import { activityOf, type SamplePartner } from './partner-truth.ts';

/** One thing that happened, in the form in which the service takes it (`POST /v1/telemetry`, `tandem telemetry import`). */
export interface SampleEvent {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly partner: string;
  readonly account?: string;
  readonly value: number;
}

/** What of a partner's ordinary week each kind is: of use, for each joint customer alike; of interaction, in all. */
const USAGE = { 'product.sessions': 0.6, 'product.feature-use': 2, 'product.active-users': 0.12 } as const;
const INTERACTION = {
  'partner.login': 0.6,
  'partner.content-used': 0.25,
  'partner.meeting': 0.08,
  'partner.deal-registered': 0.05,
  'partner.certified': 0.02,
} as const;

/** A level, not a number of events. */
const GAUGE = 'product.active-users';

/** A week counts between so many draws' worth of more and less: deviation of the logarithm. */
const NOISE = 0.18;

/** Which days are told of. */
export interface TelemetryDays {
  /** How many weeks back from the history's own today; default 104. */
  readonly weeks?: number;
  /** Days up to this one were told before, `YYYY-MM-DD`. */
  readonly after?: string;
  /** The first day that is not told; default the history's own today. */
  readonly until?: string;
}

/** Weeks before the last three are told in one event each, on their Thursday; later ones day by day, Monday to Friday. */
const DAILY_DAYS = 21;
const WORKDAYS = 5;

/**
 * What was heard of the partners: for each kind and joint customer as much as their truth and chance say. What came to
 * nothing is not told. `accountOf` gives the key of a joint customer. The same day has the same events, whatever other days
 * are asked for.
 */
export function* partnerTelemetry(
  chance: Chance,
  partners: readonly SamplePartner[],
  today: string,
  accountOf: (index: number) => string,
  { weeks = 104, after = '', until = today }: TelemetryDays = {},
): Generator<SampleEvent> {
  const first = mondayOf(dayAfter(today, -7 * weeks));
  const dailyFrom = mondayOf(dayAfter(today, -DAILY_DAYS));
  for (const partner of partners) {
    const own = chance.fork(`telemetry ${partner.key}`);
    const accounts = [...new Set(partner.accounts)];
    for (let monday = first; monday < until; monday = dayAfter(monday, 7)) {
      const activity = activityOf(partner, dayAfter(monday, 3));
      const told = function* (kind: string, mean: number, account?: string): Generator<SampleEvent> {
        const value = Math.round(mean * activity * Math.exp(NOISE * own.normal()));
        for (const [day, share] of sharesOf(kind, monday, value, monday >= dailyFrom)) {
          const id = [partner.key, kind, account ?? '', day].join(':');
          const event = { id, at: inHours(day, own.next()), kind, partner: partner.key, value: share };
          if (share > 0 && day > after && day < until) yield account === undefined ? event : { ...event, account };
        }
      };
      if (partner.fate !== 'interaction-only')
        for (const index of accounts)
          for (const [kind, share] of Object.entries(USAGE))
            yield* told(kind, (partner.weekly.usage * share) / accounts.length, accountOf(index));
      if (partner.fate !== 'usage-only')
        for (const [kind, share] of Object.entries(INTERACTION)) yield* told(kind, partner.weekly.interaction * share);
    }
  }
}

/** A week's value as it is told: at once, or spread over its workdays; a gauge stands on each of them. */
const sharesOf = (kind: string, monday: string, value: number, daily: boolean): readonly [string, number][] =>
  daily
    ? Array.from({ length: WORKDAYS }, (_, day) => [
        dayAfter(monday, day),
        kind === GAUGE ? value : Math.floor((value * (day + 1)) / WORKDAYS) - Math.floor((value * day) / WORKDAYS),
      ])
    : [[dayAfter(monday, 3), value]];
