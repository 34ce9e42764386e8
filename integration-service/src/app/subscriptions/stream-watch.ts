import type { EventBus } from './org-changes.ts';

/** The Pub/Sub API says something at least every 270 s, if only that there is nothing; a minute is its grace. */
const silentMs = 330_000;
/** A stream that follows a broken one is believed once it has spoken or has stayed open for so long. */
const settledMs = 5_000;

/** An event bus that knows whether this process hears the org: a lease alone says only who ought to. */
export class StreamWatch implements EventBus {
  readonly #bus: EventBus;
  readonly #onOpen: () => void;
  readonly #now: () => number;
  #openedAt: number | null = null;
  /** Of the stream that is open; minus infinity until it has said something. */
  #heardAt = Number.NEGATIVE_INFINITY;
  #failure: string | null = null;

  /** `onOpen` hears of each stream that was opened; `now` is in milliseconds. */
  constructor(bus: EventBus, onOpen: () => void = () => undefined, now: () => number = () => performance.now()) {
    this.#bus = bus;
    this.#onOpen = onOpen;
    this.#now = now;
  }

  readonly subscribe: EventBus['subscribe'] = async (topic, start, onEvent, onIdle) => {
    const heard =
      <Said>(take: (said: Said) => Promise<void>) =>
      (said: Said): Promise<void> => {
        this.#heardAt = this.#now();
        return take(said);
      };
    this.#heardAt = Number.NEGATIVE_INFINITY;
    try {
      const subscription = await this.#bus.subscribe(topic, start, heard(onEvent), heard(onIdle));
      const openedAt = this.#now();
      this.#openedAt = openedAt;
      void subscription.ended.then(({ why, message }) => {
        if (this.#openedAt === openedAt) this.#openedAt = null;
        this.#failure = why === 'stopped' ? null : message || why;
      });
      this.#onOpen();
      return subscription;
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      throw error;
    }
  };

  readonly decode: EventBus['decode'] = (event) => this.#bus.decode(event);
  readonly forgetSession: EventBus['forgetSession'] = () => this.#bus.forgetSession();

  /** Why this process does not hear the org, as a clause; null when it does. */
  get problem(): string | null {
    if (this.#openedAt === null) return this.#failure ?? 'no stream is open';
    const now = this.#now();
    const spoke = Number.isFinite(this.#heardAt);
    if (this.#failure && !spoke && now - this.#openedAt < settledMs) return this.#failure;
    if (now - Math.max(this.#heardAt, this.#openedAt) > silentMs)
      return `the stream has been silent for more than ${silentMs / 60_000} minutes`;
    return null;
  }
}
