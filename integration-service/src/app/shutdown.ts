/** Says once that the service, or its work for one org, is to stop, to everything that waits or repeats. */
export class Shutdown {
  readonly #controller = new AbortController();
  readonly signal: AbortSignal;

  /** `above` begins this one too. */
  constructor(above?: AbortSignal) {
    this.signal = above ? AbortSignal.any([above, this.#controller.signal]) : this.#controller.signal;
  }

  begin(): void {
    this.#controller.abort(new DOMException('the service is stopping', 'AbortError'));
  }

  /** Waits so long; rejects with an `AbortError` as soon as the service stops. Nothing to wait for is no wait. */
  readonly pause = (ms: number): Promise<void> => {
    if (this.signal.aborted) return Promise.reject(this.signal.reason as Error);
    if (!(ms > 0)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(this.signal.reason as Error);
      };
      const timer = setTimeout(() => {
        this.signal.removeEventListener('abort', stop);
        resolve();
      }, ms);
      this.signal.addEventListener('abort', stop, { once: true });
    });
  };

  /** Repeats a chore until the service stops, one run after another; what a run throws is told and the next one comes. */
  async repeat(everyMs: () => number, chore: () => Promise<unknown>, onError: (error: unknown) => void): Promise<void> {
    while (!this.signal.aborted) {
      try {
        await chore();
      } catch (error) {
        if (!this.signal.aborted) onError(error);
      }
      await this.pause(everyMs()).catch(() => undefined);
    }
  }
}
