import { z } from 'zod';
import { defineGuardrail } from '../guardrail.ts';
import { inOrder, judgeLimits, sayCount, wholeLimit } from '../limits.ts';

const limit = wholeLimit(1_000_000, 'a whole number of records up to 1,000,000');

/** How many records one decision may touch, so that one mistake stays small. Settings: `actUpTo`, `reviewUpTo`. */
export const batchSize = defineGuardrail({
  id: 'batch-size',
  version: 1,
  owner: 'partner-manager',
  settings: inOrder(z.strictObject({ actUpTo: limit, reviewUpTo: limit })),
  startingPoint: { actUpTo: 200, reviewUpTo: 2_000 },
  reads: ['batch'],
  needs: ['batch'],
  boundary: {
    measure: (_proposal, { batch }) => batch.items,
    limits: (settings) => settings,
    withLimits: (_settings, limits) => limits,
    say: sayCount,
  },
  judge: (_proposal, settings, { batch }) =>
    judgeLimits(batch.items, settings, { subject: 'The number of records touched at once', say: sayCount }),
});
