import DECISION from '@salesforce/schema/Decision__c';
import DECISION_ANSWER from '@salesforce/schema/Decision__c.Answer__c';
import DECISION_AT from '@salesforce/schema/Decision__c.DecidedAt__c';
import DECISION_PARTNER from '@salesforce/schema/Decision__c.Partner__c';
import DECISION_SAYS from '@salesforce/schema/Decision__c.Says__c';
import REFERRAL from '@salesforce/schema/Referral__c';
import CREATED_AT from '@salesforce/schema/Referral__c.CreatedDate';
import FILED_AT from '@salesforce/schema/Referral__c.FiledAt__c';
import NETWORK_ID from '@salesforce/schema/Referral__c.NetworkId__c';
import DEAL_AMOUNT from '@salesforce/schema/Referral__c.Opportunity__r.Amount';
import DEAL_CLOSES from '@salesforce/schema/Referral__c.Opportunity__r.CloseDate';
import DEAL_NAME from '@salesforce/schema/Referral__c.Opportunity__r.Name';
import DEAL_BAND from '@salesforce/schema/Referral__c.Opportunity__r.P2bBand__c';
import DEAL_SCORE from '@salesforce/schema/Referral__c.Opportunity__r.P2bScore__c';
import DEAL_STAGE from '@salesforce/schema/Referral__c.Opportunity__r.StageName';
import DEAL_ID from '@salesforce/schema/Referral__c.Opportunity__c';
import PARTNER_ID from '@salesforce/schema/Referral__c.Partner__c';
import STATE from '@salesforce/schema/Referral__c.State__c';
import { HEALTH_FIELDS, HEALTH_OBJECT, readHealth } from 'c/detailData';
import type { Health } from 'c/detailData';
import { numberOf } from 'c/healthWords';
import { PARTNER_INSIGHTS, readInsights } from 'c/insightData';
import type { Insight } from 'c/insightData';
import { PARTNER_INTERVENTIONS, readInterventions } from 'c/interventionData';
import type { Intervention } from 'c/interventionData';
import { readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';

/** A calendar quarter; both ends as ISO instants in UTC, `to` the first moment that is no longer in it. */
export interface Quarter {
  number: number;
  year: number;
  from: string;
  to: string;
}

/** A referral with what the deal is now. */
export interface ReviewedReferral {
  state: string;
  createdAt: string;
  filedAt: string;
  networkId: string;
  dealId: string;
  deal: string;
  amount: number | undefined;
  stage: string;
  closes: string;
  score: number | undefined;
  band: string;
}

/** A decision of the quarter. */
export interface ReviewedDecision {
  answer: string;
  says: string;
  at: string;
}

/** Everything a review is made from. */
export interface ReviewFacts {
  health: Health;
  /** Made in the quarter. */
  referrals: ReviewedReferral[];
  /** The newest referral of each deal with the partner that is still open. */
  openDeals: ReviewedReferral[];
  decisions: ReviewedDecision[];
  interventions: Intervention[];
  insights: Insight[];
}

const REFERRAL_FIELDS = {
  state: STATE,
  createdAt: CREATED_AT,
  filedAt: FILED_AT,
  networkId: NETWORK_ID,
  dealId: DEAL_ID,
  deal: DEAL_NAME,
  amount: DEAL_AMOUNT,
  stage: DEAL_STAGE,
  closes: DEAL_CLOSES,
  score: DEAL_SCORE,
  band: DEAL_BAND,
};
const DECISION_FIELDS = { answer: DECISION_ANSWER, says: DECISION_SAYS, at: DECISION_AT };
/** The first of this many; more rows belong in a report. */
export const MOST_ROWS = 200;

const within = (field: string): string =>
  `{ ${field}: { gte: { value: $from } } }, { ${field}: { lt: { value: $to } } }`;
const ofPartner = (field: string): string => `{ ${field}: { eq: $recordId } }`;
const DEAL = DEAL_ID.fieldApiName.replace(/__c$/, '__r');

/** A partner's quarter in one question. */
export const REVIEW_QUERY = uiApiQuery('partnerReview', '$recordId: ID, $from: DateTime, $to: DateTime', [
  selectRows('partners', HEALTH_OBJECT, HEALTH_FIELDS, 'where: { Id: { eq: $recordId } }, first: 1'),
  selectRows(
    'referrals',
    REFERRAL,
    REFERRAL_FIELDS,
    `where: { and: [${ofPartner(PARTNER_ID.fieldApiName)}, ${within('CreatedDate')}] }, ` +
      `orderBy: { CreatedDate: { order: DESC } }, first: ${MOST_ROWS}`,
  ),
  selectRows(
    'openDeals',
    REFERRAL,
    REFERRAL_FIELDS,
    `where: { and: [${ofPartner(PARTNER_ID.fieldApiName)}, { ${DEAL}: { IsClosed: { eq: false } } }] }, ` +
      `orderBy: { CreatedDate: { order: DESC } }, first: ${MOST_ROWS}`,
  ),
  selectRows(
    'decisions',
    DECISION,
    DECISION_FIELDS,
    `where: { and: [${ofPartner(DECISION_PARTNER.fieldApiName)}, ${within(DECISION_AT.fieldApiName)}] }, ` +
      `orderBy: { ${DECISION_AT.fieldApiName}: { order: DESC } }, first: ${MOST_ROWS}`,
  ),
  PARTNER_INTERVENTIONS,
  PARTNER_INSIGHTS,
]);

/** The facts of an answer; nothing where the partner may not be seen. What is not of the quarter is left out. */
export function readReviewFacts(data: unknown, quarter: Quarter): ReviewFacts | undefined {
  const [partner] = readRows(data, 'partners', HEALTH_FIELDS);
  if (!partner) {
    return undefined;
  }
  const openDeals = readReferrals(data, 'openDeals');
  const isIn = (moment: string): boolean => moment >= quarter.from && moment < quarter.to;
  return {
    health: readHealth(partner),
    referrals: readReferrals(data, 'referrals'),
    openDeals: openDeals.filter(({ dealId }, at) => openDeals.findIndex((one) => one.dealId === dealId) === at),
    decisions: readRows(data, 'decisions', DECISION_FIELDS).map(({ answer, says, at }) => ({
      answer: text(answer),
      says: text(says),
      at: text(at),
    })),
    interventions: readInterventions(data, 'interventions').filter(
      ({ flaggedAt, decidedAt }) => isIn(flaggedAt) || isIn(decidedAt),
    ),
    insights: readInsights(data).filter(
      ({ from, to }) => (to || from) >= quarter.from.slice(0, 10) && (from || to) < quarter.to.slice(0, 10),
    ),
  };
}

/** The quarter of a moment and those before it, the newest first; `now` in milliseconds since 1970. */
export function quartersBefore(now: number, amount: number): Quarter[] {
  const date = new Date(now);
  const last = date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
  return Array.from({ length: amount }, (_one, back) => {
    const at = last - back;
    const year = Math.floor(at / 4);
    const first = (at % 4) * 3;
    return {
      number: (at % 4) + 1,
      year,
      from: new Date(Date.UTC(year, first)).toISOString(),
      to: new Date(Date.UTC(year, first + 3)).toISOString(),
    };
  });
}

function readReferrals(data: unknown, alias: string): ReviewedReferral[] {
  return readRows(data, alias, REFERRAL_FIELDS).map((row) => ({
    state: text(row.state),
    createdAt: text(row.createdAt),
    filedAt: text(row.filedAt),
    networkId: text(row.networkId),
    dealId: text(row.dealId),
    deal: text(row.deal),
    amount: numberOf(row.amount),
    stage: text(row.stage),
    closes: text(row.closes),
    score: numberOf(row.score),
    band: text(row.band),
  }));
}
