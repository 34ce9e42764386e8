import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import type { KnownFact } from './progress.ts';

/** How often it is asked for: it is told every five seconds, and is counted in minutes. */
const maxAgeMs = 5_000;

const known = new WeakMap<OrgRuntime['vitals'], KnownFact<SituationFacts['contact']>>();

/** When the org was last heard of, by whichever process listens; from memory while that is young. */
export const contactSituation = async (
  org: Pick<OrgRuntime, 'vitals' | 'clock'>,
): Promise<KnownFact<SituationFacts['contact']>> => {
  const before = known.get(org.vitals);
  const now = org.clock.now();
  if (before && Date.parse(now) - Date.parse(before.readAt) < maxAgeMs) return before;
  const fact = { value: { heardAt: await org.vitals.heardAt() }, readAt: now, source: 'postgres:subscriptions' };
  known.set(org.vitals, fact);
  return fact;
};
