import type { Store } from '../engine/store.ts';

const HOUR_MS = 3_600_000;

/**
 * API calls of the last 24 hours, as `Sforce-Limit-Info` and `/limits` tell: a rolling window, so no hour of the day
 * gives everything back. Calls are kept by the hour, and the hour that is only partly over counts whole.
 */
export class ApiUsage {
  readonly limit: number;
  readonly #store: Store;
  readonly #clock: () => Date;
  /** Hours since the epoch → calls in that hour. */
  readonly #byHour: Map<number, number>;
  readonly #byKind = new Map<string, number>();

  private constructor(store: Store, clock: () => Date, limit: number, byHour: Map<number, number>) {
    this.#store = store;
    this.#clock = clock;
    this.limit = limit;
    this.#byHour = byHour;
  }

  static async load(store: Store, clock: () => Date, limit: number): Promise<ApiUsage> {
    const rows = await store.query<{ hour: string; calls: string }>(
      'SELECT extract(epoch FROM hour) / 3600 AS hour, calls FROM org.api_calls',
    );
    return new ApiUsage(store, clock, limit, new Map(rows.map(({ hour, calls }) => [Number(hour), Number(calls)])));
  }

  get calls(): number {
    const oldest = this.#hour() - 24;
    for (const hour of [...this.#byHour.keys()]) if (hour < oldest) this.#byHour.delete(hour);
    return [...this.#byHour.values()].reduce((sum, calls) => sum + calls, 0);
  }

  get exhausted(): boolean {
    return this.calls >= this.limit;
  }

  /** Counts one call that costs quota; `kind` is for the counters of benches (`query`, `composite` …). */
  count(kind: string): void {
    const hour = this.#hour();
    this.#byHour.set(hour, (this.#byHour.get(hour) ?? 0) + 1);
    this.#byKind.set(kind, (this.#byKind.get(kind) ?? 0) + 1);
  }

  /** Calls by kind since the start of this process. */
  counters(): Record<string, number> {
    return Object.fromEntries(this.#byKind);
  }

  async save(): Promise<void> {
    await this.#store.query('DELETE FROM org.api_calls');
    for (const [hour, calls] of this.#byHour)
      await this.#store.query('INSERT INTO org.api_calls VALUES ($1, $2)', [new Date(hour * HOUR_MS), calls]);
  }

  #hour(): number {
    return Math.floor(this.#clock().getTime() / HOUR_MS);
  }
}
