import { lacking, type PhaseSettings } from '../guardrails/policies/phase-prerequisites.ts';
import type { SituationFacts } from '../guardrails/situation.ts';
import { PARTNER_FUNCTIONS } from './functions.ts';

export type Phase = SituationFacts['progress']['openPhase'];
export const PHASES: readonly Phase[] = [1, 2, 3];

/** Functions of a phase, in their order. */
export const functionsOf = (phase: Phase) => PARTNER_FUNCTIONS.filter((one) => one.phase === phase);

/**
 * Why a phase may not be opened yet; empty: it may (M159). Phases open one after the other, and what decides is not the
 * calendar but what every function of the phases before has shown.
 */
export const openingProblems = (
  phase: Phase,
  settings: PhaseSettings,
  progress: SituationFacts['progress'],
): readonly string[] => {
  const early = phase > progress.openPhase + 1 ? [`phase ${phase - 1} is not open`] : [];
  const before = PARTNER_FUNCTIONS.filter((one) => one.phase < phase).map(({ id }) => lacking(id, settings, progress));
  return [...early, ...before.filter((problem) => problem !== '')];
};
