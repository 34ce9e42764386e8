import type { Logger } from 'pino';
import { type Config, ConfigError } from './config.ts';
import { openOrg, type OpenOrg, type Shared } from './open-org.ts';
import { Shutdown } from './shutdown.ts';
import { loginOf, readConnections, rememberOrg, type WantedOrg, wantedOrgs } from './wanted-orgs.ts';

/** How soon an org that could not be reached is tried again, and how often the connections are read when all are open. */
const retryMs = 3_000;
const rereadMs = 60_000;
const graceMs = 15_000;

interface Working {
  readonly open: OpenOrg;
  readonly shutdown: Shutdown;
  readonly loops: readonly Promise<unknown>[];
}

/**
 * The orgs that this process works for. One that cannot be reached is tried again and keeps no other waiting; one that is
 * added or switched off later is noticed within a minute.
 */
export class ConnectedOrgs {
  readonly #config: Config;
  readonly #shared: Omit<Shared, 'pause'>;
  readonly #log: Logger;
  readonly #shutdown: Shutdown;
  readonly #begin: (open: OpenOrg, shutdown: Shutdown) => Promise<readonly Promise<unknown>[]>;
  readonly #working = new Map<string, Working>();
  /** Open orgs by their id. */
  readonly open = new Map<string, OpenOrg>();

  /** `begin` sets an org's loops going; they end when the given shutdown begins. */
  constructor(
    config: Config,
    shared: Omit<Shared, 'pause'>,
    shutdown: Shutdown,
    begin: (open: OpenOrg, shutdown: Shutdown) => Promise<readonly Promise<unknown>[]>,
  ) {
    this.#config = config;
    this.#shared = shared;
    this.#log = shared.log;
    this.#shutdown = shutdown;
    this.#begin = begin;
  }

  /**
   * Opens what is wanted and lets go of what is not any more. True when nothing is left to be tried again.
   * @throws ConfigError when the environment's settings are not for its org.
   */
  async refresh(): Promise<boolean> {
    const wanted = wantedOrgs(this.#config.org, await readConnections(this.#config));
    const names = new Set(wanted.map(({ settings }) => loginOf(settings)));
    await Promise.all(
      [...this.#working].filter(([name]) => !names.has(name)).map(([name, working]) => this.#end(name, working)),
    );
    const opened = await Promise.all(
      wanted.filter(({ settings }) => !this.#working.has(loginOf(settings))).map((one) => this.#start(one)),
    );
    return opened.every(Boolean);
  }

  /** Goes on refreshing until the service stops; `complete` is what the last refresh said. */
  async keep(complete: boolean): Promise<void> {
    let all = complete;
    await this.#shutdown.pause(all ? rereadMs : retryMs).catch(() => undefined);
    await this.#shutdown.repeat(
      () => (all ? rereadMs : retryMs),
      async () => {
        all = false;
        all = await this.refresh();
      },
      (error) => this.#log.warn({ error }, 'the connections could not be read; trying again'),
    );
  }

  /** Waits for what is at work, and lets go of every org. The shutdown has begun. */
  async close(): Promise<void> {
    await Promise.all([...this.#working].map(([name, working]) => this.#end(name, working)));
  }

  async #start(wanted: WantedOrg): Promise<boolean> {
    const shutdown = new Shutdown(this.#shutdown.signal);
    let open: OpenOrg | null = null;
    try {
      open = await openOrg(wanted, { ...this.#shared, pause: shutdown.pause });
      const { org } = open.runtime;
      await rememberOrg(this.#config, org, open.kind, wanted);
      const loops = await this.#begin(open, shutdown);
      this.#working.set(loginOf(wanted.settings), { open, shutdown, loops });
      this.open.set(org, open);
      this.#log.info({ org, kind: open.kind }, 'working for an org');
      return true;
    } catch (error) {
      shutdown.begin();
      await open?.close();
      // A setting of our own environment that this org cannot have: no trying again mends it, so the service does not start.
      if (error instanceof ConfigError && wanted.ofEnvironment) throw error;
      const login = new URL(wanted.settings.loginUrl).host;
      this.#log.warn({ error, login }, 'an org cannot be worked for; trying again');
      return false;
    }
  }

  async #end(name: string, { open, shutdown, loops }: Working): Promise<void> {
    const { org } = open.runtime;
    this.#working.delete(name);
    this.open.delete(org);
    const stopping = this.#shutdown.signal.aborted;
    shutdown.begin();
    await Promise.race([Promise.allSettled(loops), waitAtMost(graceMs)]);
    await open.close();
    if (!stopping) this.#log.info({ org }, 'an org was switched off; no longer working for it');
  }
}

const waitAtMost = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
