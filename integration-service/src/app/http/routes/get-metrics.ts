import { Router } from 'express';
import { mayRead, type ReadAccess } from '../bearer.ts';
import type { HttpPorts } from '../http-ports.ts';

/** `GET /metrics`, in Prometheus's text form; what is counted elsewhere is asked for now. */
export const getMetrics = (
  access: ReadAccess,
  { orgs, queue, metrics }: Pick<HttpPorts, 'orgs' | 'queue' | 'metrics'>,
): Router =>
  Router().get('/metrics', async (request, response) => {
    if (!mayRead(access, 'TANDEM_METRICS_TOKEN', request, response)) return;
    const depth = await queue.depth().catch(() => null);
    for (const [state, jobs] of Object.entries(depth ?? {})) metrics.queueDepth.set({ state }, jobs);
    for (const { runtime, usage } of orgs.values()) {
      const counts = await runtime.inbox.counts();
      for (const [state, rows] of Object.entries(counts)) metrics.work.set({ org: runtime.org, state }, rows);
      metrics.apiUsage.set({ org: runtime.org }, usage());
      metrics.telemetryLag.set({ org: runtime.org }, (await runtime.telemetry.roller.lag()).oldestMs / 1_000);
      for (const portal of runtime.portals.values())
        for (const operation of ['create-opportunity', 'read']) {
          const { bucket } = portal.budgetOf(operation);
          metrics.budgetSpent.set({ bucket }, await runtime.budget.spentToday(bucket));
        }
    }
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
