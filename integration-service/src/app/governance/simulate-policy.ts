import { z } from 'zod';
import { policyChangeForm } from '../../domain/guardrails/policy-change.ts';
import type { Json } from '../../domain/values/json.ts';
import { PERMISSIONS } from '../../ports/crm/person-rights.ts';
import { defineHandler, done, refused } from './governance-handler.ts';
import { mostDecisions, simulateChange, usualDecisions } from './simulate-change.ts';

const input = z.strictObject({
  version: z.literal(1),
  change: policyChangeForm,
  last: z.int().min(1).max(mostDecisions).default(usualDecisions),
});

/** Shows what a change of a policy would have done before anybody saves it. */
export const simulatePolicyHandler = defineHandler<z.infer<typeof input>>({
  kind: 'simulate-policy',
  input,
  needs: PERMISSIONS.manageGuardrails,
  async handle({ org, input: { change, last } }) {
    const simulated = await simulateChange(org, change, last);
    if (!simulated.ok)
      return refused(
        `This could not be saved, so it was not tried: ${simulated.error.map(({ part, message }) => `${part} ${message}`).join('; ')}.`,
        { problems: simulated.error.map(({ part, message }) => ({ part, message })) },
      );
    const { decisions, judged, changed } = simulated.value;
    const message =
      judged === 0
        ? `None of the last ${decisions} decisions was judged by this rule.`
        : `Of the ${judged} decisions among the last ${decisions} that this rule judged, ${changed} would have come out otherwise.`;
    return done(message, simulated.value as unknown as Json);
  },
});
