import { describe, expect, test } from '@jest/globals';
import {
  goodFacts,
  goodPolicies,
  goodProposal,
  goodSituation,
  judgeOne,
  NOW,
} from '../../../test/support/guardrail-case.ts';
import { catalogueOf, GUARDRAILS } from './catalogue.ts';
import { compileJudge, evaluate, readSettings } from './evaluate.ts';
import { allow, defineGuardrail, type JudgedProposal, type JudgeFacts } from './guardrail.ts';
import { FACT_WORDS, situationForm } from './situation.ts';

const withNumbers = GUARDRAILS.filter(({ settings }) => settings !== null).map(({ id }) => id);
const withNeeds = GUARDRAILS.flatMap(({ id, needs }) => needs.map((need) => [id, need] as const));
/** Whom and what a judgement is about is named by the decision itself. */
const identity = ['function', 'useCase', 'subject', 'partner', 'requestedBy'];

/** The same object, and the names of the members that were looked at. */
const watched = <Whole extends object>(whole: Whole): { readonly proxy: Whole; readonly seen: Set<string> } => {
  const seen = new Set<string>();
  const proxy = new Proxy(whole, {
    get: (target, name, receiver): unknown => {
      if (typeof name === 'string') seen.add(name);
      return Reflect.get(target, name, receiver);
    },
  });
  return { proxy, seen };
};

describe('every rule', () => {
  test('there are twenty-four, each with a name of its own, and all allow the good case', () => {
    const { answer, judgements } = evaluate(goodProposal, GUARDRAILS, goodFacts);
    expect(judgements.filter((judged) => judged.answer !== 'allow')).toEqual([]);
    expect(answer).toBe('allow');
    expect(new Set(GUARDRAILS.map(({ id }) => id)).size).toBe(24);
  });

  test.each(withNumbers)('%s has a starting point that its own form takes', (id) => {
    const guardrail = GUARDRAILS.find((one) => one.id === id);
    const start = guardrail?.startingPoint as Record<string, never>;
    expect(guardrail && readSettings(guardrail, start).problem).toBeNull();
    expect(guardrail && readSettings(guardrail, {}).problem).not.toBeNull();
    expect(guardrail && readSettings(guardrail, { ...start, more: true }).problem).toContain('more');
  });

  test.each(withNumbers)('%s denies without a policy, and with one that cannot be read', (id) => {
    expect(judgeOne(id, { facts: { policies: [] } })).toMatchObject({ answer: 'deny', policyVersion: 0 });
    expect(judgeOne(id, { facts: { policies: [] } }).reason).toContain('No policy is in force');
    expect(judgeOne(id, { settings: { unreadable: true } })).toMatchObject({ answer: 'deny', policyVersion: 1 });
    expect(judgeOne(id, { settings: { unreadable: true } }).reason).toContain('cannot be read');
  });

  test.each(withNeeds)('%s denies when nobody looked up "%s"', (id, need) => {
    const { [need]: _gone, ...facts } = goodFacts;
    const guardrail = GUARDRAILS.find((one) => one.id === id);
    const [judgement] = guardrail ? evaluate(goodProposal, [guardrail], facts).judgements : [];
    expect(judgement).toMatchObject({ answer: 'deny', reason: `Nobody looked up ${FACT_WORDS[need]}.` });
  });

  test.each(GUARDRAILS.map(({ id }) => id))('%s looks at nothing that it does not name', (id) => {
    const guardrail = GUARDRAILS.find((one) => one.id === id);
    const proposal = watched<JudgedProposal>(goodProposal);
    const facts = watched<JudgeFacts>(goodFacts);
    const settings = goodPolicies.find(({ rule }) => rule === id)?.settings;
    guardrail?.judge(proposal.proxy, settings, facts.proxy, Date.parse(NOW));
    const named = [...(guardrail?.reads ?? []), ...identity];
    expect([...proposal.seen, ...facts.seen].filter((name) => !named.includes(name))).toEqual([]);
    expect(guardrail?.needs.filter((need) => !named.includes(need))).toEqual([]);
  });

  test('the good situation has every fact in its form', () => {
    expect(situationForm.safeParse(goodSituation).error?.issues).toBeUndefined();
    expect(Object.keys(goodSituation).sort()).toEqual(Object.keys(FACT_WORDS).sort());
  });

  test('one judge for many proposals says the same as one judge each', () => {
    const judge = compileJudge(GUARDRAILS, goodPolicies);
    for (const partner of ['aws', 'other'])
      for (const work of ['co-selling', 'quoting', 'co-selling']) {
        const proposal = { ...goodProposal, partner, function: work };
        expect(judge(proposal, goodFacts)).toEqual(evaluate(proposal, GUARDRAILS, goodFacts));
      }
  });
});

describe('the catalogue', () => {
  const rule = (version: number) =>
    defineGuardrail({
      id: 'rule',
      version,
      owner: 'admin',
      settings: null,
      startingPoint: null,
      reads: ['now'],
      needs: [],
      judge: allow,
    });

  test('finds the current version, and any that was', () => {
    const catalogue = catalogueOf([rule(2)], [rule(1)]);
    expect(catalogue.current('rule')?.version).toBe(2);
    expect(catalogue.version('rule', 1)?.version).toBe(1);
    expect(catalogue.version('rule', 3)).toBeUndefined();
    expect(catalogue.current('other')).toBeUndefined();
  });

  test('takes no version twice, and no rule in two current versions', () => {
    expect(() => catalogueOf([rule(1)], [rule(1)])).toThrow('rule@1');
    expect(() => catalogueOf([rule(1), rule(2)], [])).toThrow('current in two versions');
  });
});
