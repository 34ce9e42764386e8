import { assertNever } from '../values/assert-never.ts';
import type { FieldProblem } from '../decisions/effect.ts';
import type { Question } from './draft.ts';

/** `Referral__c.State__c`. */
export type ReferralState =
  | 'needs-answers'
  | 'waiting-approval'
  | 'queued'
  | 'filing'
  | 'submitted'
  | 'in-review'
  | 'action-required'
  | 'approved'
  | 'rejected'
  | 'blocked'
  | 'failed';

/** `Referral__c.Step__c`: how far along the path it has come. */
export type ReferralStep =
  'received' | 'drafted' | 'checked' | 'recorded' | 'filed' | 'associated' | 'submitted' | 'in-review' | 'decided';

/** A referral as its events have made it; `none` before the first. */
export interface Referral {
  readonly state: ReferralState | 'none';
  readonly attempt: number;
  readonly networkId: string | null;
  readonly questions: readonly Question[];
  readonly problems: readonly FieldProblem[];
}

/** What has happened to a referral, in the past tense; `at` is an ISO 8601 instant. */
export type ReferralEvent =
  | { readonly type: 'ReferralRequested'; readonly attempt: number; readonly at: string }
  | { readonly type: 'AnswersNeeded'; readonly questions: readonly Question[]; readonly at: string }
  | { readonly type: 'AnswersGiven'; readonly at: string }
  | { readonly type: 'ApprovalNeeded'; readonly why: string; readonly at: string }
  | { readonly type: 'ReferralQueued'; readonly at: string }
  | { readonly type: 'FilingStarted'; readonly at: string }
  | { readonly type: 'ReferralFiled'; readonly networkId: string; readonly at: string }
  | { readonly type: 'ReferralSubmitted'; readonly at: string }
  | { readonly type: 'ReviewStarted'; readonly at: string }
  | { readonly type: 'ActionRequired'; readonly comments: string; readonly at: string }
  | { readonly type: 'ReferralCorrected'; readonly at: string }
  | { readonly type: 'ReferralApproved'; readonly at: string }
  | { readonly type: 'ReferralRejected'; readonly comments: string; readonly at: string }
  | { readonly type: 'ReferralBlocked'; readonly rule: string; readonly why: string; readonly at: string }
  | { readonly type: 'FilingFailed'; readonly problems: readonly FieldProblem[]; readonly at: string };

export const noReferral: Referral = { state: 'none', attempt: 0, networkId: null, questions: [], problems: [] };

/** The referral after one more event. */
export const evolve = (referral: Referral, event: ReferralEvent): Referral => {
  switch (event.type) {
    case 'ReferralRequested':
      // The same attempt keeps what it has: a referral that failed after it was filed is still at the partner.
      return event.attempt === referral.attempt
        ? { ...referral, state: 'queued', questions: [], problems: [] }
        : { ...noReferral, state: 'queued', attempt: event.attempt };
    case 'AnswersNeeded':
      return { ...referral, state: 'needs-answers', questions: event.questions };
    case 'AnswersGiven':
    case 'ReferralQueued':
      return { ...referral, state: 'queued', questions: [], problems: [] };
    case 'ApprovalNeeded':
      return { ...referral, state: 'waiting-approval' };
    case 'FilingStarted':
      return { ...referral, state: 'filing' };
    case 'ReferralFiled':
      return { ...referral, state: 'filing', networkId: event.networkId };
    case 'ReferralSubmitted':
    case 'ReferralCorrected':
      return { ...referral, state: 'submitted', problems: [] };
    case 'ReviewStarted':
      return { ...referral, state: 'in-review' };
    case 'ActionRequired':
      return { ...referral, state: 'action-required' };
    case 'ReferralApproved':
      return { ...referral, state: 'approved' };
    case 'ReferralRejected':
      return { ...referral, state: 'rejected' };
    case 'ReferralBlocked':
      return { ...referral, state: 'blocked' };
    case 'FilingFailed':
      return { ...referral, state: 'failed', problems: event.problems };
    default:
      return assertNever(event);
  }
};

const filed: readonly (ReferralState | 'none')[] = [
  'queued',
  'filing',
  'submitted',
  'in-review',
  'action-required',
  'approved',
];

/** Under way or at the partner: asking again changes nothing. */
export const isFiled = (state: ReferralState | 'none'): boolean => filed.includes(state);

const withPartner: readonly (ReferralState | undefined)[] = ['submitted', 'in-review', 'action-required', 'approved'];

/** Submitted, and in the partner's hands since. */
export const isWithPartner = (state: ReferralState | undefined): boolean => withPartner.includes(state);

/** The partner said no: the deal may be referred again, as the next attempt. */
export const isOver = (state: ReferralState | 'none'): boolean => state === 'rejected';

/**
 * Order in which states are reached at the partner. A late answer of an earlier state never moves a referral backwards,
 * except that a review goes back and forth between action required and review.
 */
const rank: Readonly<Record<ReferralState | 'none', number>> = {
  none: 0,
  'needs-answers': 1,
  'waiting-approval': 1,
  blocked: 1,
  queued: 2,
  failed: 2,
  filing: 3,
  submitted: 4,
  'in-review': 5,
  'action-required': 5,
  approved: 6,
  rejected: 6,
};

/** Whether a state that was heard of may be written over the one that is there. */
export const mayMove = (from: ReferralState | 'none', to: ReferralState): boolean => {
  if (from === 'action-required' && (to === 'submitted' || to === 'in-review')) return true;
  return rank[to] >= rank[from] || (rank[from] <= 3 && rank[to] <= 3);
};
