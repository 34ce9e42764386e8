import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NOW, policyOf, secondsBefore } from '../../../test/support/guardrail-case.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Policy } from './guardrail.ts';
import { decidePolicyChange } from './policy-change.ts';
import { choosePolicies, shelfOf } from './policy-choice.ts';

const good = {
  function: 'co-selling',
  rule: 'discount-bands',
  scope: 'tier:gold',
  settings: { actUpTo: 1_000, reviewUpTo: 2_000 },
  effectiveFrom: null,
};
const author = '005000000000004AAA';
const decide = (changes: Record<string, unknown> = {}, versions: readonly Policy[] = []) =>
  decidePolicyChange({ ...good, ...changes }, { versions, author, now: NOW, catalogue: CATALOGUE });

describe('a change of a policy', () => {
  test('becomes the next version, from now on, under its author’s name', () => {
    const versions = [
      { ...policyOf('discount-bands'), scope: 'tier:gold', version: 4 },
      { ...policyOf('discount-bands'), version: 9 },
      { ...policyOf('discount-bands'), scope: 'tier:silver', version: 9 },
      { ...policyOf('discount-bands'), scope: 'segment:gold', version: 9 },
      { ...policyOf('territory'), scope: 'tier:gold', version: 9 },
    ];
    expect(decide({}, versions)).toEqual({
      ok: true,
      value: { ...good, version: 5, effectiveFrom: NOW, author },
    });
  });

  test('knows a bare partner key and the same key with its word as one scope', () => {
    const versions = [{ ...policyOf('discount-bands'), scope: 'aws', version: 2 }];
    expect(decide({ scope: 'partner:aws' }, versions)).toMatchObject({ value: { version: 3 } });
  });

  test('may end the policy of its scope', () => {
    const versions = [{ ...policyOf('discount-bands'), scope: 'tier:gold' }];
    expect(decide({ settings: null }, versions)).toMatchObject({
      value: { version: 2, settings: { withdrawn: true } },
    });
  });

  test.each([
    ['a function nobody knows', { function: 'magic' }, 'function', /ten functions/],
    ['a rule nobody knows', { rule: 'luck' }, 'rule', /no rule "luck"/],
    ['a rule without numbers', { rule: 'kill-switch' }, 'rule', /no numbers to change/],
    ['a scope nobody knows', { scope: 'region:emea' }, 'scope', /all, segment/],
    [
      'numbers in the wrong order',
      { settings: { actUpTo: 2, reviewUpTo: 1 } },
      'settings',
      /must not be below actUpTo/,
    ],
    ['percent for basis points', { settings: { actUpTo: 12.5, reviewUpTo: 25 } }, 'settings', /15\.00 % is 1500/],
    ['a number too many', { settings: { actUpTo: 1, reviewUpTo: 2, maximum: 3 } }, 'settings', /maximum/],
    ['a beginning in the past', { effectiveFrom: secondsBefore(1) }, 'effectiveFrom', /must not lie in the past/],
    ['a beginning that cannot be read', { effectiveFrom: 'tomorrow' }, 'effectiveFrom', /must be an instant/],
    ['nothing to withdraw', { settings: null }, 'settings', /no policy of this scope/],
    ['a part nobody asked for', { author: 'me' }, 'change', /author/],
  ])('is refused with %s', (_says, changes, part, message) => {
    expect(decide(changes)).toEqual({
      ok: false,
      error: expect.arrayContaining([{ part, message: expect.stringMatching(message) }]),
    });
  });

  test('says everything that is wrong with it at once', () => {
    const { error } = decide({ rule: 'luck', effectiveFrom: secondsBefore(1) }) as { error: readonly unknown[] };
    expect(error).toHaveLength(2);
  });

  test('never changes what counts before it begins', () => {
    const first: Policy = { ...policyOf('discount-bands'), scope: 'all' };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: -100, max: 100 }), (ahead, asked) => {
        const change = decide({ scope: 'all', effectiveFrom: secondsBefore(-ahead) }, [first]);
        const versions = change.ok ? [first, change.value] : [];
        const shelf = shelfOf(versions, ({ version }) => version);
        const nowMs = Date.parse(secondsBefore(-asked));
        expect(choosePolicies(shelf, { partner: 'aws', profile: undefined, nowMs })).toEqual({
          kind: 'in-force',
          entries: [asked >= ahead ? 2 : 1],
        });
      }),
    );
  });
});
