import { z } from 'zod';
import { answerAs, consequence } from '../consequence.ts';
import { defineGuardrail, type JudgedProposal, type JudgeFacts } from '../guardrail.ts';
import { currency, inOrder, judgeLimits, sayMoney, wholeLimit } from '../limits.ts';
import type { SituationFacts } from '../situation.ts';

const limit = wholeLimit(Number.MAX_SAFE_INTEGER, 'a whole amount in cents');
const total = (
  _proposal: JudgedProposal,
  { amount, doneToday }: JudgeFacts & Pick<SituationFacts, 'amount' | 'doneToday'>,
): number | null =>
  // A negative part would make room for more: it is no amount.
  amount === null || amount.minor < 0 || doneToday.minor < 0 ? null : doneToday.minor + amount.minor;

/**
 * What a function may commit with one partner in a day, this action included. Settings: `currency`, `actUpTo`,
 * `reviewUpTo` in its minor units; `unknown` — what happens when there is no amount, or one in another currency (absent:
 * block).
 */
export const amountPerDay = defineGuardrail({
  id: 'amount-per-day',
  version: 1,
  owner: 'sales-manager',
  settings: inOrder(z.strictObject({ currency, actUpTo: limit, reviewUpTo: limit, unknown: consequence.optional() })),
  startingPoint: { currency: 'USD', actUpTo: 50_000_000, reviewUpTo: 500_000_000 },
  reads: ['amount', 'doneToday'],
  needs: ['amount', 'doneToday'],
  boundary: {
    measure: total,
    limits: (settings) => settings,
    withLimits: (settings, limits) => ({ ...settings, ...limits }),
    say: (value, settings) => sayMoney(value, settings.currency),
  },
  judge: (proposal, settings, facts) => {
    if (facts.amount === null && settings.unknown !== undefined)
      return answerAs(settings.unknown, 'There is no amount.');
    const other = [facts.amount?.currency, facts.doneToday.currency].find(
      (code) => code !== undefined && code !== settings.currency,
    );
    if (other !== undefined)
      return answerAs(
        settings.unknown ?? 'block',
        `The amount is in ${other} and its limit in ${settings.currency}. An admin must set one.`,
      );
    return judgeLimits(total(proposal, facts), settings, {
      subject: 'The total of today with this',
      say: (value) => sayMoney(value, settings.currency),
    });
  },
});
