import { execFile } from 'node:child_process';
import { join } from 'node:path';

const main = join(import.meta.dirname, '..', '..', 'src', 'app', 'command-line', 'tandem.ts');

/** What `npm run tandem -- …` runs, with these settings. Gives what it printed and its exit code. */
export const runTandem = (
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve) => {
    const { PATH = '' } = process.env;
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', main, ...args],
      { env: { PATH, ...settings } },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : null;
        resolve({ code: error ? (code ?? 127) : 0, output: `${stdout}${stderr}`.trim() });
      },
    );
  });
