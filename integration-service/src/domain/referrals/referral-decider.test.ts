import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide, type ReferralCommand } from './referral-decider.ts';
import { parseReferralKey, referralKey } from './referral-key.ts';
import {
  evolve,
  isFiled,
  mayMove,
  noReferral,
  type Referral,
  type ReferralEvent,
  type ReferralState,
} from './referral.ts';

const at = '2026-11-21T12:00:00.000Z';
const question = { target: 'T', label: 'T', question: '?', reason: '', kind: 'text', answerHome: '' } as const;

const requested: ReferralEvent = { type: 'ReferralRequested', attempt: 1, at };
const asked: ReferralEvent = { type: 'AnswersNeeded', questions: [question], at };
const started: ReferralEvent = { type: 'FilingStarted', at };
const filed: ReferralEvent = { type: 'ReferralFiled', networkId: 'O1', at };
const submitted: ReferralEvent = { type: 'ReferralSubmitted', at };
const actionRequired: ReferralEvent = { type: 'ActionRequired', comments: 'why?', at };
const rejected: ReferralEvent = { type: 'ReferralRejected', comments: 'no', at };
const failed: ReferralEvent = { type: 'FilingFailed', problems: [], at };

const given = (...events: readonly ReferralEvent[]): Referral => events.reduce(evolve, noReferral);
const inReview = [requested, started, filed, submitted];

describe('a referral', () => {
  test.each<[string, readonly ReferralEvent[], ReferralCommand, readonly ReferralEvent[]]>([
    ['is requested', [], { type: 'RequestReferral', at }, [requested]],
    ['asks what only a person knows', [requested], { type: 'AskQuestions', questions: [question], at }, [asked]],
    [
      'goes on when all is answered',
      [requested, asked],
      { type: 'AnswerQuestions', targets: ['T'], at },
      [{ type: 'AnswersGiven', at }],
    ],
    [
      'waits for a yes',
      [requested],
      { type: 'HoldForApproval', why: 'changed', at },
      [{ type: 'ApprovalNeeded', why: 'changed', at }],
    ],
    [
      'is requested again after it waited, as the same attempt',
      [requested, { type: 'ApprovalNeeded', why: '', at }],
      { type: 'RequestReferral', at },
      [requested],
    ],
    [
      'is blocked by a rule',
      [requested],
      { type: 'BlockReferral', rule: 'data-sharing', why: 'no', at },
      [{ type: 'ReferralBlocked', rule: 'data-sharing', why: 'no', at }],
    ],
    ['is filed', [requested, started], { type: 'RecordFiling', networkId: 'O1', at }, [filed]],
    [
      'is filed once, however often it is told',
      [requested, started, filed],
      { type: 'RecordFiling', networkId: 'O1', at },
      [],
    ],
    ['is submitted', [requested, started, filed], { type: 'RecordSubmission', at }, [submitted]],
    ['is submitted once', inReview, { type: 'RecordSubmission', at }, []],
    [
      'is reviewed',
      inReview,
      { type: 'RecordReview', answer: { status: 'in-review' }, at },
      [{ type: 'ReviewStarted', at }],
    ],
    [
      'is approved',
      inReview,
      { type: 'RecordReview', answer: { status: 'approved' }, at },
      [{ type: 'ReferralApproved', at }],
    ],
    [
      'is approved once',
      [...inReview, { type: 'ReferralApproved', at }],
      { type: 'RecordReview', answer: { status: 'approved' }, at },
      [],
    ],
    [
      'needs action',
      inReview,
      { type: 'RecordReview', answer: { status: 'action-required', comments: 'why?' }, at },
      [actionRequired],
    ],
    [
      'is corrected',
      [...inReview, actionRequired],
      { type: 'CorrectReferral', targets: ['T'], at },
      [{ type: 'ReferralCorrected', at }],
    ],
    [
      'is referred again as the next attempt after a no',
      [...inReview, rejected],
      { type: 'RequestReferral', at },
      [{ ...requested, attempt: 2 }],
    ],
    [
      'is tried again after it failed',
      [requested, started, failed],
      { type: 'RetryReferral', at },
      [{ type: 'ReferralQueued', at }],
    ],
  ])('%s', (_says, events, command, expected) => {
    expect(decide(command, given(...events))).toEqual({ ok: true, value: expected });
  });

  test.each<[string, readonly ReferralEvent[], ReferralCommand, string]>([
    ['a second click', [requested], { type: 'RequestReferral', at }, 'referral-already-open'],
    ['a click while it is under review', inReview, { type: 'RequestReferral', at }, 'referral-already-open'],
    [
      'answers that nobody asked for',
      [requested],
      { type: 'AnswerQuestions', targets: ['T'], at },
      'nothing-to-answer',
    ],
    ['half of the answers', [requested, asked], { type: 'AnswerQuestions', targets: [], at }, 'answers-missing'],
    ['filing what was not requested', [], { type: 'StartFiling', at }, 'nothing-to-file'],
    [
      'two ids for one referral',
      [requested, started, filed],
      { type: 'RecordFiling', networkId: 'O2', at },
      'already-filed-as-another',
    ],
    ['submitting what was not filed', [requested, started], { type: 'RecordSubmission', at }, 'not-filed'],
    [
      'a review of what was not submitted',
      [requested, started, filed],
      { type: 'RecordReview', answer: { status: 'approved' }, at },
      'not-submitted',
    ],
    [
      'another review after the end',
      [...inReview, rejected],
      { type: 'RecordReview', answer: { status: 'approved' }, at },
      'review-over',
    ],
    ['a correction nobody asked for', inReview, { type: 'CorrectReferral', targets: ['T'], at }, 'nothing-to-correct'],
    [
      'a correction that corrects nothing',
      [...inReview, actionRequired],
      { type: 'CorrectReferral', targets: [], at },
      'nothing-to-correct',
    ],
    ['a retry of what did not fail', inReview, { type: 'RetryReferral', at }, 'nothing-to-retry'],
  ])('refuses %s', (_says, events, command, rule) => {
    expect(decide(command, given(...events))).toEqual({ ok: false, error: rule });
  });

  test('keeps its network id, whatever commands come in whatever order', () => {
    const command = fc.constantFrom<ReferralCommand>(
      { type: 'RequestReferral', at },
      { type: 'StartFiling', at },
      { type: 'RecordFiling', networkId: 'O2', at },
      { type: 'RecordSubmission', at },
      { type: 'RecordFailure', problems: [], at },
      { type: 'RetryReferral', at },
      { type: 'RecordReview', answer: { status: 'action-required', comments: '' }, at },
      { type: 'CorrectReferral', targets: ['T'], at },
    );
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        let referral = given(requested, started, filed);
        for (const next of commands) {
          const decision = decide(next, referral);
          if (decision.ok) referral = decision.value.reduce(evolve, referral);
        }
        expect(referral.networkId).toBe('O1');
      }),
    );
  });
});

