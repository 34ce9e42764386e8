import { instantMs } from '../values/instant.ts';
import {
  allow,
  deny,
  type Answer,
  type Guardrail,
  type JudgedProposal,
  type JudgeFacts,
  type Policy,
} from './guardrail.ts';
import { isOtherPerson } from './other-person.ts';
import { choosePolicies, shelfOf, type PolicyShelf } from './policy-choice.ts';
import { FACT_WORDS } from './situation.ts';
import type { Judgement, Verdict } from './verdict.ts';

const severity = { allow: 0, 'needs-approval': 1, deny: 2 } as const;

/** The worst answer of all; no judgement at all is a deny. */
export const worstOf = (judgements: readonly Pick<Judgement, 'answer'>[]): Verdict['answer'] => {
  let worst: Verdict['answer'] = judgements.length === 0 ? 'deny' : 'allow';
  for (const { answer } of judgements) if (severity[answer] > severity[worst]) worst = answer;
  return worst;
};

/** The first of the policies in force for a rule (there are two where tier and segment both have one); null: none. */
export const policyInForce = (
  policies: readonly Policy[],
  {
    rule,
    proposal,
    now,
    profile,
  }: {
    readonly rule: string;
    readonly proposal: JudgedProposal;
    readonly now: string;
    readonly profile?: JudgeFacts['profile'];
  },
): Policy | null => {
  const shelf = shelfOf(policiesFor(policies, proposal.function, rule), (policy) => policy);
  const choice = choosePolicies(shelf, { partner: proposal.partner, profile, nowMs: instantMs(now) });
  return choice.kind === 'in-force' ? (choice.entries[0] ?? null) : null;
};

const policiesFor = (policies: readonly Policy[], of: string, rule: string): readonly Policy[] =>
  policies.filter((policy) => policy.rule === rule && policy.function === of);

/** Judges by every rule given, whatever the others say: the person stopped sees all the reasons at once. */
export const evaluate = (proposal: JudgedProposal, guardrails: readonly Guardrail[], facts: JudgeFacts): Verdict =>
  compileJudge(guardrails, facts.policies)(proposal, facts);

/**
 * The same judge for many proposals under one set of policies (`facts.policies` is not looked at): policies are sorted and
 * their settings parsed once.
 */
export const compileJudge = (
  guardrails: readonly Guardrail[],
  policies: readonly Policy[],
): ((proposal: JudgedProposal, facts: JudgeFacts) => Verdict) => {
  const ofFunction = new Map<string, readonly RuleJudge[]>();
  const judgesOf = (id: string): readonly RuleJudge[] => {
    const known = ofFunction.get(id);
    if (known !== undefined) return known;
    const made = guardrails.map((guardrail) => judgeOf(guardrail, policiesFor(policies, id, guardrail.id)));
    ofFunction.set(id, made);
    return made;
  };
  return (proposal, facts) => {
    const nowMs = instantMs(facts.now);
    const judgements = judgesOf(proposal.function).map((judge) => judge(proposal, facts, nowMs));
    return { answer: worstOf(judgements), judgements };
  };
};

type RuleJudge = (proposal: JudgedProposal, facts: JudgeFacts, nowMs: number) => Judgement;

/** A policy with its settings as the rule wants them, or why it cannot be read, and the judgement most often given. */
interface Prepared {
  readonly policyVersion: number;
  readonly policyScope: string | null;
  readonly settings: unknown;
  readonly problem: string | null;
  readonly allowed: Judgement;
}

