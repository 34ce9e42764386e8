// Run by every npm script that a newcomer types (`npm start`, `npm test`, …). Plain JavaScript for any Node from 20 on:
// installs what the lock file names when it is not installed yet, then hands over to Node 24, which comes as a package.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What each command runs, below the project's root. */
const commands = {
  start: ['integration-service/local/start.ts'],
  demo: ['integration-service/local/demo.ts'],
  org: ['integration-service/local/org/main.ts'],
  tandem: ['integration-service/src/app/command-line/tandem.ts'],
  bench: ['integration-service/bench/main.ts'],
  test: ['scripts/check/test.ts'],
  check: ['scripts/check/test.ts', '--fast'],
  screenshots: ['scripts/dev/screenshots.ts'],
};

const stop = (message) => {
  console.error(message);
  process.exit(2);
};

const [name, ...args] = process.argv.slice(2);
const script = commands[name];
if (!script) stop(`Unknown command "${name ?? ''}": one of ${Object.keys(commands).join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(
    `Node ${process.versions.node} is too old to start: install Node 20 or newer (the rest runs on Node 24, which is installed with it).`,
  );
}

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const installed = join(root, 'node_modules', '.tandem-installed');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  const began = Date.now();
  console.log('Installing packages (about two minutes the first time) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (npm.status !== 0) stop('npm ci failed: read its message above, mend that, and run the same command again.');
  writeFileSync(installed, lock);
  console.log(`Packages installed in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
}

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
if (!existsSync(node)) {
  stop(
    'Node 24 (npm package "node") was not unpacked: run "npm rebuild node" where its install script is allowed, then again.',
  );
}

const child = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', join(root, script[0]), ...script.slice(1), ...args],
  {
    cwd: process.env.INIT_CWD ?? root,
    stdio: 'inherit',
    env: {
      // Compiled code is kept between starts: a process of the service is there in two thirds of the time.
      NODE_COMPILE_CACHE: join(root, '.cache', 'node'),
      ...process.env,
      PATH: [join(root, 'node_modules', '.bin'), dirname(node), process.env.PATH].join(delimiter),
    },
  },
);
// The terminal sends Ctrl-C to the whole group; a signal sent to us alone (a supervisor, a test) is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
