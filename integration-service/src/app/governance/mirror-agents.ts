import { AGENTS } from '../../domain/framework/agents.ts';
import type { OwnRow } from '../../ports/crm/own-rows.ts';
import type { OrgRuntime } from '../org-runtime.ts';

/**
 * What agents have to do and have done today, on their records (M208): work that waits in the inbox, decisions of the day
 * and when the last one was. Those who serve every function have the sum.
 */
export const agentWorkload = async (
  org: Pick<OrgRuntime, 'inbox' | 'rollout' | 'clock'>,
): Promise<readonly OwnRow[]> => {
  const [inbox, counts, today] = await Promise.all([
    org.inbox.counts(),
    org.rollout.counts(),
    org.rollout.countsOfDay(org.clock.now().slice(0, 10)),
  ]);
  const open = (inbox.waiting ?? 0) + (inbox.working ?? 0);
  return AGENTS.filter(({ built }) => built).map(({ key, function: of }) => {
    const own = counts.filter((count) => of === null || count.function === of);
    const last = own.flatMap(({ lastAt }) => (lastAt === null ? [] : [lastAt])).sort();
    const decisions = Object.entries(today).filter(([id]) => of === null || id === of);
    return {
      object: 'Agent__c',
      key,
      fields: {
        workload: open,
        decisionsToday: decisions.reduce((sum, [, count]) => sum + count, 0),
        lastActedAt: last.at(-1) ?? null,
      },
    };
  });
};
