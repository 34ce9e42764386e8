import { z } from 'zod';
import { FUNCTION_IDS, PARTNER_FUNCTIONS, type FunctionId } from '../../framework/functions.ts';
import { instantMs } from '../../values/instant.ts';
import { allow, defineGuardrail, deny, type JudgedProposal } from '../guardrail.ts';
import { sayPercent } from '../limits.ts';
import type { SituationFacts } from '../situation.ts';

const mode = z.enum(['assisted', 'led']);
const settingsForm = z.strictObject({
  minimumDecisions: z.number().int().min(0),
  minimumApprovedBps: z.number().int().min(0).max(10_000),
  needs: z.array(z.strictObject({ function: z.enum(FUNCTION_IDS), from: mode, other: z.enum(FUNCTION_IDS) })),
});
/** What must have been shown before a function runs. */
export type PhaseSettings = z.infer<typeof settingsForm>;
type Progress = SituationFacts['progress'];

/** Numbers of a policy for this rule; null: they cannot be read. */
export const readPhaseSettings = (settings: unknown): PhaseSettings | null =>
  settingsForm.safeParse(settings).data ?? null;

const nameOf = (id: string): string => PARTNER_FUNCTIONS.find((one) => one.id === id)?.name ?? id;

/** What is missing of one function on which another rests; empty: nothing. */
export const lacking = (id: FunctionId, settings: PhaseSettings, { functions }: Progress): string => {
  const state = functions.find((one) => one.function === id);
  if (state === undefined || state.mode === 'off') return `${nameOf(id)} is switched off`;
  if (!(state.decisions >= settings.minimumDecisions))
    return `${nameOf(id)} has ${state.decisions} of ${settings.minimumDecisions} recorded decisions`;
  return state.approvedBps >= settings.minimumApprovedBps
    ? ''
    : `people approved ${sayPercent(state.approvedBps)} of ${nameOf(id)}, of ${sayPercent(settings.minimumApprovedBps)} needed`;
};

/** All that keeps a function from running in its mode now; empty: nothing. */
export const phaseProblems = (
  proposal: Pick<JudgedProposal, 'function'> & { readonly effects: readonly { readonly port: string }[] },
  settings: PhaseSettings,
  progress: Progress,
  led: boolean,
): string[] => {
  const own = PARTNER_FUNCTIONS.find(({ id }) => id === proposal.function);
  if (own === undefined) return [`${proposal.function} is none of the ten functions`];
  const notOpen = own.phase > progress.openPhase ? [`phase ${own.phase} is not open (now: ${progress.openPhase})`] : [];
  const before = PARTNER_FUNCTIONS.filter(({ phase }) => phase < own.phase).map(({ id }) => id);
  const named = settings.needs.filter((need) => need.function === own.id && (need.from === 'assisted' || led));
  const missing = [...new Set([...before, ...named.map(({ other }) => other)])]
    .map((id) => lacking(id, settings, progress))
    .filter((problem) => problem !== '');
  const outward = led && progress.openPhase === 1 && proposal.effects.some(({ port }) => port !== 'crm');
  return [
    ...notOpen,
    ...missing,
    ...(outward ? ['phase 1 observes and assists; going out by itself needs an exception'] : []),
  ];
};

/** Whether somebody else than who asks has excepted the function for now. */
export const excepted = (
  proposal: Pick<JudgedProposal, 'function' | 'requestedBy'>,
  { exceptions }: Progress,
  nowMs: number,
): boolean =>
  exceptions.some(
    ({ function: of, by, until }) =>
      of === proposal.function && by.slice(0, 15) !== proposal.requestedBy.slice(0, 15) && instantMs(until) > nowMs,
  );

/**
 * A function runs once what it rests on has shown itself (M155–M159, M251): its phase is open, every function of earlier
 * phases has enough recorded decisions that people approved, and so have the functions it names (training before
 * onboarding). A recorded exception of somebody else stands in for that while it lasts. Settings: `minimumDecisions`,
 * `minimumApprovedBps`, `needs` — `function` needs `other` from the mode `from` on.
 */
export const phasePrerequisites = defineGuardrail({
  id: 'phase-prerequisites',
  version: 1,
  owner: 'admin',
  settings: settingsForm,
  startingPoint: {
    minimumDecisions: 50,
    minimumApprovedBps: 9_000,
    needs: [{ function: 'onboarding', from: 'assisted', other: 'training' }],
  },
  reads: ['progress', 'mode', 'effects', 'now'],
  needs: ['progress'],
  judge: (proposal, settings, facts, nowMs) => {
    const problems = phaseProblems(proposal, settings, facts.progress, facts.mode?.mode === 'led');
    if (problems.length === 0 || excepted(proposal, facts.progress, nowMs)) return allow();
    return deny(`${nameOf(proposal.function)} is not ready: ${problems.join('; ')}.`);
  },
});
