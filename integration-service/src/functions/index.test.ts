import { describe, expect, test } from '@jest/globals';
import { goodFacts, goodProposal } from '../../test/support/guardrail-case.ts';
import { judgeProposal } from '../agents/compliance/judge-proposal.ts';
import { rulesOf } from '../agents/compliance/rule-list.ts';
import { FUNCTION_IDS } from '../domain/framework/functions.ts';
import { DEFAULT_POLICIES } from '../domain/guardrails/default-policies.ts';
import { FUNCTIONS, functionOf } from './index.ts';

describe('the functions', () => {
  test.each(FUNCTION_IDS.map((id) => [id]))('%s is judged by rules of its own, or by a deny', (id) => {
    const definition = functionOf(id);
    const proposal = { ...goodProposal, function: id };
    const verdict = judgeProposal(proposal, definition, { ...goodFacts, policies: [] });
    expect(verdict.answer).toBe('deny');
    if (definition === null) expect(verdict.judgements).toEqual([]);
    else expect(verdict.judgements.map(({ rule }) => rule)).toEqual(definition.guardrails);
  });

  test.each(FUNCTIONS.map((definition) => [definition.function, definition] as const))(
    '%s names rules that there are, each once, and is delivered with a policy for each that needs one',
    (id, definition) => {
      const ids = rulesOf(definition).map((rule) => rule.id);
      expect(new Set(ids).size).toBe(ids.length);
      const core = rulesOf({ ...definition, optional: [] }).filter(({ settings }) => settings !== null);
      const delivered = DEFAULT_POLICIES.filter((policy) => policy.function === id && policy.scope === 'all');
      expect(core.map((rule) => rule.id).filter((rule) => !delivered.some((policy) => policy.rule === rule))).toEqual(
        [],
      );
    },
  );

  test('each is there once', () => {
    const ids = FUNCTIONS.map((definition) => definition.function);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the list of one function judges nothing of another', () => {
    const verdict = judgeProposal({ ...goodProposal, function: 'quoting' }, functionOf('co-selling'), goodFacts);
    expect(verdict).toEqual({ answer: 'deny', judgements: [] });
  });
});
