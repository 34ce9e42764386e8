import type { QuotaLimits } from '../settings.ts';
import type { Queries } from '../store/database.ts';
import { throttled } from './errors.ts';

type Kind = 'read' | 'write';

/** A bucket that holds one second's calls and refills evenly. */
class Bucket {
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, at: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#filledAt = at;
  }

  take(at: number): boolean {
    const refilled = (Math.max(0, at - this.#filledAt) / 1_000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + refilled);
    this.#filledAt = at;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** Calls per second in memory, calls per rolling day in the database. Every signed call counts, also one that is refused later. */
export class Quotas {
  readonly #limits: QuotaLimits;
  readonly #queries: Queries;
  readonly #buckets: Record<Kind, Bucket>;

  constructor(limits: QuotaLimits, queries: Queries, now: Date) {
    this.#limits = limits;
    this.#queries = queries;
    this.#buckets = {
      read: new Bucket(limits.readsPerSecond, now.getTime()),
      write: new Bucket(limits.writesPerSecond, now.getTime()),
    };
  }

  /** @throws {AceError} ThrottlingException when the second's or the day's calls are used up. */
  async spend(kind: Kind, now: Date): Promise<void> {
    const perDay = kind === 'write' ? this.#limits.writesPerDay : this.#limits.readsPerDay;
    if (!this.#buckets[kind].take(now.getTime())) throw throttled('Rate exceeded');
    const [used] = await this.#queries.query<{ calls: string | null }>(
      `select sum(calls) as calls from ace_quota where kind = $1 and minute > $2::timestamptz - interval '24 hours'`,
      [kind, now],
    );
    if (Number(used?.calls ?? 0) >= perDay) throw throttled(`Rate exceeded: ${perDay} ${kind}s in 24 hours`);
    await this.#queries.query(
      `insert into ace_quota (kind, minute, calls) values ($1, date_trunc('minute', $2::timestamptz), 1)
       on conflict (kind, minute) do update set calls = ace_quota.calls + 1`,
      [kind, now],
    );
  }
}
