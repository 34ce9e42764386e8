import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Poller } from 'c/poller';

const PAUSES = { first: 2_000, growth: 2, longest: 5_000 };
let visibility: DocumentVisibilityState;

function show(state: DocumentVisibilityState): void {
  visibility = state;
  document.dispatchEvent(new CustomEvent('visibilitychange'));
}

describe('poller', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    visibility = 'visible';
    jest.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('waits longer each time, up to the longest pause', async () => {
    const started = Date.now();
    const runs: number[] = [];
    const poller = new Poller(() => Promise.resolve(runs.push(Date.now() - started)), PAUSES);
    poller.start();
    await jest.advanceTimersByTimeAsync(16_000);
    expect(runs).toEqual([2_000, 6_000, 11_000, 16_000]);
    poller.stop();
  });

  test('rests while the page is hidden and asks at once when it is seen again', async () => {
    const task = jest.fn(() => Promise.resolve());
    const poller = new Poller(task, PAUSES);
    poller.start();
    show('hidden');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(task).not.toHaveBeenCalled();
    show('visible');
    expect(task).toHaveBeenCalledTimes(1);
    poller.stop();
  });

  test('goes on after a task that failed', async () => {
    const task = jest.fn(() => Promise.reject(new Error('offline')));
    const poller = new Poller(task, PAUSES);
    poller.start();
    await jest.advanceTimersByTimeAsync(6_000);
    expect(task).toHaveBeenCalledTimes(2);
    poller.stop();
  });

  test('never has two runs under way', async () => {
    const task = jest.fn(() => new Promise(() => undefined));
    const poller = new Poller(task, PAUSES);
    poller.start();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(task).toHaveBeenCalledTimes(1);
    poller.stop();
  });

  test('is silent after it was stopped', async () => {
    const task = jest.fn(() => Promise.resolve());
    const poller = new Poller(task, PAUSES);
    poller.start();
    poller.stop();
    show('visible');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(task).not.toHaveBeenCalled();
    expect(poller.isRunning).toBe(false);
  });
});
