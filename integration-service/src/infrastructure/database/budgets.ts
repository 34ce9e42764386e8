import { sql } from 'kysely';
import type { BudgetAnswer, BudgetLimit, PlaceInLine, RateBudget } from '../../ports/rate-budget/rate-budget.ts';
import type { OrgDatabase } from './org-database.ts';

interface BudgetRow {
  readonly granted: boolean;
  readonly in_ms: number;
  readonly ahead: number;
  readonly day_full: boolean;
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

  /** `granted` turns a published quota into the one this account was granted. */
  constructor(database: OrgDatabase, granted: (published: BudgetLimit) => BudgetLimit = (published) => published) {
    this.#database = database;
    this.#granted = granted;
  }

  async take(published: BudgetLimit, count: number, maxWaitMs: number, place: PlaceInLine): Promise<BudgetAnswer> {
    const limit = this.#granted(published);
    const intervalMs = (1_000 / limit.ratePerSecond) * spacing;
    // On disk with the first effect, which is recorded before the first call is made.
    const [row] = await this.#database.runAhead(sql<BudgetRow>`
      with today as (
        select coalesce(sum(spent), 0) + ${count} > ${limit.perDay} as full from budget_spent
        where bucket = ${limit.bucket} and slot > now() - interval '24 hours 10 minutes'
      ), line as (
        select count(*)::int as ahead from inbox 
        where waits_for = ${limit.bucket} and due_at <= now() + interval '1 hour' and (priority, id) < (${place.priority}, ${place.id}::bigint)
      ), granted as (
        insert into budgets (bucket, next_at)
        select ${limit.bucket}, now() + ${count * intervalMs} * interval '1 millisecond' from today, line where not today.full and line.ahead = 0
        on conflict (bucket) do update
          set next_at = greatest(budgets.next_at, now()) + ${count * intervalMs} * interval '1 millisecond'
          where budgets.next_at <= now() + ${maxWaitMs} * interval '1 millisecond'
        returning next_at - ${count * intervalMs} * interval '1 millisecond' as starts_at
      ), counted as (
        insert into budget_spent (bucket, slot, spent)
        select ${limit.bucket}, date_bin('10 minutes', now(), 'epoch'), ${count} from granted
        on conflict (bucket, slot) do update set spent = budget_spent.spent + excluded.spent
        returning spent
      )
      select granted.starts_at is not null as granted, today.full as day_full, line.ahead,
        greatest(0, extract(epoch from coalesce(granted.starts_at, budgets.next_at, now()) - now()) * 1000)::float8 as in_ms
      from today cross join line left join granted on true left join counted on true
        left join budgets on budgets.bucket = ${limit.bucket}`);
    if (!row) throw new Error(`the budget ${limit.bucket} gave no answer`);
    if (row.granted) return { granted: true, inMs: row.in_ms, intervalMs };
    return {
      granted: false,
      inMs: row.day_full ? 10 * 60_000 : row.in_ms + row.ahead * count * intervalMs,
      placeInLine: row.ahead + 1,
      dailyLimitReached: row.day_full,
    };
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
