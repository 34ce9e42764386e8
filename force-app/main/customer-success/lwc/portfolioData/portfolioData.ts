import PARTNER from '@salesforce/schema/Partner__c';
import ACTIVE from '@salesforce/schema/Partner__c.Active__c';
import DECLINING from '@salesforce/schema/Partner__c.Declining__c';
import DECLINING_SINCE from '@salesforce/schema/Partner__c.DecliningSince__c';
import BAND from '@salesforce/schema/Partner__c.HealthBand__c';
import SERIES from '@salesforce/schema/Partner__c.HealthSeries__c';
import TREND from '@salesforce/schema/Partner__c.HealthTrend__c';
import UPDATED_AT from '@salesforce/schema/Partner__c.HealthUpdatedAt__c';
import HEALTH from '@salesforce/schema/Partner__c.Health__c';
import INTERACTION from '@salesforce/schema/Partner__c.InteractionSignal__c';
import INTERACTION_TREND from '@salesforce/schema/Partner__c.InteractionTrend__c';
import LAST_CONTACT from '@salesforce/schema/Partner__c.LastContactAt__c';
import MANAGER_ID from '@salesforce/schema/Partner__c.ManagerUser__c';
import MANAGER_NAME from '@salesforce/schema/Partner__c.ManagerUser__r.Name';
import NAME from '@salesforce/schema/Partner__c.Name';
import OPEN_DEALS from '@salesforce/schema/Partner__c.OpenDeals__c';
import REVENUE from '@salesforce/schema/Partner__c.RevenueAtStake__c';
import SEGMENT from '@salesforce/schema/Partner__c.Segment__c';
import TIER from '@salesforce/schema/Partner__c.Tier__c';
import USAGE from '@salesforce/schema/Partner__c.UsageSignal__c';
import USAGE_TREND from '@salesforce/schema/Partner__c.UsageTrend__c';
import { readSeries } from 'c/healthReasons';
import { bandOf, numberOf } from 'c/healthWords';
import type { Band } from 'c/healthWords';
import { readCursor, readExtent, readRows, selectPage, text, uiApiQuery } from 'c/recordQuery';
import { momentOf } from 'c/timeFormat';

/** A partner as a row of the health page. */
export interface Partner {
  id: string;
  name: string;
  segment: string;
  tier: string;
  /** 0 to 100; `undefined` while nothing is known. */
  score: number | undefined;
  band: Band;
  trend: string;
  /** The score week by week, oldest first. */
  weeks: (number | undefined)[];
  usage: number | undefined;
  /** Points in 4 weeks. */
  usageTrend: number | undefined;
  interaction: number | undefined;
  interactionTrend: number | undefined;
  /** In the org's currency. */
  revenue: number;
  /** Milliseconds since 1970; `undefined` where there was no contact. */
  lastContact: number | undefined;
  openDeals: number;
  declining: boolean;
  decliningSince: string;
  managerId: string;
  managerName: string;
  updatedAt: number | undefined;
}

/** One page of an answer, with the way to the next. */
export interface PartnerPage {
  partners: Partner[];
  total: number;
  /** Where the next page begins; empty on the last. */
  next: string;
}

const FIELDS = {
  name: NAME,
  segment: SEGMENT,
  tier: TIER,
  score: HEALTH,
  band: BAND,
  trend: TREND,
  series: SERIES,
  usage: USAGE,
  usageTrend: USAGE_TREND,
  interaction: INTERACTION,
  interactionTrend: INTERACTION_TREND,
  revenue: REVENUE,
  lastContact: LAST_CONTACT,
  openDeals: OPEN_DEALS,
  declining: DECLINING,
  decliningSince: DECLINING_SINCE,
  managerId: MANAGER_ID,
  managerName: MANAGER_NAME,
  updatedAt: UPDATED_AT,
};

/** A page of the platform: large enough that 750 partners come in two answers. */
const PAGE = 500;
/** The platform reads no further in one query (GraphQL API, "Limits": 4,000 records by cursor); half of it is plenty to work through. */
export const MOST_READ = 2_000;

/** Active partners, the least healthy first, so that a limit never hides those that matter; `$after` is where a page begins. */
export const PORTFOLIO_QUERY = uiApiQuery('portfolio', '$after: String', [
  selectPage(
    'partners',
    PARTNER,
    FIELDS,
    `where: { ${ACTIVE.fieldApiName}: { eq: true } }, ` +
      `orderBy: { ${HEALTH.fieldApiName}: { order: ASC, nulls: LAST } }, first: ${PAGE}, after: $after`,
  ),
]);

/** The page of an answer. */
export function readPartnerPage(data: unknown): PartnerPage {
  const { total, hasMore } = readExtent(data, 'partners');
  const partners = readRows(data, 'partners', FIELDS).map((row): Partner => ({
    id: row.id,
    name: text(row.name),
    segment: text(row.segment),
    tier: text(row.tier),
    score: numberOf(row.score),
    band: bandOf(row.band),
    trend: text(row.trend),
    weeks: readSeries(row.series).score,
    usage: numberOf(row.usage),
    usageTrend: numberOf(row.usageTrend),
    interaction: numberOf(row.interaction),
    interactionTrend: numberOf(row.interactionTrend),
    revenue: numberOf(row.revenue) ?? 0,
    lastContact: momentOf(row.lastContact),
    openDeals: numberOf(row.openDeals) ?? 0,
    declining: row.declining === true,
    decliningSince: text(row.decliningSince),
    managerId: text(row.managerId),
    managerName: text(row.managerName),
    updatedAt: momentOf(row.updatedAt),
  }));
  return { partners, total, next: hasMore ? readCursor(data, 'partners') : '' };
}
