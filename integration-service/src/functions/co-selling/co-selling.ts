import { defineFunction } from '../../agents/orchestration/function-definition.ts';
import { correctReferral } from './correct-referral.ts';
import { referToPartner } from './refer-to-partner.ts';

/** F4, selling together with a partner: its use cases and the rules that judge them. */
export const coSelling = defineFunction({
  function: 'co-selling',
  guardrails: [
    'kill-switch',
    'mode',
    'phase-prerequisites',
    'org-contact',
    'sanctioned-environment',
    'ownership-zone',
    'data-sharing',
    'duplicate',
    'conflict',
    'partner-health',
    'freshness',
    'consent',
    'language',
    'amount-per-action',
    'amount-per-day',
    'volume-per-day',
    'batch-size',
    'separate-approver',
  ],
  optional: ['territory'],
  useCases: { referToPartner, correctReferral },
});
