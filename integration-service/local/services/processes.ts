import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { createServer } from 'node:net';

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });

/** How far to look beyond a taken port before any free one is good enough. */
const portsToTry = 50;

/** A TCP port that was free a moment ago on the loopback address: `preferred`, or the next free one after it. */
export const freePort = async (preferred = 0): Promise<number> => {
  for (let port = preferred; preferred !== 0 && port < Math.min(preferred + portsToTry, 65_536); port += 1) {
    const free = await tryPort(port);
    if (free !== undefined) return free;
  }
  return (await tryPort(0)) ?? freePort();
};

export interface OwnedProcess {
  readonly child: ChildProcess;
  /** The last lines it printed, for the error message when it does not come up. */
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

/** Programs that still run; ended with us even when nobody stopped them in order (an uncaught error, `process.exit`). */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * Starts a program whose end is ours to cause; keeps the tail of what it prints. It gets a process group of its own:
 * Ctrl-C in a terminal reaches the whole group at once, and a database that stops before those who use it loses work.
 */
export const startProcess = (command: string, args: string[], options: SpawnOptions = {}): OwnedProcess => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
  let tail = '';
  const keep = (chunk: Buffer): void => {
    tail = (tail + chunk.toString('utf8')).slice(-8_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  running.add(child);
  const exited = new Promise<number | null>((resolve) => {
    const ended = (code: number | null): void => {
      running.delete(child);
      resolve(code);
    };
    child.once('exit', ended);
    child.once('error', (error) => {
      tail += error.message;
      ended(null);
    });
  });
  return { child, output: () => tail, exited };
};

/** Waits until `check` answers true, or the program ends, or the time is over; never longer than needed. */
export const untilReady = async (
  owned: OwnedProcess,
  what: string,
  check: () => Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> => {
  const deadline = Date.now() + timeoutMs;
  let ended = false;
  void owned.exited.then(() => {
    ended = true;
  });
  for (;;) {
    if (await check()) return;
    if (ended) throw new Error(`${what} ended before it was ready: ${owned.output().trim().slice(-1_500)}`);
    if (Date.now() > deadline)
      throw new Error(`${what} was not ready after ${timeoutMs / 1000} s: ${owned.output().slice(-1_500)}`);
    // Between two tries of a connection there is nothing to await: the other side announces nothing.
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

/** Asks a program to end, waits for it, and ends it by force when it does not. */
export const stopProcess = async (
  owned: OwnedProcess,
  signal: NodeJS.Signals = 'SIGTERM',
  graceMs = 10_000,
): Promise<void> => {
  if (owned.child.exitCode !== null || owned.child.signalCode !== null) return;
  owned.child.kill(signal);
  const force = setTimeout(() => owned.child.kill('SIGKILL'), graceMs);
  await owned.exited;
  clearTimeout(force);
};
