import { describe, expect, test } from '@jest/globals';
import { readReferrals } from 'c/referralData';
import type { Referral, ReferralState, Request } from 'c/referralData';
import { pathOf, pendingRequest, refusedRequest, viewOf } from 'c/referralView';
import * as records from '../../../../../../config/jest/support/referral-records';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 10);

function referral(state: ReferralState, more: Record<string, unknown> = {}): Referral {
  const node = Object.entries(records.referral(state, more)).map(([name, value]) => [
    name,
    name === 'id' ? value : { value },
  ]);
  const edges = [{ node: { Id: records.REFERRAL_ID, ...Object.fromEntries(node) } }];
  const [read] = readReferrals({ uiapi: { query: { referrals: { edges } } } });
  if (!read) {
    throw new Error('the referral could not be read');
  }
  return read;
}
const request = (more: Partial<Request> = {}): Request => ({
  id: 'a04',
  partnerId: records.AWS_ID,
  kind: 'refer',
  state: 'new',
  message: '',
  createdAt: '2026-11-21T12:00:05.000Z',
  ...more,
});

describe('where a referral stands, in words', () => {
  test.each<[ReferralState, Record<string, unknown>, string, string]>([
    [
      'queued',
      { placeInLine: 3, expectedAt: '2026-11-21T12:00:16.000Z' },
      'Waiting in line to file with AWS',
      'Your place in line: 3, about 6 sec',
    ],
    ['queued', { placeInLine: 3 }, 'Waiting in line to file with AWS', 'Your place in line: 3'],
    [
      'queued',
      {},
      'Waiting in line to file with AWS',
      'AWS takes one referral a second; yours is kept and goes out in its turn.',
    ],
    ['filing', {}, 'Filing with AWS', 'You can leave this page; it goes on without you.'],
    ['submitted', {}, 'Filed. AWS has it and will start its review', 'Nothing to do: the review starts by itself.'],
    ['in-review', {}, 'AWS is reviewing this deal', 'Nothing to do: the answer appears here.'],
    ['approved', {}, 'AWS approved this deal', 'You and AWS now work on this deal together.'],
    ['action-required', {}, 'AWS asks for a correction', 'Change what was asked for and send it back.'],
    [
      'rejected',
      { reviewReason: 'Forecast Conflict' },
      'AWS did not take this deal',
      'What usually helps: ask your partner manager whether this deal is already known there before you refer again.',
    ],
    ['rejected', { nextAction: 'Talk to Max.' }, 'AWS did not take this deal', 'Talk to Max.'],
    [
      'blocked',
      { nextAction: 'Ada Admin decides.' },
      'A rule of your company stopped this referral',
      'Ada Admin decides.',
    ],
    ['waiting-approval', {}, 'Waiting for approval', 'Nothing is sent until someone who may decide says yes.'],
    [
      'waiting-approval',
      { blockedBy: 'consent', message: 'Changed since you looked: Website.', nextAction: 'Look again.' },
      'Please look again and confirm',
      'Changed since you looked: Website.',
    ],
    [
      'filing',
      { stateChangedAt: '2026-11-21T11:57:10.000Z' },
      'Filing with AWS',
      'This takes longer than usual: 3 min so far. Nothing is lost, and it goes on by itself.',
    ],
    [
      'failed',
      {},
      'This referral could not be filed',
      'Nothing was sent twice, and trying again cannot send it twice.',
    ],
  ])('%s %j', (state, more, headline, next) => {
    expect(viewOf(referral(state, more), undefined, NOW)).toMatchObject({ headline, next });
  });

  test('open questions are counted', () => {
    const questions = JSON.stringify([{ target: 'A' }, { target: 'B' }]);
    expect(viewOf(referral('needs-answers', { questions }), undefined, NOW).headline).toBe(
      'AWS needs 2 answers from you',
    );
  });

  test.each<[ReferralState, boolean]>([
    ['queued', false],
    ['filing', false],
    ['submitted', false],
    ['in-review', false],
    ['waiting-approval', false],
    ['needs-answers', true],
    ['action-required', true],
    ['approved', true],
    ['rejected', true],
    ['blocked', true],
    ['failed', true],
  ])('%s is finished: %s', (state, finished) => {
    expect(viewOf(referral(state), undefined, NOW).finished).toBe(finished);
  });

  test('a click that nobody has heard for over a minute says so', () => {
    const long = request({ createdAt: '2026-11-21T11:58:00.000Z' });
    expect(viewOf(undefined, request(), NOW).next).toBe('You can leave this page; it goes on without you.');
    expect(viewOf(undefined, long, NOW).next).toMatch('This takes longer than usual: 2 min so far.');
  });

  test('a click counts until the service has answered it', () => {
    const rejected = referral('rejected');
    expect(viewOf(rejected, request(), NOW)).toMatchObject({
      headline: 'Your referral is on its way',
      finished: false,
    });
    const answered = referral('filing', { stateChangedAt: '2026-11-21T12:00:06.000Z' });
    expect(viewOf(answered, request({ state: 'taken' }), NOW).headline).toBe('Filing with AWS');
  });
});

