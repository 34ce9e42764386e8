import AGENT_NAME from '@salesforce/schema/Decision__c.Agent__r.Name';
import AMOUNT from '@salesforce/schema/Decision__c.Amount__c';
import ANSWER from '@salesforce/schema/Decision__c.Answer__c';
import ATTRIBUTION from '@salesforce/schema/Decision__c.Attribution__c';
import DECIDED_AT from '@salesforce/schema/Decision__c.DecidedAt__c';
import DECISION from '@salesforce/schema/Decision__c';
import EFFECTS from '@salesforce/schema/Decision__c.Effects__c';
import FACTS from '@salesforce/schema/Decision__c.Facts__c';
import FIVE_PARTS from '@salesforce/schema/Decision__c.FiveParts__c';
import HASH from '@salesforce/schema/Decision__c.Hash__c';
import KEY from '@salesforce/schema/Decision__c.Key__c';
import LEDGER_FROM from '@salesforce/schema/Decision__c.LedgerFrom__c';
import LEDGER_TO from '@salesforce/schema/Decision__c.LedgerTo__c';
import NAME from '@salesforce/schema/Decision__c.Name';
import OPPORTUNITY_ID from '@salesforce/schema/Decision__c.Opportunity__c';
import PARTNER_ID from '@salesforce/schema/Decision__c.Partner__c';
import PARTNER_OF_RECORD from '@salesforce/schema/Decision__c.PartnerOfRecord__c';
import REFERRAL_ID from '@salesforce/schema/Decision__c.Referral__c';
import REPLAY from '@salesforce/schema/Decision__c.Replay__c';
import REQUESTED_BY from '@salesforce/schema/Decision__c.RequestedBy__r.Name';
import RULES from '@salesforce/schema/Decision__c.Rules__c';
import SAYS from '@salesforce/schema/Decision__c.Says__c';
import STATE from '@salesforce/schema/Decision__c.State__c';
import DISPUTE from '@salesforce/schema/Dispute__c';
import DISPUTE_ANSWER from '@salesforce/schema/Dispute__c.Answer__c';
import DISPUTE_ANSWERED_AT from '@salesforce/schema/Dispute__c.AnsweredAt__c';
import DISPUTE_ANSWERED_BY from '@salesforce/schema/Dispute__c.AnsweredBy__r.Name';
import DISPUTE_DECISION from '@salesforce/schema/Dispute__c.Decision__c';
import DISPUTE_HOURS from '@salesforce/schema/Dispute__c.HoursToResolve__c';
import DISPUTE_KEY from '@salesforce/schema/Dispute__c.Key__c';
import DISPUTE_OPENED_AT from '@salesforce/schema/Dispute__c.OpenedAt__c';
import DISPUTE_OPENED_BY from '@salesforce/schema/Dispute__c.OpenedBy__r.Name';
import DISPUTE_OPENER_ID from '@salesforce/schema/Dispute__c.OpenedBy__c';
import DISPUTE_OPPORTUNITY from '@salesforce/schema/Dispute__c.Decision__r.Opportunity__c';
import DISPUTE_PARTNER from '@salesforce/schema/Dispute__c.Decision__r.Partner__c';
import DISPUTE_QUESTION from '@salesforce/schema/Dispute__c.Question__c';
import DISPUTE_RECONSTRUCTION from '@salesforce/schema/Dispute__c.Reconstruction__c';
import DISPUTE_REFERRAL from '@salesforce/schema/Dispute__c.Decision__r.Referral__c';
import DISPUTE_REPLAY from '@salesforce/schema/Dispute__c.ReplayResult__c';
import DISPUTE_STATE from '@salesforce/schema/Dispute__c.State__c';
import OPPORTUNITY from '@salesforce/schema/Opportunity';
import PARTNER from '@salesforce/schema/Partner__c';
import REFERRAL from '@salesforce/schema/Referral__c';
import { jsonList, jsonObject, readRows, selectPage, selectRows, text, uiApiQuery } from 'c/recordQuery';
import type { FieldId, Row } from 'c/recordQuery';

