import type { OrgRuntime } from '../org-runtime.ts';
import { requestWork } from './request-payload.ts';
import { enqueue } from './run-work.ts';

/** Enqueues what is due and nobody holds: jobs that Redis lost, leases that ended, waits that are over. */
export const sweepInbox = async (org: OrgRuntime, limit = 500): Promise<number> => {
  const jobs = await org.inbox.due(limit);
  await enqueue(org, jobs);
  return jobs.length;
};

/** Asks the org for requests that nobody took: events may be lost, and a replay id may have expired. */
export const sweepRequests = async (org: OrgRuntime, limit = 500): Promise<number> => {
  const missed = await org.crm.findMissedRequests(limit);
  if (!missed.ok) {
    org.log.warn({ problem: missed.error.message }, 'the org could not be asked for missed requests');
    return 0;
  }
  const jobs = await org.inbox.add(missed.value.map((request) => requestWork(org.org, request)));
  if (jobs.length > 0) org.log.info({ found: jobs.length }, 'requests found that no event told of');
  await enqueue(org, jobs);
  return jobs.length;
};
