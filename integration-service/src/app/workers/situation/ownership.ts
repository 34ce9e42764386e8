import type { Proposal } from '../../../domain/decisions/proposal.ts';
import { ownershipOf } from '../../../domain/framework/ownership.ts';
import type { SituationFacts } from '../../../domain/guardrails/situation.ts';

/**
 * Whose is what a proposal would change: every value that goes to the partner, and every field of ours in which an answer
 * is kept.
 */
export const ownershipSituation = (
  { useCase, disclosed }: Pick<Proposal, 'useCase' | 'disclosed'>,
  kept: readonly { readonly record: 'Opportunity' | 'Account'; readonly field: string }[],
): SituationFacts['ownership'] =>
  ownershipOf(useCase, [
    ...disclosed.map(({ target }) => target),
    ...kept.map(({ record, field }) => `${record}.${field}`),
  ]);
