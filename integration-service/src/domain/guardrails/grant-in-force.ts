import { instantMs } from '../values/instant.ts';
import type { PartnerGrant } from './guardrail.ts';

/** What a use case does at a partner, in the words of a grant's actions; one that is not listed is its own word. */
export const ACTION_OF_USE_CASE: Readonly<Record<string, string>> = {
  'refer-to-partner': 'refer',
  'correct-referral': 'update-referral',
};

/** Why a grant does not hold now for what a use case does; null: it holds. */
export const grantProblem = (grant: PartnerGrant | null, useCase: string, nowMs: number): string | null => {
  if (grant === null) return 'There is no grant for this partner. An admin must record one with its evidence.';
  if (grant.status !== 'active')
    return `The grant was revoked${grant.revokedBy === null ? '' : ` by the ${grant.revokedBy}`}.`;
  if (grant.effectiveFrom !== null && !(instantMs(grant.effectiveFrom) <= nowMs))
    return `The grant begins on ${grant.effectiveFrom}.`;
  if (grant.expiresAt !== null && !(instantMs(grant.expiresAt) > nowMs))
    return `The grant ended on ${grant.expiresAt}. Renew it with the partner.`;
  const action = ACTION_OF_USE_CASE[useCase] ?? useCase;
  if (!grant.actions.includes(action)) return `The grant does not allow the action "${action}".`;
  if (grant.evidenceKind === null || grant.evidence.trim() === '')
    return 'The grant has no evidence that the partner agrees.';
  return null;
};
