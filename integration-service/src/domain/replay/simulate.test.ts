import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { goodFacts, goodPolicies, policyOf } from '../../../test/support/guardrail-case.ts';
import { discountDecision, recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { CATALOGUE, GUARDRAILS } from '../guardrails/catalogue.ts';
import { evaluate } from '../guardrails/evaluate.ts';
import type { Policy } from '../guardrails/guardrail.ts';
import type { JsonObject } from '../values/json.ts';
import { broken, ok } from '../values/result.ts';
import type { ReadDecision, RecordedDecision } from './recorded-decision.ts';
import { simulatePolicies, type Simulation } from './simulate.ts';

const bands = (actUpTo: number, changes: Partial<Policy> = {}): Policy => ({
  ...policyOf('discount-bands', { actUpTo, reviewUpTo: 2_500 }),
  version: 2,
  ...changes,
});
const simulate = (
  decisions: readonly RecordedDecision[],
  changed: readonly Policy[],
  examples?: number,
): Promise<Simulation> =>
  simulatePolicies(decisions.map(ok), changed, {
    catalogue: CATALOGUE,
    ...(examples === undefined ? {} : { examples }),
  });

const decisions = [
  discountDecision('a', 1_000),
  discountDecision('b', 1_600),
  discountDecision('c', 1_700, 'other'),
  discountDecision('d', 2_600),
];

describe('a changed policy over past decisions', () => {
  test('tells what would have come out otherwise, from what to what, with whom and why', async () => {
    expect(await simulate(decisions, [bands(1_650)])).toEqual({
      decisions: 4,
      judged: 4,
      changed: 1,
      transitions: [
        {
          from: 'needs-approval',
          to: 'allow',
          count: 1,
          examples: [
            {
              decision: 'b',
              at: goodFacts.now,
              function: 'co-selling',
              partner: 'aws',
              rule: 'discount-bands',
              from: 'needs-approval',
              to: 'allow',
              before: expect.stringContaining('16.00 %'),
              after: '',
            },
          ],
        },
      ],
      byFunction: { 'co-selling': { judged: 4, changed: 1 } },
      byPartner: { aws: { judged: 3, changed: 1 }, other: { judged: 1, changed: 0 } },
      notComparable: {},
    });
  });

  test('tells of tightening too, the most frequent change first', async () => {
    const strict = policyOf('discount-bands', { actUpTo: 500, reviewUpTo: 1_650 });
    const { transitions } = await simulate([...decisions, discountDecision('e', 900)], [strict]);
    expect(transitions.map(({ from, to, count }) => [from, to, count])).toEqual([
      ['allow', 'needs-approval', 2],
      ['needs-approval', 'deny', 1],
    ]);
    expect(transitions[1]?.examples[0]?.after).toContain('more than 16.50 %');
  });

  test('changes nothing where it says the same again, or speaks of another function', async () => {
    expect((await simulate(decisions, [bands(1_500)])).changed).toBe(0);
    expect(await simulate(decisions, [bands(0, { function: 'quoting' })])).toMatchObject({ judged: 0, changed: 0 });
  });

  test('counts in its scope alone, and takes the place of the old one in that scope, however it is written', async () => {
    const own = await simulate(decisions, [bands(2_500, { scope: 'partner:other' })]);
    expect(own.transitions.flatMap(({ examples }) => examples.map(({ decision }) => decision))).toEqual(['c']);
    const before = decisions.map((decision) => ({
      ...decision,
      facts: { ...decision.facts, policies: [...goodPolicies, bands(1_500, { scope: 'aws', version: 7 })] },
    }));
    expect((await simulate(before, [bands(2_500, { scope: 'partner:aws', version: 1 })])).changed).toBe(1);
    expect((await simulate(before, [bands(2_500, { scope: 'all', version: 9 })])).byPartner).toMatchObject({
      aws: { changed: 0 },
      other: { changed: 1 },
    });
  });

  test('counts as if it had been in force then, whenever it begins', async () => {
    expect((await simulate(decisions, [bands(1_650, { effectiveFrom: '2099-01-01T00:00:00Z' })])).changed).toBe(1);
  });

  test('leaves what other rules said as it is recorded', async () => {
    const stopped = recordedDecision('s', {
      facts: {
        killSwitches: [{ scope: 'all', reason: 'drill' }],
        quote: { lines: [{ label: 'L', discountBps: 1_600 }] },
      },
    });
    expect(await simulate([stopped], [bands(2_500)])).toMatchObject({ judged: 1, changed: 0 });
  });

  test('names as many examples as asked for, the first ones, and counts all', async () => {
    const many = Array.from({ length: 30 }, (_, index) => discountDecision(`d${index}`, 1_600));
    const { transitions } = await simulate(many, [bands(2_000)], 2);
    expect(transitions[0]?.count).toBe(30);
    expect(transitions[0]?.examples.map(({ decision }) => decision)).toEqual(['d0', 'd1']);
  });

  test('does not guess about records that lack what the rule needs', async () => {
    const { quote: _quote, profile: _profile, ...older } = goodFacts;
    const past = (facts: RecordedDecision['facts']): ReadDecision => ok({ ...discountDecision('old', 1_600), facts });
    const erased: ReadDecision = broken({ id: 'e', kind: 'erased', what: ['proposal'] });
    const unreadable: ReadDecision = broken({ id: null, kind: 'unreadable', what: ['at'] });
    const options = { catalogue: CATALOGUE };
    expect(await simulatePolicies([past(older), erased, unreadable, erased], [bands(2_000)], options)).toMatchObject({
      decisions: 4,
      judged: 0,
      notComparable: {
        'nobody had looked up the discounts of the quote': 1,
        'a person was forgotten': 2,
        'cannot be read': 1,
      },
    });
    const { profile: _unknown, ...noProfile } = goodFacts;
    expect(await simulatePolicies([past(noProfile)], [bands(2_000, { scope: 'tier:gold' })], options)).toMatchObject({
      notComparable: { 'nobody had looked up the partner’s tier and segment': 1 },
    });
  });

  test('takes decisions one by one from wherever they come', async () => {
    let asked = 0;
    const stream = async function* (): AsyncGenerator<ReadDecision> {
      for (const decision of decisions) {
        asked += 1;
        yield await Promise.resolve(ok(decision));
      }
    };
    expect((await simulatePolicies(stream(), [bands(1_650)], { catalogue: CATALOGUE })).changed).toBe(1);
    expect(asked).toBe(4);
  });

  test('says what judging everything again with the change would say', async () => {
    const bps = fc.integer({ min: 0, max: 3_000 });
    await fc.assert(
      fc.asyncProperty(fc.array(bps, { maxLength: 6 }), bps, bps, async (discounts, left, right) => {
        const settings: JsonObject = { actUpTo: Math.min(left, right), reviewUpTo: Math.max(left, right) };
        const changed = policyOf('discount-bands', settings);
        const past = discounts.map((discount, index) => discountDecision(`d${index}`, discount));
        const policies = goodPolicies.map((policy) => (policy.rule === 'discount-bands' ? changed : policy));
        const expected = past.filter(
          ({ proposal, facts, verdict }) =>
            evaluate(proposal, GUARDRAILS, { ...facts, policies }).answer !== verdict.answer,
        );
        expect((await simulate(past, [changed])).changed).toBe(expected.length);
      }),
      { numRuns: 40 },
    );
  });
});
