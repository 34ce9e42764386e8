import type { Judgement } from '../../../domain/guardrails/verdict.ts';
import type { MaterialFact } from '../../../domain/decisions/material-facts.ts';
import type { Json } from '../../../domain/values/json.ts';
import type { SituationAsk } from '../situation/situation-ask.ts';

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

const VERBS: Readonly<Record<string, string>> = {
  'refer-to-partner': 'Refer',
  'correct-referral': 'Correct the referral of',
};

/** What is asked, in one line: what would be done with which deal, and the first reason why a person is asked. */
export const headline = ({ proposal, facts }: SituationAsk, held: readonly Judgement[]): string => {
  const verb = VERBS[proposal.useCase] ?? proposal.useCase;
  const { Name: name } = facts.deal.Opportunity;
  const deal = typeof name === 'string' ? name : proposal.subject.id;
  return cut(`${verb} ${cut(deal, 80)} to ${facts.partner.name}: ${held[0]?.reason ?? ''}`, 255);
};

const mostFacts = 60;

/** What somebody needs to decide: which rules ask and why, what would be told, what would be done. Nobody's personal data. */
export const evidenceOf = (
  { proposal, facts }: SituationAsk,
  held: readonly Judgement[],
  material: readonly MaterialFact[],
): Json => ({
  rules: held.map(({ rule, policyVersion, reason }) => ({ rule, policyVersion, reason })),
  facts: [
    { label: 'Asked for by', value: facts.request.requestedByName },
    ...material
      .slice(0, mostFacts)
      .map(({ label, value }) => ({ label, value: value ?? '(about a person; see the deal)' })),
  ],
  wouldDo: proposal.effects.map(({ operation }) => `${operation.replaceAll('-', ' ')} at ${facts.partner.name}`),
});
