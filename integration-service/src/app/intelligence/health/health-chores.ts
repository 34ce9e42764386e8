import type { Chore } from '../../governance/governance-chores.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { openInterventions } from './interventions.ts';
import { learnHealth } from './learn-health.ts';
import { PartnerHealth } from './partner-health.ts';

/** An event is added up within a second or so; with this it moves the health of its partner within a minute. */
const LOOK_EVERY_MS = 30_000;

/** What keeps the health of partners, and what is proposed about it, true to what was told. */
export const healthChores = (org: OrgRuntime): readonly Chore[] => {
  const health = new PartnerHealth(org);
  return [
    { everyMs: LOOK_EVERY_MS, failed: 'the health of partners could not be worked out', work: () => health.look() },
    { everyMs: 3_600_000, failed: 'what counts for health could not be learned', work: () => learnHealth(org) },
    { everyMs: LOOK_EVERY_MS, failed: 'interventions could not be opened', work: () => openInterventions(org) },
  ];
};
