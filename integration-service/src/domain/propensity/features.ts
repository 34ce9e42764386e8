import { dealAsOf, type DealThen } from './as-of.ts';
import { endedAt, type Deal, type OwnField, type PartnerPast } from './deal.ts';
import type { Ended, PastDeals, TrackRecords } from './track-record.ts';

/** What is known around a deal: who had won what by when, and how partners were doing. */
export interface World {
  readonly records: TrackRecords;
  readonly partners: ReadonlyMap<string, PartnerPast>;
}

/** A deal as it stood at a moment, with what was known around it then. */
export interface Moment {
  readonly deal: Deal;
  readonly then: DealThen;
  readonly world: World;
}

/** One thing a score is learned from, with where it is read and what it means, for whoever asks. */
export interface FeatureSpec {
  readonly name: string;
  /** In plain words: "Days in this stage". */
  readonly label: string;
  /** `OpportunityHistory.StageName`. */
  readonly source: string;
  /** How its value at a moment is found. */
  readonly how: string;
  readonly kind: 'number' | 'category';
  /** The field of the deal whose history shows whether it leaks; null: it is made of what had ended, or of dates alone. */
  readonly field: string | null;
  value(moment: Moment): number | string | null;
  /** The value as a seller reads it: "In Proposal for 12 days". */
  says(moment: Moment): string;
}

const DAY = 86_400_000;
const days = (from: number, to: number): number => Math.floor((to - from) / DAY);
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const grouped = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
const someText = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const closeInDays = ({ then }: Moment): number | null =>
  then.closeDate === null ? null : Math.round((Date.parse(`${then.closeDate}T00:00:00Z`) - then.at) / DAY);

const ownerKey = ({ then }: Moment): string => `owner:${then.ownerId ?? ''}`;
const accountKey = ({ deal }: Moment): string => `account:${deal.accountId ?? ''}`;
const partnerOf = ({ then }: Moment): string | null => then.partners.at(-1) ?? null;
const wayKey = (products: readonly string[], withPartner: boolean): string =>
  `way:${products[0] ?? ''}:${withPartner ? 'partner' : 'alone'}`;
const wayOf = ({ then }: Moment): string => wayKey(then.products, then.partners.length > 0);

const wonOf = ({ closed, won }: PastDeals): string => `${won} of ${plural(closed, 'deal')}`;
const recordOf = (moment: Moment, key: string): PastDeals => moment.world.records.before(key, moment.then.at);
const shareOf = (moment: Moment, key: string): number | null => moment.world.records.share(key, moment.then.at);

/** The partner's health in the last week that had ended by then; null while nobody knew it. */
const healthThen = (moment: Moment): number | null => {
  const past = moment.world.partners.get(partnerOf(moment) ?? '')?.health ?? [];
  return past.findLast(({ at, score }) => score !== null && at + 7 * DAY <= moment.then.at)?.score ?? null;
};

/** What passed between the companies in the four whole weeks before; null where no telemetry is kept of the partner. */
const activityThen = (moment: Moment): number | null => {
  const past = moment.world.partners.get(partnerOf(moment) ?? '')?.activity ?? [];
  const { at: now } = moment.then;
  if (!past.some(({ at }) => at + 7 * DAY <= now)) return null;
  return past.reduce((sum, { at, events }) => (at + 7 * DAY <= now && at + 35 * DAY > now ? sum + events : sum), 0);
};

const partnerName = (moment: Moment): string => {
  const key = partnerOf(moment);
  return key === null ? 'No partner' : (moment.world.partners.get(key)?.name ?? key);
};

const number = (
  name: string,
  label: string,
  source: string,
  how: string,
  value: (moment: Moment) => number | null,
  says: (moment: Moment, value: number) => string,
  field: string | null = null,
): FeatureSpec => ({
  name,
  label,
  source,
  how,
  kind: 'number',
  field,
  value,
  says: (moment) => {
    const known = value(moment);
    return known === null ? `${label}: not known` : says(moment, known);
  },
});

const category = (
  name: string,
  label: string,
  source: string,
  how: string,
  value: (moment: Moment) => string | null,
  field: string | null = null,
): FeatureSpec => ({
  name,
  label,
  source,
  how,
  kind: 'category',
  field,
  value,
  says: (moment) => `${label}: ${value(moment) ?? 'not given'}`,
});

