import { defineFunction } from '../../agents/orchestration/function-definition.ts';
import { correctReferral } from './correct-referral.ts';
import { referToPartner } from './refer-to-partner.ts';

/** F4, selling together with a partner: its use cases and the rules that judge them. */
export const coSelling = defineFunction({
  function: 'co-selling',
  guardrails: ['kill-switch', 'mode', 'sanctioned-environment', 'data-sharing', 'duplicate', 'freshness', 'consent'],
  optional: [],
  useCases: { referToPartner, correctReferral },
});
