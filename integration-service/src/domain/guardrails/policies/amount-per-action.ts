import { z } from 'zod';
import { answerAs, consequence } from '../consequence.ts';
import { defineGuardrail } from '../guardrail.ts';
import { currency, inOrder, judgeLimits, sayMoney, wholeLimit } from '../limits.ts';

const limit = wholeLimit(Number.MAX_SAFE_INTEGER, 'a whole amount in cents');

/**
 * What one action may commit. Settings: `currency`, `actUpTo`, `reviewUpTo` in its minor units; `unknown` — what happens
 * when there is no amount, or one in another currency (absent: block).
 */
export const amountPerAction = defineGuardrail({
  id: 'amount-per-action',
  version: 1,
  owner: 'sales-manager',
  settings: inOrder(z.strictObject({ currency, actUpTo: limit, reviewUpTo: limit, unknown: consequence.optional() })),
  startingPoint: { currency: 'USD', actUpTo: 10_000_000, reviewUpTo: 100_000_000 },
  reads: ['amount'],
  needs: ['amount'],
  boundary: {
    measure: (_proposal, { amount }) => amount?.minor ?? null,
    limits: (settings) => settings,
    withLimits: (settings, limits) => ({ ...settings, ...limits }),
    say: (value, settings) => sayMoney(value, settings.currency),
  },
  judge: (_proposal, settings, { amount }) => {
    if (amount === null && settings.unknown !== undefined) return answerAs(settings.unknown, 'There is no amount.');
    if (amount !== null && amount.currency !== settings.currency)
      return answerAs(
        settings.unknown ?? 'block',
        `The amount is in ${amount.currency} and its limit in ${settings.currency}. An admin must set one.`,
      );
    return judgeLimits(amount?.minor ?? null, settings, {
      subject: 'The amount',
      say: (value) => sayMoney(value, settings.currency),
    });
  },
});
