import INTERVENTION from '@salesforce/schema/Intervention__c';
import ASSIGNED_ID from '@salesforce/schema/Intervention__c.AssignedTo__c';
import ASSIGNED_NAME from '@salesforce/schema/Intervention__c.AssignedTo__r.Name';
import DECIDED_AT from '@salesforce/schema/Intervention__c.DecidedAt__c';
import DECIDED_BY from '@salesforce/schema/Intervention__c.DecidedBy__r.Name';
import DISMISSED from '@salesforce/schema/Intervention__c.Dismissed__c';
import DUE_AT from '@salesforce/schema/Intervention__c.DueAt__c';
import EVIDENCE from '@salesforce/schema/Intervention__c.Evidence__c';
import FLAGGED_AT from '@salesforce/schema/Intervention__c.FlaggedAt__c';
import KEY from '@salesforce/schema/Intervention__c.Key__c';
import KIND from '@salesforce/schema/Intervention__c.Kind__c';
import LEAD_DAYS from '@salesforce/schema/Intervention__c.LeadDays__c';
import NEXT_STEP from '@salesforce/schema/Intervention__c.NextStep__c';
import PARTNER_ID from '@salesforce/schema/Intervention__c.Partner__c';
import PARTNER_NAME from '@salesforce/schema/Intervention__c.Partner__r.Name';
import REVENUE from '@salesforce/schema/Intervention__c.Partner__r.RevenueAtStake__c';
import REASON from '@salesforce/schema/Intervention__c.Reason__c';
import STATE from '@salesforce/schema/Intervention__c.State__c';
import { evidenceLines } from 'c/interventionWords';
import type { EvidenceLine } from 'c/interventionWords';
import { numberOf } from 'c/healthWords';
import { readExtent, readRows, selectPage, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { momentOf } from 'c/timeFormat';

/** An `Intervention__c` as pages need it. */
export interface Intervention {
  id: string;
  key: string;
  partnerId: string;
  partnerName: string;
  kind: string;
  reason: string;
  nextStep: string;
  evidence: EvidenceLine[];
  state: string;
  flaggedAt: string;
  dueAt: string;
  assignedId: string;
  assignedName: string;
  decidedBy: string;
  decidedAt: string;
  dismissed: string;
  leadDays: number | undefined;
  /** Money at stake at the partner, in the org's currency. */
  revenue: number;
}

const FIELDS = {
  key: KEY,
  partnerId: PARTNER_ID,
  partnerName: PARTNER_NAME,
  kind: KIND,
  reason: REASON,
  nextStep: NEXT_STEP,
  evidence: EVIDENCE,
  state: STATE,
  flaggedAt: FLAGGED_AT,
  dueAt: DUE_AT,
  assignedId: ASSIGNED_ID,
  assignedName: ASSIGNED_NAME,
  decidedBy: DECIDED_BY,
  decidedAt: DECIDED_AT,
  dismissed: DISMISSED,
  leadDays: LEAD_DAYS,
  revenue: REVENUE,
};

const NEWEST_FIRST = `orderBy: { ${FLAGGED_AT.fieldApiName}: { order: DESC, nulls: LAST } }`;
/** How many go into one request at most; the service takes no more. */
export const MOST_AT_ONCE = 200;

/** What waits for an answer, and what was accepted and is not done. */
export const OPEN_INTERVENTIONS_QUERY = uiApiQuery('openInterventions', '', [
  selectPage(
    'proposed',
    INTERVENTION,
    FIELDS,
    `where: { ${STATE.fieldApiName}: { eq: "proposed" } }, ${NEWEST_FIRST}, first: 1000`,
  ),
  selectPage(
    'underWay',
    INTERVENTION,
    FIELDS,
    `where: { ${STATE.fieldApiName}: { in: ["accepted", "changed"] } }, ${NEWEST_FIRST}, first: 200`,
  ),
]);

/** The connection of one partner's interventions, for a query that declares `$recordId`. */
export const PARTNER_INTERVENTIONS = selectRows(
  'interventions',
  INTERVENTION,
  FIELDS,
  `where: { ${PARTNER_ID.fieldApiName}: { eq: $recordId } }, ${NEWEST_FIRST}, first: 50`,
);

/** What is open everywhere: the most money first among those that wait. */
export interface OpenInterventions {
  proposed: Intervention[];
  underWay: Intervention[];
  /** How many wait in all, the ones not read included. */
  total: number;
}

/** The open interventions of an answer. */
export function readOpenInterventions(data: unknown): OpenInterventions {
  return {
    proposed: readInterventions(data, 'proposed').sort(byMoneyAndDue),
    underWay: readInterventions(data, 'underWay').sort(byMoneyAndDue),
    total: readExtent(data, 'proposed').total,
  };
}

/** The interventions under an alias. */
export function readInterventions(data: unknown, alias: string): Intervention[] {
  return readRows(data, alias, FIELDS).map((row) => ({
    id: row.id,
    key: text(row.key),
    partnerId: text(row.partnerId),
    partnerName: text(row.partnerName),
    kind: text(row.kind),
    reason: text(row.reason),
    nextStep: text(row.nextStep),
    evidence: evidenceLines(row.evidence),
    state: text(row.state),
    flaggedAt: text(row.flaggedAt),
    dueAt: text(row.dueAt),
    assignedId: text(row.assignedId),
    assignedName: text(row.assignedName),
    decidedBy: text(row.decidedBy),
    decidedAt: text(row.decidedAt),
    dismissed: text(row.dismissed),
    leadDays: numberOf(row.leadDays),
    revenue: numberOf(row.revenue) ?? 0,
  }));
}

function byMoneyAndDue(one: Intervention, other: Intervention): number {
  return other.revenue - one.revenue || (momentOf(one.dueAt) ?? Infinity) - (momentOf(other.dueAt) ?? Infinity);
}
