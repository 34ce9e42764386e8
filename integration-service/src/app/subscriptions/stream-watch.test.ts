import { describe, expect, test } from '@jest/globals';
import type { SubscriptionEnd } from '../../connectors/salesforce/pubsub-client.ts';
import { StreamWatch } from './stream-watch.ts';

const ending = () => {
  const ended = Promise.withResolvers<SubscriptionEnd>();
  return { subscription: { ended: ended.promise, stop: () => undefined }, end: ended.resolve };
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A watch on streams that a test opens, ends and lets speak; its clock stands until it is moved. */
const watchOf = () => {
  const clock = { ms: 1_000_000 };
  const streams: ReturnType<typeof ending>[] = [];
  let speak: () => Promise<void> = () => Promise.resolve();
  const watch = new StreamWatch(
    {
      subscribe: async (_topic, _start, _onEvent, onIdle) => {
        const stream = ending();
        streams.push(stream);
        speak = () => onIdle(Buffer.alloc(0));
        return stream.subscription;
      },
      decode: () => Promise.reject(new Error('not asked for here')),
      forgetSession: () => undefined,
    },
    undefined,
    () => clock.ms,
  );
  const open = () =>
    watch.subscribe(
      'topic',
      'latest',
      async () => undefined,
      async () => undefined,
    );
  return { watch, clock, streams, open, speak: () => speak() };
};

describe('whether a process hears its org', () => {
  test('not before a stream is open, and not after it has ended', async () => {
    const { watch, streams, open } = watchOf();
    expect(watch.problem).toBe('no stream is open');
    await open();
    expect(watch.problem).toBeNull();
    streams[0]?.end({ why: 'broken', message: 'no right to the topic' });
    await settle();
    expect(watch.problem).toBe('no right to the topic');
  });

  test('a stream after a broken one is believed once it has spoken, or has stayed open', async () => {
    const { watch, clock, streams, open, speak } = watchOf();
    await open();
    streams[0]?.end({ why: 'broken', message: 'gone' });
    await settle();
    await open();
    expect(watch.problem).toBe('gone');
    await speak();
    expect(watch.problem).toBeNull();
    streams[1]?.end({ why: 'broken', message: 'gone again' });
    await settle();
    await open();
    clock.ms += 4_999;
    expect(watch.problem).toBe('gone again');
    clock.ms += 1;
    expect(watch.problem).toBeNull();
  });

  test('not when it has been silent for longer than the bus ever is', async () => {
    const { watch, clock, open, speak } = watchOf();
    await open();
    clock.ms += 330_000;
    expect(watch.problem).toBeNull();
    clock.ms += 1;
    expect(watch.problem).toMatch(/silent/);
    await speak();
    expect(watch.problem).toBeNull();
  });
});
