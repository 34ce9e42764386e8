import type { Chance } from './chance.ts';
import { dayAfter, daysBetween } from './days.ts';

/**
 * What becomes of a partnership. `churned`: a decline that ended it; `declining`: one that goes on today; `recovered`: one
 * that was turned round; `seasonal`: swings with the year and is healthy; `usage-only`: nobody tells of interaction.
 */
export type Fate =
  'growing' | 'steady' | 'seasonal' | 'declining' | 'churned' | 'recovered' | 'new' | 'usage-only' | 'interaction-only';

/** A partner of the sample company, and what is true about it. */
export interface SamplePartner {
  readonly key: string;
  readonly name: string;
  readonly kind: 'reseller' | 'advisory' | 'technology';
  readonly tier: 'Premier' | 'Advanced' | 'Select';
  readonly segment: 'Enterprise' | 'Mid-market' | 'Regional';
  readonly website: string;
  /** First day of the partnership, `YYYY-MM-DD`. */
  readonly joined: string;
  readonly fate: Fate;
  /** How much it helps a deal that is referred to it, from 0 to 1. */
  readonly quality: number;
  /** Day from which activity fell; null: it never did. */
  readonly declinesFrom: string | null;
  /** Day of the last thing heard of a partner that is gone; null: it is still there. */
  readonly churnedOn: string | null;
  /** Ordinary events a week in all, before fate and chance. */
  readonly weekly: { readonly usage: number; readonly interaction: number };
  /** Indexes of its joint customers among the history's accounts. */
  readonly accounts: readonly number[];
}

const NAMES: Readonly<Record<SamplePartner['kind'], readonly string[]>> = {
  reseller: [
    'Larkspur Resale',
    'Copperline Channel',
    'Bluefen Distribution',
    'Stonebridge Supply',
    'Halewood Partners',
    'Tidemark Solutions',
    'Greyfield Direct',
    'Sundial Channel',
    'Moorland Resale',
    'Anchorage Supply',
    'Beaconhurst Trading',
    'Willowbrook Direct',
    'Ridgeline Distribution',
    'Pinecrest Channel',
    'Foxglove Supply',
  ],
  advisory: [
    'Ashgrove Advisory',
    'Cobalt Counsel',
    'Meadowlark Consulting',
    'Quillstone Advisors',
    'Verity Bay Consulting',
    'Lanternfish Strategy',
    'Oakenshaw Advisory',
    'Harrowgate Consulting',
    'Silverbirch Advisors',
    'Northlight Strategy',
    'Plumtree Consulting',
    'Wrenfield Advisory',
  ],
  technology: [
    'Gridwise Tools',
    'Lumenpath Software',
    'Brightwell Data',
    'Cedarloop Labs',
    'Signalford Systems',
    'Hexwater Software',
    'Tallgrass Tools',
    'Opalstream Data',
    'Rookery Labs',
    'Driftwood Systems',
    'Marlowe Platforms',
    'Inkwell Integrations',
    'Fernspring Tools',
  ],
};

/** How many of forty have each fate. */
const FATES: Readonly<Record<Fate, number>> = {
  growing: 7,
  steady: 11,
  seasonal: 4,
  declining: 4,
  churned: 6,
  recovered: 2,
  new: 2,
  'usage-only': 2,
  'interaction-only': 2,
};

const SHORTEST_DECLINE = 42;
const LONGEST_DECLINE = 112;

/** Forty partners; `today` is `YYYY-MM-DD`, `accounts` how many customers the history has. */
export const samplePartners = (chance: Chance, today: string, accounts: number): readonly SamplePartner[] => {
  const fates = Object.entries(FATES).flatMap(([fate, count]) => Array.from({ length: count }, () => fate as Fate));
  const names = Object.entries(NAMES).flatMap(([kind, list]) =>
    list.map((name) => ({ kind: kind as SamplePartner['kind'], name })),
  );
  return fates.map((fate, index): SamplePartner => {
    const own = chance.fork(`partner ${index}`);
    const { kind, name } = names[(index * 7) % names.length] ?? { kind: 'reseller', name: `Partner ${index}` };
    const key = name.toLowerCase().replaceAll(' ', '-');
    const tier = own.weighted({ Premier: 2, Advanced: 4, Select: 6 });
    const size = { Premier: 3, Advanced: 1.6, Select: 1 }[tier];
    const churnedOn = fate === 'churned' ? dayAfter(today, -own.whole(45, 400)) : null;
    return {
      key,
      name,
      kind,
      tier,
      segment: own.weighted({ Enterprise: 2, 'Mid-market': 4, Regional: 4 }),
      website: `https://${key}.example.com`,
      joined: dayAfter(today, -(fate === 'new' ? own.whole(30, 75) : own.whole(740, 1_500))),
      fate,
      quality: own.next() * (fate === 'churned' || fate === 'declining' ? 0.5 : 1),
      declinesFrom: declineOf(fate, own, today, churnedOn),
      churnedOn,
      weekly: { usage: size * own.whole(60, 160), interaction: size * own.whole(6, 16) },
      accounts: Array.from({ length: own.whole(2, 4) }, () => own.whole(0, accounts - 1)),
    };
  });
};

const declineOf = (fate: Fate, chance: Chance, today: string, churnedOn: string | null): string | null => {
  if (churnedOn !== null) return dayAfter(churnedOn, -chance.whole(SHORTEST_DECLINE, LONGEST_DECLINE));
  if (fate === 'declining') return dayAfter(today, -chance.whole(35, 70));
  return fate === 'recovered' ? dayAfter(today, -chance.whole(220, 320)) : null;
};

/** How far a partner that recovers falls, and how long that takes until it is as before. */
const RECOVERY_DAYS = 150;

/**
 * How active a partner is on a day, as a multiple of its ordinary self and before chance: 1 is ordinary, 0 is gone.
 * This is the truth that health and its flags can be held to.
 */
export const activityOf = (partner: SamplePartner, day: string): number => {
  if (day < partner.joined || (partner.churnedOn !== null && day > partner.churnedOn)) return 0;
  const since = daysBetween(partner.joined, day);
  const season = 1 + seasonalSwing(partner, day);
  const growth = partner.fate === 'growing' ? Math.exp((0.5 * since) / 730) : 1;
  const settling = Math.min(1, 0.3 + since / 60);
  return season * growth * settling * declineFactor(partner, day);
};

/** Everybody rests at the turn of the year and a little in August; seasonal partners swing by half besides. */
const seasonalSwing = ({ fate }: SamplePartner, day: string): number => {
  const [, month = '', date = ''] = day.split('-');
  const rest = (month === '12' && date > '20') || (month === '01' && date < '04') ? -0.6 : month === '08' ? -0.15 : 0;
  const angle = (2 * Math.PI * daysBetween(`${day.slice(0, 4)}-01-01`, day)) / 365;
  return rest + (fate === 'seasonal' ? 0.5 * Math.sin(angle) : 0);
};

const declineFactor = ({ fate, declinesFrom, churnedOn }: SamplePartner, day: string): number => {
  if (declinesFrom === null || day < declinesFrom) return 1;
  const days = daysBetween(declinesFrom, day);
  if (churnedOn !== null) return Math.max(0.05, 1 - days / daysBetween(declinesFrom, churnedOn));
  if (fate === 'declining') return Math.max(0.15, 1 - days / 90);
  const half = RECOVERY_DAYS / 2;
  return days > RECOVERY_DAYS ? 1 : 1 - 0.6 * (1 - Math.abs(days - half) / half);
};
