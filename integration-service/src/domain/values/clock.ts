/** Time comes from outside, so that rules and tests never read the machine's clock. */
export interface Clock {
  /** The instant as ISO 8601 in UTC with milliseconds. */
  now(): string;
}

/** The machine's clock; only `app` hands it out. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
