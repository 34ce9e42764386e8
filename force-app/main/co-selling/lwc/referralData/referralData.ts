import REFERRAL from '@salesforce/schema/Referral__c';
import REFERRAL_ATTEMPT from '@salesforce/schema/Referral__c.Attempt__c';
import REFERRAL_BLOCKED_BY from '@salesforce/schema/Referral__c.BlockedBy__c';
import REFERRAL_EDITABLE from '@salesforce/schema/Referral__c.EditableNow__c';
import REFERRAL_EXPECTED_AT from '@salesforce/schema/Referral__c.ExpectedAt__c';
import REFERRAL_LATENCY from '@salesforce/schema/Referral__c.LatencyMs__c';
import REFERRAL_MESSAGE from '@salesforce/schema/Referral__c.Message__c';
import REFERRAL_NAME from '@salesforce/schema/Referral__c.Name';
import REFERRAL_NETWORK_ID from '@salesforce/schema/Referral__c.NetworkId__c';
import REFERRAL_NETWORK_URL from '@salesforce/schema/Referral__c.NetworkUrl__c';
import REFERRAL_NEXT_ACTION from '@salesforce/schema/Referral__c.NextAction__c';
import REFERRAL_OPPORTUNITY from '@salesforce/schema/Referral__c.Opportunity__c';
import REFERRAL_PARTNER from '@salesforce/schema/Referral__c.Partner__c';
import REFERRAL_PARTNER_NAME from '@salesforce/schema/Referral__c.Partner__r.Name';
import REFERRAL_PARTNER_NETWORK from '@salesforce/schema/Referral__c.Partner__r.Network__c';
import REFERRAL_PARTNER_OWNER from '@salesforce/schema/Referral__c.PartnerOwner__c';
import REFERRAL_PARTNER_STAGE from '@salesforce/schema/Referral__c.PartnerStage__c';
import REFERRAL_PARTNER_SUMMARY from '@salesforce/schema/Referral__c.PartnerSummary__c';
import REFERRAL_PLACE from '@salesforce/schema/Referral__c.PlaceInLine__c';
import REFERRAL_QUESTIONS from '@salesforce/schema/Referral__c.Questions__c';
import REFERRAL_RETRY_ALLOWED from '@salesforce/schema/Referral__c.RetryAllowed__c';
import REFERRAL_REVIEW_COMMENTS from '@salesforce/schema/Referral__c.ReviewComments__c';
import REFERRAL_REVIEW_REASON from '@salesforce/schema/Referral__c.ReviewReason__c';
import REFERRAL_STATE from '@salesforce/schema/Referral__c.State__c';
import REFERRAL_STATE_CHANGED_AT from '@salesforce/schema/Referral__c.StateChangedAt__c';
import REFERRAL_STEPS from '@salesforce/schema/Referral__c.Steps__c';
import REQUEST from '@salesforce/schema/Request__c';
import REQUEST_CREATED from '@salesforce/schema/Request__c.CreatedDate';
import REQUEST_KIND from '@salesforce/schema/Request__c.Kind__c';
import REQUEST_MESSAGE from '@salesforce/schema/Request__c.Message__c';
import REQUEST_OPPORTUNITY from '@salesforce/schema/Request__c.Opportunity__c';
import REQUEST_PARTNER from '@salesforce/schema/Request__c.Partner__c';
import REQUEST_STATE from '@salesforce/schema/Request__c.State__c';
import VALUE from '@salesforce/schema/ReferralValue__c';
import VALUE_LABEL from '@salesforce/schema/ReferralValue__c.Label__c';
import VALUE_PERSONAL from '@salesforce/schema/ReferralValue__c.Personal__c';
import VALUE_REFERRAL from '@salesforce/schema/ReferralValue__c.Referral__c';
import VALUE_SORT_ORDER from '@salesforce/schema/ReferralValue__c.SortOrder__c';
import VALUE_SOURCE from '@salesforce/schema/ReferralValue__c.Source__c';
import VALUE_SOURCE_KIND from '@salesforce/schema/ReferralValue__c.SourceKind__c';
import VALUE_TARGET from '@salesforce/schema/ReferralValue__c.Target__c';
import VALUE_VALUE from '@salesforce/schema/ReferralValue__c.Value__c';
import { jsonList, jsonObject, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import type { Row } from 'c/recordQuery';
import type { DraftValue, Question } from 'c/referralDraft';

/** Every `Referral__c.State__c`, in the order of the path, those beside it last. */
export const REFERRAL_STATES = [
  'needs-answers',
  'queued',
  'filing',
  'submitted',
  'in-review',
  'action-required',
  'approved',
  'rejected',
  'waiting-approval',
  'blocked',
  'failed',
] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** One entry of `Steps__c`: which step was reached, when (ISO), and perhaps a word about it. */
export interface StepEntry {
  step: string;
  at: string;
  note: string;
}

/** A `Referral__c` as the pages need it. Texts are empty and numbers `undefined` where the record has none. */
export interface Referral {
  id: string;
  name: string;
  opportunityId: string;
  partnerId: string;
  partnerName: string;
  network: string;
  attempt: number;
  state: ReferralState;
  steps: StepEntry[];
  networkId: string;
  networkUrl: string;
  reviewComments: string;
  reviewReason: string;
  editableNow: string[];
  questions: Question[];
  message: string;
  nextAction: string;
  blockedBy: string;
  retryAllowed: boolean;
  placeInLine: number | undefined;
  expectedAt: string;
  stateChangedAt: string;
  partnerStage: string;
  partnerOwner: string;
  suggestions: string[];
  /** From the click to the partner's id, in milliseconds. */
  latencyMs: number | undefined;
}

/** A `Request__c` of this deal: what was asked for, and what the service answered. */
export interface Request {
  id: string;
  partnerId: string;
  kind: string;
  state: string;
  message: string;
  createdAt: string;
}

/** The fields of a referral that every page reads; a page may add its own. */
export const REFERRAL_FIELDS = {
  name: REFERRAL_NAME,
  opportunityId: REFERRAL_OPPORTUNITY,
  partnerId: REFERRAL_PARTNER,
  partnerName: REFERRAL_PARTNER_NAME,
  network: REFERRAL_PARTNER_NETWORK,
  attempt: REFERRAL_ATTEMPT,
  state: REFERRAL_STATE,
  steps: REFERRAL_STEPS,
  networkId: REFERRAL_NETWORK_ID,
  networkUrl: REFERRAL_NETWORK_URL,
  reviewComments: REFERRAL_REVIEW_COMMENTS,
  reviewReason: REFERRAL_REVIEW_REASON,
  editableNow: REFERRAL_EDITABLE,
  questions: REFERRAL_QUESTIONS,
  message: REFERRAL_MESSAGE,
  nextAction: REFERRAL_NEXT_ACTION,
  blockedBy: REFERRAL_BLOCKED_BY,
  retryAllowed: REFERRAL_RETRY_ALLOWED,
  placeInLine: REFERRAL_PLACE,
  expectedAt: REFERRAL_EXPECTED_AT,
  stateChangedAt: REFERRAL_STATE_CHANGED_AT,
  partnerStage: REFERRAL_PARTNER_STAGE,
  partnerOwner: REFERRAL_PARTNER_OWNER,
  partnerSummary: REFERRAL_PARTNER_SUMMARY,
  latencyMs: REFERRAL_LATENCY,
};
const REQUEST_FIELDS = {
  partnerId: REQUEST_PARTNER,
  kind: REQUEST_KIND,
  state: REQUEST_STATE,
  message: REQUEST_MESSAGE,
  createdAt: REQUEST_CREATED,
};
const VALUE_FIELDS = {
  target: VALUE_TARGET,
  label: VALUE_LABEL,
  value: VALUE_VALUE,
  source: VALUE_SOURCE,
  sourceKind: VALUE_SOURCE_KIND,
  personal: VALUE_PERSONAL,
  sortOrder: VALUE_SORT_ORDER,
};

const REFERRALS_OF_DEAL = selectRows(
  'referrals',
  REFERRAL,
  REFERRAL_FIELDS,
  `where: { ${REFERRAL_OPPORTUNITY.fieldApiName}: { eq: $recordId } }, ` +
    'orderBy: { CreatedDate: { order: DESC } }, first: 50',
);
const REQUESTS_OF_DEAL = selectRows(
  'requests',
  REQUEST,
  REQUEST_FIELDS,
  `where: { ${REQUEST_OPPORTUNITY.fieldApiName}: { eq: $recordId } }, ` +
    'orderBy: { CreatedDate: { order: DESC } }, first: 20',
);

/** Referrals and requests of one deal (`$recordId`), newest first: what is read again while work goes on. */
export const DEAL_QUERY = uiApiQuery('referralsOfDeal', '$recordId: ID', [REFERRALS_OF_DEAL, REQUESTS_OF_DEAL]);
/** The same for a reader who may see referrals but not make requests. */
export const DEAL_QUERY_OF_READER = uiApiQuery('referralsOfDeal', '$recordId: ID', [REFERRALS_OF_DEAL]);

/** The values sent with one referral (`$recordId`), in the order of the mapping. */
export const SENT_VALUES = selectRows(
  'values',
  VALUE,
  VALUE_FIELDS,
  `where: { ${VALUE_REFERRAL.fieldApiName}: { eq: $recordId } }, ` +
    `orderBy: { ${VALUE_SORT_ORDER.fieldApiName}: { order: ASC } }, first: 200`,
);
export const SENT_VALUES_QUERY = uiApiQuery('sentValues', '$recordId: ID', [SENT_VALUES]);

/** The referrals of an answer, newest first. */
export function readReferrals(data: unknown): Referral[] {
  return readRows(data, 'referrals', REFERRAL_FIELDS).map(referralOf);
}

/** A referral from a record read with `REFERRAL_FIELDS`. */
export function referralOf(row: Row<typeof REFERRAL_FIELDS>): Referral {
  const names = ['name', 'opportunityId', 'partnerId', 'partnerName', 'network', 'networkId', 'networkUrl'] as const;
  const words = ['reviewComments', 'reviewReason', 'message', 'nextAction', 'blockedBy'] as const;
  const others = ['expectedAt', 'stateChangedAt', 'partnerStage', 'partnerOwner'] as const;
  const texts = Object.fromEntries([...names, ...words, ...others].map((name) => [name, text(row[name])] as const));
  return {
    ...(texts as Record<(typeof names)[number] | (typeof words)[number] | (typeof others)[number], string>),
    id: row.id,
    attempt: Number(row.attempt ?? 1),
    state: text(row.state) as ReferralState,
    steps: jsonList(row.steps).map(stepOf),
    editableNow: jsonList(row.editableNow).map(text),
    questions: jsonList(row.questions).map(questionOf),
    retryAllowed: row.retryAllowed === true,
    placeInLine: typeof row.placeInLine === 'number' ? row.placeInLine : undefined,
    suggestions: suggestionsOf(jsonObject(row.partnerSummary).nextBestActions),
    latencyMs: typeof row.latencyMs === 'number' ? row.latencyMs : undefined,
  };
}

function stepOf(entry: unknown): StepEntry {
  const { step, at, note } = (entry ?? {}) as Partial<StepEntry>;
  return { step: text(step), at: text(at), note: text(note) };
}

/** A question as the service stored it; a kind that this page does not know is asked as text. */
function questionOf(stored: unknown): Question {
  const { kind, ...question } = (stored ?? {}) as Partial<Question>;
  const known = kind === 'choice' || kind === 'choices' || kind === 'number' || kind === 'date' || kind === 'long-text';
  return {
    ...question,
    target: text(question.target),
    label: text(question.label),
    question: text(question.question),
    reason: text(question.reason),
    answerHome: text(question.answerHome),
    kind: known ? kind : 'text',
  };
}

/** AWS sends its suggestions as one text; a list is taken as it is. */
function suggestionsOf(value: unknown): string[] {
  const lines = Array.isArray(value) ? value.map(text) : text(value).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** The requests of an answer, newest first. */
export function readRequests(data: unknown): Request[] {
  return readRows(data, 'requests', REQUEST_FIELDS).map((row) => ({
    id: row.id,
    partnerId: text(row.partnerId),
    kind: text(row.kind),
    state: text(row.state),
    message: text(row.message),
    createdAt: text(row.createdAt),
  }));
}

/** The values that were sent with a referral, in the order of the mapping. */
export function readSentValues(data: unknown): DraftValue[] {
  return readRows(data, 'values', VALUE_FIELDS).map((row) => ({
    target: text(row.target),
    label: text(row.label),
    value: text(row.value),
    shown: text(row.value),
    source: text(row.source),
    sourceKind: text(row.sourceKind) as DraftValue['sourceKind'],
    personal: row.personal === true,
    sortOrder: Number(row.sortOrder ?? 0),
  }));
}
