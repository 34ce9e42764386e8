import { type Kysely, sql } from 'kysely';

/**
 * The engine room's tables. Two rules run through all of them: a row belongs to an org and row-level security hides it
 * from every other (`tandem.org` is set when a connection opens, see `org-database.ts`); and the service's role may
 * insert into the ledger through one function and otherwise only read it.
 */
const statements = [
  // Roles belong to the whole server, so a second database of the same server finds them there.
  `do $$ begin create role tandem_service nologin; exception when duplicate_object or unique_violation then null; end $$`,
  `do $$ begin create role tandem_ledger nologin; exception when duplicate_object or unique_violation then null; end $$`,
  `do $$ begin
     execute format('grant tandem_service, tandem_ledger to %I', current_user);
   exception when unique_violation or internal_error then null; end $$`,
  // PostgreSQL asks this of the role that a table is given to.
  `grant create on schema public to tandem_ledger`,
  `grant usage on schema public to tandem_service, tandem_ledger`,

  `create sequence fences`,

  `create table connections (
     org text primary key,
     kind text not null check (kind in ('production', 'sandbox', 'scratch', 'developer', 'local')),
     status text not null default 'on' check (status in ('on', 'off')),
     settings jsonb not null,
     secrets bytea,
     created_at timestamptz not null default now()
   )`,
  `create table subscriptions (
     org text not null, channel text not null,
     replay_id bytea, holder text, fence bigint not null default 0, lease_until timestamptz not null default '-infinity',
     last_event_at timestamptz, needs_sweep boolean not null default true,
     primary key (org, channel)
   )`,
  `create table events_raw (
     org text not null, id bigint generated always as identity,
     channel text not null, event_id text not null, replay_id bytea not null, schema_id text not null,
     payload bytea not null, poison text, received_at timestamptz not null default now(),
     primary key (org, id), unique (org, channel, event_id)
   )`,
  `create table inbox (
     org text not null, id bigint generated always as identity,
     kind text not null, target text not null, deal text not null,
     state text not null default 'waiting' check (state in ('waiting', 'working', 'done', 'refused', 'dead')),
     priority smallint not null default 5, attempts integer not null default 0,
     due_at timestamptz not null default now(), waits_for text,
     fence bigint, correlation text not null, payload jsonb not null default '{}', note text,
     received_at timestamptz not null default now(), changed_at timestamptz not null default now(),
     primary key (org, id), unique (org, kind, target)
   )`,
  `create index inbox_due on inbox (org, due_at) where state in ('waiting', 'working')`,
  `create index inbox_line on inbox (waits_for, priority, id) where waits_for is not null`,
  `create table claims (
     org text not null, deal text not null,
     inbox_id bigint not null, fence bigint not null, holder text not null, lease_until timestamptz not null,
     primary key (org, deal)
   )`,
  `create table referral_links (
     org text not null, referral_key text not null,
     opportunity text not null, partner text not null, attempt integer not null, network text not null,
     record_id text, network_id text, lock_value text, review_status text, state text not null, step text not null,
     request_id text, correlation text not null, steps jsonb not null default '[]', shown jsonb, submission jsonb,
     summary_hash text, finished boolean not null default false, next_poll_at timestamptz, changed_at timestamptz not null default now(),
     primary key (org, referral_key), unique (org, network, network_id)
   )`,
  `create index referral_links_poll on referral_links (org, next_poll_at) where not finished`,
  `create table portal_cursors (org text not null, network text not null, newest text, primary key (org, network))`,
  `create table effects (
     org text not null, key text not null,
     decision text not null, step text not null, port text not null, operation text not null, body text not null,
     state text not null check (state in ('intended', 'done', 'refused', 'unknown')),
     answer jsonb, message text, fence bigint not null, epoch bigint not null, sent integer not null default 1,
     intended_at timestamptz not null default now(), settled_at timestamptz,
     primary key (org, key)
   )`,
  `create table control (org text primary key, epoch bigint not null default 1)`,
  `create table control_stops (
     org text not null, scope text not null, reason text not null, by text not null,
     at timestamptz not null default now(), primary key (org, scope)
   )`,
  // Budgets belong to a partner account, which several orgs may share: no org column, nothing of an org inside.
  `create table budgets (bucket text primary key, next_at timestamptz not null)`,
  `create table budget_spent (
     bucket text not null, slot timestamptz not null, spent integer not null, primary key (bucket, slot)
   )`,
  `create table notices (
     org text not null, id text not null, received_at timestamptz not null default now(), primary key (org, id)
   )`,

  `create table ledger_heads (org text primary key, sequence bigint not null, hash bytea not null)`,
  `create table ledger_entries (
     org text not null, sequence bigint not null,
     kind text not null, decision text not null, at text not null, actor text not null, partner_of_record text not null,
     body text not null, digest bytea not null, hash bytea not null,
     primary key (org, sequence)
   )`,
  `create index ledger_entries_decision on ledger_entries (org, decision)`,
  `create table ledger_values (
     org text not null, sequence bigint not null, path text not null,
     subject text not null, salt bytea not null, sealed bytea not null,
     primary key (org, sequence, path)
   )`,
  `create table subject_keys (
     org text not null, subject text not null, wrapped bytea, destroyed_at timestamptz, primary key (org, subject)
   )`,

  // The lock on the head is held from here to the end of the statement's transaction: the insert and its commit alone.
  `create function append_ledger(p_org text, p_entries jsonb) returns table (entry_sequence bigint, entry_hash text)
   language plpgsql security definer set search_path = public as $$
   declare v_sequence bigint; v_hash bytea; v_entry jsonb; v_digest bytea;
   begin
     if jsonb_array_length(p_entries) = 0 then return; end if;
     insert into ledger_heads values (p_org, 0, '\\x') on conflict (org) do nothing;
     select sequence, hash into v_sequence, v_hash from ledger_heads where org = p_org for update;
     for v_entry in select * from jsonb_array_elements(p_entries) loop
       v_sequence := v_sequence + 1;
       v_digest := decode(v_entry->>'digest', 'hex');
       v_hash := sha256(v_hash || int8send(v_sequence) || v_digest);
       insert into ledger_entries values (p_org, v_sequence, v_entry->>'kind', v_entry->>'decision', v_entry->>'at',
         v_entry->>'actor', v_entry->>'partnerOfRecord', v_entry->>'body', v_digest, v_hash);
       insert into ledger_values
         select p_org, v_sequence, value->>'path', value->>'subject', decode(value->>'salt', 'hex'), decode(value->>'sealed', 'hex')
         from jsonb_array_elements(v_entry->'values') value;
       entry_sequence := v_sequence; entry_hash := encode(v_hash, 'hex'); return next;
     end loop;
     update ledger_heads set sequence = v_sequence, hash = v_hash where org = p_org;
   end $$`,
  `create function refuse_ledger_change() returns trigger language plpgsql as $$
   begin raise exception 'the ledger is append-only: % on % refused', tg_op, tg_table_name; end $$`,
  `create trigger ledger_entries_append_only before update or delete or truncate on ledger_entries
     for each statement execute function refuse_ledger_change()`,
  `create trigger ledger_values_append_only before update or delete or truncate on ledger_values
     for each statement execute function refuse_ledger_change()`,

  // One transaction, one round trip: the claim still ours, no kill switch, the same epoch, then the intention on record.
  `create function begin_effect(
     p_org text, p_deal text, p_fence bigint, p_epoch bigint, p_scopes text[],
     p_settled jsonb, p_effect jsonb, p_before jsonb, p_intended jsonb
   ) returns jsonb language plpgsql as $$
   declare v_scope text; v_epoch bigint; v_old effects;
   begin
     perform 1 from claims where org = p_org and deal = p_deal and fence = p_fence and lease_until > clock_timestamp() for update;
     if not found then return jsonb_build_object('kind', 'stopped', 'why', 'claim-lost'); end if;
     if p_settled is not null then
       update effects set state = p_settled->>'state', answer = p_settled->'answer', message = p_settled->>'message', settled_at = now()
         where org = p_org and key = p_settled->>'key' and state <> 'done';
     end if;
     perform append_ledger(p_org, p_before);
     select scope into v_scope from control_stops where org = p_org and scope = any (p_scopes) limit 1;
     if found then return jsonb_build_object('kind', 'stopped', 'why', 'killed', 'scope', v_scope); end if;
     select epoch into v_epoch from control where org = p_org for share;
     if coalesce(v_epoch, 1) <> p_epoch then return jsonb_build_object('kind', 'stopped', 'why', 'epoch-changed'); end if;
     insert into effects (org, key, decision, step, port, operation, body, state, fence, epoch)
       values (p_org, p_effect->>'key', p_effect->>'decision', p_effect->>'step', p_effect->>'port',
               p_effect->>'operation', p_effect->>'body', 'intended', p_fence, p_epoch)
       on conflict (org, key) do nothing;
     if not found then
       select * into v_old from effects where org = p_org and key = p_effect->>'key' for update;
       if v_old.state = 'done' then
         return jsonb_build_object('kind', 'known', 'answer', v_old.answer);
       elsif v_old.state = 'refused' then
         -- The far side said no for good, so nothing of it stands there and other bytes may be tried under the same key.
         update effects set body = p_effect->>'body', decision = p_effect->>'decision', state = 'intended', answer = null, message = null,
           fence = p_fence, epoch = p_epoch, sent = sent + 1, intended_at = now(), settled_at = null
           where org = p_org and key = v_old.key;
       else
         update effects set fence = p_fence, epoch = p_epoch, sent = sent + 1 where org = p_org and key = v_old.key;
         return jsonb_build_object('kind', 'look-up', 'step', v_old.step, 'port', v_old.port, 'operation', v_old.operation, 'body', v_old.body);
       end if;
     end if;
     perform append_ledger(p_org, p_intended);
     return jsonb_build_object('kind', 'send');
   end $$`,
];

