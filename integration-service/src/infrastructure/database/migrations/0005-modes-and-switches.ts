import { type Kysely, sql } from 'kysely';

/**
 * What bounds agents besides policies and modes: when a switch was tried and ended, which phase is open and for whom there
 * is an exception, whether `led` has paused by itself, and what people said to proposals, counted from the ledger.
 */
const tables = [
  // Beside `control_stops`, which holds what is stopped now: what is known of a switch when it is not thrown.
  `create table control_switches (
     org text not null, scope text not null,
     tested_at timestamptz, tested_by text, ended_at timestamptz, ended_by text,
     primary key (org, scope)
   )`,
  `create table rollout_phases (
     org text not null, phase smallint not null check (phase between 1 and 3),
     opened_at timestamptz not null default now(), opened_by text not null, reason text not null,
     primary key (org, phase)
   )`,
  `create table phase_exceptions (
     org text not null, function text not null, request text not null,
     by text not null, until timestamptz not null, reason text not null, at timestamptz not null default now(),
     primary key (org, function, request)
   )`,
  // What `FunctionMode__c` says, so that the state of all functions is known without asking the org for each decision.
  `create table function_modes (
     org text not null, function text not null, partner text not null, mode text not null check (mode in ('off', 'assisted', 'led')),
     primary key (org, function, partner)
   )`,
  `create table decision_counts (
     org text not null, function text not null, partner text not null, day date not null,
     decisions integer not null default 0, assisted integer not null default 0,
     approved integer not null default 0, rejected integer not null default 0, last_at text not null,
     primary key (org, function, partner, day)
   )`,
  `create table decisions_counted (org text primary key, sequence bigint not null)`,
  // Null: `led` goes on. Told by whoever has the lease of the chores.
  `alter table control add column led_paused_at timestamptz, add column led_paused_why text`,
  // `live_at` is emptied when the stream breaks; this stays.
  `alter table subscriptions add column heard_at timestamptz`,
];

const functions = [
  // A switch is thrown or let go, and the ledger says so, in one transaction: the epoch is raised first, under its lock, so
  // that an effect which starts meanwhile has started before it or does not start.
  `create function throw_switch(p_org text, p_scope text, p_reason text, p_by text, p_sealed jsonb) returns boolean
   language plpgsql as $$
   declare v_new boolean;
   begin
     insert into control (org, epoch) values (p_org, 2) on conflict (org) do update set epoch = control.epoch + 1;
     insert into control_stops (org, scope, reason, by) values (p_org, p_scope, p_reason, p_by)
       on conflict (org, scope) do update set reason = excluded.reason, by = excluded.by
       returning xmax = 0 into v_new;
     perform append_sealed(p_org, p_sealed);
     return v_new;
   end $$`,
  `create function release_switch(p_org text, p_scope text, p_by text, p_sealed jsonb) returns boolean
   language plpgsql as $$
   begin
     insert into control (org, epoch) values (p_org, 2) on conflict (org) do update set epoch = control.epoch + 1;
     delete from control_stops where org = p_org and scope = p_scope;
     if not found then return false; end if;
     insert into control_switches (org, scope, ended_at, ended_by) values (p_org, p_scope, now(), p_by)
       on conflict (org, scope) do update set ended_at = excluded.ended_at, ended_by = excluded.ended_by;
     perform append_sealed(p_org, p_sealed);
     return true;
   end $$`,

  // Reads on in the ledger from where the counting stopped, at most so many entries. A decision counts once, by its first
  // verdict: one that is judged again after a wait is the same. In assisted mode an allowed one is the yes of whoever asked.
  `create function count_decisions(p_org text, p_most bigint) returns boolean language plpgsql as $$
   declare v_from bigint; v_to bigint; v_last bigint;
   begin
     insert into decisions_counted (org, sequence) values (p_org, 0) on conflict (org) do nothing;
     select sequence into v_from from decisions_counted where org = p_org for update;
     select sequence into v_last from ledger_heads where org = p_org;
     v_to := least(coalesce(v_last, 0), v_from + p_most);
     if v_to = v_from then return false; end if;
     insert into decision_counts (org, function, partner, day, decisions, assisted, approved, rejected, last_at)
       select p_org, function, partner, day, count(*) filter (where first), count(*) filter (where first and assisted),
         count(*) filter (where yes), count(*) filter (where no), max(at)
       from (
         select coalesce(verdict->'record'->'proposal'->>'function', (
             select substr(proposal.actor, 7) from ledger_entries proposal
             where proposal.org = p_org and proposal.decision = entry.decision and proposal.kind = 'proposal' order by sequence limit 1)) as function,
           entry.partner_of_record as partner, left(entry.at, 10)::date as day, entry.at,
           entry.kind = 'verdict' as first,
           entry.kind = 'verdict' and coalesce(verdict->'record'->'facts'->'mode'->>'mode', 'assisted') = 'assisted' as assisted,
           entry.kind = 'verdict' and coalesce(verdict->'record'->'facts'->'mode'->>'mode', 'assisted') = 'assisted'
             and verdict->>'answer' = 'allow' or entry.kind = 'approval' and verdict->>'answer' = 'approve' as yes,
           entry.kind = 'approval' and verdict->>'answer' = 'reject' as no
         from (select sequence, kind, decision, at, partner_of_record, body::jsonb as verdict from ledger_entries
               where org = p_org and sequence > v_from and sequence <= v_to and kind in ('verdict', 'approval')) entry
         where entry.kind = 'approval' or not exists (
           select from ledger_entries earlier where earlier.org = p_org and earlier.decision = entry.decision
             and earlier.kind = 'verdict' and earlier.sequence < entry.sequence)
       ) counted
       where function is not null
       group by function, partner, day
     on conflict (org, function, partner, day) do update set decisions = decision_counts.decisions + excluded.decisions,
       assisted = decision_counts.assisted + excluded.assisted, approved = decision_counts.approved + excluded.approved,
       rejected = decision_counts.rejected + excluded.rejected, last_at = greatest(decision_counts.last_at, excluded.last_at);
     update decisions_counted set sequence = v_to where org = p_org;
     return v_to < v_last;
   end $$`,
];

const orgTables = [
  'control_switches',
  'rollout_phases',
  'phase_exceptions',
  'function_modes',
  'decision_counts',
  'decisions_counted',
] as const;

const security = orgTables.flatMap((table) => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy of_its_org on ${table} using (org = current_setting('tandem.org', true))`,
  `grant select, insert, update, delete on ${table} to tandem_service`,
]);

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of [...tables, ...functions, ...security]) await sql.raw(statement).execute(database);
};
