import { z } from 'zod';
import { defineGuardrail, type JudgedProposal, type JudgeFacts } from '../guardrail.ts';
import { inOrder, judgeLimits, sayCount, wholeLimit } from '../limits.ts';
import type { SituationFacts } from '../situation.ts';

const limit = wholeLimit(Number.MAX_SAFE_INTEGER, 'a whole number of tokens');
const total = (
  _proposal: JudgedProposal,
  { tokenSpend: { spent, wanted } }: JudgeFacts & Pick<SituationFacts, 'tokenSpend'>,
): number | null =>
  // A negative part would make room for more: it is no count.
  spent < 0 || wanted < 0 ? null : spent + wanted;

/**
 * What a language model may use in the budget's period, this action included (M161). Settings: `actUpTo`, `reviewUpTo`
 * (the hard stop, past which texts come from templates alone).
 */
export const tokenSpend = defineGuardrail({
  id: 'token-spend',
  version: 1,
  owner: 'finance',
  settings: inOrder(z.strictObject({ actUpTo: limit, reviewUpTo: limit })),
  startingPoint: { actUpTo: 2_000_000, reviewUpTo: 4_000_000 },
  reads: ['tokenSpend'],
  needs: ['tokenSpend'],
  boundary: {
    measure: total,
    limits: (settings) => settings,
    withLimits: (_settings, limits) => limits,
    say: sayCount,
  },
  judge: (proposal, settings, facts) =>
    judgeLimits(total(proposal, facts), settings, {
      subject: 'The number of model tokens of this period with this',
      say: sayCount,
    }),
});