describe('the path', () => {
  const statuses = (state: ReferralState, steps: string[]): string[] => {
    const entries = steps.map((step) => ({ step, at: '2026-11-21T12:00:00.000Z' }));
    return pathOf(referral(state, { steps: JSON.stringify(entries) })).map(({ status }) => status);
  };

  test('before anything is known the first step is under way', () => {
    expect(pathOf(undefined).map(({ status }) => status)).toEqual(['current', 'todo', 'todo', 'todo', 'todo']);
  });

  test.each<[ReferralState, string[], string[]]>([
    ['filing', ['checked', 'recorded'], ['done', 'done', 'current', 'todo', 'todo']],
    ['submitted', ['checked', 'recorded', 'filed', 'submitted'], ['done', 'done', 'done', 'current', 'todo']],
    ['in-review', ['checked', 'recorded', 'filed', 'in-review'], ['done', 'done', 'done', 'current', 'todo']],
    ['approved', ['checked', 'recorded', 'filed', 'in-review', 'decided'], ['done', 'done', 'done', 'done', 'done']],
    ['rejected', ['checked', 'recorded', 'filed', 'in-review', 'decided'], ['done', 'done', 'done', 'done', 'stopped']],
    ['in-review', [], ['done', 'done', 'done', 'current', 'todo']],
    ['blocked', ['received', 'checked'], ['stopped', 'todo', 'todo', 'todo', 'todo']],
    ['blocked', ['checked', 'recorded', 'filed'], ['done', 'done', 'done', 'stopped', 'todo']],
    ['waiting-approval', ['received', 'checked'], ['current', 'todo', 'todo', 'todo', 'todo']],
    ['blocked', ['received', 'drafted'], ['stopped', 'todo', 'todo', 'todo', 'todo']],
    ['failed', ['checked', 'recorded'], ['done', 'done', 'stopped', 'todo', 'todo']],
  ])('%s after %j', (state, steps, expected) => {
    expect(statuses(state, steps)).toEqual(expected);
  });

  test('the last time of a step counts, and steps to come have none', () => {
    const steps = JSON.stringify([
      { step: 'in-review', at: '2026-11-21T12:00:00.000Z' },
      { step: 'in-review', at: '2026-11-22T12:00:00.000Z' },
    ]);
    const path = pathOf(referral('in-review', { steps }));
    expect(path[3]?.at).toBe('2026-11-22T12:00:00.000Z');
    expect(path[4]?.at).toBe('');
  });

  test('a decision is named for what it was', () => {
    expect(pathOf(referral('rejected')).at(-1)?.label).toBe('Rejected');
    expect(pathOf(referral('action-required')).at(-1)?.label).toBe('Correction asked');
    expect(pathOf(referral('in-review')).at(-1)?.label).toBe('Approved');
  });

  test('a step that was not passed does not say it was', () => {
    expect(pathOf(referral('failed'))[2]?.label).toBe('Not filed');
    expect(pathOf(referral('blocked', { steps: '[]' }))[0]?.label).toBe('Stopped by a rule');
  });

  test.each<[number, string]>([
    [3_400, '3 sec after the click'],
    [200_000, '3 min after the click, slower than usual'],
  ])('filing after %d ms is told as "%s"', (latencyMs, note) => {
    const steps = JSON.stringify([{ step: 'filed', at: '2026-11-21T12:00:00.000Z' }]);
    expect(pathOf(referral('in-review', { steps, latencyMs }))[2]?.note).toBe(note);
  });
});

describe('requests', () => {
  test('only one of this partner that is not yet carried out is pending', () => {
    const taken = request({ id: '1', state: 'taken' });
    expect(pendingRequest([request({ partnerId: 'other' }), taken], records.AWS_ID)).toBe(taken);
    expect(pendingRequest([request({ state: 'done' })], records.AWS_ID)).toBeUndefined();
  });

  test('a refusal is news until something newer happened', () => {
    const refused = request({ state: 'refused', message: 'No.' });
    expect(refusedRequest([refused], records.AWS_ID)).toBe(refused);
    expect(refusedRequest([request(), refused], records.AWS_ID)).toBeUndefined();
    const later = referral('filing', { stateChangedAt: '2026-11-21T12:00:09.000Z' });
    expect(refusedRequest([refused], records.AWS_ID, later)).toBeUndefined();
  });
});
