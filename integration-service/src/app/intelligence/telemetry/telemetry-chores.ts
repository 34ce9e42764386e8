import { dayOf } from '../../../domain/telemetry/event.ts';
import type { Chore } from '../../governance/governance-chores.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { makeInsights } from './make-insights.ts';
import { readActivity } from './read-activity.ts';

/**
 * How often what was told is added up; any number of processes may, so no lease is asked for. Seldom enough that a number
 * that is told of all the time is written once for many events, often enough that health follows within seconds.
 */
export const ROLL_EVERY_MS = 2_000;

/** What is done with what was told and added up: it is looked at, shown, and in time forgotten. */
export const telemetryChores = (org: OrgRuntime): readonly Chore[] => {
  const { roller } = org.telemetry;
  const today = (): number => dayOf(Date.parse(org.clock.now()));
  return [
    {
      everyMs: 3_600_000,
      failed: 'the days of telemetry could not be kept',
      work: async () => {
        await roller.keepDays(today());
        await roller.forget(today());
      },
    },
    { everyMs: 300_000, failed: 'what the CRM knows could not be told', work: () => readActivity(org) },
    { everyMs: 600_000, failed: 'insights could not be made', work: () => makeInsights(org) },
  ];
};
