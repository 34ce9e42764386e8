import type { AssessedHealth } from '../../domain/health/assess.ts';
import { dueAfter, type InterventionFacts, prepareIntervention } from '../../domain/health/intervention.ts';
import type { OwnRow } from '../../ports/crm/own-rows.ts';

/** Lengths of `Intervention__c`. */
const evidenceLength = 32_768;

/** What an intervention is opened for. */
export interface InterventionAsk {
  readonly key: string;
  readonly partner: string;
  readonly health: Pick<AssessedHealth, 'declining' | 'reasons' | 'reading' | 'series' | 'version'>;
  readonly facts: InterventionFacts;
  /** Whose step it is; null: nobody looks after the partner, and a manager must give it to somebody. */
  readonly manager: string | null;
  /** ISO 8601. */
  readonly now: string;
}

/** The record of an intervention: proposed to the partner's manager, with the step prepared and what speaks for it. */
export const interventionRow = ({ key, partner, health, facts, manager, now }: InterventionAsk): OwnRow => {
  const { kind, reason, nextStep, withinDays } = prepareIntervention(health, facts);
  const { reading, reasons, series, version } = health;
  const evidence = {
    version: 1,
    weights: version,
    score: reading.score,
    confidence: reading.confidence,
    signals: reading.signals,
    missing: reading.missing,
    reasons,
    series,
  };
  const whole = JSON.stringify(evidence);
  return {
    object: 'Intervention__c',
    key,
    fields: {
      kind,
      reason,
      nextStep,
      evidence: whole.length <= evidenceLength ? whole : JSON.stringify({ ...evidence, series: null }),
      state: 'proposed',
      flaggedAt: now,
      dueAt: dueAfter(now, withinDays),
      ...(manager === null ? {} : { assignedTo: manager }),
    },
    refs: { partner: { object: 'Partner__c', key: partner } },
    ...(manager === null ? {} : { ownerId: manager }),
  };
};
