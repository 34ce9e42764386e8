/** A reference to a row of the inbox. Losing it loses nothing: a sweep makes it again. */
export interface Job {
  readonly org: string;
  readonly id: string;
  /** How often the row was claimed; part of the job's identity, so that a row put back is not taken for its former job. */
  readonly attempt: number;
  /**
   * For how many leases the row has been due without anybody taking it. Part of the identity too: a process that was
   * frozen with the job in its hands must not stand in the way of another job for the same row.
   */
  readonly overdue?: number;
  readonly priority: number;
  readonly delayMs: number;
}

/** Carries ids to whichever worker is free. It keeps no truth and no history. */
export interface JobQueue {
  enqueue(jobs: readonly Job[]): Promise<void>;
  /** Starts taking jobs. A handler that throws leaves the row to the sweep. */
  process(concurrency: number, handler: (job: Pick<Job, 'org' | 'id'>) => Promise<void>): void;
  /** Jobs that wait, are delayed, or are being worked on. */
  depth(): Promise<{ readonly waiting: number; readonly delayed: number; readonly active: number }>;
  ping(): Promise<void>;
  /** Stops taking jobs, waits for those at work up to `graceMs`, and lets go of Redis. */
  close(graceMs: number): Promise<void>;
}
