import type { Referral, ReferralState, Request, StepEntry } from 'c/referralData';
import { labels } from 'c/referralLabels';
import { count, fill } from 'c/textFormat';
import { durationText, momentOf } from 'c/timeFormat';

/** What the state means for the reader at a glance; never shown by colour alone. */
export type Tone = 'moving' | 'waiting' | 'ask' | 'good' | 'stopped';

export interface PathStep {
  key: string;
  label: string;
  status: 'done' | 'current' | 'todo' | 'stopped';
  /** The status in a word, for screen readers. */
  statusLabel: string;
  /** ISO time at which the step was reached; empty before that. */
  at: string;
  note: string;
}

/** Where a referral stands: what is the state, what to do, why. */
export interface ReferralView {
  tone: Tone;
  headline: string;
  /** What happens next, or what to do. */
  next: string;
  /** What the service says happened. */
  message: string;
  since: string;
  steps: PathStep[];
  /** The click is on its way and nothing is known of what became of it. */
  isOnItsWay: boolean;
  /** Nothing more happens by itself: there is no need to look again. */
  finished: boolean;
}

/** States in which the service or the partner is at work. */
const MOVING: readonly ReferralState[] = ['queued', 'filing', 'submitted', 'in-review', 'waiting-approval'];
/** States of which the headline says everything: the service's own sentence would say it again. */
const SAID_BY_HEADLINE: readonly ReferralState[] = ['needs-answers', 'submitted', 'in-review', 'approved', 'rejected'];
/** The steps a seller sees, each with the recorded steps that mean it was reached. */
const MILESTONES = [
  { key: 'checked', label: labels.stepChecked, reachedBy: ['checked'] },
  { key: 'recorded', label: labels.stepRecorded, reachedBy: ['recorded'] },
  { key: 'filed', label: labels.stepFiled, reachedBy: ['filed', 'associated', 'submitted'] },
  { key: 'in-review', label: labels.stepInReview, reachedBy: ['in-review'] },
  { key: 'decided', label: labels.stepApproved, reachedBy: ['decided'] },
] as const;
const FIRST_STEP_OF_PARTNER = 3;
/** A referral takes seconds; after this long a person is told that it is slow, in milliseconds. */
export const SLOW_AFTER = 60_000;
/** The last step that must have been passed for a state to be possible, even if its entry was lost; -1 where none must. */
const PASSED: Partial<Record<ReferralState, number>> = {
  queued: 1,
  filing: 1,
  submitted: 2,
  'in-review': 2,
  approved: 4,
  rejected: 4,
  'action-required': 4,
};
const STATUS_LABELS: Record<PathStep['status'], string> = {
  done: labels.stepDone,
  current: labels.stepCurrent,
  todo: labels.stepWaiting,
  stopped: labels.stepStopped,
};

const isPending = ({ state }: Request): boolean => state === 'new' || state === 'taken' || state === '';

/** The request that is still on its way to the service or being carried out, if any; `requests` are newest first. */
export function pendingRequest(requests: readonly Request[], partnerId: string): Request | undefined {
  return requests.find((request) => request.partnerId === partnerId && isPending(request));
}

/** The newest request, when the service refused it and nothing has happened since. */
export function refusedRequest(
  requests: readonly Request[],
  partnerId: string,
  referral?: Referral,
): Request | undefined {
  const newest = requests.find((request) => request.partnerId === partnerId);
  const isNews = momentOf(newest?.createdAt) ?? 0;
  return newest?.state === 'refused' && isNews > (momentOf(referral?.stateChangedAt) ?? 0) ? newest : undefined;
}

/** Where a referral stands, `now` in milliseconds since 1970; without a referral yet, the click itself is what there is. */
export function viewOf(referral: Referral | undefined, pending: Request | undefined, now: number): ReferralView {
  const answered = (momentOf(referral?.stateChangedAt) ?? 0) >= (momentOf(pending?.createdAt) ?? 0);
  if (!referral || (pending && !answered)) {
    return {
      tone: 'moving',
      headline: labels.stateSent,
      next: waitingSince(pending?.createdAt, now),
      message: '',
      since: pending?.createdAt ?? '',
      steps: pathOf(undefined),
      isOnItsWay: true,
      finished: false,
    };
  }
  return {
    message: SAID_BY_HEADLINE.includes(referral.state) ? '' : referral.message,
    ...wordsOf(referral, now),
    since: referral.stateChangedAt,
    steps: pathOf(referral),
    isOnItsWay: false,
    finished: !pending && !MOVING.includes(referral.state),
  };
}

/** What to do while the service is at work: nothing, and after a while why one still waits. */
function waitingSince(start: string | undefined, now: number): string {
  const waited = now - (momentOf(start) ?? now);
  return waited > SLOW_AFTER ? fill(labels.stateSlow, durationText(waited)) : labels.stateSentNext;
}

/** Whether the seller alone has to look again: the deal changed, or something was not shown before the click. */
export function isToConfirm(referral: Referral | undefined): boolean {
  return referral?.state === 'waiting-approval' && referral.blockedBy === 'consent';
}

type Words = Pick<ReferralView, 'tone' | 'headline' | 'next'> & Partial<Pick<ReferralView, 'message'>>;

