import { type Kysely, sql } from 'kysely';

/**
 * A budget belongs to a partner account, and several orgs may share one: whoever waits is told how many of them all are
 * ahead. Rows of other orgs are seen by no org, so a role that may read nothing but who waits for what counts them; it tells
 * a number, and only to whoever waits for the same budget.
 */
const statements = [
  `do $$ begin create role tandem_line nologin; exception when duplicate_object or unique_violation then null; end $$`,
  `do $$ begin
     execute format('grant tandem_line to %I', current_user);
   exception when unique_violation or internal_error then null; end $$`,
  `grant usage on schema public to tandem_line`,
  `grant select (org, waits_for, due_at, priority, id) on inbox to tandem_line`,
  `create policy of_the_line on inbox for select to tandem_line using (waits_for is not null)`,

  // One that is overdue for minutes belongs to an org that nobody works for at the moment: it keeps nobody waiting.
  `create function ahead_in_line(p_bucket text, p_priority smallint, p_id bigint) returns integer
   language sql stable security definer set search_path = pg_catalog, public, pg_temp as
   $$ select count(*)::integer from inbox
      where waits_for = p_bucket and due_at between now() - interval '5 minutes' and now() + interval '1 hour'
        and (priority, id) < (p_priority, p_id) $$`,
  `grant create on schema public to tandem_line`,
  `alter function ahead_in_line(text, smallint, bigint) owner to tandem_line`,
  `revoke create on schema public from tandem_line`,
  `revoke all on function ahead_in_line(text, smallint, bigint) from public`,
  `grant execute on function ahead_in_line(text, smallint, bigint) to tandem_service`,

  // As before, but for the place that is told: whether one's turn has come is still a matter of one's own org, so that an
  // org that has stopped cannot hold back another. The grants themselves are one row for all.
  `create or replace function take_budget(
     p_bucket text, p_count integer, p_interval_ms float8, p_per_day float8, p_max_wait_ms float8, p_priority smallint, p_id bigint
   ) returns jsonb language plpgsql as $$
   declare v_full boolean; v_ahead integer; v_next timestamptz; v_cost interval := p_count * p_interval_ms * interval '1 millisecond';
   begin
     select coalesce(sum(spent), 0) + p_count > p_per_day into v_full from budget_spent
       where bucket = p_bucket and slot > now() - interval '24 hours 10 minutes';
     select count(*) into v_ahead from inbox
       where waits_for = p_bucket and due_at <= now() + interval '1 hour' and (priority, id) < (p_priority, p_id);
     if not v_full and v_ahead = 0 then
       insert into budgets (bucket, next_at) values (p_bucket, now() + v_cost)
         on conflict (bucket) do update set next_at = greatest(budgets.next_at, now()) + v_cost
           where budgets.next_at <= now() + p_max_wait_ms * interval '1 millisecond'
         returning next_at - v_cost into v_next;
       if found then
         insert into budget_spent (bucket, slot, spent) values (p_bucket, date_bin('10 minutes', now(), 'epoch'), p_count)
           on conflict (bucket, slot) do update set spent = budget_spent.spent + excluded.spent;
         return jsonb_build_object('granted', true, 'inMs', greatest(0, extract(epoch from v_next - clock_timestamp()) * 1000));
       end if;
     end if;
     select next_at into v_next from budgets where bucket = p_bucket;
     return jsonb_build_object('granted', false, 'dayFull', v_full,
       'ahead', greatest(v_ahead, ahead_in_line(p_bucket, p_priority, p_id)),
       'inMs', greatest(0, extract(epoch from coalesce(v_next, now()) - now()) * 1000));
   end $$`,
];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(database);
};
