import type { Logger } from 'pino';
import type { Clock } from '../../domain/values/clock.ts';
import type { Metrics } from '../../infrastructure/metrics/metrics.ts';
import type { JobQueue } from '../../ports/job-queue/job-queue.ts';
import type { OpenOrg } from '../open-org.ts';

/** What the routes may look at. */
export interface HttpPorts {
  readonly orgs: ReadonlyMap<string, OpenOrg>;
  readonly queue: JobQueue;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: Clock;
}