const THEN = 'as it stood at that moment, taken back through the history of the field';
const COURSE = 'from the last step of the deal’s course up to that moment';
const BEFORE =
  'counted over deals that had ended before that moment, held towards everybody’s share while there are few';

/** What is the same for every company. The company’s own fields come to these ({@link featuresOf}). */
export const FEATURES: readonly FeatureSpec[] = [
  number(
    'amount',
    'Amount',
    'OpportunityHistory.Amount',
    COURSE,
    ({ then }) => then.amount,
    (_, value) => `Amount of ${grouped(value)}`,
    'Amount',
  ),
  number(
    'amount-change',
    'Change of the amount',
    'OpportunityHistory.Amount',
    'the amount then over the first amount that was given',
    ({ then }) => (then.amount === null || !then.firstAmount ? null : then.amount / then.firstAmount),
    (_, value) =>
      Math.abs(value - 1) < 0.005
        ? 'The amount is what it was at first'
        : `The amount is ${Math.round(Math.abs(value - 1) * 100)} % ${value > 1 ? 'above' : 'below'} the first one`,
    'Amount',
  ),
  category('type', 'Type', 'Opportunity.Type', THEN, ({ then }) => someText(then.field('Type')), 'Type'),
  category(
    'lead-source',
    'Lead source',
    'Opportunity.LeadSource',
    THEN,
    ({ then }) => someText(then.field('LeadSource')),
    'LeadSource',
  ),
  category('stage', 'Stage', 'OpportunityHistory.StageName', COURSE, ({ then }) => then.stage, 'StageName'),
  number(
    'days-in-stage',
    'Days in this stage',
    'OpportunityHistory.CreatedDate',
    'whole days since the stage was entered',
    ({ then }) => days(then.stageSince, then.at),
    ({ then }, value) => `In ${then.stage} for ${plural(value, 'day')}`,
  ),
  number(
    'days-open',
    'Days open',
    'Opportunity.CreatedDate',
    'whole days since the deal was made',
    ({ deal, then }) => days(deal.createdAt, then.at),
    (_, value) => `Open for ${plural(value, 'day')}`,
  ),
  number(
    'days-to-close',
    'Days to the close date',
    'OpportunityHistory.CloseDate',
    'whole days from that moment to the close date as it stood then; below zero once it had passed',
    closeInDays,
    (_, value) =>
      value < 0 ? `The close date passed ${plural(-value, 'day')} ago` : `${plural(value, 'day')} to the close date`,
    'CloseDate',
  ),
  number(
    'pushes',
    'Times the close date was put off',
    'OpportunityHistory.CloseDate',
    'steps up to that moment that moved the close date to a later day',
    ({ then }) => then.pushes,
    (_, value) =>
      value === 0 ? 'The close date was never put off' : `The close date was put off ${plural(value, 'time')}`,
    'CloseDate',
  ),
  number(
    'owner-record',
    'The owner’s record',
    'Opportunity.OwnerId',
    BEFORE,
    (moment) => shareOf(moment, ownerKey(moment)),
    (moment) => `The owner won ${wonOf(recordOf(moment, ownerKey(moment)))} that ended before`,
  ),
  number(
    'account-record',
    'The account’s record',
    'Opportunity.AccountId',
    BEFORE,
    (moment) => shareOf(moment, accountKey(moment)),
    (moment) => `This customer bought in ${wonOf(recordOf(moment, accountKey(moment)))} that ended before`,
  ),
  category(
    'industry',
    'Industry',
    'Account.Industry',
    'as it stands today: what a company does hardly changes',
    ({ deal }) => deal.account.industry,
  ),
  number(
    'employees',
    'Employees',
    'Account.NumberOfEmployees',
    'as it stands today',
    ({ deal }) => deal.account.employees,
    (_, value) => `A company of ${grouped(value)} people`,
  ),
  category('country', 'Country', 'Account.BillingCountry', 'as it stands today', ({ deal }) => deal.account.country),
  category(
    'product',
    'Product',
    'OpportunityLineItem.Product2.Family',
    'families of the products that were on the deal by then; the first by name where there are several',
    ({ then }) => then.products[0] ?? null,
  ),
  number(
    'products',
    'Product families',
    'OpportunityLineItem.Product2.Family',
    'how many families were on the deal by then',
    ({ then }) => then.products.length,
    (_, value) => plural(value, 'product family').replace('familys', 'families'),
  ),
  category(
    'partner',
    'With a partner',
    'Referral__c.Opportunity__c',
    'whether the deal had been referred to a partner by then',
    ({ then }) => (then.partners.length > 0 ? 'yes' : 'no'),
  ),
  number(
    'way-record',
    'Record of this product, with or without a partner',
    'OpportunityLineItem, Referral__c',
    BEFORE,
    (moment) => shareOf(moment, wayOf(moment)),
    (moment) => {
      const { products, partners } = moment.then;
      const what = products[0] === undefined ? 'without a product' : `with ${products[0]}`;
      return `Won ${wonOf(recordOf(moment, wayOf(moment)))} ${what} and ${partners.length > 0 ? 'a partner' : 'no partner'}`;
    },
  ),
  number(
    'partner-record',
    'The partner’s record',
    'Referral__c.Partner__c',
    BEFORE,
    (moment) => (partnerOf(moment) === null ? null : shareOf(moment, `partner:${partnerOf(moment) ?? ''}`)),
    (moment) =>
      `${partnerName(moment)} won ${wonOf(recordOf(moment, `partner:${partnerOf(moment) ?? ''}`))} with us that ended before`,
  ),
  number(
    'partner-health',
    'The partner’s health',
    'Partner__c.HealthSeries__c',
    'the score of the last week that had ended by then',
    healthThen,
    (moment, value) => `${partnerName(moment)}’s health is ${Math.round(value)} of 100`,
  ),
  number(
    'partner-activity',
    'Contact with the partner',
    'telemetry by week',
    'interactions in the four whole weeks before',
    activityThen,
    (moment, value) => `${plural(Math.round(value), 'interaction')} with ${partnerName(moment)} in four weeks`,
  ),
];

