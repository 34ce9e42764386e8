import { type Kysely, sql } from 'kysely';

/**
 * Telemetry (ADR 23): who may tell, what was told (a partition for each day, dropped whole), what it comes to (by day and
 * by week), and how far the two have followed each other.
 */
const tables = [
  `create table telemetry_sources (
     org text not null, id integer generated always as identity, name text not null,
     kinds text[], partners text[], partner text,
     secret_hash bytea not null, secret bytea not null,
     created_at timestamptz not null default now(), removed_at timestamptz,
     primary key (org, id), unique (org, secret_hash)
   )`,
  `create unique index telemetry_sources_name on telemetry_sources (org, name) where removed_at is null`,
  // Keys of the org's partners, as the CRM last named them: an event of another's is refused without asking the CRM.
  `create table telemetry_partners (org text not null, key text not null, primary key (org, key))`,

  // A source belongs to one org, so the key needs no org; the shorter it is, the more of it stays in memory.
  `create table telemetry_events (
     org text collate "C" not null, source integer not null, id text collate "C" not null, day date not null,
     at timestamptz not null, kind text collate "C" not null, partner text collate "C" not null, account text collate "C" not null,
     value numeric not null, gauge boolean not null, corrects text,
     primary key (source, id, day)
   ) partition by range (day)`,
  // What the latest value of a day is, once the one that was latest is corrected.
  `create index telemetry_events_gauges on telemetry_events (org, partner, account, kind, day, at) where gauge`,

  // What a batch adds to the rollups, column by column: made in the transaction that keeps its events, gone in the one that
  // adds it. `ats`: when the latest value of a gauge was told; `members`: who or what was told of where they are told apart.
  `create table telemetry_batches (
     org text not null, id bigint generated always as identity,
     received_at timestamptz not null default clock_timestamp(), events integer not null,
     partners text[] not null, accounts text[] not null, kinds text[] not null, days date[] not null,
     members numeric[] not null, ats timestamptz[] not null, counts integer[] not null, sums numeric[] not null,
     primary key (org, id)
   )`,
  // Compressing what lives for a second costs more than it saves.
  `alter table telemetry_batches alter column partners set storage external, alter column accounts set storage external,
     alter column kinds set storage external, alter column days set storage external, alter column members set storage external,
     alter column ats set storage external, alter column counts set storage external, alter column sums set storage external`,
  `create type telemetry_delta as (
     partner text collate "C", account text collate "C", kind text collate "C", day date,
     member numeric, at timestamptz, events integer, value numeric
   )`,
  `create table telemetry_corrections (
     org text not null, source integer not null, corrects text collate "C" not null, id text collate "C" not null, day date not null,
     state text not null default 'waiting' check (state in ('waiting', 'done', 'void')),
     attempts integer not null default 0, due_at timestamptz not null default clock_timestamp(),
     received_at timestamptz not null default clock_timestamp(),
     primary key (source, corrects)
   )`,
  `create index telemetry_corrections_waiting on telemetry_corrections (org, due_at) where state = 'waiting'`,

  `create table telemetry_days (
     org text collate "C" not null, partner text collate "C" not null, account text collate "C" not null, kind text collate "C" not null, day date not null,
     events integer not null, value numeric not null, last_at timestamptz,
     primary key (org, partner, kind, account, day)
   ) with (fillfactor = 80)`,
  `create table telemetry_weeks (
     org text collate "C" not null, partner text collate "C" not null, account text collate "C" not null, kind text collate "C" not null, week date not null,
     events integer not null, value numeric not null,
     primary key (org, partner, kind, account, week)
   ) with (fillfactor = 80)`,
  // Who or what was told of, where values are told apart; kept while a day may still change.
  `create table telemetry_members (
     org text collate "C" not null, partner text collate "C" not null, account text collate "C" not null, kind text collate "C" not null, day date not null,
     member numeric not null, events integer not null, touched date not null default current_date,
     primary key (org, partner, kind, account, day, member)
   )`,
  `create index telemetry_members_touched on telemetry_members (touched)`,
  // The row of an org is locked while its rollups change, so changes commit in the order of their numbers.
  `create table telemetry_heads (org text primary key, change bigint not null)`,
  `create table telemetry_changes (
     org text not null, partner text not null, change bigint not null, primary key (org, partner)
   )`,
  `create unique index telemetry_changes_order on telemetry_changes (org, change)`,

  // How far what the CRM knows has been read, and which files of history were taken in.
  `create table telemetry_cursors (org text not null, stream text not null, cursor text not null, primary key (org, stream))`,
  `create table telemetry_imports (
     org text not null, source integer not null, digest bytea not null, rows bigint not null,
     finished_at timestamptz, primary key (org, source, digest)
   )`,
  `create table telemetry_insights (
     org text not null, key text not null, partner text not null, audience text not null check (audience in ('company', 'partner')),
     insight jsonb not null, digest bytea not null, shown_digest bytea, changed_at timestamptz not null default now(),
     primary key (org, key)
   )`,
  `create index telemetry_insights_partner on telemetry_insights (org, partner, audience)`,
];

