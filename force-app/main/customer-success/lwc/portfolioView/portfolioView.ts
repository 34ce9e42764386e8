import type { Partner } from 'c/portfolioData';

/** What a table can be ordered by; `attention` is what needs action first. */
export type Order = 'attention' | 'name' | 'score' | 'usage' | 'interaction' | 'revenue' | 'contact' | 'deals';

/** Which partners are shown and in which order; an empty filter lets all through. */
export interface View {
  search: string;
  band: string;
  segment: string;
  tier: string;
  /** `mine`, or empty. */
  manager: string;
  /** `any`, `usage`, `interaction`, or empty. */
  missing: string;
  declining: boolean;
  order: Order;
  descending: boolean;
}

export const EVERYTHING: View = {
  search: '',
  band: '',
  segment: '',
  tier: '',
  manager: '',
  missing: '',
  declining: false,
  order: 'attention',
  descending: false,
};

/** How many partners one person looks after at most before attention gets thin, and where it is plainly too many (M070). */
export const MANY = 50;
export const TOO_MANY = 75;
/** In touch this recently counts as capacity in use (M071), in milliseconds. */
const IN_TOUCH = 30 * 24 * 3_600_000;

const URGENCY: Readonly<Record<Partner['band'], number>> = { 'at-risk': 0, watch: 1, unknown: 2, steady: 3, strong: 4 };

const compareText = (one: string, other: string): number => one.localeCompare(other);
/** What is not known stands last, whichever way the rest is ordered. */
const compareKnown = (one: number | undefined, other: number | undefined, sign: number): number => {
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  return sign * (one - other);
};

/** Declining ones first, then by band, then by the money at stake. */
const byAttention = (one: Partner, other: Partner): number =>
  Number(other.declining) - Number(one.declining) ||
  URGENCY[one.band] - URGENCY[other.band] ||
  other.revenue - one.revenue;

const VALUES: Readonly<Record<Exclude<Order, 'attention' | 'name'>, (partner: Partner) => number | undefined>> = {
  score: ({ score }) => score,
  usage: ({ usage }) => usage,
  interaction: ({ interaction }) => interaction,
  revenue: ({ revenue }) => revenue,
  contact: ({ lastContact }) => lastContact,
  deals: ({ openDeals }) => openDeals,
};

/** The order of a view; equal ones stand by name, so that nothing jumps when a page is read again. */
function comparing({ order, descending }: View): (one: Partner, other: Partner) => number {
  const sign = descending ? -1 : 1;
  const compare = (one: Partner, other: Partner): number => {
    if (order === 'attention') {
      return sign * byAttention(one, other);
    }
    if (order === 'name') {
      return sign * compareText(one.name, other.name);
    }
    return compareKnown(VALUES[order](one), VALUES[order](other), sign);
  };
  return (one, other) => compare(one, other) || compareText(one.name, other.name);
}

const isMissing = ({ usage, interaction }: Partner, which: string): boolean =>
  (which !== 'interaction' && usage === undefined) || (which !== 'usage' && interaction === undefined);

/** The partners of a view in its order; `userId` is who `mine` is. */
export function showPartners(partners: readonly Partner[], view: View, userId: string): Partner[] {
  const words = view.search.trim().toLocaleLowerCase();
  const lets = (wanted: string, value: string): boolean => wanted === '' || wanted === value;
  return partners
    .filter(
      (partner) =>
        (words === '' || partner.name.toLocaleLowerCase().includes(words)) &&
        lets(view.band, partner.band) &&
        lets(view.segment, partner.segment) &&
        lets(view.tier, partner.tier) &&
        (view.manager === '' || partner.managerId === userId) &&
        (view.missing === '' || isMissing(partner, view.missing)) &&
        (!view.declining || partner.declining),
    )
    .sort(comparing(view));
}

/** The values that partners have in a field, as choices of a filter. */
export function valuesOf(partners: readonly Partner[], field: 'segment' | 'tier'): string[] {
  return [...new Set(partners.map((partner) => partner[field]))].filter((value) => value !== '').sort(compareText);
}

/** A manager with the number of active partners. */
export interface Load {
  managerId: string;
  name: string;
  partners: number;
}

/** How many active partners each manager looks after, the most first; partners without a manager are nobody's load. */
export function loadsOf(partners: readonly Partner[]): Load[] {
  const managed = partners.filter(({ managerId }) => managerId !== '');
  return [...byManager(managed)]
    .map(([managerId, theirs]) => ({ managerId, name: theirs[0]?.managerName ?? '', partners: theirs.length }))
    .sort((one, other) => other.partners - one.partners || compareText(one.name, other.name));
}

// `Map.groupBy` is younger than the browsers an org still supports.
function byManager(partners: readonly Partner[]): Map<string, Partner[]> {
  const groups = new Map<string, Partner[]>();
  partners.forEach((partner) => groups.set(partner.managerId, [...(groups.get(partner.managerId) ?? []), partner]));
  return groups;
}

/** How many partners have an open deal or were in touch within 30 days; `now` in milliseconds since 1970. */
export function inUse(partners: readonly Partner[], now: number): number {
  return partners.filter(
    ({ openDeals, lastContact }) => openDeals > 0 || (lastContact !== undefined && now - lastContact <= IN_TOUCH),
  ).length;
}
