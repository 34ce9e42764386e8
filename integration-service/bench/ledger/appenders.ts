import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { AppendTask } from './append-process.ts';

/**
 * Runs each task in a process of its own, all of them at once; gives how many decisions they appended and in how many
 * seconds, from when all were ready. @throws when one of them ends badly.
 */
export const appendInProcesses = async (
  tasks: readonly AppendTask[],
): Promise<{ readonly decisions: number; readonly seconds: number }> => {
  const running = tasks.map(start);
  await Promise.all(running.map(({ ready }) => ready));
  const began = performance.now();
  for (const { go } of running) go();
  const counts = await Promise.all(running.map(({ done }) => done));
  return {
    decisions: counts.reduce((sum, count) => sum + count, 0),
    seconds: (performance.now() - began) / 1_000,
  };
};

interface Running {
  readonly ready: Promise<null>;
  go(): void;
  readonly done: Promise<number>;
}

const start = (task: AppendTask): Running => {
  const script = new URL('append-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ready = Promise.withResolvers<null>();
  const done = Promise.withResolvers<number>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') ready.resolve(null);
    else done.resolve(Number(line));
  });
  child.on('close', (code) => {
    const problem = new Error(`a process that appends to the ledger ended with code ${code}`);
    ready.reject(problem);
    done.reject(problem);
  });
  return { ready: ready.promise, go: () => child.stdin.end('go\n'), done: done.promise };
};
