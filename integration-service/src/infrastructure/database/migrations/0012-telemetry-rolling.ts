/**
 * Adds what waits to the rollups, in one transaction: what was taken is gone, what it came to is there, and whose numbers
 * changed is written down, or none of it. One at a time for an org; who comes second goes away with nothing done.
 * `p_last` and `p_distinct` are the kinds that roll up so; all others are sums.
 */
export const rolling: readonly string[] = [
  // Rows of raw events whose correction is due and whose original is there; the rest is tried again, ever more seldom.
  `create function take_telemetry_corrections(p_org text, p_most integer, p_last text[], p_distinct text[]) returns telemetry_delta[]
   language plpgsql as $$
   declare v_deltas telemetry_delta[];
   begin
     with due as materialized (
       select * from telemetry_corrections where org = p_org and state = 'waiting' and due_at <= clock_timestamp()
       order by due_at limit p_most
     ), looked as (
       select due.source, due.corrects,
         exists (select from telemetry_events own where own.source = due.source and own.id = due.id and own.day = due.day
           and own.corrects = due.corrects) as stands,
         original.event as original
       from due left join lateral (
         select event from telemetry_events event where event.source = due.source and event.id = due.corrects
         order by event.day desc limit 1) original on true
     ), settled as (
       update telemetry_corrections known set
         state = case when not looked.stands then 'void' when looked.original is null then 'waiting' else 'done' end,
         attempts = attempts + 1,
         due_at = clock_timestamp() + least(interval '1 day', interval '5 seconds' * power(3, least(known.attempts, 12)))
       from looked where known.source = looked.source and known.corrects = looked.corrects
       returning known.state, looked.original
     )
     select array_agg((
         (original).partner, (original).account, (original).kind, (original).day,
         case when (original).kind = any (p_distinct) then (original).value end, null, -1,
         case when (original).kind = any (p_last || p_distinct) then 0 else -(original).value end)::telemetry_delta)
       into v_deltas from settled where state = 'done';
     return coalesce(v_deltas, '{}');
   end $$`,

  `create function roll_telemetry(p_org text, p_events integer, p_last text[], p_distinct text[])
   returns table (rolled_events bigint, oldest timestamptz, left_over boolean)
   language plpgsql as $$
   declare
     v_change bigint; v_ids bigint[]; v_back telemetry_delta[] := '{}'; v_deltas telemetry_delta[];
     v_apart text[] := p_last || p_distinct;
   begin
     if not exists (select from telemetry_batches where org = p_org)
       and not exists (select from telemetry_corrections where org = p_org and state = 'waiting' and due_at <= clock_timestamp()) then
       return;
     end if;
     insert into telemetry_heads values (p_org, 0) on conflict do nothing;
     select change into v_change from telemetry_heads where org = p_org for update skip locked;
     if not found then return; end if;

     left_over := coalesce((select sum(events) from telemetry_batches where org = p_org), 0) > p_events;
     if left_over then
       select array_agg(id) into v_ids from (
         select id, sum(events) over (order by id) - events as before from telemetry_batches where org = p_org) waiting
       where before < p_events;
     else
       -- An original that is seen here has its batch among those taken below, or was added before: so nothing is taken
       -- back that was never added, and what is looked for among raw events is never overtaken by an older batch.
       v_back := take_telemetry_corrections(p_org, 2000, p_last, p_distinct);
       select array_agg(id) into v_ids from telemetry_batches where org = p_org;
     end if;
     if v_ids is null and cardinality(v_back) = 0 then return; end if;
     select sum(events), min(received_at) into rolled_events, oldest from telemetry_batches where org = p_org and id = any (v_ids);

     with taken as (delete from telemetry_batches where org = p_org and id = any (v_ids) returning *)
     select array_agg(delta) into v_deltas from (
       select (partner, account, kind, day, member, at, sum(events),
         case when kind = any (p_last) then max(value) else sum(value) end)::telemetry_delta as delta
       from (
         select delta.* from taken,
           unnest(partners, accounts, kinds, days, members, ats, counts, sums) delta (partner, account, kind, day, member, at, events, value)
         union all select back.* from unnest(v_back) back) delta
       group by partner, account, kind, day, member, at) added;

     -- Sums: what comes is added to what is there.
     insert into telemetry_days as old (org, partner, account, kind, day, events, value)
       select p_org, partner, account, kind, day, events, value
       from unnest(v_deltas) where kind <> all (v_apart)
       on conflict (org, partner, kind, account, day) do update
         set events = old.events + excluded.events, value = old.value + excluded.value;

     if exists (select from unnest(v_deltas) where kind = any (p_last)) then
       insert into telemetry_days as old (org, partner, account, kind, day, events, value, last_at)
         select p_org, partner, account, kind, day, counted, value, at from (
           select distinct on (partner, account, kind, day) partner, account, kind, day, at, value,
             sum(events) over (partition by partner, account, kind, day)::integer as counted
           from unnest(v_deltas) where kind = any (p_last)
           order by partner, account, kind, day, at desc nulls last, value desc) latest
         on conflict (org, partner, kind, account, day) do update set events = old.events + excluded.events,
           value = case when (excluded.last_at, excluded.value) > (old.last_at, old.value) or old.last_at is null
             then excluded.value else old.value end,
           last_at = greatest(old.last_at, excluded.last_at);
       -- What was latest may have been corrected: the latest that still stands is looked for among the raw events.
       update telemetry_days known set value = coalesce(latest.value, 0), last_at = latest.at
         from (select distinct partner, account, kind, day from unnest(v_back) where kind = any (p_last)) corrected
         left join lateral (
           select event.value, event.at from telemetry_events event
           where event.org = p_org and event.partner = corrected.partner and event.account = corrected.account
             and event.kind = corrected.kind and event.day = corrected.day and event.gauge
             and not exists (select from telemetry_corrections known_correction
               where known_correction.source = event.source and known_correction.corrects = event.id and known_correction.state = 'done')
           order by event.at desc, event.value desc limit 1) latest on true
         where known.org = p_org and known.partner = corrected.partner and known.account = corrected.account
           and known.kind = corrected.kind and known.day = corrected.day;
     end if;

     if exists (select from unnest(v_deltas) where kind = any (p_distinct)) then
       insert into telemetry_members as old (org, partner, account, kind, day, member, events)
         select p_org, partner, account, kind, day, member, events from unnest(v_deltas) where kind = any (p_distinct)
         on conflict (org, partner, kind, account, day, member) do update
           set events = old.events + excluded.events, touched = current_date;
       insert into telemetry_days as old (org, partner, account, kind, day, events, value)
         select p_org, partner, account, kind, day, added, (
           select count(*) from telemetry_members known where known.org = p_org and known.partner = touched.partner
             and known.account = touched.account and known.kind = touched.kind and known.day = touched.day and known.events > 0)
         from (select partner, account, kind, day, sum(events)::integer as added from unnest(v_deltas)
           where kind = any (p_distinct) group by partner, account, kind, day) touched
         on conflict (org, partner, kind, account, day) do update set events = old.events + excluded.events, value = excluded.value;
     end if;

     insert into telemetry_weeks as old (org, partner, account, kind, week, events, value)
       select p_org, touched.partner, touched.account, touched.kind, touched.week, sum(known.events),
         case when touched.kind = any (p_last)
             then coalesce((array_agg(known.value order by known.day desc) filter (where known.events > 0))[1], 0)
           when touched.kind = any (p_distinct) then (
             select count(distinct seen.member) from telemetry_members seen
             where seen.org = p_org and seen.partner = touched.partner and seen.account = touched.account
               and seen.kind = touched.kind and seen.day between touched.week and touched.week + 6 and seen.events > 0)
           else sum(known.value) end
       from (select distinct partner, account, kind, day - (extract(isodow from day)::integer - 1) as week from unnest(v_deltas)) touched
       join telemetry_days known on known.org = p_org and known.partner = touched.partner and known.account = touched.account
         and known.kind = touched.kind and known.day between touched.week and touched.week + 6
       group by touched.partner, touched.account, touched.kind, touched.week
       on conflict (org, partner, kind, account, week) do update set events = excluded.events, value = excluded.value;

     -- Where everything was corrected away nothing is left: as if it had never been told.
     if cardinality(v_back) > 0 then
       delete from telemetry_days known using (select distinct partner, account, kind, day from unnest(v_back)) back
         where known.org = p_org and known.partner = back.partner and known.account = back.account
           and known.kind = back.kind and known.day = back.day and known.events = 0;
       delete from telemetry_weeks known using (
         select distinct partner, account, kind, day - (extract(isodow from day)::integer - 1) as week from unnest(v_back)) back
         where known.org = p_org and known.partner = back.partner and known.account = back.account
           and known.kind = back.kind and known.week = back.week and known.events = 0;
     end if;

     insert into telemetry_changes (org, partner, change)
       select p_org, partner, v_change + row_number() over (order by partner)
       from (select distinct partner from unnest(v_deltas)) touched
       on conflict (org, partner) do update set change = excluded.change;
     update telemetry_heads set change = v_change + (select count(distinct partner) from unnest(v_deltas)) where org = p_org;
     return next;
   end $$`,
];
