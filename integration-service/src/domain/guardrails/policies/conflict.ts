import { z } from 'zod';
import { allow, defineGuardrail } from '../guardrail.ts';
import { answerAs, consequence } from '../consequence.ts';

const severity = { act: 0, review: 1, block: 2 } as const;
const WORDS = {
  registration: 'has registered this deal',
  'direct-sale': 'sells to this customer directly',
  'named-account': 'has this customer as a named account',
} as const;

/**
 * Others may have a better claim to the deal or its account. Settings: what happens for each kind of claim; the gravest
 * counts. The partner's own claims are no conflict.
 */
export const conflict = defineGuardrail({
  id: 'conflict',
  version: 1,
  owner: 'partner-manager',
  settings: z.strictObject({ registration: consequence, 'direct-sale': consequence, 'named-account': consequence }),
  startingPoint: { registration: 'block', 'direct-sale': 'review', 'named-account': 'review' },
  reads: ['claims', 'partner'],
  needs: ['claims'],
  judge: ({ partner }, settings, { claims }) => {
    const others = claims.filter(({ by, kind }) => by !== partner && settings[kind] !== 'act');
    const [first] = others;
    if (first === undefined) return allow();
    const gravest = others.reduce(
      (most, { kind }) => (severity[settings[kind]] > severity[most] ? settings[kind] : most),
      settings[first.kind],
    );
    return answerAs(gravest, `${others.map(({ label, kind }) => `${label} ${WORDS[kind]}`).join('; ')}.`);
  },
});