/** Makes the judge of one rule for one function. */
const judgeOf = (guardrail: Guardrail, policies: readonly Policy[]): RuleJudge => {
  const { id, version: ruleVersion, owner, reads: read, needs } = guardrail;
  const said = (prepared: Omit<Prepared, 'allowed' | 'settings'>, { answer, reason }: Answer): Judgement => ({
    rule: id,
    ruleVersion,
    policyVersion: prepared.policyVersion,
    ...(prepared.policyScope === null ? {} : { policyScope: prepared.policyScope }),
    answer,
    reason,
    ...(answer === 'allow' ? {} : { owner }),
    read,
  });
  const prepare = (base: Omit<Prepared, 'allowed'>): Prepared => ({ ...base, allowed: said(base, allow()) });
  const without = prepare({ policyVersion: 0, policyScope: null, settings: undefined, problem: null });
  const refuse = (reason: string): Judgement => said(without, deny(reason));
  const shelf: PolicyShelf<Prepared> | null =
    guardrail.settings === null
      ? null
      : shelfOf(policies, (policy) =>
          prepare({
            policyVersion: policy.version,
            policyScope: policy.scope,
            ...readSettings(guardrail, policy.settings),
          }),
        );

  const ask = (prepared: Prepared, proposal: JudgedProposal, facts: JudgeFacts, nowMs: number): Judgement => {
    if (prepared.problem !== null) return said(prepared, deny(unreadable(id, prepared.problem)));
    for (const need of needs)
      if (facts[need] === undefined) return said(prepared, deny(`Nobody looked up ${FACT_WORDS[need]}.`));
    const answer = guardrail.judge(proposal, prepared.settings, facts, nowMs);
    if (answer.answer === 'allow') return prepared.allowed;
    return withApproval(said(prepared, answer), proposal, facts);
  };

  return (proposal, facts, nowMs) => {
    if (shelf === null) return ask(without, proposal, facts, nowMs);
    const choice = choosePolicies(shelf, { partner: proposal.partner, profile: facts.profile, nowMs });
    if (choice.kind === 'unreadable') return refuse(unreadable(id, choice.why));
    if (choice.kind === 'profile-unknown') return refuse(`Nobody looked up ${FACT_WORDS.profile}.`);
    const first = choice.kind === 'in-force' ? choice.entries[0] : undefined;
    if (choice.kind === 'none' || first === undefined)
      return refuse(`No policy is in force for the rule "${id}". An admin must add one.`);
    const judged = ask(first, proposal, facts, nowMs);
    const second = choice.entries[1];
    if (second === undefined) return judged;
    const other = ask(second, proposal, facts, nowMs);
    return severity[other.answer] > severity[judged.answer] ? other : judged;
  };
};

const unreadable = (rule: string, problem: string): string =>
  `The policy for the rule "${rule}" cannot be read: ${problem}.`;

/** Settings in the form the rule wants; what is wrong with them otherwise, in words an admin can act on. */
export const readSettings = (
  { settings: form }: Guardrail,
  settings: Policy['settings'],
): { readonly settings: unknown; readonly problem: string | null } => {
  if (form === null) return { settings: undefined, problem: 'this rule has no settings' };
  // Whoever read the row could not take its word, and says why.
  if (typeof settings.unreadable === 'string') return { settings: undefined, problem: settings.unreadable };
  const parsed = form.safeParse(settings);
  return parsed.success
    ? { settings: parsed.data, problem: null }
    : { settings: undefined, problem: parsed.error.issues.map(issue).join('; ') };
};

const issue = ({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  `${path.join('.') || 'settings'}: ${message}`;

/**
 * A yes on file lets pass what its rule would hold up, when another person than the one who asked gave it for this version
 * of the policy. A deny stays a deny, and what only the person who asked can say (consent) nobody says for them.
 */
const withApproval = (judgement: Judgement, { requestedBy }: JudgedProposal, { approvals }: JudgeFacts): Judgement => {
  if (judgement.answer !== 'needs-approval' || approvals === undefined || judgement.owner === 'requester')
    return judgement;
  const yes = approvals.find(
    ({ rule, policyVersion, by }) =>
      rule === judgement.rule && policyVersion === judgement.policyVersion && isOtherPerson(by, requestedBy),
  );
  if (yes === undefined) return judgement;
  const { owner: _owner, ...rest } = judgement;
  return { ...rest, answer: 'allow', approvedBy: yes.by };
};
