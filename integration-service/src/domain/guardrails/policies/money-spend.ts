import { z } from 'zod';
import { defineGuardrail, deny, type JudgedProposal, type JudgeFacts } from '../guardrail.ts';
import { currency, inOrder, judgeLimits, sayMoney, wholeLimit } from '../limits.ts';
import type { SituationFacts } from '../situation.ts';

const limit = wholeLimit(Number.MAX_SAFE_INTEGER, 'a whole amount in cents');
const total = (
  _proposal: JudgedProposal,
  { moneySpend: { spentMinor, wantedMinor } }: JudgeFacts & Pick<SituationFacts, 'moneySpend'>,
): number | null =>
  // A negative part would make room for more: it is no amount.
  spentMinor < 0 || wantedMinor < 0 ? null : spentMinor + wantedMinor;

/**
 * What a function may spend with one partner in the budget's period, this action included. Settings: `currency`,
 * `actUpTo`, `reviewUpTo` (the hard stop) in its minor units.
 */
export const moneySpend = defineGuardrail({
  id: 'money-spend',
  version: 1,
  owner: 'finance',
  settings: inOrder(z.strictObject({ currency, actUpTo: limit, reviewUpTo: limit })),
  startingPoint: { currency: 'USD', actUpTo: 100_000, reviewUpTo: 500_000 },
  reads: ['moneySpend'],
  needs: ['moneySpend'],
  boundary: {
    measure: total,
    limits: (settings) => settings,
    withLimits: (settings, limits) => ({ ...settings, ...limits }),
    say: (value, settings) => sayMoney(value, settings.currency),
  },
  judge: (proposal, settings, facts) => {
    if (facts.moneySpend.currency !== settings.currency)
      return deny(
        `The spending is in ${facts.moneySpend.currency} and its budget in ${settings.currency}. An admin must set one.`,
      );
    return judgeLimits(total(proposal, facts), settings, {
      subject: 'The spending of this period with this',
      say: (value) => sayMoney(value, settings.currency),
    });
  },
});
