import { z } from 'zod';
import { defineGuardrail, type JudgedProposal, type JudgeFacts } from '../guardrail.ts';
import { inOrder, judgeLimits, sayPercent, wholeLimit } from '../limits.ts';
import type { SituationFacts } from '../situation.ts';

const bps = wholeLimit(10_000, 'whole basis points from 0 to 10000 (15.00 % is 1500)');
const worst = (_proposal: JudgedProposal, { quote }: JudgeFacts & Pick<SituationFacts, 'quote'>): number | null =>
  quote.lines.reduce<number | null>(
    (most, { discountBps }, index) =>
      // One line that cannot be read makes the whole quote unreadable; the first line is compared with nothing.
      (index > 0 && most === null) || !isDiscount(discountBps) ? null : Math.max(most ?? 0, discountBps),
    null,
  );

const isDiscount = (value: number | null): value is number =>
  value !== null && Number.isSafeInteger(value) && value >= 0 && value <= 10_000;

/**
 * Sanctions the discounts of a quote by its highest line, in whole basis points. Settings: `actUpTo`, `reviewUpTo`; the
 * starting point is that of the requirements (M060–M062): 15.00 % by itself, 25.00 % with a manager's yes, never more.
 */
export const discountBands = defineGuardrail({
  id: 'discount-bands',
  version: 1,
  owner: 'sales-manager',
  settings: inOrder(z.strictObject({ actUpTo: bps, reviewUpTo: bps })),
  startingPoint: { actUpTo: 1_500, reviewUpTo: 2_500 },
  reads: ['quote'],
  needs: ['quote'],
  boundary: {
    measure: worst,
    limits: (settings) => settings,
    withLimits: (_settings, limits) => limits,
    say: sayPercent,
  },
  judge: (proposal, settings, facts) =>
    judgeLimits(worst(proposal, facts), settings, { subject: 'The discount', say: sayPercent }),
});
