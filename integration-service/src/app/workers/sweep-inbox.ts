import type { MissedRequest } from '../../ports/crm/crm.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { requestWork } from './request-payload.ts';
import { enqueue } from './run-work.ts';

/** Enqueues what is due and nobody holds: jobs that Redis lost, leases that ended, waits that are over. */
export const sweepInbox = async (org: OrgRuntime, limit = 500): Promise<number> => {
  const jobs = await org.inbox.due(limit);
  await enqueue(org, jobs);
  return jobs.length;
};

/**
 * Asks the org for requests that nobody ended, page by page: events may be lost, a replay id may have expired, and a row of
 * ours may have ended without its request (it could not be seen for a while). Such a row is woken.
 */
export const sweepRequests = async (org: OrgRuntime, limit = 500): Promise<number> => {
  let found = 0;
  let after: MissedRequest | undefined;
  do {
    const missed = await org.crm.findMissedRequests(limit, after);
    if (!missed.ok) {
      org.log.warn({ problem: missed.error.message }, 'the org could not be asked for missed requests');
      break;
    }
    const jobs = await org.inbox.add(
      missed.value.map((request) => requestWork(org.org, request)),
      true,
    );
    await enqueue(org, jobs);
    found += jobs.length;
    after = missed.value.length < limit ? undefined : missed.value.at(-1);
  } while (after);
  if (found > 0) org.log.info({ found }, 'requests found that no event told of, or that nobody ended');
  return found;
};
