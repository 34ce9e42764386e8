import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startProcess, stopProcess, untilReady } from './processes.ts';

export interface LocalRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const places = [
  'redis-server',
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
  'valkey-server',
];

const findServer = (): string | undefined =>
  places.find((place) => spawnSync(place, ['--version'], { stdio: 'ignore' }).status === 0);

/**
 * The `redis-server` of this machine, installed first where that is allowed without asking: apt as root, or Homebrew.
 * Throws one sentence that says what to install otherwise.
 */
export const findOrInstallRedis = (say: (line: string) => void = () => undefined): string => {
  const found = findServer();
  if (found) return found;
  const runs = (command: string, args: string[]): boolean =>
    spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status ===
    0;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('installing redis-server with apt-get');
    if (!runs('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'])) {
      runs('apt-get', ['update', '-qq']);
      runs('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server']);
    }
  } else if (process.platform === 'darwin' && runs('brew', ['--version'])) {
    say('installing redis with Homebrew');
    runs('brew', ['install', 'redis']);
  }
  const installed = findServer();
  if (installed) return installed;
  throw new Error(
    'Redis is missing: install redis-server (Debian, Ubuntu: "sudo apt-get install redis-server"; macOS: "brew install redis"), or set REDIS_URL.',
  );
};

const answersPing = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')));
    socket.once('error', () => done(false));
  });

/** Starts a private Redis on loopback. Bull needs no persistence (DESIGN: losing Redis loses nothing), so none is kept. */
export const startRedis = async (
  options: { dataDir?: string; port?: number; say?: (line: string) => void } = {},
): Promise<LocalRedis> => {
  const server = findOrInstallRedis(options.say);
  const temporary = options.dataDir === undefined;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'tandem-redis-'));
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort(options.port ?? 0);
  const owned = startProcess(server, [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dataDir,
  ]);
  await untilReady(owned, 'Redis', () => answersPing(port));
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: owned.child.pid ?? 0,
    stop: async () => {
      await stopProcess(owned);
      if (temporary) rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
