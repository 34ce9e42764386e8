import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { goodFacts, goodPolicies, MANAGER, NOW, REQUESTER } from '../../../test/support/guardrail-case.ts';
import { discountDecision, recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { CATALOGUE } from '../guardrails/catalogue.ts';
import type { RecordedDecision } from '../replay/recorded-decision.ts';
import { broken, ok } from '../values/result.ts';
import type { PersonsAnswer, ReadAnsweredDecision } from './answered-case.ts';
import { LEARNING_SETTINGS } from './find-move.ts';
import { proposeBoundaries, type Learned } from './propose-boundaries.ts';

const SECOND = '005000000000003AAA';
const said = (outcome: PersonsAnswer['outcome'], by: string): PersonsAnswer => ({ outcome, by, at: NOW });
const answered = (decision: RecordedDecision, answer: PersonsAnswer | null): ReadAnsweredDecision =>
  ok({ decision, answer });

/** So many quotes with this discount; two managers take turns, unless one does all. */
const quotes = (
  count: number,
  discountBps: number,
  outcome: PersonsAnswer['outcome'],
  people: readonly string[] = [MANAGER, SECOND],
): readonly ReadAnsweredDecision[] =>
  Array.from({ length: count }, (_, index) =>
    answered(
      discountDecision(`${outcome} ${discountBps} ${index}`, discountBps),
      said(outcome, people[index % people.length] ?? MANAGER),
    ),
  );
const learn = (...groups: readonly (readonly ReadAnsweredDecision[])[]): Promise<Learned> =>
  proposeBoundaries({ open: () => groups.flat(), policies: goodPolicies, now: NOW, catalogue: CATALOGUE });

describe('a move of a boundary', () => {
  test('is proposed where people approved nearly all, with counts, interval, cases and a back-test', async () => {
    const { proposals } = await learn(quotes(90, 1_700, 'approved'), quotes(1, 1_650, 'rejected'));
    expect(proposals).toHaveLength(1);
    expect(proposals[0]).toMatchObject({
      status: 'proposed',
      direction: 'loosen',
      from: { actUpTo: 1_500, reviewUpTo: 2_500 },
      to: { actUpTo: 1_700, reviewUpTo: 2_500 },
      settings: { actUpTo: 1_700, reviewUpTo: 2_500 },
      policy: { rule: 'discount-bands', scope: 'all', version: 1 },
      says: 'People approved 90 of 91 cases up to 17.00 %: let them go by themselves?',
      evidence: { cases: 91, approved: 90, rejected: 1, people: 2 },
      backTest: { decisions: 91, judged: 91, changed: 91 },
      against: ['rejected 1650 0'],
    });
    expect(proposals[0]?.evidence.low).toBeGreaterThanOrEqual(0.9);
    expect(proposals[0]?.evidence.decisions).toHaveLength(91);
    expect(proposals[0]?.backTest.transitions).toMatchObject([{ from: 'needs-approval', to: 'allow', count: 91 }]);
  });

  test('is proposed the other way where people rejected nearly all', async () => {
    const { proposals } = await learn(quotes(90, 2_400, 'rejected'), quotes(1, 2_450, 'approved'));
    expect(proposals).toMatchObject([
      {
        direction: 'tighten',
        to: { actUpTo: 1_500, reviewUpTo: 2_399 },
        says: 'People rejected 90 of 91 cases above 23.99 %: stop them at once?',
        against: ['approved 2450 0'],
        backTest: { transitions: [{ from: 'needs-approval', to: 'deny', count: 91 }] },
      },
    ]);
  });

  test('goes as far as the answers carry, and no further than half of the band', async () => {
    const all = [1_600, 1_800, 2_000, 2_200].map((discount) => quotes(70, discount, 'approved'));
    expect((await learn(...all)).proposals).toMatchObject([{ to: { actUpTo: 2_000 } }]);
    const mixed = await learn(quotes(70, 1_600, 'approved'), quotes(70, 1_800, 'rejected'));
    expect(mixed.proposals).toMatchObject([{ to: { actUpTo: 1_600 } }]);
  });

  test('is not carried past rejected cases by many harmless ones', async () => {
    const { proposals } = await learn(quotes(900, 1_600, 'approved'), quotes(40, 1_900, 'rejected'));
    expect(proposals.map(({ to }) => to.actUpTo)).toEqual([1_600]);
  });

  test.each([
    ['too few cases', [quotes(29, 1_700, 'approved')], /29 answered cases .* 30 are needed/],
    ['one person alone', [quotes(200, 1_700, 'approved', [MANAGER])], /do not lean clearly/],
    ['people of two minds', [quotes(50, 1_700, 'approved'), quotes(50, 1_700, 'rejected')], /do not lean clearly/],
    ['enough cases, and too wide an interval', [quotes(40, 1_700, 'approved')], /do not lean clearly/],
  ])('is not proposed on %s, and it is said why', async (_says, groups, why) => {
    const { proposals, notYet } = await learn(...groups);
    expect(proposals).toEqual([]);
    expect(notYet).toMatchObject([{ policy: { rule: 'discount-bands' }, why: expect.stringMatching(why) }]);
  });

  test('is never proposed on fewer cases than the minimum, whatever people said', async () => {
    const some = fc.record({
      discount: fc.constantFrom(1_501, 1_700, 2_000, 2_400, 2_500),
      outcome: fc.constantFrom('approved' as const, 'rejected' as const),
      by: fc.constantFrom(MANAGER, SECOND),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(some, { maxLength: LEARNING_SETTINGS.minimumCases - 1 }), async (answers) => {
        const decisions = answers.map(({ discount, outcome, by }, index) =>
          answered(discountDecision(`d${index}`, discount), said(outcome, by)),
        );
        const lenient = { ...LEARNING_SETTINGS, z: 0, wantedShare: 0.5, minimumPeople: 1 };
        const { proposals } = await proposeBoundaries({
          open: () => decisions,
          policies: goodPolicies,
          now: NOW,
          catalogue: CATALOGUE,
          settings: lenient,
        });
        expect(proposals).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('changes nothing by itself: the policies it was given are the same, and it is only proposed', async () => {
    const before = JSON.stringify(goodPolicies);
    const { proposals } = await learn(quotes(70, 1_700, 'approved'));
    expect(JSON.stringify(goodPolicies)).toBe(before);
    expect(proposals.map(({ status, policy }) => [status, policy.settings])).toEqual([
      ['proposed', { actUpTo: 1_500, reviewUpTo: 2_500 }],
    ]);
  });
});

describe('what teaches nothing', () => {
  const discount = { quote: { lines: [{ label: 'Line', discountBps: 1_700 }] } };
  const also = recordedDecision('two rules', { facts: { ...discount, territory: { deal: null, partner: ['EMEA'] } } });
  const { quote: _quote, ...older } = goodFacts;

  test.each([
    ['nobody answered', answered(discountDecision('a', 1_700), null), 'not answered'],
    [
      'the person who asked answered',
      answered(discountDecision('a', 1_700), said('approved', REQUESTER)),
      'not answered',
    ],
    ['two rules held it up', answered(also, said('approved', MANAGER)), 'not held up by one rule alone'],
    [
      'nothing held it up',
      answered(discountDecision('a', 100), said('approved', MANAGER)),
      'not held up by one rule alone',
    ],
    [
      'it was denied',
      answered(discountDecision('a', 2_600), said('rejected', MANAGER)),
      'not held up by one rule alone',
    ],
    [
      'the rule has no limits',
      answered(recordedDecision('t', { facts: { health: null } }), said('approved', MANAGER)),
      'not a rule with limits',
    ],
    [
      'the record lacks what the rule measures',
      answered({ ...discountDecision('a', 1_700), facts: older }, said('approved', MANAGER)),
      'not measurable',
    ],
    ['a person was forgotten', broken({ id: 'e', kind: 'erased' as const, what: [] }), 'erased'],
  ])('is left out and counted: %s', async (_says, one, why) => {
    expect(await learn([one])).toEqual({ proposals: [], notYet: [], leftOut: { [why]: 1 } });
  });

  test('a policy that is not in force any more, or not yet', async () => {
    const some = { open: () => quotes(70, 1_700, 'approved'), now: NOW, catalogue: CATALOGUE };
    const later = goodPolicies.map((policy) => ({ ...policy, effectiveFrom: '2099-01-01T00:00:00Z' }));
    expect((await proposeBoundaries({ ...some, policies: later })).proposals).toEqual([]);
    expect((await proposeBoundaries({ ...some, policies: [] })).proposals).toEqual([]);
  });
});