function wordsOf(referral: Referral, now: number): Words {
  const { partnerName: partner, questions } = referral;
  switch (referral.state) {
    case 'needs-answers':
      return {
        tone: 'ask',
        headline: count(
          questions.length,
          labels.stateNeedsAnswersOne,
          labels.stateNeedsAnswersMany,
          partner,
          questions.length,
        ),
        next: labels.questionsAuto,
      };
    case 'waiting-approval':
      if (isToConfirm(referral)) {
        return { tone: 'ask', headline: labels.stateConfirm, next: referral.message, message: '' };
      }
      return {
        tone: 'waiting',
        headline: labels.stateWaitingApproval,
        next: referral.nextAction || labels.stateApprovalNext,
      };
    case 'queued':
      return { tone: 'waiting', headline: fill(labels.stateInLine, partner), next: lineOf(referral, now) };
    case 'filing':
      return {
        tone: 'moving',
        headline: fill(labels.stateFiling, partner),
        next: waitingSince(referral.stateChangedAt, now),
      };
    case 'submitted':
      return { tone: 'moving', headline: fill(labels.stateSubmitted, partner), next: labels.stateSubmittedNext };
    case 'in-review':
      return { tone: 'moving', headline: fill(labels.stateInReview, partner), next: labels.stateInReviewNext };
    case 'action-required':
      return { tone: 'ask', headline: fill(labels.stateActionRequired, partner), next: labels.stateActionRequiredNext };
    case 'approved':
      return {
        tone: 'good',
        headline: fill(labels.stateApproved, partner),
        next: fill(labels.stateApprovedNext, partner),
      };
    case 'rejected':
      return { tone: 'stopped', headline: fill(labels.stateRejected, partner), next: helpFor(referral) };
    case 'blocked':
      return { tone: 'stopped', headline: labels.stateBlocked, next: referral.nextAction };
    case 'failed':
      return { tone: 'stopped', headline: labels.stateFailed, next: referral.nextAction || labels.stateFailedNext };
    default:
      // A state of a newer service: better to say little than something wrong.
      return { tone: 'waiting', headline: labels.stateSent, next: labels.stateSentNext };
  }
}

/** "Your place in line: 3, about 6 sec": for what one waits and how long, as far as the service has said. */
function lineOf({ placeInLine, expectedAt, partnerName }: Referral, now: number): string {
  if (placeInLine === undefined) {
    return fill(labels.stateLineReason, partnerName);
  }
  const expected = momentOf(expectedAt);
  return expected === undefined || expected <= now
    ? fill(labels.stateLine, placeInLine)
    : fill(labels.stateLineTime, placeInLine, durationText(expected - now));
}

/** What usually helps after a rejection, by AWS's own words for the reason. */
function helpFor({ nextAction, reviewReason }: Referral): string {
  const help: Record<string, string> = {
    'Clarify Revenue': labels.helpClarifyRevenue,
    'Clarify Solution': labels.helpClarifySolution,
    'Forecast Conflict': labels.helpForecastConflict,
  };
  return help[reviewReason] ?? (nextAction || labels.helpOther);
}

/** The five steps in order. What was reached stays reached; the first one that was not is where it stands now. */
export function pathOf(referral: Referral | undefined): PathStep[] {
  const reached = MILESTONES.map(({ reachedBy }) => lastOf(referral?.steps ?? [], reachedBy));
  const state = referral?.state;
  const lastReached = reached.reduce((last, entry, index) => (entry ? index : last), -1);
  const passed = (state && PASSED[state]) ?? -1;
  const isStopped = state === 'blocked' || state === 'failed';
  // A rule that says no, or not yet, is the check itself: it is not passed, whenever it was made.
  const stoppedByCheck = (state === 'blocked' || state === 'waiting-approval') && lastReached === 0;
  const doneUpTo = stoppedByCheck ? -1 : Math.max(passed, Math.min(lastReached, FIRST_STEP_OF_PARTNER - 1));
  return MILESTONES.map(({ key, label }, index) => {
    let status: PathStep['status'] = index <= doneUpTo ? 'done' : 'todo';
    if (index === doneUpTo + 1) {
      status = isStopped ? 'stopped' : 'current';
    }
    if (key === 'decided' && (state === 'rejected' || state === 'action-required')) {
      status = 'stopped';
    }
    const { at = '', note = '' } = reached[index] ?? {};
    const isShown = status !== 'todo';
    return {
      key,
      label: labelAt(key, state, status) ?? label,
      status,
      statusLabel: STATUS_LABELS[status],
      at: isShown ? at : '',
      note: isShown ? note || (key === 'filed' ? latencyNote(referral) : '') : '',
    };
  });
}

/** "1 sec after the click": how long the seller's wish took, and whether that was slow. */
function latencyNote(referral: Referral | undefined): string {
  const { latencyMs } = referral ?? {};
  if (latencyMs === undefined) {
    return '';
  }
  return fill(latencyMs > SLOW_AFTER ? labels.filedLate : labels.filedAfter, durationText(latencyMs));
}

/** What a step is called where it did not go as hoped; `undefined` where its own name is right. */
function labelAt(key: string, state: ReferralState | undefined, status: PathStep['status']): string | undefined {
  if (status !== 'stopped') {
    return undefined;
  }
  const names: Partial<Record<ReferralState, Record<string, string>>> = {
    rejected: { decided: labels.stepRejected },
    'action-required': { decided: labels.stepActionRequired },
    blocked: { checked: labels.stepStoppedByRule },
    failed: { filed: labels.stepNotFiled },
  };
  return state && names[state]?.[key];
}

function lastOf(entries: readonly StepEntry[], steps: readonly string[]): StepEntry | undefined {
  return entries.filter(({ step }) => steps.includes(step)).at(-1);
}