describe('states that arrive late', () => {
  test.each<[ReferralState, ReferralState, boolean]>([
    ['submitted', 'in-review', true],
    ['in-review', 'submitted', false],
    ['in-review', 'action-required', true],
    ['action-required', 'in-review', true],
    ['action-required', 'submitted', true],
    ['approved', 'in-review', false],
    ['approved', 'action-required', false],
    ['needs-answers', 'queued', true],
    ['filing', 'failed', true],
    ['submitted', 'failed', false],
    ['failed', 'queued', true],
  ])('%s → %s: %s', (from, to, may) => {
    expect(mayMove(from, to)).toBe(may);
  });

  test('what failed or waits was not filed', () => {
    expect((['failed', 'needs-answers', 'waiting-approval', 'blocked', 'rejected'] as const).some(isFiled)).toBe(false);
  });
});

describe('the key of a referral', () => {
  test('is deal, partner and attempt, and can be read back', () => {
    const identity = { opportunity: '006000000000001AAA', partner: 'aws', attempt: 2 };
    expect(referralKey(identity)).toBe('006000000000001AAA:aws:2');
    expect(parseReferralKey(referralKey(identity))).toEqual({ ok: true, value: identity });
  });

  test.each(['006000000000001', 'x:aws:1', '006000000000001AAA:aws:0', '006000000000001AAA::1', ''])(
    '%s is none',
    (key) => {
      expect(parseReferralKey(key).ok).toBe(false);
    },
  );

  test('with a 15-character id is not made: it would be another key for the same deal', () => {
    expect(() => referralKey({ opportunity: '006000000000001', partner: 'aws', attempt: 1 })).toThrow('18-character');
  });
});
