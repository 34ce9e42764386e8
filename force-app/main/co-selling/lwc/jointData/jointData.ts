import DEAL from '@salesforce/schema/Opportunity';
import MAPPING from '@salesforce/schema/FieldMapping__c';
import MAPPING_ACTIVE from '@salesforce/schema/FieldMapping__c.Active__c';
import MAPPING_TARGET from '@salesforce/schema/FieldMapping__c.Target__c';
import PARTNER from '@salesforce/schema/Partner__c';
import ACTIVE from '@salesforce/schema/Partner__c.Active__c';
import HEALTH from '@salesforce/schema/Partner__c.Health__c';
import HEALTH_BAND from '@salesforce/schema/Partner__c.HealthBand__c';
import INTERACTION from '@salesforce/schema/Partner__c.InteractionSignal__c';
import NAME from '@salesforce/schema/Partner__c.Name';
import USAGE from '@salesforce/schema/Partner__c.UsageSignal__c';
import GRANT from '@salesforce/schema/PartnerGrant__c';
import GRANT_FIELDS from '@salesforce/schema/PartnerGrant__c.Fields__c';
import GRANT_PARTNER from '@salesforce/schema/PartnerGrant__c.Partner__c';
import GRANT_STATUS from '@salesforce/schema/PartnerGrant__c.Status__c';
import REFERRAL from '@salesforce/schema/Referral__c';
import CLICKED_AT from '@salesforce/schema/Referral__c.ClickedAt__c';
import FIELDS_SENT from '@salesforce/schema/Referral__c.FieldsSent__c';
import NETWORK_ID from '@salesforce/schema/Referral__c.NetworkId__c';
import OPPORTUNITY from '@salesforce/schema/Referral__c.Opportunity__c';
import AMOUNT from '@salesforce/schema/Referral__c.Opportunity__r.Amount';
import IS_CLOSED from '@salesforce/schema/Referral__c.Opportunity__r.IsClosed';
import BAND from '@salesforce/schema/Referral__c.Opportunity__r.P2bBand__c';
import REFERRAL_PARTNER from '@salesforce/schema/Referral__c.Partner__c';
import PARTNER_OWNER from '@salesforce/schema/Referral__c.PartnerOwner__c';
import PARTNER_STAGE from '@salesforce/schema/Referral__c.PartnerStage__c';
import QUESTIONS_ASKED from '@salesforce/schema/Referral__c.QuestionsAsked__c';
import REVIEW_STATUS from '@salesforce/schema/Referral__c.ReviewStatus__c';
import STATE from '@salesforce/schema/Referral__c.State__c';
import INSIGHT from '@salesforce/schema/TelemetryInsight__c';
import INSIGHT_AUDIENCE from '@salesforce/schema/TelemetryInsight__c.Audience__c';
import INSIGHT_PARTNER from '@salesforce/schema/TelemetryInsight__c.Partner__c';
import INSIGHT_PERIOD_END from '@salesforce/schema/TelemetryInsight__c.PeriodEnd__c';
import INSIGHT_SAYS from '@salesforce/schema/TelemetryInsight__c.Says__c';
import type { JointReferral } from 'c/jointFigures';
import { readExtent, readRows, selectPage, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { numberOf } from 'c/scoreData';
import { momentOf } from 'c/timeFormat';

/** A partner and its health; numbers are `undefined` where there is none. */
export interface JointPartner {
  id: string;
  name: string;
  health: number | undefined;
  band: string;
  usage: number | undefined;
  interaction: number | undefined;
}

/** One thing that was learned from usage data, for one of the two sides. */
export interface JointInsight {
  id: string;
  partnerId: string;
  /** company or partner. */
  audience: string;
  says: string;
}

/** Everything the reader may see of what is done together. */
export interface Joint {
  partners: JointPartner[];
  referrals: JointReferral[];
  /** Referrals there are in all, shown or not. */
  total: number;
  insights: JointInsight[];
  /** How many facts of a deal there is a place for. */
  places: number;
  /** Fields that may be given, by the partner's id. */
  allowed: ReadonlyMap<string, number>;
}

/** Objects beside partners and referrals that a reader may or may not see. */
export const JOINT_OBJECTS = { deals: DEAL, insights: INSIGHT, mappings: MAPPING, grants: GRANT } as const;
export type JointPart = keyof typeof JOINT_OBJECTS;

/** Referrals that are read; the page says when there are more. */
const MOST_REFERRALS = 500;
const MOST_PARTNERS = 200;
const MOST_INSIGHTS = 200;

const PARTNER_FIELDS = { name: NAME, health: HEALTH, band: HEALTH_BAND, usage: USAGE, interaction: INTERACTION };
const REFERRAL_FIELDS = {
  partnerId: REFERRAL_PARTNER,
  state: STATE,
  clickedAt: CLICKED_AT,
  fieldsSent: FIELDS_SENT,
  questionsAsked: QUESTIONS_ASKED,
  stage: PARTNER_STAGE,
  owner: PARTNER_OWNER,
  review: REVIEW_STATUS,
  number: NETWORK_ID,
};
const DEAL_FIELDS = { dealId: OPPORTUNITY, amount: AMOUNT, isClosed: IS_CLOSED, dealBand: BAND };
const INSIGHT_FIELDS = { partnerId: INSIGHT_PARTNER, audience: INSIGHT_AUDIENCE, says: INSIGHT_SAYS };
const GRANT_FIELDS_READ = { partnerId: GRANT_PARTNER, fields: GRANT_FIELDS };

/** The query for what this reader may see; asking for more would fail as a whole. */
export function jointQuery(readable: ReadonlySet<JointPart>): string {
  const referralFields = readable.has('deals') ? { ...REFERRAL_FIELDS, ...DEAL_FIELDS } : REFERRAL_FIELDS;
  const where = (field: { fieldApiName: string }, value: string): string =>
    `where: { ${field.fieldApiName}: { eq: ${value} } }`;
  return uiApiQuery('jointDashboard', '', [
    selectRows(
      'partners',
      PARTNER,
      PARTNER_FIELDS,
      `${where(ACTIVE, 'true')}, orderBy: { Name: { order: ASC } }, first: ${MOST_PARTNERS}`,
    ),
    selectPage(
      'referrals',
      REFERRAL,
      referralFields,
      `orderBy: { ${CLICKED_AT.fieldApiName}: { order: DESC } }, first: ${MOST_REFERRALS}`,
    ),
    ...(readable.has('insights')
      ? [
          selectRows(
            'insights',
            INSIGHT,
            INSIGHT_FIELDS,
            `orderBy: { ${INSIGHT_PERIOD_END.fieldApiName}: { order: DESC } }, first: ${MOST_INSIGHTS}`,
          ),
        ]
      : []),
    ...(readable.has('mappings')
      ? [selectPage('mappings', MAPPING, { target: MAPPING_TARGET }, `${where(MAPPING_ACTIVE, 'true')}, first: 1`)]
      : []),
    ...(readable.has('grants')
      ? [selectRows('grants', GRANT, GRANT_FIELDS_READ, `${where(GRANT_STATUS, '"active"')}, first: ${MOST_PARTNERS}`)]
      : []),
  ]);
}

/** What an answer to `jointQuery` holds. */
export function readJoint(data: unknown, readable: ReadonlySet<JointPart>): Joint {
  return {
    partners: readRows(data, 'partners', PARTNER_FIELDS).map((row) => ({
      id: row.id,
      name: text(row.name),
      health: numberOf(row.health),
      band: text(row.band),
      usage: numberOf(row.usage),
      interaction: numberOf(row.interaction),
    })),
    referrals: readRows(data, 'referrals', { ...REFERRAL_FIELDS, ...DEAL_FIELDS }).map((row) => ({
      partnerId: text(row.partnerId),
      state: text(row.state),
      at: momentOf(row.clickedAt),
      fieldsSent: numberOf(row.fieldsSent),
      questionsAsked: numberOf(row.questionsAsked),
      seen: [row.stage, row.owner, row.review, row.number].map((fact) => text(fact) !== ''),
      deal:
        readable.has('deals') && text(row.dealId) !== ''
          ? {
              id: text(row.dealId),
              amount: numberOf(row.amount) ?? 0,
              band: text(row.dealBand),
              isOpen: row.isClosed !== true,
            }
          : undefined,
    })),
    total: readExtent(data, 'referrals').total,
    insights: readRows(data, 'insights', INSIGHT_FIELDS).map((row) => ({
      id: row.id,
      partnerId: text(row.partnerId),
      audience: text(row.audience),
      says: text(row.says),
    })),
    places: readExtent(data, 'mappings').total,
    allowed: new Map(
      readRows(data, 'grants', GRANT_FIELDS_READ).map((row) => [
        text(row.partnerId),
        text(row.fields)
          .split('\n')
          .filter((line) => line.trim() !== '').length,
      ]),
    ),
  };
}
