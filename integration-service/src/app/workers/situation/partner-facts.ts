import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import type { SituationAsk } from './situation-ask.ts';

/** How the partner stands with us: policies for a tier or a segment are chosen by it. */
export const profile = ({ facts: { partner } }: SituationAsk): SituationFacts['profile'] => ({
  tier: partner.tier,
  segment: partner.segment,
});

/** The partner's health as its record tells it; null until somebody has worked it out. */
export const health = ({ facts: { partner } }: SituationAsk): SituationFacts['health'] => partner.health;