/** A rule that was asked, from `Rules__c`. */
export interface AskedRule {
  rule: string;
  ruleVersion: string;
  policyVersion: string;
  policyScope: string;
  answer: string;
  reason: string;
  approvedBy: string;
  read: string[];
}

/** What a decision rests on, from `Facts__c`: the name, where it was read, and how old it was then. */
export interface Fact {
  name: string;
  source: string;
  ageSeconds: number | undefined;
}

/** One thing that was done, from `Effects__c`, with the receiving system's answer. */
export interface Effect {
  step: string;
  operation: string;
  at: string;
  state: string;
  says: string;
}

/** What judging again showed, from `Replay__c`. */
export interface Replay {
  at: string;
  asOfThen: string;
  today: string;
  differences: { rule: string; was: string; is: string }[];
}

/** A `Decision__c` as the timeline needs it. */
export interface Decision {
  id: string;
  key: string;
  name: string;
  state: string;
  answer: string;
  says: string;
  requestedBy: string;
  agent: string;
  decidedAt: string;
  amount: number | undefined;
  rules: AskedRule[];
  facts: Fact[];
  effects: Effect[];
  parts: { part: string; held: boolean; why: string }[];
  hash: string;
  ledgerFrom: string;
  ledgerTo: string;
  partnerOfRecord: string;
  attribution: string;
  replay: Replay | undefined;
}

/** A `Dispute__c`: a question about a decision, and what came of it. */
export interface Dispute {
  id: string;
  key: string;
  decisionId: string;
  state: string;
  openedBy: string;
  openerId: string;
  openedAt: string;
  question: string;
  told: { at: string; says: string }[];
  replay: Replay | undefined;
  answer: string;
  answeredBy: string;
  answeredAt: string;
  hours: number | undefined;
}

const DECISION_FIELDS = {
  key: KEY,
  name: NAME,
  state: STATE,
  answer: ANSWER,
  says: SAYS,
  requestedBy: REQUESTED_BY,
  agent: AGENT_NAME,
  decidedAt: DECIDED_AT,
  amount: AMOUNT,
  rules: RULES,
  facts: FACTS,
  effects: EFFECTS,
  fiveParts: FIVE_PARTS,
  hash: HASH,
  ledgerFrom: LEDGER_FROM,
  ledgerTo: LEDGER_TO,
  partnerOfRecord: PARTNER_OF_RECORD,
  attribution: ATTRIBUTION,
  replay: REPLAY,
};
const DISPUTE_FIELDS = {
  key: DISPUTE_KEY,
  decisionId: DISPUTE_DECISION,
  state: DISPUTE_STATE,
  openedBy: DISPUTE_OPENED_BY,
  openerId: DISPUTE_OPENER_ID,
  openedAt: DISPUTE_OPENED_AT,
  question: DISPUTE_QUESTION,
  told: DISPUTE_RECONSTRUCTION,
  replay: DISPUTE_REPLAY,
  answer: DISPUTE_ANSWER,
  answeredBy: DISPUTE_ANSWERED_BY,
  answeredAt: DISPUTE_ANSWERED_AT,
  hours: DISPUTE_HOURS,
};

const MOST_DISPUTES = 200;

/** `Path__r.Field__c: { eq: $recordId }` as a nested condition. */
function isRecord({ fieldApiName }: FieldId): string {
  const steps = fieldApiName.split('.');
  return steps.reduceRight((inner, step) => `{ ${step}: ${inner} }`, '{ eq: $recordId }');
}

