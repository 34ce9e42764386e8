import type { FunctionId } from '../../domain/framework/functions.ts';
import { correctReferral } from './correct-referral.ts';
import { referToPartner } from './refer-to-partner.ts';

/** F4, selling together with a partner: its use cases and the rules that judge them. */
export const coSelling = {
  id: 'co-selling' satisfies FunctionId,
  number: 'F4',
  phase: 1,
  useCases: { referToPartner, correctReferral },
} as const;
