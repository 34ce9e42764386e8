import { LightningElement, api } from 'lwc';
import { Poller } from 'c/poller';
import { absoluteText, momentOf, relativeText } from 'c/timeFormat';

/** A young time changes by the second, an older one by the minute. */
const PAUSES = { first: 1_000, growth: 1.3, longest: 60_000 };

/** A moment as people say it ("12 sec. ago"), with the exact time on hover and for screen readers. */
export default class RelativeTime extends LightningElement {
  /** ISO date and time; nothing is drawn for one that cannot be read. */
  @api value: string | null | undefined;

  now = Date.now();
  private readonly clock = new Poller(() => this.tick(), PAUSES);

  connectedCallback(): void {
    this.now = Date.now();
    this.clock.start();
  }

  disconnectedCallback(): void {
    this.clock.stop();
  }

  get moment(): number | undefined {
    return momentOf(this.value);
  }

  get hasMoment(): boolean {
    return this.moment !== undefined;
  }

  get relative(): string {
    // A server's clock may run a little ahead of this one; what has happened is never called future.
    return this.moment === undefined ? '' : relativeText(Math.min(this.moment, this.now), this.now);
  }

  get absolute(): string {
    return this.moment === undefined ? '' : absoluteText(this.moment);
  }

  private tick(): Promise<void> {
    this.now = Date.now();
    return Promise.resolve();
  }
}
