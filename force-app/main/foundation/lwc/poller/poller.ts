/** Pauses in milliseconds: the first, how much each next one grows, and where growth ends. */
export interface Pauses {
  first: number;
  growth: number;
  longest: number;
}

/**
 * Runs a task again and again in growing pauses, only while the page can be seen.
 * The next pause starts when the task has ended, so a slow server is never asked twice at once;
 * when a hidden page is shown again, the task runs at once and the pauses start anew.
 * A task reports its own errors; a failed one does not end the polling.
 */
export class Poller {
  private readonly task: () => Promise<unknown>;
  private readonly pauses: Pauses;
  private pause = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private round = 0;

  constructor(task: () => Promise<unknown>, pauses: Pauses) {
    this.task = task;
    this.pauses = pauses;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Starts, or starts the pauses anew; the first run comes after the first pause. */
  start(): void {
    if (!this.running) {
      document.addEventListener('visibilitychange', this.onVisibilityChange);
    }
    this.running = true;
    this.pause = this.pauses.first;
    this.schedule();
  }

  stop(): void {
    this.running = false;
    this.cancel();
    document.removeEventListener('visibilitychange', this.onVisibilityChange);
  }

  private readonly onVisibilityChange = (): void => {
    this.cancel();
    if (document.visibilityState === 'visible') {
      this.pause = this.pauses.first;
      this.run().catch(ignoreReported);
    }
  };

  private schedule(): void {
    this.cancel();
    if (this.running && document.visibilityState === 'visible') {
      const again = (): void => {
        this.run().catch(ignoreReported);
      };
      // The one timer of all components: no push channel reaches a page without View All Data, so waiting is the way.
      // eslint-disable-next-line @lwc/lwc/no-async-operation
      this.timer = setTimeout(again, this.pause);
    }
  }

  private async run(): Promise<void> {
    const { round } = this;
    try {
      await this.task();
    } finally {
      if (round === this.round) {
        this.pause = Math.min(this.pauses.longest, this.pause * this.pauses.growth);
        this.schedule();
      }
    }
  }

  /** Ends the current pause; a task still under way from before no longer starts the next one. */
  private cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.round += 1;
  }
}

/** The task has shown its error where it belongs; here it only must not become an unhandled rejection. */
function ignoreReported(): void {}
