import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Bull from 'bull';
import { concurrency, type EngineRoom } from '../rig/engine-room.ts';
import type { CallPlan } from './call-plan.ts';
import type { FromRawWorker, RawWorkerSettings } from './raw-worker.ts';

/** Raw Bull workers that do what the service's calls are, and the queue that feeds them. */
export class RawBull {
  readonly #queue: Bull.Queue<{ number: number }>;
  readonly #workers: readonly ChildProcess[];
  #given = 0;
  #done = 0;
  #waiting: { readonly atLeast: number; resolve(): void; reject(error: Error): void } | null = null;

  private constructor(queue: Bull.Queue<{ number: number }>, workers: readonly ChildProcess[]) {
    this.#queue = queue;
    this.#workers = workers;
    for (const worker of workers) worker.on('message', (said) => this.#hear(said as FromRawWorker));
  }

  static async start(room: EngineRoom, plan: CallPlan, processes: number): Promise<RawBull> {
    const name = `raw-${processes}`;
    const settings: RawWorkerSettings = {
      redisUrl: room.redisUrl,
      salesforceUrl: room.org.url,
      aceUrl: room.aceUrl,
      concurrency,
      queue: name,
      plan,
    };
    const workers = await Promise.all(
      Array.from({ length: processes }, async () => {
        const worker = fork(join(import.meta.dirname, 'raw-worker.ts'), [], {
          execArgv: ['--disable-warning=ExperimentalWarning'],
        });
        worker.send(settings);
        await once(worker, 'message');
        return worker;
      }),
    );
    const queue = new Bull<{ number: number }>(name, room.redisUrl, {
      defaultJobOptions: { removeOnComplete: true, attempts: 1 },
    });
    return new RawBull(queue, workers);
  }

  /** Puts so many jobs into the queue and waits until all are done. */
  async refer(count: number): Promise<void> {
    const first = this.#given + 1;
    this.#given += count;
    const atLeast = this.#given;
    const done = new Promise<void>((resolve, reject) => (this.#waiting = { atLeast, resolve, reject }));
    await this.#queue.addBulk(
      // Numbers apart from the service's deals, although nothing here would notice.
      Array.from({ length: count }, (_, index) => ({ data: { number: 500_000_000 + first + index } })),
    );
    await done;
  }

  /** Processor milliseconds of all workers since they were started. */
  async cpuMs(): Promise<number> {
    const costs = await Promise.all(
      this.#workers.map(async (worker) => {
        worker.send('cost');
        for (;;) {
          const [said] = (await once(worker, 'message')) as [FromRawWorker];
          if (said.kind === 'cost') return said.cpuMs;
        }
      }),
    );
    return costs.reduce((sum, cost) => sum + cost, 0);
  }

  async stop(): Promise<void> {
    await this.#queue.close();
    for (const worker of this.#workers) {
      const exited = once(worker, 'exit');
      worker.disconnect();
      await exited;
    }
  }

  #hear(said: FromRawWorker): void {
    if (said.kind === 'failed') this.#waiting?.reject(new Error(`A raw job failed: ${said.why}`));
    if (said.kind !== 'done') return;
    this.#done += 1;
    if (this.#waiting && this.#done >= this.#waiting.atLeast) this.#waiting.resolve();
  }
}
