import type { FieldProblem } from '../decisions/effect.ts';
import { assertNever } from '../values/assert-never.ts';
import { broken, ok, type Result } from '../values/result.ts';
import type { Question } from './draft.ts';
import { isFiled, isOver, type Referral, type ReferralEvent } from './referral.ts';

/** What somebody wants of a referral, or what the partner answered; `at` is an ISO 8601 instant. */
export type ReferralCommand =
  | { readonly type: 'RequestReferral'; readonly at: string }
  | { readonly type: 'AskQuestions'; readonly questions: readonly Question[]; readonly at: string }
  | { readonly type: 'AnswerQuestions'; readonly targets: readonly string[]; readonly at: string }
  | { readonly type: 'HoldForApproval'; readonly why: string; readonly at: string }
  | { readonly type: 'BlockReferral'; readonly rule: string; readonly why: string; readonly at: string }
  | { readonly type: 'StartFiling'; readonly at: string }
  | { readonly type: 'RecordFiling'; readonly networkId: string; readonly at: string }
  | { readonly type: 'RecordSubmission'; readonly at: string }
  | { readonly type: 'RecordFailure'; readonly problems: readonly FieldProblem[]; readonly at: string }
  | { readonly type: 'RecordReview'; readonly answer: ReviewAnswer; readonly at: string }
  | { readonly type: 'CorrectReferral'; readonly targets: readonly string[]; readonly at: string }
  | { readonly type: 'RetryReferral'; readonly at: string };

/** What a review says, in our words. */
export type ReviewAnswer =
  | { readonly status: 'in-review' }
  | { readonly status: 'action-required'; readonly comments: string }
  | { readonly status: 'approved' }
  | { readonly status: 'rejected'; readonly comments: string };

/** The rule a command broke. */
export type RuleBroken =
  | 'referral-already-open'
  | 'nothing-to-answer'
  | 'answers-missing'
  | 'nothing-to-file'
  | 'already-filed-as-another'
  | 'not-filed'
  | 'not-submitted'
  | 'review-over'
  | 'nothing-to-correct'
  | 'nothing-to-retry';

type Decision = Result<readonly ReferralEvent[], RuleBroken>;

/** Answers a command with what happens, or with the rule that it breaks. Repeating what is already so changes nothing. */
export const decide = (command: ReferralCommand, referral: Referral): Decision => {
  const { state } = referral;
  const { at } = command;
  switch (command.type) {
    case 'RequestReferral':
      if (isFiled(state)) return broken('referral-already-open');
      return ok([
        {
          type: 'ReferralRequested',
          attempt: isOver(state) ? referral.attempt + 1 : Math.max(1, referral.attempt),
          at,
        },
      ]);
    case 'AskQuestions':
      return state === 'queued' || state === 'needs-answers'
        ? ok([{ type: 'AnswersNeeded', questions: command.questions, at }])
        : broken('nothing-to-file');
    case 'AnswerQuestions':
      if (state !== 'needs-answers') return broken('nothing-to-answer');
      return referral.questions.every(({ target }) => command.targets.includes(target))
        ? ok([{ type: 'AnswersGiven', at }])
        : broken('answers-missing');
    case 'HoldForApproval':
      return state === 'queued' ? ok([{ type: 'ApprovalNeeded', why: command.why, at }]) : broken('nothing-to-file');
    case 'BlockReferral':
      return state === 'queued'
        ? ok([{ type: 'ReferralBlocked', rule: command.rule, why: command.why, at }])
        : broken('nothing-to-file');
    case 'StartFiling':
      if (state === 'filing') return ok([]);
      return state === 'queued' ? ok([{ type: 'FilingStarted', at }]) : broken('nothing-to-file');
    case 'RecordFiling':
      if (referral.networkId !== null)
        return referral.networkId === command.networkId ? ok([]) : broken('already-filed-as-another');
      return state === 'filing'
        ? ok([{ type: 'ReferralFiled', networkId: command.networkId, at }])
        : broken('nothing-to-file');
    case 'RecordSubmission':
      if (referral.networkId === null) return broken('not-filed');
      return state === 'filing' ? ok([{ type: 'ReferralSubmitted', at }]) : ok([]);
    case 'RecordFailure':
      return state === 'filing' || state === 'queued'
        ? ok([{ type: 'FilingFailed', problems: command.problems, at }])
        : broken('nothing-to-file');
    case 'RecordReview':
      return recordReview(command.answer, referral, at);
    case 'CorrectReferral':
      return state === 'action-required' && command.targets.length > 0
        ? ok([{ type: 'ReferralCorrected', at }])
        : broken('nothing-to-correct');
    case 'RetryReferral':
      return state === 'failed' || state === 'blocked'
        ? ok([{ type: 'ReferralQueued', at }])
        : broken('nothing-to-retry');
    default:
      return assertNever(command);
  }
};

const recordReview = (answer: ReviewAnswer, { state }: Referral, at: string): Decision => {
  const submitted = state === 'submitted' || state === 'in-review' || state === 'action-required';
  if (state === 'approved' || state === 'rejected') return answer.status === state ? ok([]) : broken('review-over');
  if (!submitted) return broken('not-submitted');
  if (answer.status === state) return ok([]);
  switch (answer.status) {
    case 'in-review':
      return ok([{ type: 'ReviewStarted', at }]);
    case 'action-required':
      return ok([{ type: 'ActionRequired', comments: answer.comments, at }]);
    case 'approved':
      return ok([{ type: 'ReferralApproved', at }]);
    case 'rejected':
      return ok([{ type: 'ReferralRejected', comments: answer.comments, at }]);
    default:
      return assertNever(answer);
  }
};
