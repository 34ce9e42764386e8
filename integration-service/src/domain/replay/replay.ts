import type { GuardrailCatalogue } from '../guardrails/catalogue.ts';
import { evaluate, worstOf } from '../guardrails/evaluate.ts';
import type { Guardrail, Policy } from '../guardrails/guardrail.ts';
import type { Judgement, Verdict } from '../guardrails/verdict.ts';
import { canonicalJson, type Json } from '../values/json.ts';
import type { RecordedDecision } from './recorded-decision.ts';

/** What one rule said then, and what it says when it is asked again; null: it was not, or is no longer, asked. */
export interface Difference {
  readonly rule: string;
  readonly was: Judgement | null;
  readonly is: Judgement | null;
}

export type Replay =
  /** The same bytes, or under other rules and policies the same answer of every rule. */
  | { readonly kind: 'same' }
  | { readonly kind: 'different'; readonly differences: readonly Difference[]; readonly verdict: Verdict }
  /** A version of a rule that took part is in nobody's catalogue: the build is older than the record. */
  | { readonly kind: 'unknown-rule'; readonly rule: string; readonly version: number };

const bytes = (value: Judgement | Verdict): string => canonicalJson(value as unknown as Json);

/** A judgement of today in the form of a record that was made before rules carried versions. */
const inFormOf = (recorded: Judgement, judgement: Judgement): Judgement => {
  if (recorded.ruleVersion !== undefined) return judgement;
  const { ruleVersion: _version, policyScope: _scope, owner: _owner, ...older } = judgement;
  return older;
};

/** Judges a decision again as of then: the same versions of the rules and policies, the same facts; it must be the same. */
export const replayAsOfThen = (decision: RecordedDecision, catalogue: GuardrailCatalogue): Replay => {
  const { proposal, facts, verdict } = decision;
  const guardrails: Guardrail[] = [];
  for (const { rule, ruleVersion = 1 } of verdict.judgements) {
    const guardrail = catalogue.version(rule, ruleVersion);
    if (guardrail === undefined) return { kind: 'unknown-rule', rule, version: ruleVersion };
    guardrails.push(guardrail);
  }
  const again = evaluate(proposal, guardrails, facts);
  const judgements = again.judgements.map((judgement, index) => {
    const recorded = verdict.judgements[index];
    return recorded === undefined ? judgement : inFormOf(recorded, judgement);
  });
  const now: Verdict = { answer: worstOf(judgements), judgements };
  if (bytes(now) === bytes(verdict)) return { kind: 'same' };
  return { kind: 'different', differences: differencesOf(verdict, now, bytes), verdict: now };
};

/** Judges a decision again by the rules and policies of another time, such as today's, over the facts of then. */
export const replayUnder = (
  decision: RecordedDecision,
  { guardrails, policies }: { readonly guardrails: readonly Guardrail[]; readonly policies: readonly Policy[] },
): Replay => {
  const { proposal, facts, verdict } = decision;
  // A policy of today may begin after that day: it is asked as if it had been in force.
  const inForce = policies.map((policy) => ({ ...policy, effectiveFrom: null }));
  const now = evaluate(proposal, guardrails, { ...facts, policies: inForce });
  const differences = differencesOf(verdict, now, ({ answer }) => answer);
  return differences.length === 0 && now.answer === verdict.answer
    ? { kind: 'same' }
    : { kind: 'different', differences, verdict: now };
};

const differencesOf = (
  then: Verdict,
  now: Verdict,
  mattersOf: (judgement: Judgement) => string,
): readonly Difference[] => {
  const before = new Map(then.judgements.map((judgement) => [judgement.rule, judgement]));
  const after = new Map(now.judgements.map((judgement) => [judgement.rule, judgement]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((rule): Difference[] => {
    const [was, is] = [before.get(rule) ?? null, after.get(rule) ?? null];
    return was !== null && is !== null && mattersOf(was) === mattersOf(is) ? [] : [{ rule, was, is }];
  });
};
