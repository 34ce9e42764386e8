import APPROVAL from '@salesforce/schema/Approval__c';
import AMOUNT from '@salesforce/schema/Approval__c.Amount__c';
import ANSWER from '@salesforce/schema/Approval__c.Answer__c';
import ANSWERED_AT from '@salesforce/schema/Approval__c.AnsweredAt__c';
import CHANGED_FACTS from '@salesforce/schema/Approval__c.ChangedFacts__c';
import DECISION_ID from '@salesforce/schema/Approval__c.Decision__c';
import DECISION_NAME from '@salesforce/schema/Approval__c.Decision__r.Name';
import DUE_AT from '@salesforce/schema/Approval__c.DueAt__c';
import ESCALATED_AT from '@salesforce/schema/Approval__c.EscalatedAt__c';
import EVIDENCE from '@salesforce/schema/Approval__c.Evidence__c';
import KEY from '@salesforce/schema/Approval__c.Key__c';
import OPPORTUNITY_ID from '@salesforce/schema/Approval__c.Opportunity__c';
import OPPORTUNITY_NAME from '@salesforce/schema/Approval__c.Opportunity__r.Name';
import PARTNER_ID from '@salesforce/schema/Approval__c.Partner__c';
import PARTNER_NAME from '@salesforce/schema/Approval__c.Partner__r.Name';
import REASON from '@salesforce/schema/Approval__c.Reason__c';
import REFERRAL_ID from '@salesforce/schema/Approval__c.Referral__c';
import REFERRAL_NAME from '@salesforce/schema/Approval__c.Referral__r.Name';
import REQUESTED_BY from '@salesforce/schema/Approval__c.RequestedBy__r.Name';
import SAYS from '@salesforce/schema/Approval__c.Says__c';
import STATE from '@salesforce/schema/Approval__c.State__c';
import UNDO_UNTIL from '@salesforce/schema/Approval__c.UndoUntil__c';
import DECISION from '@salesforce/schema/Decision__c';
import DECISION_ANSWER from '@salesforce/schema/Decision__c.Answer__c';
import DECISION_AT from '@salesforce/schema/Decision__c.DecidedAt__c';
import DECISION_KIND from '@salesforce/schema/Decision__c.Kind__c';
import DECISION_NUMBER from '@salesforce/schema/Decision__c.Name';
import { jsonList, jsonObject, readExtent, readRows, selectPage, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { momentOf } from 'c/timeFormat';

/** What a person may answer. */
export type ApprovalAnswer = 'approve' | 'reject';

/** A record that an approval is about. */
export interface Subject {
  id: string;
  name: string;
}

/** An `Approval__c` as the inbox needs it. */
export interface Approval {
  id: string;
  key: string;
  says: string;
  reason: string;
  requestedBy: string;
  amount: number | undefined;
  dueAt: string;
  escalatedAt: string;
  answer: string;
  undoUntil: string;
  rules: { rule: string; policyVersion: string; reason: string }[];
  facts: { label: string; value: string }[];
  wouldDo: string[];
  changed: { label: string; was: string; is: string }[];
  /** Deal, referral, partner and decision, those that are named. */
  about: Subject[];
}

/** What the inbox shows: what waits, how much more there is, what can be taken back, and what agents did alone. */
export interface Inbox {
  open: Approval[];
  total: number;
  hasMore: boolean;
  answered: Approval[];
  alone: number;
}

const FIELDS = {
  key: KEY,
  says: SAYS,
  reason: REASON,
  requestedBy: REQUESTED_BY,
  amount: AMOUNT,
  dueAt: DUE_AT,
  escalatedAt: ESCALATED_AT,
  answer: ANSWER,
  undoUntil: UNDO_UNTIL,
  evidence: EVIDENCE,
  changedFacts: CHANGED_FACTS,
  opportunityId: OPPORTUNITY_ID,
  opportunityName: OPPORTUNITY_NAME,
  referralId: REFERRAL_ID,
  referralName: REFERRAL_NAME,
  partnerId: PARTNER_ID,
  partnerName: PARTNER_NAME,
  decisionId: DECISION_ID,
  decisionName: DECISION_NAME,
};
const ALONE_FIELDS = { name: DECISION_NUMBER };

/** The platform counts no further without being told to; a larger number is "2,000 or more". */
export const MOST_COUNTED = 2_000;
/** How many the service takes in one request, and how many answers can be taken back from one page. */
export const MOST_AT_ONCE = 200;

const inState = (state: string): string => `scope: MINE, where: { ${STATE.fieldApiName}: { eq: "${state}" } }`;
const ALONE =
  `${DECISION_KIND.fieldApiName}: { eq: "action" }, ${DECISION_ANSWER.fieldApiName}: { eq: "allow" }, ` +
  `${DECISION_AT.fieldApiName}: { eq: { literal: THIS_WEEK } }`;

/** What waits for the reader by deadline and money, `$first` of it, and what was answered and not carried out. */
export const INBOX_QUERY = uiApiQuery('approvalInbox', '$first: Int', [
  selectPage(
    'open',
    APPROVAL,
    FIELDS,
    // One key alone: the platform does not promise the order of several. Money decides below, where deadlines are equal.
    `${inState('open')}, orderBy: { ${DUE_AT.fieldApiName}: { order: ASC, nulls: LAST } }, first: $first`,
  ),
  selectRows(
    'answered',
    APPROVAL,
    FIELDS,
    `${inState('answered')}, orderBy: { ${ANSWERED_AT.fieldApiName}: { order: DESC, nulls: LAST } }, ` +
      `first: ${MOST_AT_ONCE}`,
  ),
  selectPage('alone', DECISION, ALONE_FIELDS, `where: { ${ALONE} }, first: 1`),
]);

/** The inbox of an answer. */
export function readInbox(data: unknown): Inbox {
  const { total, hasMore } = readExtent(data, 'open');
  return {
    open: readApprovals(data, 'open').sort(byDeadlineAndMoney),
    total,
    hasMore,
    answered: readApprovals(data, 'answered'),
    alone: readExtent(data, 'alone').total,
  };
}

/** The earliest deadline first, none last; where deadlines are equal, the most money first. */
function byDeadlineAndMoney(one: Approval, other: Approval): number {
  const [due = Infinity, otherDue = Infinity] = [momentOf(one.dueAt), momentOf(other.dueAt)];
  return due === otherDue ? (other.amount ?? 0) - (one.amount ?? 0) : due - otherDue;
}

function readApprovals(data: unknown, alias: string): Approval[] {
  return readRows(data, alias, FIELDS).map((row) => {
    const evidence = jsonObject(row.evidence);
    return {
      id: row.id,
      ...texts(row, ['key', 'says', 'reason', 'requestedBy', 'dueAt', 'escalatedAt', 'answer', 'undoUntil']),
      amount: typeof row.amount === 'number' ? row.amount : undefined,
      rules: list(evidence.rules).map((entry) => texts(entry, ['rule', 'policyVersion', 'reason'])),
      facts: list(evidence.facts).map((entry) => texts(entry, ['label', 'value'])),
      wouldDo: list(evidence.wouldDo).map(text),
      changed: jsonList(row.changedFacts).map((entry) => texts(entry, ['label', 'was', 'is'])),
      about: [
        { id: text(row.opportunityId), name: text(row.opportunityName) },
        { id: text(row.referralId), name: text(row.referralName) },
        { id: text(row.partnerId), name: text(row.partnerName) },
        { id: text(row.decisionId), name: text(row.decisionName) },
        // A record that the reader may not see has an id and no name.
      ].filter(({ id, name }) => id !== '' && name !== ''),
    };
  });
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts<Name extends string>(from: unknown, names: readonly Name[]): Record<Name, string> {
  const given = (typeof from === 'object' && from !== null ? from : {}) as Record<string, unknown>;
  return Object.fromEntries(names.map((name) => [name, text(given[name])])) as Record<Name, string>;
}
