import { sql } from 'kysely';
import type { OrgDatabase } from './org-database.ts';

/** One thing that is switched off, by whom and why. */
export interface Stop {
  readonly scope: string;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

/**
 * The control epoch of one org. Every kill, revocation or change of mode raises it, so an effect that was judged under
 * an older one does not start (see `start_effect`). Works without Salesforce.
 */
export class PostgresControl {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  /** Stops a scope (`all`, `function:co-selling`, `partner:aws`) from the next effect on. */
  async stop(scope: string, reason: string, by: string): Promise<void> {
    await this.#database.run(sql`
      with raised as (
        insert into control (org, epoch) values (${this.#database.org}, 2)
        on conflict (org) do update set epoch = control.epoch + 1 returning epoch
      )
      insert into control_stops (org, scope, reason, by) select ${this.#database.org}, ${scope}, ${reason}, ${by} from raised
      on conflict (org, scope) do update set reason = excluded.reason, by = excluded.by, at = now()`);
  }

  /** Lets a scope work again. False when it was not stopped. */
  async resume(scope: string): Promise<boolean> {
    const rows = await this.#database.run(sql`
      with raised as (update control set epoch = epoch + 1 where org = ${this.#database.org} returning epoch)
      delete from control_stops using raised where org = ${this.#database.org} and scope = ${scope} returning scope`);
    return rows.length > 0;
  }

  /** A grant or a mode changed: what was judged before must be judged again. */
  async raiseEpoch(): Promise<void> {
    await this.#database.run(sql`
      insert into control (org, epoch) values (${this.#database.org}, 2)
      on conflict (org) do update set epoch = control.epoch + 1`);
  }

  async stops(): Promise<readonly Stop[]> {
    const rows = await this.#database.run(sql<{ scope: string; reason: string; by: string; at: Date }>`
      select scope, reason, by, at from control_stops where org = ${this.#database.org} order by scope`);
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** Since when and why `led` pauses by itself; null: it does not. */
  async ledPause(): Promise<{ readonly since: string; readonly why: string } | null> {
    const [row] = await this.#database.run(sql<{ since: Date | null; why: string | null }>`
      select led_paused_at as since, led_paused_why as why from control where org = ${this.#database.org}`);
    return row?.since ? { since: row.since.toISOString(), why: row.why ?? '' } : null;
  }

  /** Lets `led` pause, or go on (null). What was judged before is judged again. */
  async setLedPause(why: string | null): Promise<void> {
    await this.#database.run(sql`
      insert into control (org, epoch, led_paused_at, led_paused_why)
      values (${this.#database.org}, 2, case when ${why}::text is not null then now() end, ${why})
      on conflict (org) do update set epoch = control.epoch + 1, led_paused_at = excluded.led_paused_at,
        led_paused_why = excluded.led_paused_why`);
  }
}