const ownValue = ({ name, kind }: OwnField, then: DealThen): number | string | null => {
  const value = then.field(name);
  const empty = value === null || value === '';
  if (kind === 'given') return empty ? 'no' : 'yes';
  if (kind === 'category') return empty ? null : String(value);
  // History tells numbers as texts where an admin has changed the type of a field since.
  const number = empty ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
};

const ownFeature = (own: OwnField): FeatureSpec => ({
  name: `own:${own.name}`,
  label: own.label,
  source: `Opportunity.${own.name}`,
  how: own.kind === 'given' ? `whether it was given, ${THEN}` : THEN,
  kind: own.kind === 'number' ? 'number' : 'category',
  field: own.name,
  value: ({ then }) => ownValue(own, then),
  says: ({ then }) => {
    const value = ownValue(own, then);
    if (own.kind === 'given') return `${own.label} is ${value === 'yes' ? 'given' : 'not given'}`;
    if (value === 'true' || value === 'false') return `${own.label}: ${value === 'true' ? 'yes' : 'no'}`;
    return `${own.label}: ${value === null ? 'not given' : typeof value === 'number' ? grouped(value) : value}`;
  },
});

/** Everything that a company’s score may be learned from. */
export const featuresOf = (own: readonly OwnField[]): readonly FeatureSpec[] => [...FEATURES, ...own.map(ownFeature)];

/** The deal at a moment; null where nobody can know how it stood. */
export const momentOf = (deal: Deal, at: number, world: World): Moment | null => {
  const then = dealAsOf(deal, at);
  return then && { deal, then, world };
};

/** An ended deal by whose record it counts for; null where it is open, or its end is not told. */
export const endedOf = (deal: Deal): Ended | null => {
  const at = endedAt(deal);
  const then = at === null ? null : dealAsOf(deal, at);
  if (at === null || then === null) return null;
  const keys = [
    ...(then.ownerId ? [`owner:${then.ownerId}`] : []),
    ...(deal.accountId ? [`account:${deal.accountId}`] : []),
    ...then.partners.map((key) => `partner:${key}`),
    wayKey(then.products, then.partners.length > 0),
  ];
  return { at, won: deal.won, keys };
};
