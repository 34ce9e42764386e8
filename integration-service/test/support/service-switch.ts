import { startServiceProcess, type ServiceProcess } from '../../local/world/service-process.ts';
import type { World } from '../../local/world/world.ts';

/** Turns the service of a running world off and on again, with other settings where wanted; all else stays as it is. */
export class ServiceSwitch {
  readonly #world: World;
  #service: ServiceProcess | undefined;

  constructor(world: World) {
    this.#world = world;
    this.#service = world.service;
  }

  /** Ends the service, if it is at work. Requests that are made meanwhile stay in the org. */
  async off(): Promise<void> {
    const service = this.#service;
    this.#service = undefined;
    await service?.stop();
  }

  /** Starts the service again, ended first where it is at work; `settings` stand on top of the world's own. */
  async on(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.off();
    this.#service = await startServiceProcess({ ...this.#world.serviceEnvironment, ...settings });
  }
}
