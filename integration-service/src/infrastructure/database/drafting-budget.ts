import { sql } from 'kysely';
import type { DraftingAccount, DraftingBudget, DraftingLimits, DraftingSpend } from '../../ports/drafting/drafting.ts';
import type { OrgDatabase } from './org-database.ts';

const thisMonth = sql`date_trunc('month', now() at time zone 'UTC')::date`;

/** What language models have used of an org's budgets. One row is one budget, and its lock makes every taking one by one. */
export class PostgresDraftingBudget implements DraftingBudget {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async reserve(
    { function: of, partner }: DraftingAccount,
    wanted: DraftingSpend,
    limits: DraftingLimits,
  ): Promise<boolean> {
    const { tokens, costMicros } = wanted;
    if (tokens > limits.tokens || costMicros > limits.costMicros) return false;
    const rows = await this.#database.run(sql`
      insert into drafting_spend (org, function, partner, month, tokens, cost_micros)
      values (${this.#database.org}, ${of}, ${partner}, ${thisMonth}, ${tokens}, ${costMicros})
      on conflict (org, function, partner, month) do update
        set tokens = drafting_spend.tokens + excluded.tokens,
            cost_micros = drafting_spend.cost_micros + excluded.cost_micros
        where drafting_spend.tokens + excluded.tokens <= ${limits.tokens}
          and drafting_spend.cost_micros + excluded.cost_micros <= ${limits.costMicros}
      returning tokens`);
    return rows.length > 0;
  }

  async settle(
    { function: of, partner }: DraftingAccount,
    reserved: DraftingSpend,
    used: DraftingSpend,
  ): Promise<void> {
    // The month may have ended in between: what was taken in the old one stays there, which is on the safe side.
    await this.#database.run(sql`
      update drafting_spend
      set tokens = greatest(0, tokens + ${used.tokens - reserved.tokens}),
          cost_micros = greatest(0, cost_micros + ${used.costMicros - reserved.costMicros})
      where org = ${this.#database.org} and function = ${of} and partner = ${partner} and month = ${thisMonth}`);
  }
}
