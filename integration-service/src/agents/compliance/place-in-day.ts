import { CATALOGUE } from '../../domain/guardrails/catalogue.ts';
import { readSettings } from '../../domain/guardrails/evaluate.ts';
import type { JudgedProposal, JudgeFacts, Limits, Policy } from '../../domain/guardrails/guardrail.ts';
import { choosePolicies, shelfOf } from '../../domain/guardrails/policy-choice.ts';
import type { Verdict } from '../../domain/guardrails/verdict.ts';
import { instantMs } from '../../domain/values/instant.ts';
import type { PlaceInDay } from '../../ports/effect-log/effect-log.ts';

/**
 * Where an action counts in its day, with the ceilings up to which its verdict stands: the limit under which the agent
 * acts by itself, or where a person approved more, the one up to which a person may.
 */
export const placeInDay = (proposal: JudgedProposal, facts: JudgeFacts, verdict: Verdict): PlaceInDay => {
  const ceiling = (rule: string): number | null => {
    const judged = verdict.judgements.find((one) => one.rule === rule);
    if (judged?.answer !== 'allow') return null;
    const limits = limitsInForce(rule, proposal, facts);
    if (limits.length === 0) return null;
    return Math.min(
      ...limits.map(({ actUpTo, reviewUpTo }) => (judged.approvedBy === undefined ? actUpTo : reviewUpTo)),
    );
  };
  const { amount, doneToday } = facts;
  const measured = amount && doneToday && amount.currency === doneToday.currency;
  return {
    function: proposal.function,
    partner: proposal.partner,
    currency: amount?.currency ?? '',
    minor: amount && amount.minor >= 0 ? amount.minor : 0,
    mostActions: ceiling('volume-per-day'),
    mostMinor:
      measured && amount.minor >= 0 && isIn(amount.currency, proposal, facts) ? ceiling('amount-per-day') : null,
  };
};

/** Policies in another currency have let the amount pass without looking at it. */
const isIn = (currency: string, proposal: JudgedProposal, facts: JudgeFacts): boolean =>
  policiesInForce('amount-per-day', proposal, facts).every(({ settings }) => settings.currency === currency);

const policiesInForce = (
  rule: string,
  { function: of, partner }: JudgedProposal,
  facts: JudgeFacts,
): readonly Policy[] => {
  const own = facts.policies.filter((policy) => policy.rule === rule && policy.function === of);
  const choice = choosePolicies(
    shelfOf<Policy>(own, (policy) => policy),
    { partner, profile: facts.profile, nowMs: instantMs(facts.now) },
  );
  return choice.kind === 'in-force' ? choice.entries : [];
};

const limitsInForce = (rule: string, proposal: JudgedProposal, facts: JudgeFacts): readonly Limits[] => {
  const guardrail = CATALOGUE.current(rule);
  if (guardrail?.boundary === undefined) return [];
  const { boundary } = guardrail;
  return policiesInForce(rule, proposal, facts).flatMap((policy) => {
    const { settings, problem } = readSettings(guardrail, policy.settings);
    return problem === null ? [boundary.limits(settings)] : [];
  });
};
