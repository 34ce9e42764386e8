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

/** A week counts between so many draws' worth of more and less: deviation of the logarithm. */
const NOISE = 0.18;

/**
 * What was heard of the partners, a sum for each week, kind and joint customer, from `weeks` weeks ago to yesterday. A week
 * in which nothing happened tells nothing. `accountOf` gives the key of a joint customer.
 */
export function* partnerTelemetry(
  chance: Chance,
  partners: readonly SamplePartner[],
  today: string,
  weeks: number,
  accountOf: (index: number) => string,
): Generator<SampleEvent> {
  const lastMonday = mondayOf(dayAfter(today, -7));
  for (const partner of partners) {
    const own = chance.fork(`telemetry ${partner.key}`);
    for (let week = weeks - 1; week >= 0; week -= 1) {
      const monday = dayAfter(lastMonday, -7 * week);
      const day = dayAfter(monday, 3);
      const activity = activityOf(partner, day);
      const told = (kind: string, mean: number, account?: string): SampleEvent[] => {
        const value = Math.round(mean * activity * Math.exp(NOISE * own.normal()));
        const id = [partner.key, kind, account ?? '', monday].join(':');
        const event = { id, at: inHours(day, own.next()), kind, partner: partner.key, value };
        return value > 0 ? [account === undefined ? event : { ...event, account }] : [];
      };
      if (partner.fate !== 'interaction-only')
        for (const index of new Set(partner.accounts))
          for (const [kind, share] of Object.entries(USAGE))
            yield* told(kind, (partner.weekly.usage * share) / partner.accounts.length, accountOf(index));
      if (partner.fate !== 'usage-only')
        for (const [kind, share] of Object.entries(INTERACTION)) yield* told(kind, partner.weekly.interaction * share);
    }
  }
}
