import { allow, defineGuardrail, deny, needsApproval } from '../guardrail.ts';

/**
 * `off` stops; `led` lets the agent act; `assisted` waits for a person's yes, and the click of the person who asked is
 * that yes (what it covers is the consent rule's business). No mode at all is `off`.
 */
export const mode = defineGuardrail({
  id: 'mode',
  version: 1,
  owner: 'sales-manager',
  settings: null,
  startingPoint: null,
  reads: ['mode', 'consent'],
  needs: [],
  judge: (proposal, _settings, facts) => {
    if (facts.mode === null || facts.mode.function !== proposal.function || facts.mode.mode === 'off')
      return deny(`With this partner, ${proposal.function} is switched off. An admin can set its mode.`);
    if (facts.mode.mode === 'led') return allow();
    return proposal.consent.by === proposal.requestedBy && proposal.consent.by !== ''
      ? allow()
      : needsApproval('In assisted mode a person must say yes.');
  },
});
