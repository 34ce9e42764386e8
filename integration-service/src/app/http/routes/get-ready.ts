import { Router } from 'express';
import type { HttpPorts } from '../http-ports.ts';

/** `GET /ready`: everything it needs answers, and it works for an org. 503 with what is missing otherwise. */
export const getReady = ({ orgs, queue }: Pick<HttpPorts, 'orgs' | 'queue'>): Router =>
  Router().get('/ready', async (_request, response) => {
    const missing: string[] = [];
    const says = async (what: string, check: Promise<unknown>): Promise<void> => {
      await check.catch(() => missing.push(what));
    };
    const open = [...orgs.values()];
    await Promise.all([
      says('Redis', queue.ping()),
      ...open.map(({ runtime }) => says('PostgreSQL', runtime.control.stops())),
    ]);
    if (open.length === 0) missing.push('an org');
    response.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, orgs: open.length, missing });
  });
