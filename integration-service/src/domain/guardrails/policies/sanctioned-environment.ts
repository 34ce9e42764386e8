import { z } from 'zod';
import { instantMs } from '../../values/instant.ts';
import { grantProblem } from '../grant-in-force.ts';
import { allow, defineGuardrail, deny } from '../guardrail.ts';

const DAY = 86_400_000;

/**
 * An action may cross only under a grant that is active now, names the action, and whose evidence was checked lately.
 * Settings: `evidenceMaxAgeDays` — how old the last check of the evidence may be.
 */
export const sanctionedEnvironment = defineGuardrail({
  id: 'sanctioned-environment',
  version: 1,
  owner: 'admin',
  settings: z.strictObject({ evidenceMaxAgeDays: z.number().positive() }),
  startingPoint: { evidenceMaxAgeDays: 90 },
  reads: ['grant', 'now'],
  needs: [],
  judge: ({ useCase }, { evidenceMaxAgeDays }, { grant }, nowMs) => {
    const problem = grantProblem(grant, useCase, nowMs);
    if (problem !== null) return deny(problem);
    const checkedAt = grant?.evidenceCheckedAt ?? null;
    const age = checkedAt === null ? Number.NaN : nowMs - instantMs(checkedAt);
    return age <= evidenceMaxAgeDays * DAY
      ? allow()
      : deny(`The evidence of the grant was not checked in the last ${evidenceMaxAgeDays} days. Run the doctor.`);
  },
});
