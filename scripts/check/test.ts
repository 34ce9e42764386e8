// Everything that has to hold before a change lands: `npm test` (all), `npm run check` (the fast part, for every save),
// `npm run test:full` (adds the long runs). The last line sums every suite: "N passed, N failed, N skipped".
import { globSync } from 'node:fs';
import { cpus } from 'node:os';
import { findOrInstallRedis } from '../../integration-service/local/services/redis.ts';
import { findOrInstallChromium } from './browser.ts';
import { checkSuite, jestSuite, nodeTestSuite, root, type Outcome } from './suites.ts';

const fast = process.argv.includes('--fast');
const full = process.argv.includes('--full');
const say = (line: string): void => console.log(line);

const npmScript = (name: string): [string, string[]] => ['npm', ['run', '--silent', name]];

const checks: (() => Promise<Outcome>)[] = [
  () => checkSuite('types', ...npmScript('check:types')),
  () => checkSuite('format', ...npmScript('format:verify')),
  () => checkSuite('lint', ...npmScript('check:lint')),
  () => checkSuite('architecture', ...npmScript('check:architecture')),
  () => checkSuite('metadata', ...npmScript('check:metadata')),
  () => checkSuite('requirements', ...npmScript('check:requirements')),
  () => checkSuite('git: no conflict markers or trailing blanks', 'git', ['diff', '--check', 'HEAD']),
];

const serviceEnvironment = {
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  ...(full ? { TANDEM_FULL: '1' } : {}),
};
const suites: (() => Promise<Outcome>)[] = [
  () => jestSuite('lightning web components', ['--config', 'config/jest/lwc.config.js'], {}),
  () => nodeTestSuite('scripts', globSync('scripts/**/*.test.ts', { cwd: root })),
];

/**
 * Journeys and everything else of the service in one run: the small tests fill the time in which one of
 * the long journeys (`longest-first`) still goes on.
 */
const service = (): Promise<Outcome> =>
  jestSuite(
    'service, dev org, networks, journeys',
    ['--config', 'integration-service/jest.config.ts'],
    serviceEnvironment,
    'integration-service',
  );

const report = (outcome: Outcome): void => {
  const { passed, failed, skipped, seconds } = outcome;
  say(
    `${failed > 0 ? '✗' : '✓'} ${outcome.name}: ${passed} passed, ${failed} failed, ${skipped.length} skipped (${seconds.toFixed(1)} s)`,
  );
  for (const name of skipped) say(`    skipped: ${name}`);
  if (outcome.details) say(outcome.details.trimEnd());
};

const inParallel = async (work: readonly (() => Promise<Outcome>)[], width: number): Promise<Outcome[]> => {
  const waiting = [...work];
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await next();
      report(outcome);
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return outcomes;
};

const began = performance.now();
// The suites that need nothing started stand among the checks, the longest first, so that no core is idle meanwhile.
const outcomes = await inParallel(fast ? checks : [...suites, ...checks], Math.min(2, cpus().length));
if (!fast) {
  findOrInstallRedis(say);
  const chromium = findOrInstallChromium(say);
  if (chromium) process.env.CHROMIUM_PATH = chromium;
  outcomes.push(...(await inParallel([service], 1)));
}
const sum = (count: (outcome: Outcome) => number): number =>
  outcomes.reduce((total, outcome) => total + count(outcome), 0);
const failed = sum((outcome) => outcome.failed);
say(`in ${((performance.now() - began) / 1000).toFixed(0)} s`);
say(
  `${sum((outcome) => outcome.passed)} passed, ${failed} failed, ${sum((outcome) => outcome.skipped.length)} skipped`,
);
process.exitCode = failed > 0 ? 1 : 0;