function queryWhere(decisions: string, disputes: string): string {
  return uiApiQuery('decisionTimeline', '$recordId: ID, $first: Int', [
    selectPage(
      'decisions',
      DECISION,
      DECISION_FIELDS,
      `where: ${decisions}, orderBy: { ${DECIDED_AT.fieldApiName}: { order: DESC, nulls: LAST } }, first: $first`,
    ),
    selectRows(
      'disputes',
      DISPUTE,
      DISPUTE_FIELDS,
      `where: ${disputes}, orderBy: { ${DISPUTE_OPENED_AT.fieldApiName}: { order: DESC } }, first: ${MOST_DISPUTES}`,
    ),
  ]);
}

/** The decisions about a record (`$recordId`) of each kind of page, newest first, with the disputes about them. */
const QUERIES: Readonly<Record<string, string>> = {
  [OPPORTUNITY.objectApiName]: queryWhere(isRecord(OPPORTUNITY_ID), isRecord(DISPUTE_OPPORTUNITY)),
  [REFERRAL.objectApiName]: queryWhere(isRecord(REFERRAL_ID), isRecord(DISPUTE_REFERRAL)),
  [PARTNER.objectApiName]: queryWhere(isRecord(PARTNER_ID), isRecord(DISPUTE_PARTNER)),
  [DECISION.objectApiName]: queryWhere('{ Id: { eq: $recordId } }', isRecord(DISPUTE_DECISION)),
};

/** The query for the page of an object; `undefined` for one that decisions are not about. */
export function timelineQuery(objectApiName: string): string | undefined {
  return QUERIES[objectApiName];
}

/** The decisions of an answer, newest first. */
export function readDecisions(data: unknown): Decision[] {
  return readRows(data, 'decisions', DECISION_FIELDS).map(decisionOf);
}

/** The disputes of an answer, newest first. */
export function readDisputes(data: unknown): Dispute[] {
  return readRows(data, 'disputes', DISPUTE_FIELDS).map((row) => ({
    id: row.id,
    ...texts(row, ['key', 'decisionId', 'state', 'openedBy', 'openerId', 'openedAt', 'question']),
    ...texts(row, ['answer', 'answeredBy', 'answeredAt']),
    told: jsonList(row.told).map((entry) => texts(fields(entry), ['at', 'says'])),
    replay: replayOf(row.replay),
    hours: number(row.hours),
  }));
}

function decisionOf(row: Row<typeof DECISION_FIELDS>): Decision {
  return {
    id: row.id,
    ...texts(row, ['key', 'name', 'state', 'answer', 'says', 'requestedBy', 'agent', 'decidedAt']),
    ...texts(row, ['hash', 'ledgerFrom', 'ledgerTo', 'partnerOfRecord', 'attribution']),
    amount: number(row.amount),
    rules: jsonList(row.rules).map((entry) => ({
      ...texts(fields(entry), [
        'rule',
        'ruleVersion',
        'policyVersion',
        'policyScope',
        'answer',
        'reason',
        'approvedBy',
      ]),
      read: list(fields(entry).read).map(text),
    })),
    facts: jsonList(row.facts).map((entry) => ({
      ...texts(fields(entry), ['name', 'source']),
      ageSeconds: number(fields(entry).ageSeconds),
    })),
    effects: jsonList(row.effects).map((entry) => texts(fields(entry), ['step', 'operation', 'at', 'state', 'says'])),
    parts: jsonList(row.fiveParts).map((entry) => ({
      ...texts(fields(entry), ['part', 'why']),
      held: fields(entry).held === true,
    })),
    replay: replayOf(row.replay),
  };
}

/** What a replay showed, from the JSON of a record or of a request's answer; `undefined` before the first. */
export function replayOf(value: unknown): Replay | undefined {
  const stored = typeof value === 'string' ? jsonObject(value) : fields(value);
  const asOfThen = text(stored.asOfThen);
  return asOfThen === ''
    ? undefined
    : {
        ...texts(stored, ['at', 'today']),
        asOfThen,
        differences: list(stored.differences).map((entry) => texts(fields(entry), ['rule', 'was', 'is'])),
      };
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function texts<Name extends string>(from: Record<string, unknown>, names: readonly Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, text(from[name])])) as Record<Name, string>;
}
