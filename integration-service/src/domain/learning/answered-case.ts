import type { GuardrailCatalogue } from '../guardrails/catalogue.ts';
import type { ReadDecision, RecordedDecision } from '../replay/recorded-decision.ts';
import { broken, ok, type Result } from '../values/result.ts';

/** What a person said to a proposal that was held up. */
export interface PersonsAnswer {
  readonly outcome: 'approved' | 'rejected';
  readonly by: string;
  readonly at: string;
}

/** A recorded decision and what a person said to it; null: nobody was asked, or nobody answered. */
export interface AnsweredDecision {
  readonly decision: RecordedDecision;
  readonly answer: PersonsAnswer | null;
}

export type ReadAnsweredDecision = Result<AnsweredDecision, Extract<ReadDecision, { ok: false }>['error']>;

/** A case from which a boundary can be learned: one rule alone held it up, and a person said yes or no. */
export interface AnsweredCase {
  readonly decision: string;
  readonly function: string;
  readonly rule: string;
  readonly scope: string;
  readonly partner: string;
  /** What the rule measured. */
  readonly value: number;
  readonly approved: boolean;
  readonly by: string;
}

/**
 * The case that a decision makes, or why it makes none. Where two rules held it up nobody can tell which of them the
 * person's answer was about, and a yes of the person who asked is no evidence.
 */
export const caseOf = (
  { decision, answer }: AnsweredDecision,
  catalogue: GuardrailCatalogue,
): Result<
  AnsweredCase,
  'not answered' | 'not held up by one rule alone' | 'not a rule with limits' | 'not measurable'
> => {
  const { proposal, facts, verdict, id } = decision;
  if (answer === null || answer.by === '' || answer.by.slice(0, 15) === proposal.requestedBy.slice(0, 15))
    return broken('not answered');
  const holding = verdict.judgements.filter((judgement) => judgement.answer !== 'allow');
  const [judgement, second] = holding;
  if (judgement?.answer !== 'needs-approval' || second !== undefined) return broken('not held up by one rule alone');
  const guardrail = catalogue.current(judgement.rule);
  if (guardrail?.boundary === undefined || judgement.policyScope === undefined) return broken('not a rule with limits');
  const missing = guardrail.needs.some((need) => facts[need] === undefined);
  const value = missing ? null : guardrail.boundary.measure(proposal, facts);
  if (value === null || !Number.isSafeInteger(value)) return broken('not measurable');
  return ok({
    decision: id,
    function: proposal.function,
    rule: judgement.rule,
    scope: judgement.policyScope,
    partner: proposal.partner,
    value,
    approved: answer.outcome === 'approved',
    by: answer.by,
  });
};
