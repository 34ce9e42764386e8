import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import type { OrgRuntime } from '../../org-runtime.ts';

/** A fact that the service itself knows, with when it was read. */
export interface KnownFact<Value> {
  readonly value: Value;
  /** ISO 8601 instant. */
  readonly readAt: string;
  readonly source: string;
}

/** How old it may be: what it says of other functions changes by the day, and a phase that opens raises the epoch. */
const maxAgeMs = 30_000;

interface Known {
  readonly epoch: string;
  readonly fact: KnownFact<SituationFacts['progress']>;
}

const known = new WeakMap<OrgRuntime['rollout'], Known>();

/** How far the functions have come, from memory while it is young and nothing was opened, excepted or stopped since. */
export const progressSituation = async (
  org: Pick<OrgRuntime, 'rollout' | 'clock'>,
  epoch: string,
): Promise<KnownFact<SituationFacts['progress']>> => {
  const before = known.get(org.rollout);
  const now = org.clock.now();
  if (before?.epoch === epoch && Date.parse(now) - Date.parse(before.fact.readAt) < maxAgeMs) return before.fact;
  const fact = { value: await org.rollout.progress(), readAt: now, source: 'postgres:rollout' };
  known.set(org.rollout, { epoch, fact });
  return fact;
};
