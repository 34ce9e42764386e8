import { sql } from 'kysely';
import type { BudgetAnswer, BudgetLimit, PlaceInLine, RateBudget } from '../../ports/rate-budget/rate-budget.ts';
import type { OrgDatabase } from './org-database.ts';
import { Together } from '../../domain/values/together.ts';

interface Taken {
  readonly granted: boolean;
  readonly inMs: number;
  readonly ahead?: number;
  readonly dayFull?: boolean;
}

interface Wanted {
  readonly limit: BudgetLimit;
  readonly count: number;
  readonly intervalMs: number;
  readonly maxWaitMs: number;
  readonly place: PlaceInLine;
}

/**
 * Grants stand this much further apart than the network's rate says. AWS publishes no burst, so at one write a second two
 * calls that leave 1,000 ms apart and arrive 990 ms apart are one too many; 80 ms is what a busy machine and a network
 * between us may take from the distance.
 */
const spacing = 1.08;

/**
 * The token bucket of a partner account, in one row that every process updates. A grant is spent even if the call is
 * never made: too slow is better than throttled. The day is counted in ten-minute slots, rounded against us.
 */
export class PostgresRateBudget implements RateBudget {
  readonly #database: OrgDatabase;
  readonly #granted: (published: BudgetLimit) => BudgetLimit;
  readonly #takes = new Together<Wanted, Taken>((wanted) => this.#takeAll(wanted));

  /** `granted` turns a published quota into the one this account was granted. */
  constructor(database: OrgDatabase, granted: (published: BudgetLimit) => BudgetLimit = (published) => published) {
    this.#database = database;
    this.#granted = granted;
  }

  async take(published: BudgetLimit, count: number, maxWaitMs: number, place: PlaceInLine): Promise<BudgetAnswer> {
    const limit = this.#granted(published);
    const intervalMs = (1_000 / limit.ratePerSecond) * spacing;
    const taken = await this.#takes.ask({ limit, count, intervalMs, maxWaitMs, place });
    if (taken.granted) return { granted: true, inMs: taken.inMs, intervalMs };
    const { inMs, ahead = 0, dayFull = false } = taken;
    return {
      granted: false,
      inMs: dayFull ? 10 * 60_000 : inMs + ahead * count * intervalMs,
      placeInLine: ahead + 1,
      dailyLimitReached: dayFull,
    };
  }

  /** On disk with the first effect, which is recorded before the first call is made. */
  async #takeAll(wanted: readonly Wanted[]): Promise<readonly Taken[]> {
    const asked = wanted.map(({ limit: { bucket, perDay }, count, intervalMs, maxWaitMs, place }) => ({
      bucket,
      perDay,
      count,
      intervalMs,
      maxWaitMs,
      ...place,
    }));
    const rows = await this.#database.runAhead(sql<{ taken: Taken }>`
      select take_budget(bucket, count, "intervalMs", "perDay", "maxWaitMs", priority, id) as taken
      from rows from (jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        as (bucket text, count integer, "intervalMs" float8, "perDay" float8, "maxWaitMs" float8, priority smallint, id bigint))
        with ordinality order by ordinality`);
    return rows.map(({ taken }) => taken);
  }

  /** What was spent in the last 24 hours, for metrics and `doctor`; old slots are forgotten on the way. */
  async spentToday(bucket: string): Promise<number> {
    const [row] = await this.#database.run(sql<{ spent: string }>`
      with old as (delete from budget_spent where slot < now() - interval '2 days')
      select coalesce(sum(spent), 0) as spent from budget_spent
      where bucket = ${bucket} and slot > now() - interval '24 hours'`);
    return Number(row?.spent ?? 0);
  }
}
