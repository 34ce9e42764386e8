import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../local/services/processes.ts';
import { type ServiceProcess, startServiceProcess } from '../../local/world/service-process.ts';
import { until } from './until.ts';

/**
 * What happens to the process that comes by: it ends at once (SIGKILL), stands still until woken (SIGSTOP), or is asked
 * to end (SIGTERM).
 */
export type Strike = 'kill' | 'stop' | 'terminate';

/**
 * Several processes of the service that work for one org and share everything. A point of the path can be armed: the
 * first process that comes by is struck there, and the others have to take over.
 */
export class ServiceFleet {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #logFile: string;
  readonly #members = new Map<number, ServiceProcess & { readonly port: number }>();

  /**
   * `folder` is for the arming and the points passed; the service's log goes there too, or into
   * `TANDEM_TEST_LOG_FOLDER`, where it stays.
   */
  constructor(environment: Readonly<Record<string, string>>, folder: string) {
    this.#environment = environment;
    this.#folder = join(folder, 'trace');
    this.#logFile = join(process.env.TANDEM_TEST_LOG_FOLDER ?? folder, 'service.log');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Starts one more process and waits until it is ready. */
  async start(more: Readonly<Record<string, string>> = {}, port?: number): Promise<ServiceProcess> {
    const chosen = port ?? (await freePort());
    const process_ = await startServiceProcess(
      {
        ...this.#environment,
        NODE_ENV: 'test',
        TANDEM_TRACE_FOLDER: this.#folder,
        PORT: String(chosen),
        ...more,
      },
      { logFile: this.#logFile },
    );
    const member = { ...process_, port: chosen };
    this.#members.set(member.pid, member);
    return member;
  }

  get pids(): readonly number[] {
    return [...this.#members.keys()];
  }

  member(pid: number): ServiceProcess & { readonly port: number } {
    const member = this.#members.get(pid);
    if (!member) throw new Error(`no process ${pid} of the service was started here`);
    return member;
  }

  /** The next process that passes `point` is struck. */
  arm(point: string, strike: Strike): void {
    rmSync(join(this.#folder, 'struck'), { force: true });
    writeFileSync(join(this.#folder, 'armed'), `${point}:${strike}`);
  }

  disarm(): void {
    rmSync(join(this.#folder, 'armed'), { force: true });
  }

  /** The process that was struck, once one has been. */
  async struck(lastSeen: () => string): Promise<number> {
    const file = join(this.#folder, 'struck');
    return until('a process was struck', () => Promise.resolve(existsSync(file) && this.#struckPid(file)), {
      timeoutMs: 45_000,
      lastSeen,
    });
  }

  /** Empty for the moment between the file's making and its filling. */
  #struckPid(file: string): number | false {
    return Number(readFileSync(file, 'utf8')) || false;
  }

  /** Points that processes have passed, in order, as `pid point`. */
  passed(): readonly string[] {
    const file = join(this.#folder, 'passed');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  /** Ends a process as the kernel does when memory is out, and forgets it. */
  async kill(pid: number): Promise<void> {
    const member = this.member(pid);
    if (this.#isAlive(pid)) process.kill(pid, 'SIGKILL');
    await member.exited;
    this.#members.delete(pid);
  }

  /** Asks a process to end. */
  terminate(pid: number): void {
    process.kill(this.member(pid).pid, 'SIGTERM');
  }

  /** How a process that was asked to end did: its exit code, or null when it had to be ended by force after `graceMs`. */
  async ended(pid: number, graceMs: number): Promise<number | null> {
    const { exited } = this.member(pid);
    const force = setTimeout(() => process.kill(pid, 'SIGKILL'), graceMs);
    const code = await exited;
    clearTimeout(force);
    this.#members.delete(pid);
    return code;
  }

  freeze(pid: number): void {
    process.kill(this.member(pid).pid, 'SIGSTOP');
  }

  wake(pid: number): void {
    process.kill(this.member(pid).pid, 'SIGCONT');
  }

  #isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  /** Asks every process to end, and waits for it; one that stands still is woken first. */
  async stopAll(): Promise<void> {
    const members = [...this.#members.values()];
    this.#members.clear();
    for (const { pid } of members) if (this.#isAlive(pid)) process.kill(pid, 'SIGCONT');
    await Promise.all(members.map((member) => member.stop()));
  }
}