const orgTables = [
  'telemetry_sources',
  'telemetry_partners',
  'telemetry_events',
  'telemetry_batches',
  'telemetry_corrections',
  'telemetry_days',
  'telemetry_weeks',
  'telemetry_members',
  'telemetry_heads',
  'telemetry_changes',
  'telemetry_cursors',
  'telemetry_imports',
  'telemetry_insights',
];

const security = orgTables.flatMap((table) => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy of_its_org on ${table} using (org = current_setting('tandem.org', true))`,
  `grant select, insert, update, delete on ${table} to tandem_service`,
]);

/**
 * Partitions are made and dropped with their owner's rights: the service may neither make nor drop a table. Each says in
 * its comment until when it is kept. Nobody is granted anything on a partition itself, so rows are met through the
 * parent, and its row-level security, alone.
 */
const partitions = [
  `create function make_telemetry_partition(p_from date, p_to date, p_keep_until date) returns void
   language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
   declare v_name text := format('telemetry_events_%s_%s', to_char(p_from, 'YYYYMMDD'), to_char(p_to, 'YYYYMMDD'));
   begin
     execute format('create table public.%I partition of public.telemetry_events for values from (%L) to (%L)', v_name, p_from, p_to);
     execute format('alter table public.%I enable row level security', v_name);
     execute format('comment on table public.%I is %L', v_name, 'kept until ' || p_keep_until);
   end $$`,
  // A day each from p_from to p_to, months before that where history is taken in; what is covered already is left alone.
  `create function keep_telemetry_days(p_from date, p_to date, p_keep_days integer, p_history_from date) returns integer
   language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
   declare v_day date; v_next date; v_made integer := 0; v_covered daterange[];
   begin
     if p_to - p_from > 400 or p_from - coalesce(p_history_from, p_from) > 1200 then
       raise exception 'telemetry is kept for days, and its history for three years: % to % is more', p_history_from, p_to;
     end if;
     perform pg_advisory_xact_lock(hashtext('telemetry partitions'));
     select coalesce(array_agg(daterange(to_date(parts[1], 'YYYYMMDD'), to_date(parts[2], 'YYYYMMDD'))), '{}') into v_covered
       from pg_inherits, lateral regexp_match(inhrelid::regclass::text, '_(\\d{8})_(\\d{8})$') parts
       where inhparent = 'public.telemetry_events'::regclass;
     v_day := coalesce(p_history_from, p_from);
     while v_day <= p_to loop
       if exists (select from unnest(v_covered) covered where covered @> v_day) then
         v_day := (select upper(covered) from unnest(v_covered) covered where covered @> v_day);
       else
         v_next := case when v_day >= p_from then v_day + 1
           else least(p_from, (date_trunc('month', v_day) + interval '1 month')::date) end;
         v_next := least(v_next, coalesce((select min(lower(covered)) from unnest(v_covered) covered where lower(covered) > v_day), v_next));
         perform make_telemetry_partition(v_day, v_next, greatest(v_next, current_date) + p_keep_days);
         v_made := v_made + 1;
         v_day := v_next;
       end if;
     end loop;
     return v_made;
   end $$`,
  `create function drop_telemetry_days(p_today date) returns integer
   language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
   declare v_name text; v_dropped integer := 0;
   begin
     perform pg_advisory_xact_lock(hashtext('telemetry partitions'));
     for v_name in select inhrelid::regclass::text from pg_inherits where inhparent = 'public.telemetry_events'::regclass
         and substring(obj_description(inhrelid, 'pg_class') from 'kept until (.*)')::date < p_today loop
       execute 'drop table ' || v_name;
       v_dropped := v_dropped + 1;
     end loop;
     return v_dropped;
   end $$`,
  `revoke all on function make_telemetry_partition(date, date, date) from public`,
  `revoke all on function keep_telemetry_days(date, date, integer, date), drop_telemetry_days(date) from public`,
  `grant execute on function keep_telemetry_days(date, date, integer, date), drop_telemetry_days(date) to tandem_service`,
  `select keep_telemetry_days(current_date - 36, current_date + 7, 36, null)`,
];

/**
 * Adds what waits to the rollups, in one transaction: what was taken is gone, what it came to is there, and whose numbers
 * changed is written down, or none of it. One at a time for an org; who comes second goes away with nothing done.
 * `p_last` and `p_distinct` are the kinds that roll up so; all others are sums.
 */
const rolling = [
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

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of [...tables, ...security, ...partitions, ...rolling])
    await sql.raw(statement).execute(database);
};
