import { z } from 'zod';
import { instantMs } from '../../values/instant.ts';
import { allow, defineGuardrail, deny, needsApproval } from '../guardrail.ts';
import { answerAs, consequence } from '../consequence.ts';

const DAY = 86_400_000;
const score = z.number().min(0).max(100);

/**
 * An agent goes by itself only with a partner in good health. Settings: `actFrom` and `reviewFrom` — from which score
 * (0–100) it acts, and from which a person may let it; `maxAgeDays` — how old a score may be; `unknown` — what happens
 * without a young score that rests on both signals (M163).
 */
export const partnerHealth = defineGuardrail({
  id: 'partner-health',
  version: 1,
  owner: 'partner-manager',
  settings: z
    .strictObject({ actFrom: score, reviewFrom: score, maxAgeDays: z.number().positive(), unknown: consequence })
    .refine(({ actFrom, reviewFrom }) => reviewFrom <= actFrom, {
      path: ['reviewFrom'],
      error: 'must not be above actFrom',
    }),
  startingPoint: { actFrom: 50, reviewFrom: 25, maxAgeDays: 30, unknown: 'review' },
  reads: ['health', 'now'],
  needs: ['health'],
  judge: (_proposal, { actFrom, reviewFrom, maxAgeDays, unknown }, { health }, nowMs) => {
    if (health === null || health.score === null)
      return answerAs(unknown, 'The health of this partner is not known yet.');
    const missing = [
      ...(health.usageSignal === null ? ['usage'] : []),
      ...(health.interactionSignal === null ? ['interaction'] : []),
    ];
    if (missing.length > 0) return answerAs(unknown, `The partner’s health lacks its ${missing.join(' and ')} signal.`);
    const age = nowMs - instantMs(health.updatedAt);
    if (!(age <= maxAgeDays * DAY))
      return answerAs(unknown, `The partner’s health is older than ${maxAgeDays} days (${health.updatedAt}).`);
    if (!(health.score >= 0 && health.score <= 100)) return deny('The partner’s health cannot be read.');
    if (health.score >= actFrom) return allow();
    const is = `The partner’s health is ${health.score} of 100`;
    return health.score >= reviewFrom
      ? needsApproval(`${is}; from ${actFrom} on it goes by itself. A partner manager can approve it.`)
      : deny(`${is}; below ${reviewFrom} nothing is started. Mend the relationship first.`);
  },
});
