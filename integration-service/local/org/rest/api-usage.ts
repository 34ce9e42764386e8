import type { Store } from '../engine/store.ts';

/** API calls per rolling day, as `Sforce-Limit-Info` and `/limits` tell. A day is a UTC day here. */
export class ApiUsage {
  readonly limit: number;
  readonly #store: Store;
  readonly #clock: () => Date;
  #day: string;
  #calls: number;
  readonly #byKind = new Map<string, number>();

  private constructor(store: Store, clock: () => Date, limit: number, day: string, calls: number) {
    this.#store = store;
    this.#clock = clock;
    this.limit = limit;
    this.#day = day;
    this.#calls = calls;
  }

  static async load(store: Store, clock: () => Date, limit: number): Promise<ApiUsage> {
    const day = clock().toISOString().slice(0, 10);
    const [row] = await store.query<{ calls: string }>('SELECT calls FROM org.api_usage WHERE day = $1', [day]);
    return new ApiUsage(store, clock, limit, day, Number(row?.calls ?? 0));
  }

  get calls(): number {
    return this.#calls;
  }

  get exhausted(): boolean {
    this.#turn();
    return this.#calls >= this.limit;
  }

  /** Counts one call that costs quota; `kind` is for the counters of benches (`query`, `composite` …). */
  count(kind: string): void {
    this.#turn();
    this.#calls += 1;
    this.#byKind.set(kind, (this.#byKind.get(kind) ?? 0) + 1);
  }

  /** Calls by kind since the start of this process. */
  counters(): Record<string, number> {
    return Object.fromEntries(this.#byKind);
  }

  async save(): Promise<void> {
    await this.#store.query(
      'INSERT INTO org.api_usage VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET calls = excluded.calls',
      [this.#day, this.#calls],
    );
  }

  #turn(): void {
    const day = this.#clock().toISOString().slice(0, 10);
    if (day === this.#day) return;
    this.#day = day;
    this.#calls = 0;
  }
}