const orgTables = [
  'connections',
  'subscriptions',
  'events_raw',
  'inbox',
  'claims',
  'referral_links',
  'portal_cursors',
  'effects',
  'control',
  'control_stops',
  'notices',
  'ledger_heads',
  'ledger_entries',
  'ledger_values',
  'subject_keys',
];
const ledgerTables = ['ledger_heads', 'ledger_entries', 'ledger_values'];

/** `*` is the operator's scope: it sees which orgs are connected, and nothing else of them. */
const security = orgTables.flatMap((table) => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy of_its_org on ${table} using (org = current_setting('tandem.org', true)${
    table === 'connections' ? ` or current_setting('tandem.org', true) = '*'` : ''
  })`,
  ledgerTables.includes(table)
    ? `grant select on ${table} to tandem_service`
    : `grant select, insert, update, delete on ${table} to tandem_service`,
]);

const ownership = [
  ...ledgerTables.map((table) => `alter table ${table} owner to tandem_ledger`),
  `alter function append_ledger(text, jsonb) owner to tandem_ledger`,
  `revoke all on function append_ledger(text, jsonb) from public`,
  `grant execute on function append_ledger(text, jsonb) to tandem_service`,
  `grant select, insert, update, delete on budgets, budget_spent to tandem_service`,
  `grant usage on sequence fences to tandem_service`,
];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of [...statements, ...security, ...ownership]) await sql.raw(statement).execute(database);
};
