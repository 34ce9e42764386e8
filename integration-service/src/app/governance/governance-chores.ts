import { FUNCTION_IDS } from '../../domain/framework/functions.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { LedPause } from './led-pause.ts';
import { agentWorkload } from './mirror-agents.ts';
import { mirrorPhases } from './mirror-phases.ts';
import { SwitchMirror } from './mirror-switches.ts';

/** Something that is done again and again by whoever holds the lease of the chores. */
export interface Chore {
  readonly everyMs: number;
  /** What the log says when it fails. */
  readonly failed: string;
  work(): Promise<unknown>;
}

/** Keeps PostgreSQL's copy of the modes: what other functions rest on is known without asking the org each time. */
export const rememberModes = async (org: Pick<OrgRuntime, 'crm' | 'rollout'>): Promise<void> => {
  const read = await org.crm.readRows('FunctionMode__c', {});
  if (!read.ok) throw new Error(read.error.message);
  const modes = read.value.flatMap(({ key, fields }) => {
    const [of, partner] = key.split(':');
    const known = FUNCTION_IDS.find((id) => id === of);
    const { mode } = fields;
    return known && partner && (mode === 'off' || mode === 'assisted' || mode === 'led')
      ? [{ function: known, partner, mode }]
      : [];
  });
  await org.rollout.rememberModes(modes);
};

/** Agents and phases on their records, written only where something has changed. */
class ProgressMirror {
  readonly #org: OrgRuntime;
  #shown = '';

  constructor(org: OrgRuntime) {
    this.#org = org;
  }

  async look(): Promise<void> {
    await rememberModes(this.#org);
    while (await this.#org.rollout.count()) this.#org.trace('decisions-counted');
    const agents = await agentWorkload(this.#org);
    const now = JSON.stringify([agents, await this.#org.rollout.phases(), await this.#org.rollout.progress()]);
    if (now === this.#shown) return;
    const written = await this.#org.crm.upsertRows(agents);
    if (!written.ok) throw new Error(written.error.message);
    await mirrorPhases(this.#org);
    this.#shown = now;
  }
}

/** What keeps the records of modes, switches, phases and agents true to PostgreSQL, and `led` within sight of its org. */
export const governanceChores = (org: OrgRuntime, settings: { readonly ledPauseMs: number }): readonly Chore[] => {
  const switches = new SwitchMirror(org);
  const pause = new LedPause(org, settings.ledPauseMs);
  const progress = new ProgressMirror(org);
  return [
    { everyMs: 2_000, failed: 'the switches could not be shown', work: () => switches.look() },
    { everyMs: 5_000, failed: 'whether led must pause could not be told', work: () => pause.look() },
    { everyMs: 300_000, failed: 'agents and phases could not be shown', work: () => progress.look() },
  ];
};
