import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startProcess, stopProcess } from '../../local/services/processes.ts';

/** A program of ours that says as its first line, in JSON, where it is to be found. */
export interface JsonProcess {
  readonly said: unknown;
  stop(): Promise<void>;
}

export const startJsonProcess = async (file: string, args: readonly string[]): Promise<JsonProcess> => {
  const owned = startProcess(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args]);
  if (!owned.child.stdout) throw new Error(`${file} has no output.`);
  const lines = createInterface(owned.child.stdout);
  const said = await Promise.race([
    once(lines, 'line').then(([line]) => JSON.parse(String(line)) as unknown),
    owned.exited.then(() => {
      throw new Error(`${file} ended before it was ready: ${owned.output()}`);
    }),
  ]);
  return { said, stop: () => stopProcess(owned, 'SIGTERM', 5_000) };
};
