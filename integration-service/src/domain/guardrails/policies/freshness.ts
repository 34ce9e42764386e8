import { z } from 'zod';
import { instantMs } from '../../values/instant.ts';
import { allow, defineGuardrail, deny } from '../guardrail.ts';

/**
 * A decision rests on facts as they are now. Settings: `maxAgeSeconds` — how old any fact may be; `byFact` — other
 * limits for single facts by name. A fact of unknown age, or from the future by more than a minute, is not fresh.
 */
export const freshness = defineGuardrail({
  id: 'freshness',
  version: 1,
  owner: 'admin',
  settings: z.strictObject({
    maxAgeSeconds: z.number().nonnegative(),
    byFact: z.record(z.string(), z.number().nonnegative()).optional(),
  }),
  startingPoint: { maxAgeSeconds: 120 },
  reads: ['facts', 'now'],
  needs: [],
  judge: ({ facts }, { maxAgeSeconds, byFact }, _facts, nowMs) => {
    if (facts.length === 0) return deny('The proposal names no facts that it rests on.');
    const stale = facts.filter(({ name, readAt }) => {
      const age = (nowMs - instantMs(readAt)) / 1_000;
      return !(age <= (byFact?.[name] ?? maxAgeSeconds) && age >= -60);
    });
    return stale.length === 0
      ? allow()
      : deny(`Read too long ago: ${stale.map(({ name }) => name).join(', ')}. It must be read again.`);
  },
});
