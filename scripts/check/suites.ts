import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What one part of `npm test` found; summed for the closing line. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Names of skipped tests; each tells its reason in its name or in what it printed. */
  readonly skipped: readonly string[];
  /** What to show a reader: everything when it failed, nothing when it held. */
  readonly details: string;
  readonly seconds: number;
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

export const root = join(import.meta.dirname, '..', '..');

/** Runs a program below the project's root and keeps what it prints. */
export const runCommand = (
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.once('exit', (code) => resolve({ code: code ?? 1, output }));
  });

const timed = async (name: string, work: () => Promise<Omit<Outcome, 'name' | 'seconds'>>): Promise<Outcome> => {
  const began = performance.now();
  const found = await work();
  return { name, ...found, seconds: (performance.now() - began) / 1000 };
};

/** A check that is a single yes or no, such as formatting. */
export const checkSuite = (name: string, command: string, args: readonly string[]): Promise<Outcome> =>
  timed(name, async () => {
    const ran = await runCommand(command, args);
    const held = ran.code === 0;
    return { passed: held ? 1 : 0, failed: held ? 0 : 1, skipped: [], details: held ? '' : ran.output };
  });

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** A jest project, read from its JSON report so that every test counts once. */
export const jestSuite = (
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  cwd = '.',
): Promise<Outcome> =>
  timed(name, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-test-'));
    const file = join(folder, 'report.json');
    try {
      // npm decides whether a workspace's jest lies in its own folder or above.
      const manifest = createRequire(join(root, cwd, 'package.json')).resolve('jest/package.json');
      const jest = join(dirname(manifest), 'bin', 'jest.js');
      const ran = await runCommand(
        process.execPath,
        [jest, ...args, '--json', `--outputFile=${file}`, '--testLocationInResults=false'],
        environment,
      );
      let report: JestReport;
      try {
        report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
      } catch {
        return { passed: 0, failed: 1, skipped: [], details: `no report was written:\n${ran.output}` };
      }
      const tests = report.testResults.flatMap((suite) => suite.assertionResults);
      const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
      // A run that jest itself calls failed (a hook that threw, a hung handle) must not look green.
      const counted = failed === 0 && ran.code !== 0 ? 1 : failed;
      return {
        passed: report.numPassedTests,
        failed: counted,
        skipped: tests.filter((one) => one.status === 'pending' || one.status === 'todo').map((one) => one.fullName),
        details: counted > 0 ? ran.output.replace(/^\{"num[\s\S]*$/m, '') : reasons(ran.output),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

/** The lines in which skipped tests say why. */
const reasons = (output: string): string =>
  [...new Set(output.split('\n').filter((line) => /^\s*skipped: /.test(line)))].join('\n');

/** Files for Node's own test runner, read from its closing counts. */
export const nodeTestSuite = (name: string, files: readonly string[]): Promise<Outcome> =>
  timed(name, async () => {
    const ran = await runCommand(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--test',
      '--test-reporter=spec',
      ...files,
    ]);
    const count = (word: string): number => Number(new RegExp(`ℹ ${word} (\\d+)`).exec(ran.output)?.[1] ?? 0);
    const failed = count('fail') + count('cancelled');
    return {
      passed: count('pass'),
      failed: failed === 0 && ran.code !== 0 ? 1 : failed,
      skipped: ran.output
        .split('\n')
        .filter((line) => line.includes('# SKIP'))
        .map((line) => line.trim()),
      details: ran.code === 0 ? reasons(ran.output) : ran.output,
    };
  });
