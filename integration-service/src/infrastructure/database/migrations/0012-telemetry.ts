import { type Kysely, sql } from 'kysely';
import { rolling } from './0012-telemetry-rolling.ts';

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
     insight jsonb not null, digest bytea not null, shown_digest bytea, over boolean not null default false,
     changed_at timestamptz not null default now(),
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

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of [...tables, ...security, ...partitions, ...rolling])
    await sql.raw(statement).execute(database);
};
