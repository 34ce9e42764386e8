import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { startProcess, stopProcess, untilReady } from '../services/processes.ts';

/** The integration service in a process of its own, as in production. */
export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** The tail of its log. */
  output(): string;
  /** Settles when the process ends, whoever ended it. */
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
}

/** What belongs to the machine: where programs and homes are, who is trusted, and how the network is reached. */
const inheritedNames = [
  ...['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_USE_ENV_PROXY'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
];

const main = join(import.meta.dirname, '..', '..', 'src', 'app', 'main.ts');

const ready = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
};

/** Starts `src/app/main.ts` with these settings and waits until it says that it is ready. */
export const startServiceProcess = async (
  environment: Readonly<Record<string, string>>,
  options: { logFile?: string } = {},
): Promise<ServiceProcess> => {
  const inherited = Object.fromEntries(
    inheritedNames.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const owned = startProcess(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...inherited, ...environment },
  });
  if (options.logFile) {
    const log = createWriteStream(options.logFile, { flags: 'a' });
    owned.child.stdout?.pipe(log, { end: false });
    owned.child.stderr?.pipe(log, { end: false });
    void owned.exited.then(() => log.end());
  }
  const url = `http://127.0.0.1:${environment.PORT ?? ''}`;
  await untilReady(owned, 'The service', () => ready(url), 60_000);
  return {
    url,
    pid: owned.child.pid ?? 0,
    output: owned.output,
    exited: owned.exited,
    stop: () => stopProcess(owned, 'SIGTERM', 20_000),
  };
};
