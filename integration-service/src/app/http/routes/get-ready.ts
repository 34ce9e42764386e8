import { Router } from 'express';
import type { Role } from '../../config.ts';
import type { OpenOrg } from '../../open-org.ts';
import { vitalProblem } from '../../vital-problem.ts';
import type { HttpPorts } from '../http-ports.ts';

/**
 * `GET /ready`: everything it needs answers, and it does for an org what its roles promise: a subscriber hears it, or
 * stands by for one that does; a worker's oldest row is not left lying. 503 with what is missing otherwise.
 */
export const getReady = (roles: readonly Role[], { orgs, queue }: Pick<HttpPorts, 'orgs' | 'queue'>): Router =>
  Router().get('/ready', async (_request, response) => {
    const missing: string[] = [];
    const open = [...orgs.values()];
    await Promise.all([
      queue.ping().catch(() => missing.push('Redis')),
      ...open.map((one) =>
        missingOf(roles, one).then(
          (problem) => problem && missing.push(problem),
          () => missing.push('PostgreSQL'),
        ),
      ),
    ]);
    if (open.length === 0) missing.push('an org');
    response.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, orgs: open.length, missing });
  });

const missingOf = async (roles: readonly Role[], { runtime, bus, topic }: OpenOrg): Promise<string | null> => {
  const { listening, oldestDueSeconds } = await runtime.vitals.read(topic);
  const own = bus.problem;
  if (roles.includes('subscriber') && own !== null && !listening) return `the events of ${runtime.org}: ${own}`;
  const problem = roles.includes('worker') ? vitalProblem({ listening: true, oldestDueSeconds }) : null;
  return problem === null ? null : `the work of ${runtime.org}: ${problem}`;
};
