import { z } from 'zod';
import { defineGuardrail } from '../guardrail.ts';
import { inOrder, judgeLimits, sayCount, wholeLimit } from '../limits.ts';

const limit = wholeLimit(1_000_000, 'a whole number of actions up to 1,000,000');

/** How many actions a function may take with one partner in a day, this one included. Settings: `actUpTo`, `reviewUpTo`. */
export const volumePerDay = defineGuardrail({
  id: 'volume-per-day',
  version: 1,
  owner: 'partner-manager',
  settings: inOrder(z.strictObject({ actUpTo: limit, reviewUpTo: limit })),
  startingPoint: { actUpTo: 100, reviewUpTo: 500 },
  reads: ['doneToday'],
  needs: ['doneToday'],
  boundary: {
    measure: (_proposal, { doneToday }) => doneToday.actions + 1,
    limits: (settings) => settings,
    withLimits: (_settings, limits) => limits,
    say: sayCount,
  },
  judge: (_proposal, settings, { doneToday }) =>
    // A count below zero would make room for more: it is no count.
    judgeLimits(doneToday.actions < 0 ? null : doneToday.actions + 1, settings, {
      subject: 'The number of actions with this partner today',
      say: sayCount,
    }),
});
