import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noTrace, type TracePoint } from '../agents/orchestration/trace-point.ts';

const armedPoint = (folder: string): readonly string[] => {
  try {
    return readFileSync(join(folder, 'armed'), 'utf8').split(':');
  } catch {
    return [];
  }
};

/** What happens to the process that comes by; `terminate` asks it to end, and it hears of that when it waits next. */
const signals: Readonly<Record<string, NodeJS.Signals>> = { kill: 'SIGKILL', stop: 'SIGSTOP', terminate: 'SIGTERM' };

/** One process takes the arming, however many come by at once. */
const takes = (folder: string): boolean => {
  try {
    renameSync(join(folder, 'armed'), join(folder, 'struck'));
    return true;
  } catch {
    return false;
  }
};

/**
 * For tests alone (`NODE_ENV=test` and `TANDEM_TRACE_FOLDER`): the folder's file `passed` collects the points passed by
 * each process. A file `armed` with `after-claim:kill` ends the first process that comes to that point, `:stop` freezes
 * it, `:terminate` asks it to end; the file is then called `struck` and holds the process id. In production nothing
 * listens.
 */
export const traceFromEnvironment = (environment: Readonly<Record<string, string | undefined>>): TracePoint => {
  const { NODE_ENV: mode, TANDEM_TRACE_FOLDER: folder } = environment;
  if (mode !== 'test' || !folder) return noTrace;
  return (point) => {
    appendFileSync(join(folder, 'passed'), `${process.pid} ${point}\n`);
    const [at, what] = armedPoint(folder);
    if (at !== point || !takes(folder)) return;
    writeFileSync(join(folder, 'struck'), String(process.pid));
    process.kill(process.pid, signals[what ?? ''] ?? 'SIGKILL');
  };
};
