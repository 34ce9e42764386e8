import { appendFileSync } from 'node:fs';
import { noTrace, type TracePoint } from '../agents/orchestration/trace-point.ts';

/**
 * For tests alone (`NODE_ENV=test`): `TANDEM_TRACE_POINT=after-claim:kill` ends this process at that point of the path,
 * `:stop` freezes it, once; `TANDEM_TRACE_FILE` collects the points passed. In production nothing listens.
 */
export const traceFromEnvironment = (environment: Readonly<Record<string, string | undefined>>): TracePoint => {
  if (environment.NODE_ENV !== 'test') return noTrace;
  const { TANDEM_TRACE_POINT: wanted, TANDEM_TRACE_FILE: file } = environment;
  if (!wanted && !file) return noTrace;
  const [at, what] = wanted?.split(':') ?? [];
  let armed = true;
  return (point) => {
    if (file) appendFileSync(file, `${point}\n`);
    if (!armed || point !== at) return;
    armed = false;
    process.kill(process.pid, what === 'stop' ? 'SIGSTOP' : 'SIGKILL');
  };
};
