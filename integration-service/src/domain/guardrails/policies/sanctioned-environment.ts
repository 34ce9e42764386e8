import { z } from 'zod';
import { allow, defineGuardrail, deny } from '../guardrail.ts';

/** What a use case does at a partner, in the words of a grant's actions. */
export const ACTION_OF_USE_CASE: Readonly<Record<string, string>> = {
  'refer-to-partner': 'refer',
  'correct-referral': 'update-referral',
};

const DAY = 86_400_000;

/**
 * An action may cross only under a grant that is active now, names the action, and whose evidence was checked lately.
 * Settings: `evidenceMaxAgeDays` — how old the last check of the evidence may be.
 */
export const sanctionedEnvironment = defineGuardrail({
  id: 'sanctioned-environment',
  settings: z.strictObject({ evidenceMaxAgeDays: z.number().positive() }),
  reads: ['grant', 'now'],
  judge: ({ useCase }, { evidenceMaxAgeDays }, { grant, now }) => {
    if (grant === null) return deny('There is no grant for this partner. An admin must record one with its evidence.');
    if (grant.status !== 'active')
      return deny(`The grant was revoked${grant.revokedBy === null ? '' : ` by the ${grant.revokedBy}`}.`);
    const at = Date.parse(now);
    if (grant.effectiveFrom !== null && !(Date.parse(grant.effectiveFrom) <= at))
      return deny(`The grant begins on ${grant.effectiveFrom}.`);
    if (grant.expiresAt !== null && !(Date.parse(grant.expiresAt) > at))
      return deny(`The grant ended on ${grant.expiresAt}. Renew it with the partner.`);
    const action = ACTION_OF_USE_CASE[useCase];
    if (action === undefined || !grant.actions.includes(action))
      return deny(`The grant does not allow the action "${action ?? useCase}".`);
    if (grant.evidenceKind === null || grant.evidence.trim() === '')
      return deny('The grant has no evidence that the partner agrees.');
    const age = grant.evidenceCheckedAt === null ? Number.NaN : at - Date.parse(grant.evidenceCheckedAt);
    return age <= evidenceMaxAgeDays * DAY
      ? allow()
      : deny(`The evidence of the grant was not checked in the last ${evidenceMaxAgeDays} days. Run the doctor.`);
  },
});
