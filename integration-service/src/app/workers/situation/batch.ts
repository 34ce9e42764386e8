import type { SituationFacts } from '../../../domain/guardrails/situation.ts';

/** A referral is one record; a list of a hundred deals is a hundred decisions, each judged by itself. */
export const batch = (): SituationFacts['batch'] => ({ items: 1 });
