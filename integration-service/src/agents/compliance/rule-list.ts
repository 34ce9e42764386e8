import { CATALOGUE } from '../../domain/guardrails/catalogue.ts';
import type { Guardrail, JudgedProposal, JudgeFacts, Policy } from '../../domain/guardrails/guardrail.ts';
import { choosePolicies, shelfOf } from '../../domain/guardrails/policy-choice.ts';
import { instantMs } from '../../domain/values/instant.ts';

/** Which rules judge what a function proposes, by their ids, as data. */
export interface RuleList {
  /** The function whose proposals these rules judge; another one's they do not. */
  readonly function: string;
  /** Always asked, in the order in which their reasons are told. Without a policy they deny. */
  readonly guardrails: readonly [string, ...string[]];
  /**
   * Asked once the company has a policy for them: they say nothing without data that only the company can give (its
   * territories). Taking the policy away withdraws the rule, as writing it made it count.
   */
  readonly optional: readonly string[];
}

const ruleOf = (id: string): Guardrail => {
  const rule = CATALOGUE.current(id);
  if (rule === undefined) throw new Error(`the list of a function names the guardrail "${id}", which there is not`);
  return rule;
};

/** The rules of a list. @throws when it names one that there is not. */
export const rulesOf = ({ guardrails, optional }: RuleList): readonly Guardrail[] =>
  [...guardrails, ...optional].map(ruleOf);

/** The rules that are asked of this proposal now: those that always are, and the optional ones that have a policy. */
export const rulesAsked = (
  list: RuleList,
  proposal: Pick<JudgedProposal, 'function' | 'partner'>,
  facts: Pick<JudgeFacts, 'policies' | 'profile' | 'now'>,
): readonly Guardrail[] => {
  const optional = list.optional.filter((id) => hasPolicy(id, proposal, facts));
  return [...list.guardrails, ...optional].map(ruleOf);
};

/** One that cannot be read counts as there: the rule then says what is wrong with it. */
const hasPolicy = (
  rule: string,
  { function: of, partner }: Pick<JudgedProposal, 'function' | 'partner'>,
  { policies, profile, now }: Pick<JudgeFacts, 'policies' | 'profile' | 'now'>,
): boolean => {
  const own = policies.filter((policy) => policy.rule === rule && policy.function === of);
  if (own.length === 0) return false;
  const shelf = shelfOf<Policy>(own, (policy) => policy);
  return choosePolicies(shelf, { partner, profile, nowMs: instantMs(now) }).kind !== 'none';
};
