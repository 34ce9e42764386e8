import { functionsOf, PHASES } from '../../domain/framework/phase-opening.ts';
import type { OrgRuntime } from '../org-runtime.ts';

/** Writes the phases on their records as PostgreSQL has them, with how far each function has come. @throws when it cannot. */
export const mirrorPhases = async (org: Pick<OrgRuntime, 'rollout' | 'crm'>): Promise<void> => {
  const [opened, progress] = await Promise.all([org.rollout.phases(), org.rollout.progress()]);
  const written = await org.crm.upsertRows(
    PHASES.map((phase) => {
      const own = opened.find((one) => one.phase === phase);
      const functions = functionsOf(phase).map(({ id, name, number }) => {
        const state = progress.functions.find((one) => one.function === id);
        return {
          function: id,
          name,
          number,
          mode: state?.mode ?? 'off',
          decisions: state?.decisions ?? 0,
          approvedBps: state?.approvedBps ?? 0,
          exceptions: progress.exceptions.flatMap((one) => (one.function === id ? [{ until: one.until }] : [])),
        };
      });
      return {
        object: 'RolloutPhase__c' as const,
        key: String(phase),
        fields: {
          open: phase <= progress.openPhase,
          ...(own ? { openedAt: own.at, openedBy: own.by } : {}),
          progress: JSON.stringify(functions),
        },
      };
    }),
  );
  if (!written.ok) throw new Error(written.error.message);
  const failed = written.value.find(({ problem }) => problem !== null);
  if (failed) throw new Error(`phase ${failed.key} could not be shown: ${failed.problem ?? ''}`);
};
