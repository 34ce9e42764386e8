import PARTNER from '@salesforce/schema/Partner__c';
import DECLINING from '@salesforce/schema/Partner__c.Declining__c';
import DECLINING_SINCE from '@salesforce/schema/Partner__c.DecliningSince__c';
import BAND from '@salesforce/schema/Partner__c.HealthBand__c';
import CONFIDENCE from '@salesforce/schema/Partner__c.HealthConfidence__c';
import REASONS from '@salesforce/schema/Partner__c.HealthReasons__c';
import SERIES from '@salesforce/schema/Partner__c.HealthSeries__c';
import TREND from '@salesforce/schema/Partner__c.HealthTrend__c';
import UPDATED_AT from '@salesforce/schema/Partner__c.HealthUpdatedAt__c';
import VERSION from '@salesforce/schema/Partner__c.HealthVersion__c';
import HEALTH from '@salesforce/schema/Partner__c.Health__c';
import INTERACTION from '@salesforce/schema/Partner__c.InteractionSignal__c';
import INTERACTION_TREND from '@salesforce/schema/Partner__c.InteractionTrend__c';
import NAME from '@salesforce/schema/Partner__c.Name';
import USAGE from '@salesforce/schema/Partner__c.UsageSignal__c';
import USAGE_TREND from '@salesforce/schema/Partner__c.UsageTrend__c';
import { readFactors, readSeries } from 'c/healthReasons';
import type { Factor, Series } from 'c/healthReasons';
import { bandOf, numberOf } from 'c/healthWords';
import type { Band } from 'c/healthWords';
import { text } from 'c/recordQuery';
import type { Row } from 'c/recordQuery';

/** What a partner's health is, as the card, the detail and the review show it. */
export interface Health {
  id: string;
  name: string;
  /** 0 to 100; `undefined` while nothing is known. */
  score: number | undefined;
  band: Band;
  trend: string;
  usage: number | undefined;
  usageTrend: number | undefined;
  interaction: number | undefined;
  interactionTrend: number | undefined;
  /** Percent. */
  confidence: number | undefined;
  factors: Factor[];
  series: Series;
  declining: boolean;
  decliningSince: string;
  updatedAt: string;
  version: string;
}

/** The object and its fields, to be put into a query. */
export const HEALTH_OBJECT = PARTNER;
export const HEALTH_FIELDS = {
  name: NAME,
  health: HEALTH,
  band: BAND,
  trend: TREND,
  usage: USAGE,
  usageTrend: USAGE_TREND,
  interaction: INTERACTION,
  interactionTrend: INTERACTION_TREND,
  confidence: CONFIDENCE,
  reasons: REASONS,
  series: SERIES,
  declining: DECLINING,
  decliningSince: DECLINING_SINCE,
  updatedAt: UPDATED_AT,
  version: VERSION,
};

/** The health of a row that was read with `HEALTH_FIELDS`. */
export const readHealth = (row: Row<typeof HEALTH_FIELDS>): Health => ({
  id: row.id,
  name: text(row.name),
  score: numberOf(row.health),
  band: bandOf(row.band),
  trend: text(row.trend),
  usage: numberOf(row.usage),
  usageTrend: numberOf(row.usageTrend),
  interaction: numberOf(row.interaction),
  interactionTrend: numberOf(row.interactionTrend),
  confidence: numberOf(row.confidence),
  factors: readFactors(row.reasons),
  series: readSeries(row.series),
  declining: row.declining === true,
  decliningSince: text(row.decliningSince),
  updatedAt: text(row.updatedAt),
  version: text(row.version),
});

/** Whether anything is known: a score, or at least one signal. */
export const isKnown = ({ score, usage, interaction }: Health): boolean =>
  score !== undefined || usage !== undefined || interaction !== undefined;
