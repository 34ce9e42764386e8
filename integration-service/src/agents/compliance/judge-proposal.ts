import { compileJudge, worstOf } from '../../domain/guardrails/evaluate.ts';
import type { Guardrail, JudgedProposal, JudgeFacts, Policy } from '../../domain/guardrails/guardrail.ts';
import type { Verdict } from '../../domain/guardrails/verdict.ts';
import { type RuleList, rulesAsked } from './rule-list.ts';

type Judge = ReturnType<typeof compileJudge>;

/** By the policies themselves and the rules asked: settings are parsed once for all decisions under the same policies. */
const judges = new WeakMap<readonly Policy[], Map<string, Judge>>();

const judgeFor = (rules: readonly Guardrail[], policies: readonly Policy[]): Judge => {
  const ofPolicies = judges.get(policies) ?? new Map<string, Judge>();
  judges.set(policies, ofPolicies);
  const name = rules.map(({ id }) => id).join(' ');
  const judge = ofPolicies.get(name) ?? compileJudge(rules, policies);
  ofPolicies.set(name, judge);
  return judge;
};

/**
 * Compliance: judges a proposal by the rules of its function, before anything of it is done. Pure; what it read is in the
 * verdict, for replay. Without a list, or with that of another function, nobody can say that it may be done: a deny.
 */
export const judgeProposal = (proposal: JudgedProposal, list: RuleList | null, facts: JudgeFacts): Verdict => {
  if (list === null || list.function !== proposal.function) return { answer: worstOf([]), judgements: [] };
  return judgeFor(rulesAsked(list, proposal, facts), facts.policies)(proposal, facts);
};
