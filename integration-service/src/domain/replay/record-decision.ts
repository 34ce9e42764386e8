import type { JudgedProposal, JudgeFacts } from '../guardrails/guardrail.ts';
import type { Verdict } from '../guardrails/verdict.ts';
import type { RecordedDecision } from './recorded-decision.ts';

/** A decision to be kept, and where in it stands what belongs to a person and is kept under that person's key. */
export interface DecisionToRecord {
  readonly record: RecordedDecision;
  /** Dotted paths into the record. Whoever guesses a value could tell from its fingerprint that it is the one. */
  readonly personal: readonly string[];
}

/** Takes from a proposal what its guardrails could see, and nothing of what it would send. */
export const recordDecision = (
  id: string,
  proposal: JudgedProposal,
  facts: JudgeFacts,
  verdict: Verdict,
): DecisionToRecord => {
  const { function: of, useCase, subject, partner, requestedBy, consent } = proposal;
  const seen: JudgedProposal = {
    function: of,
    useCase,
    subject,
    partner,
    requestedBy,
    disclosed: proposal.disclosed.map(({ target, label, sourceKind, personal, fingerprint }) => ({
      target,
      label,
      sourceKind,
      personal,
      fingerprint,
    })),
    effects: proposal.effects.map(({ step, port, operation }) => ({ step, port, operation })),
    consent,
    facts: proposal.facts.map(({ name, readAt }) => ({ name, readAt })),
  };
  const aboutPeople = proposal.disclosed.flatMap(({ personal, target }, index) =>
    personal ? [{ index, target }] : [],
  );
  const personal = [
    ...aboutPeople.map(({ index }) => `proposal.disclosed.${index}.fingerprint`),
    // As a whole: the names in it are paths themselves.
    ...(aboutPeople.some(({ target }) => target in consent.fingerprints) ? ['proposal.consent.fingerprints'] : []),
  ];
  return { record: { id, at: facts.now, proposal: seen, facts, verdict }, personal };
};
