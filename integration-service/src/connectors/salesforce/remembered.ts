/** Things read by key, remembered while they are young. What is being read is waited for, so that many ask once. */
export class Remembered<Value> {
  readonly #most: number;
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly readAt: number; readonly read: Promise<Value> }>();

  /** At most so many keys; `now` in milliseconds. */
  constructor(most: number, now: () => number) {
    this.#most = most;
    this.#now = now;
  }

  get(key: string, maxAgeMs: number, read: () => Promise<Value>): Promise<Value> {
    const readAt = this.#now();
    const known = this.#known.get(key);
    if (known && readAt - known.readAt <= maxAgeMs) return known.read;
    for (const oldest of [...this.#known.keys()].slice(0, Math.max(0, this.#known.size - this.#most)))
      this.#known.delete(oldest);
    const fresh = { readAt, read: read() };
    this.#known.set(key, fresh);
    fresh.read.catch(() => {
      if (this.#known.get(key) === fresh) this.#known.delete(key);
    });
    return fresh.read;
  }

  forget(): void {
    this.#known.clear();
  }
}
