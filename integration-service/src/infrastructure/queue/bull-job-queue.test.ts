import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BullJobQueue } from './bull-job-queue.ts';

const redis = (): string => process.env.TEST_REDIS_URL ?? '';
const job = (id: string, attempt = 0) => ({ org: '00D000000000001EAA', id, attempt, priority: 5, delayMs: 0 });

let queue: BullJobQueue;
let name: string;
beforeEach(async () => {
  name = `test-${randomUUID()}`;
  queue = await BullJobQueue.open(redis(), () => undefined, name);
});
afterEach(() => queue.close(1_000));

describe('the job queue', () => {
  test('gives an id that was put in twice to one handler once', async () => {
    const seen: string[] = [];
    await queue.enqueue([job('1'), job('1'), job('2')]);
    await new Promise<void>((resolve) => {
      queue.process(2, async ({ id }) => {
        seen.push(id);
        if (seen.length === 2) resolve();
      });
    });
    expect(seen.sort()).toEqual(['1', '2']);
  });

  test('keeps no job when it is done or when its handler throws', async () => {
    const ended = new Promise<void>((resolve) => {
      let count = 0;
      queue.process(1, async ({ id }) => {
        count += 1;
        if (count === 2) setImmediate(resolve);
        if (id === '1') throw new Error('a handler that failed');
      });
    });
    await queue.enqueue([job('1'), job('2')]);
    await ended;
    await queue.close(5_000);
    queue = await BullJobQueue.open(redis(), () => undefined, name);
    expect(await queue.depth()).toEqual({ waiting: 0, delayed: 0, active: 0 });
  });

  test('a job of the highest priority waits for none of the others, however long they take', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let busy = 0;
    const ends: Record<'allBusy' | 'stopped', () => void> = { allBusy: () => undefined, stopped: () => undefined };
    const allBusy = new Promise<void>((resolve) => (ends.allBusy = resolve));
    const stopped = new Promise<void>((resolve) => (ends.stopped = resolve));
    await queue.enqueue(Array.from({ length: 20 }, (_each, index) => job(`usual-${index}`)));
    queue.process(2, async ({ id }) => {
      if (id === 'stop') return ends.stopped();
      busy += 1;
      if (busy === 2) ends.allBusy();
      await held;
    });
    await allBusy;
    await queue.enqueue([{ ...job('stop'), priority: 1 }]);
    await stopped;
    expect(busy).toBe(2);
    expect(await queue.depth()).toMatchObject({ waiting: 18 });
    release();
  });

  test('says which setting is wrong when there is no Redis', async () => {
    await expect(BullJobQueue.open('redis://127.0.0.1:1', () => undefined)).rejects.toThrow(/REDIS_URL/);
  });
});
