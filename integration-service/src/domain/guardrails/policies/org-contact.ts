import { z } from 'zod';
import { instantMs } from '../../values/instant.ts';
import { allow, defineGuardrail, needsApproval } from '../guardrail.ts';

/**
 * An agent that has lost sight of its org does not go on by itself: a stop or a revocation may be waiting there. Settings:
 * `pauseAfterSeconds` — how long the org may be silent in `led` mode.
 */
export const orgContact = defineGuardrail({
  id: 'org-contact',
  version: 1,
  owner: 'admin',
  settings: z.strictObject({ pauseAfterSeconds: z.number().positive() }),
  startingPoint: { pauseAfterSeconds: 300 },
  reads: ['contact', 'mode', 'now'],
  needs: ['contact'],
  judge: (_proposal, { pauseAfterSeconds }, { contact: { heardAt }, mode }, nowMs) => {
    if (mode?.mode !== 'led') return allow();
    const silentMs = heardAt === null ? Number.NaN : nowMs - instantMs(heardAt);
    return silentMs <= pauseAfterSeconds * 1_000
      ? allow()
      : needsApproval(`Salesforce has not been heard of for ${pauseAfterSeconds} seconds, so nothing goes by itself.`);
  },
});
