import type { Proposal } from '../decisions/proposal.ts';
import { deny, type Answer, type Guardrail, type JudgeFacts, type Policy } from './guardrail.ts';
import type { Judgement, Verdict } from './verdict.ts';

const severity = { allow: 0, 'needs-approval': 1, deny: 2 } as const;

/** The worst answer of all; no judgement at all is a deny. */
export const worstOf = (judgements: readonly Judgement[]): Verdict['answer'] =>
  judgements.length === 0
    ? 'deny'
    : judgements.reduce<Verdict['answer']>(
        (worst, { answer }) => (severity[answer] > severity[worst] ? answer : worst),
        'allow',
      );

/** The policy in force for a rule: the partner's own before the one for all, then the highest version that has begun. */
export const policyInForce = (
  policies: readonly Policy[],
  { rule, proposal, now }: { readonly rule: string; readonly proposal: Proposal; readonly now: string },
): Policy | null => {
  const begun = policies.filter(
    (policy) =>
      policy.rule === rule &&
      policy.function === proposal.function &&
      (policy.scope === 'all' || policy.scope === proposal.partner) &&
      (policy.effectiveFrom === null || Date.parse(policy.effectiveFrom) <= Date.parse(now)),
  );
  const rank = (policy: Policy): readonly [number, number] => [policy.scope === 'all' ? 0 : 1, policy.version];
  const [best] = [...begun].sort((left, right) => {
    const [leftScope, leftVersion] = rank(left);
    const [rightScope, rightVersion] = rank(right);
    return rightScope - leftScope || rightVersion - leftVersion;
  });
  return best ?? null;
};

/** Judges a proposal by every rule given, whatever the others say: the person stopped sees all the reasons at once. */
export const evaluate = (proposal: Proposal, guardrails: readonly Guardrail[], facts: JudgeFacts): Verdict => {
  const judgements = guardrails.map((guardrail) => judgeBy(guardrail, proposal, facts));
  return { answer: worstOf(judgements), judgements };
};

const judgeBy = (guardrail: Guardrail, proposal: Proposal, facts: JudgeFacts): Judgement => {
  const said = (answer: Answer, policyVersion: number): Judgement => ({
    rule: guardrail.id,
    policyVersion,
    ...answer,
    read: guardrail.reads,
  });
  if (guardrail.settings === null) return said(guardrail.judge(proposal, undefined, facts), 0);
  const policy = policyInForce(facts.policies, { rule: guardrail.id, proposal, now: facts.now });
  if (policy === null)
    return said(deny(`No policy is in force for the rule "${guardrail.id}". An admin must add one.`), 0);
  const settings = guardrail.settings.safeParse(policy.settings);
  if (!settings.success)
    return said(
      deny(`The policy for the rule "${guardrail.id}" cannot be read: ${settings.error.issues.map(issue).join('; ')}.`),
      policy.version,
    );
  return said(guardrail.judge(proposal, settings.data, facts), policy.version);
};

const issue = ({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  `${path.join('.') || 'settings'}: ${message}`;
