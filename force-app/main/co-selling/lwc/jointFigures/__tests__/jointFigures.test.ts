import { describe, expect, test } from '@jest/globals';
import { byMonth, pipelineByBand, sightOf } from 'c/jointFigures';
import type { JointReferral } from 'c/jointFigures';

const referral = (changed: Partial<JointReferral> = {}): JointReferral => ({
  partnerId: 'p1',
  state: 'in-review',
  at: Date.parse('2026-11-10T10:00:00Z'),
  fieldsSent: 30,
  questionsAsked: 2,
  seen: [true, false, true, true],
  deal: { id: 'd1', amount: 100, band: 'high', isOpen: true },
  ...changed,
});

test('an open deal counts once, however often it was referred; a closed or hidden one does not', () => {
  const deal = { id: 'd2', amount: 50, band: 'strange', isOpen: true };
  expect(
    pipelineByBand([
      referral(),
      referral({ partnerId: 'p2' }),
      referral({ deal }),
      referral({ deal: { id: 'd3', amount: 7, band: 'low', isOpen: false } }),
      referral({ deal: undefined }),
    ]),
  ).toEqual([
    { band: 'high', deals: 1, amount: 100 },
    { band: '', deals: 1, amount: 50 },
  ]);
});

test('months are those up to now, also over the turn of a year, with nothing lost at their ends', () => {
  const at = (time: string, state: string): JointReferral => referral({ at: Date.parse(time), state });
  expect(
    byMonth(
      [
        at('2026-12-01T00:00:00Z', 'approved'),
        at('2026-12-31T23:59:59Z', 'rejected'),
        at('2027-01-01T00:00:00Z', 'queued'),
        at('2026-11-30T23:59:59Z', 'approved'),
        referral({ at: undefined }),
      ],
      Date.parse('2027-01-15T00:00:00Z'),
      2,
    ),
  ).toEqual([
    { month: '2026-12', taken: 1, underWay: 0, notTaken: 1 },
    { month: '2027-01', taken: 0, underWay: 1, notTaken: 0 },
  ]);
});

describe('what each side sees', () => {
  test('is measured on what was sent', () => {
    const sight = sightOf(
      [
        referral(),
        referral({ fieldsSent: 20, seen: [false, false, true, true] }),
        referral({ state: 'needs-answers' }),
      ],
      40,
    );
    expect(sight).toEqual({
      referrals: 2,
      given: 25,
      givenShare: 0.625,
      seen: 2.5,
      seenShare: 0.625,
      asked: 2,
      missing: { fact: 'owner', referrals: 2 },
    });
  });

  test('has no gap where everything is seen, and is unknown where nothing was sent', () => {
    expect(sightOf([referral({ seen: [true, true, true, true] })], 30)).toMatchObject({
      seenShare: 1,
      givenShare: 1,
      missing: undefined,
    });
    expect(sightOf([referral({ state: 'queued' })], 30)).toBeUndefined();
    expect(sightOf([referral({ fieldsSent: undefined })], 30)).toBeUndefined();
    expect(sightOf([referral()], 0)).toMatchObject({ givenShare: 0 });
  });
});
