import Bull from 'bull';
import { Redis, type RedisOptions } from 'ioredis';
import type { Job, JobQueue } from '../../ports/job-queue/job-queue.ts';

type JobData = Pick<Job, 'org' | 'id'>;

const connectionOptions: RedisOptions = {
  // Bull's blocking client needs both: https://github.com/OptimalBits/bull/issues/1873.
  maxRetriesPerRequest: null,
  enableReadyCheck: false,
  // While Redis is away a command fails at once instead of piling up in memory; the sweep makes the job again.
  enableOfflineQueue: false,
  retryStrategy: (tries) => Math.min(tries * 200, 5_000),
};

/** Resolves when the client can take commands, so that the first one is not refused for want of an offline queue. */
const ready = (client: Redis): Promise<void> =>
  new Promise((resolve, reject) => {
    if (client.status === 'ready') resolve();
    client.once('ready', resolve);
    client.once('error', reject);
  });

/** Up to this priority a job has a lane of its own: a stop waits for no work that it is to stop. */
const urgentUpTo = 2;
/** Urgent jobs that one process works on beside its usual ones; they are short and rare. */
const urgentConcurrency = 2;

interface Lanes {
  readonly usual: Bull.Queue<JobData>;
  readonly urgent: Bull.Queue<JobData>;
}

/** Bull on Redis: ids only, removed when done, never retried by Bull (PostgreSQL knows what is due). */
export class BullJobQueue implements JobQueue {
  readonly #lanes: Lanes;
  readonly #clients: Redis[];

  private constructor(lanes: Lanes, clients: Redis[]) {
    this.#lanes = lanes;
    this.#clients = clients;
  }

  /** Connects before it returns; the error says which setting to look at. */
  static async open(redisUrl: string, onError: (error: Error) => void, name = 'tandem-work'): Promise<BullJobQueue> {
    const clients: Redis[] = [];
    const connect = (options: RedisOptions): Redis => {
      const client = new Redis(redisUrl, { ...connectionOptions, ...options });
      clients.push(client);
      return client;
    };
    const shared = connect({});
    const subscriber = connect({});
    const failed = (error: Error): void => onError(error);
    try {
      await Promise.all([ready(shared), ready(subscriber)]);
    } catch (error) {
      for (const client of clients) client.disconnect();
      throw new Error(`Redis did not answer at REDIS_URL: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
    shared.on('error', failed);
    subscriber.on('error', failed);
    const lane = async (laneName: string): Promise<Bull.Queue<JobData>> => {
      const queue = new Bull<JobData>(laneName, {
        createClient: (type) => {
          if (type === 'client') return shared;
          if (type === 'subscriber') return subscriber;
          // Each worker blocks on a connection of its own, which must wait for Redis to come back.
          const blocking = connect({ enableOfflineQueue: true });
          blocking.on('error', failed);
          return blocking;
        },
        settings: { lockDuration: 60_000, stalledInterval: 60_000, maxStalledCount: 0 },
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
      });
      queue.on('error', failed);
      return queue.isReady();
    };
    const [usual, urgent] = await Promise.all([lane(name), lane(`${name}-urgent`)]);
    return new BullJobQueue({ usual, urgent }, clients);
  }

  get #queues(): readonly Bull.Queue<JobData>[] {
    return [this.#lanes.urgent, this.#lanes.usual];
  }

  async enqueue(jobs: readonly Job[]): Promise<void> {
    await Promise.all(
      jobs.map((job) =>
        (job.priority <= urgentUpTo ? this.#lanes.urgent : this.#lanes.usual).add(
          { org: job.org, id: job.id },
          // A used id is ignored by Bull, so the same row put in twice is one job; put back, it has a new attempt number.
          {
            jobId: [job.org, job.id, job.attempt, ...(job.overdue ? [job.overdue] : [])].join(':'),
            delay: job.delayMs,
            priority: job.priority,
          },
        ),
      ),
    );
  }

  process(concurrency: number, handler: (job: JobData) => Promise<void>): void {
    void this.#lanes.urgent.process(urgentConcurrency, (job) => handler(job.data));
    void this.#lanes.usual.process(concurrency, (job) => handler(job.data));
  }

  async depth(): ReturnType<JobQueue['depth']> {
    const counts = await Promise.all(this.#queues.map((queue) => queue.getJobCounts()));
    const sum = (of: 'waiting' | 'delayed' | 'active'): number => counts.reduce((all, one) => all + one[of], 0);
    return { waiting: sum('waiting'), delayed: sum('delayed'), active: sum('active') };
  }

  async ping(): Promise<void> {
    await this.#clients[0]?.ping();
  }

  async close(graceMs: number): Promise<void> {
    const paused = Promise.all(this.#queues.map((queue) => queue.pause(true, false).catch(() => undefined)));
    await Promise.race([paused, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    await Promise.all(this.#queues.map((queue) => queue.close(true).catch(() => undefined)));
    for (const client of this.#clients) client.disconnect();
  }
}
