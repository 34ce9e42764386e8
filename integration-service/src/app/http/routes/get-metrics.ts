import { createHash, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { problem } from '../problem-details.ts';
import type { HttpPorts } from '../http-ports.ts';

/** Who may read the metrics: whoever shows the token, whoever can reach the end point, or nobody. */
export type MetricsAccess = 'anybody' | 'nobody' | { readonly token: string };

/** Whether an `Authorization` header is `Bearer` and the token; takes as long for any wrong one. */
const shows = (header: string | undefined, token: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
};

/** `GET /metrics`, in Prometheus's text form; what is counted elsewhere is asked for now. */
export const getMetrics = (
  access: MetricsAccess,
  { orgs, queue, metrics }: Pick<HttpPorts, 'orgs' | 'queue' | 'metrics'>,
): Router =>
  Router().get('/metrics', async (request, response) => {
    if (access === 'nobody')
      return problem(response, 403, 'Not offered', 'Set TANDEM_METRICS_TOKEN to read metrics from another machine.');
    if (access !== 'anybody' && !shows(request.get('authorization'), access.token))
      return problem(response, 401, 'Not signed in', 'Send "Authorization: Bearer" and TANDEM_METRICS_TOKEN.');
    const depth = await queue.depth().catch(() => null);
    for (const [state, jobs] of Object.entries(depth ?? {})) metrics.queueDepth.set({ state }, jobs);
    for (const { runtime, usage } of orgs.values()) {
      const counts = await runtime.inbox.counts();
      for (const [state, rows] of Object.entries(counts)) metrics.work.set({ org: runtime.org, state }, rows);
      metrics.apiUsage.set({ org: runtime.org }, usage());
      for (const portal of runtime.portals.values())
        for (const operation of ['create-opportunity', 'read']) {
          const { bucket } = portal.budgetOf(operation);
          metrics.budgetSpent.set({ bucket }, await runtime.budget.spentToday(bucket));
        }
    }
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
