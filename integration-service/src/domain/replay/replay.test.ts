import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { goodPolicies, policyOf } from '../../../test/support/guardrail-case.ts';
import { brokenOnce, discountDecision, recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { catalogueOf, CATALOGUE, GUARDRAILS } from '../guardrails/catalogue.ts';
import { allow, defineGuardrail, deny } from '../guardrails/guardrail.ts';
import { canonicalJson, type Json } from '../values/json.ts';
import { readDecision, type RecordedDecision } from './recorded-decision.ts';
import { replayAsOfThen, replayUnder } from './replay.ts';

const fixtures = join(import.meta.dirname, '__fixtures__');
const kept = readdirSync(fixtures).flatMap((file) =>
  readFileSync(join(fixtures, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [file, line] as const),
);
const read = (value: unknown): RecordedDecision => {
  const decision = readDecision(value);
  if (!decision.ok) throw new Error(`not replayable: ${decision.error.what.join(', ')}`);
  return decision.value;
};
const parsed = (line: string): RecordedDecision => read(JSON.parse(line));

describe('the decisions kept of every released version', () => {
  test.each(kept.map(([file, line], index) => [`${file} ${index + 1}`, line]))(
    '%s comes out the same',
    (_name, line) => {
      expect(replayAsOfThen(parsed(line), CATALOGUE)).toEqual({ kind: 'same' });
    },
  );

  test('have every rule in every way it answers', () => {
    const said = new Set(
      kept.flatMap(([, line]) => parsed(line).verdict.judgements.map((one) => `${one.rule} ${one.answer}`)),
    );
    const rules = [...new Set(GUARDRAILS.map(({ id }) => id))];
    expect(rules.filter((rule) => !said.has(`${rule} allow`))).toEqual([]);
    expect(rules.filter((rule) => !said.has(`${rule} deny`) && !said.has(`${rule} needs-approval`))).toEqual([]);
    expect(kept.length).toBeGreaterThanOrEqual(brokenOnce.length);
  });
});

describe('a decision judged again as of then', () => {
  const decision = discountDecision('one', 1_600);

  test('is the same to the byte after a walk through the ledger’s JSON', () => {
    const text = canonicalJson(decision as unknown as Json);
    expect(canonicalJson(parsed(text) as unknown as Json)).toBe(text);
    expect(replayAsOfThen(parsed(text), CATALOGUE)).toEqual({ kind: 'same' });
  });

  test('shows which rule says something else when a record does not hold', () => {
    const [first, ...others] = decision.verdict.judgements;
    const forged = {
      ...decision,
      verdict: {
        ...decision.verdict,
        judgements: [{ ...first, reason: 'made up' }, ...others],
      } as typeof decision.verdict,
    };
    expect(replayAsOfThen(forged, CATALOGUE)).toMatchObject({
      kind: 'different',
      differences: [{ rule: 'kill-switch', was: { reason: 'made up' }, is: { reason: '' } }],
    });
    const milder = { ...decision, verdict: { ...decision.verdict, answer: 'allow' as const } };
    expect(replayAsOfThen(milder, CATALOGUE)).toMatchObject({
      kind: 'different',
      verdict: { answer: 'needs-approval' },
    });
  });

  test('asks the version of the rule that was asked then', () => {
    const rule = (version: number, judge: typeof allow) => defineGuardrail({ ...base, version, judge: () => judge() });
    const base = {
      id: 'kill-switch',
      owner: 'admin' as const,
      settings: null,
      startingPoint: null,
      reads: ['killSwitches'],
      needs: [],
    };
    const [first] = decision.verdict.judgements;
    const alone: RecordedDecision = { ...decision, verdict: { answer: 'allow', judgements: first ? [first] : [] } };
    const changed = rule(2, () => deny('never'));
    expect(replayAsOfThen(alone, catalogueOf([changed], [rule(1, allow)]))).toEqual({ kind: 'same' });
    expect(replayAsOfThen(alone, catalogueOf([changed], []))).toEqual({
      kind: 'unknown-rule',
      rule: 'kill-switch',
      version: 1,
    });
    expect(replayAsOfThen(alone, catalogueOf([rule(1, () => deny('never'))], [])).kind).toBe('different');
  });

  test('takes a record from before rules carried versions as it was', () => {
    // Rules that have changed since were in their first version then, and this case is judged by today's.
    const unchanged = decision.verdict.judgements.filter(({ ruleVersion }) => ruleVersion === 1);
    const judgements = unchanged.map(
      ({ ruleVersion: _version, policyScope: _scope, owner: _owner, ...older }) => older,
    );
    expect(judgements.length).toBeGreaterThan(20);
    const older = { ...decision, verdict: { ...decision.verdict, judgements } };
    expect(replayAsOfThen(older, CATALOGUE)).toEqual({ kind: 'same' });
  });
});

describe('a decision judged again under today’s rules', () => {
  const decision = discountDecision('one', 1_600);
  const under = (actUpTo: number) =>
    replayUnder(decision, {
      guardrails: GUARDRAILS,
      policies: goodPolicies.map((policy) =>
        policy.rule === 'discount-bands'
          ? { ...policyOf('discount-bands', { actUpTo, reviewUpTo: 2_500 }), effectiveFrom: '2099-01-01T00:00:00Z' }
          : policy,
      ),
    });

  test('comes out the same while nothing that matters changed', () => {
    expect(under(1_500)).toEqual({ kind: 'same' });
  });

  test('shows what changed, as if today’s policies had been in force', () => {
    expect(under(1_600)).toMatchObject({
      kind: 'different',
      differences: [{ rule: 'discount-bands', was: { answer: 'needs-approval' }, is: { answer: 'allow' } }],
      verdict: { answer: 'allow' },
    });
  });

  test('shows a rule that is new, and one that is gone', () => {
    const [first, ...others] = GUARDRAILS;
    const without = replayUnder(decision, { guardrails: others, policies: goodPolicies });
    expect(without).toMatchObject({ kind: 'different', differences: [{ rule: first?.id, is: null }] });
    const before = { ...decision, verdict: { ...decision.verdict, judgements: decision.verdict.judgements.slice(1) } };
    expect(replayUnder(before, { guardrails: GUARDRAILS, policies: goodPolicies })).toMatchObject({
      differences: [{ rule: first?.id, was: null }],
    });
  });
});

describe('a record', () => {
  interface Plain {
    at: unknown;
    proposal: { consent: { fingerprints: unknown } };
  }
  const plain = (): Plain => JSON.parse(JSON.stringify(recordedDecision('one'))) as Plain;
  const gone = { commitment: 'c0ffee', erased: true };

  test('of which a person was forgotten says so, and where', () => {
    const record = plain();
    record.proposal.consent.fingerprints = { Name: gone };
    expect(readDecision(record)).toEqual({
      ok: false,
      error: { id: 'one', kind: 'erased', what: ['proposal.consent.fingerprints.Name'] },
    });
  });

  test('that is broken besides is unreadable, not erased', () => {
    const record = { ...plain(), at: 5 };
    record.proposal.consent.fingerprints = { Name: gone };
    expect(readDecision(record)).toMatchObject({ error: { kind: 'unreadable' } });
  });

  test.each([[null], ['text'], [{}], [[]]])('%j is none', (value) => {
    expect(readDecision(value)).toMatchObject({ ok: false, error: { id: null, kind: 'unreadable' } });
  });
});
