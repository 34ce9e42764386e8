/**
 * The rival in a process of its own: Bull as its manual shows it, whose jobs make a referral's calls and nothing else.
 * Told by its parent what to do; says when it is ready, of each job that it is done, and what it has cost.
 */
import Bull from 'bull';
import { z } from 'zod';
import { callPlan } from './call-plan.ts';
import { RawCaller } from './raw-caller.ts';

const settings = z.object({
  redisUrl: z.string(),
  salesforceUrl: z.string(),
  aceUrl: z.string(),
  concurrency: z.number(),
  queue: z.string(),
  plan: callPlan,
});
export type RawWorkerSettings = z.infer<typeof settings>;

export type FromRawWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cost'; readonly cpuMs: number };

const say = (message: FromRawWorker): void => void process.send?.(message);

const begin = async (given: RawWorkerSettings): Promise<void> => {
  const caller = new RawCaller(given.plan, { salesforce: given.salesforceUrl, ace: given.aceUrl });
  const queue = new Bull<{ number: number }>(given.queue, given.redisUrl);
  void queue.process(given.concurrency, (job) => caller.refer(job.data.number, false));
  queue.on('completed', () => say({ kind: 'done' }));
  queue.on('failed', (_job, error) => say({ kind: 'failed', why: error.message }));
  await queue.isReady();
  say({ kind: 'ready' });
};

process.on('message', (message: unknown) => {
  if (message === 'cost') {
    const { user, system } = process.cpuUsage();
    say({ kind: 'cost', cpuMs: (user + system) / 1_000 });
  } else void begin(settings.parse(message));
});
process.on('disconnect', () => process.exit(0));
