import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type LocalPostgres, startPostgres } from '../../local/services/postgres.ts';

/** A PostgreSQL that keeps what it wrote to its files and nothing else, and that a test may crash. */
export interface CrashingPostgres {
  /** A database of its own, on a port that stays the same. */
  readonly databaseUrl: string;
  /** Runs one statement as its superuser. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Ends every process of it at once, writing nothing more, and starts it again on what the disk holds. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

const askOnce = async <Row>(url: string, text: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows as readonly Row[];
  } finally {
    await client.end();
  }
};

/**
 * Commits with `synchronous_commit=off` reach the disk by the WAL writer, within 0.6 s, or with the next commit that
 * waits for the disk. The WAL writer stands still here, so that a crash meets them every time and not now and then.
 */
export const startCrashingPostgres = async (): Promise<CrashingPostgres> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tandem-crash-'));
  let server: LocalPostgres = await startPostgres({ dataDir });
  const { url, port } = server;
  await askOnce(url, 'alter system set autovacuum = off');
  // The machine lives on: what was written to a file stays there, and waiting for the platter would only take time.
  await askOnce(url, 'alter system set fsync = off');
  await askOnce(url, 'select pg_reload_conf()');
  let walWriter = 0;
  const holdWalWriter = async (): Promise<void> => {
    const [row] = await askOnce<{ pid: number }>(
      url,
      `select pid from pg_stat_activity where backend_type = 'walwriter'`,
    );
    if (!row) throw new Error('PostgreSQL shows no WAL writer');
    walWriter = row.pid;
    process.kill(walWriter, 'SIGSTOP');
  };
  const end = async (): Promise<void> => {
    // PostgreSQL's immediate shutdown, which is a crash to the next start; whoever stands still would be waited for.
    process.kill(server.pid, 'SIGQUIT');
    process.kill(walWriter, 'SIGKILL');
    await server.stop();
  };
  const databaseUrl = await server.createDatabase('tandem');
  await holdWalWriter();
  return {
    databaseUrl,
    query: (text, values) => askOnce(databaseUrl, text, values),
    crash: async () => {
      await end();
      server = await startPostgres({ dataDir, port });
      await holdWalWriter();
    },
    stop: async () => {
      await end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
