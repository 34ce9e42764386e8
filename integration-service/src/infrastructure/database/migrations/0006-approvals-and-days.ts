import { type Kysely, sql } from 'kysely';

/**
 * What was done today, counted in the transaction that begins it, and approvals: what waits for a person's yes, the yes,
 * and the work that goes on with it, each in one transaction with its ledger entry.
 */
const tables = [
  // One row for each action begun (the key of its first effect), so that doing it again counts once.
  `create table day_actions (
     org text not null, key text not null,
     day date not null, deal text not null, function text not null, partner text not null,
     currency text not null, minor bigint not null,
     primary key (org, key)
   )`,
  `create index day_actions_deal on day_actions (org, deal, day)`,
  `create table day_totals (
     org text not null, day date not null, function text not null, partner text not null, currency text not null,
     actions integer not null, minor bigint not null,
     primary key (org, day, function, partner, currency)
   )`,
  `create table approvals (
     org text not null, key text not null,
     decision text not null, referral text not null, deal text not null, request text not null,
     function text not null, partner text not null, office text not null,
     requested_by text not null, assigned_to text,
     rules jsonb not null, material jsonb not null, evidence jsonb not null,
     says text not null, reason text not null, amount_minor bigint, currency text,
     state text not null default 'open'
       check (state in ('open', 'answered', 'carried-out', 'withdrawn', 'replaced', 'expired')),
     answer text check (answer in ('approve', 'reject')), answered_by text, answered_at timestamptz,
     answered_with text, answers integer not null default 0, comment text, undo_until timestamptz,
     recorded_at timestamptz, changed_facts jsonb not null default '[]',
     created_at timestamptz not null default now(), due_at timestamptz not null, escalated_at timestamptz,
     expires_at timestamptz not null,
     changed_at timestamptz not null default clock_timestamp(), mirrored_at timestamptz not null default '-infinity',
     primary key (org, key)
   )`,
  `create index approvals_deal on approvals (org, deal) where state in ('open', 'answered')`,
  `create index approvals_decision on approvals (org, decision)`,
  `create index approvals_due on approvals (org, due_at) where state = 'open'`,
  `create index approvals_unmirrored on approvals (org, changed_at) where mirrored_at < changed_at`,
  ...['day_actions', 'day_totals', 'approvals'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy of_its_org on ${table} using (org = current_setting('tandem.org', true))`,
    `grant select, insert, update, delete on ${table} to tandem_service`,
  ]),
];

const functions = [
  // The lock of the org's chain, taken before the day's: whoever begins several actions in one transaction takes both in
  // one order.
  `create function hold_ledger(p_org text) returns void
   language sql security definer set search_path = pg_catalog, public, pg_temp as
   $$ select from ledger_heads where org = p_org for update $$`,
  `alter function hold_ledger(text) owner to tandem_ledger`,
  `revoke all on function hold_ledger(text) from public`,
  `grant execute on function hold_ledger(text) to tandem_service`,

  // Whether an action still has its place in the day, which it takes then. What was judged is true only while no more than
  // its ceilings is begun: two that were judged at once do not both pass under the last place.
  `create function place_in_day(p_org text, p_deal text, p_effect jsonb) returns boolean language plpgsql as $$
   declare v_day jsonb := p_effect->'day'; v_today date := (now() at time zone 'UTC')::date; v_actions bigint; v_minor bigint;
   begin
     if v_day is null or v_day = 'null' then return true; end if;
     perform 1 from day_actions where org = p_org and key = p_effect->>'key';
     if found then return true; end if;
     perform hold_ledger(p_org);
     select coalesce(sum(actions), 0), coalesce(sum(minor) filter (where currency = v_day->>'currency'), 0)
       into v_actions, v_minor from day_totals
       where org = p_org and day = v_today and function = v_day->>'function' and partner = v_day->>'partner';
     if v_actions + 1 > (v_day->>'mostActions')::bigint or v_minor + (v_day->>'minor')::bigint > (v_day->>'mostMinor')::bigint then
       return false;
     end if;
     insert into day_actions (org, key, day, deal, function, partner, currency, minor)
       values (p_org, p_effect->>'key', v_today, p_deal, v_day->>'function', v_day->>'partner', v_day->>'currency', (v_day->>'minor')::bigint);
     insert into day_totals (org, day, function, partner, currency, actions, minor)
       values (p_org, v_today, v_day->>'function', v_day->>'partner', v_day->>'currency', 1, (v_day->>'minor')::bigint)
       on conflict (org, day, function, partner, currency)
         do update set actions = day_totals.actions + 1, minor = day_totals.minor + excluded.minor;
     return true;
   end $$`,

  // Opens what a judged proposal needs and closes what it makes void, with its ledger entries, while the claim is ours.
  `create function open_approvals(p_org text, p_deal text, p_fence bigint, p_open jsonb, p_close jsonb, p_sealed jsonb)
   returns boolean language plpgsql as $$
   begin
     perform 1 from claims where org = p_org and deal = p_deal and fence = p_fence and lease_until > clock_timestamp() for update;
     if not found then return false; end if;
     -- Rows before the chain, in one order: whoever answers several takes them so too.
     perform 1 from approvals where org = p_org and key in (select value->>'key' from jsonb_array_elements(p_close)) order by key for update;
     perform append_sealed(p_org, p_sealed);
     update approvals set state = closing->>'state', changed_facts = coalesce(closing->'changedFacts', changed_facts), changed_at = clock_timestamp()
       from jsonb_array_elements(p_close) closing
       where org = p_org and key = closing->>'key' and approvals.state in ('open', 'answered');
     insert into approvals (org, key, decision, referral, deal, request, function, partner, office, requested_by, assigned_to,
         rules, material, evidence, says, reason, amount_minor, currency, due_at, expires_at)
       select p_org, key, decision, referral, deal, request, function, partner, office, requested_by, assigned_to,
         rules, material, evidence, says, reason, amount_minor, currency, due_at, expires_at
       from jsonb_populate_recordset(null::approvals, p_open)
       on conflict (org, key) do nothing;
     return true;
   end $$`,

  // One answer: it counts when the row is open, and then its ledger entry and the work that goes on with it are there too.
  `create function answer_approval(p_org text, p_key text, p_answer text, p_by text, p_with text, p_comment text, p_undo_ms float8, p_sealed jsonb)
   returns boolean language plpgsql as $$
   declare v_row approvals;
   begin
     update approvals set state = 'answered', answer = p_answer, answered_by = p_by, answered_at = now(), answered_with = p_with,
         answers = answers + 1, comment = p_comment, undo_until = now() + p_undo_ms * interval '1 millisecond',
         recorded_at = null, changed_at = clock_timestamp()
       where org = p_org and key = p_key and state = 'open' and expires_at > now() returning * into v_row;
     if not found then return false; end if;
     perform append_sealed(p_org, p_sealed);
     insert into inbox (org, kind, target, deal, correlation, priority, payload, due_at)
       values (p_org, 'approval', p_key || '/' || v_row.answers, v_row.deal, left(md5(p_key), 32), 4, jsonb_build_object('approval', p_key),
         v_row.undo_until + interval '50 milliseconds')
       on conflict (org, kind, target) do nothing;
     return true;
   end $$`,

  // Taking an answer back, by whoever gave it, while nobody has begun to carry it out.
  `create function undo_approval(p_org text, p_key text, p_by text, p_with text, p_sealed jsonb) returns boolean language plpgsql as $$
   begin
     update approvals set state = 'open', answer = null, answered_by = null, answered_at = null, answered_with = p_with, comment = null,
         undo_until = null, changed_at = clock_timestamp()
       where org = p_org and key = p_key and state = 'answered' and left(answered_by, 15) = left(p_by, 15) and undo_until > now();
     if not found then return false; end if;
     perform append_sealed(p_org, p_sealed);
     return true;
   end $$`,

  // An answer that nobody can take back any more stands in the ledger, once.
  `create function record_answer(p_org text, p_key text, p_sealed jsonb) returns boolean language plpgsql as $$
   begin
     update approvals set recorded_at = now()
       where org = p_org and key = p_key and state = 'answered' and undo_until <= now() and recorded_at is null;
     if not found then return false; end if;
     perform append_sealed(p_org, p_sealed);
     return true;
   end $$`,

  // What nobody answered in time goes to an admin too; what nobody answers then is a no.
  `create function age_approvals(p_org text, p_more_ms float8) returns integer language plpgsql as $$
   declare v_count integer; v_expired integer;
   begin
     update approvals set escalated_at = now(), expires_at = now() + p_more_ms * interval '1 millisecond', changed_at = clock_timestamp()
       where org = p_org and state = 'open' and due_at <= now() and escalated_at is null;
     get diagnostics v_count = row_count;
     with expired as (
       update approvals set state = 'expired', changed_at = clock_timestamp()
         where org = p_org and state = 'open' and escalated_at is not null and expires_at <= now() returning key, deal
     )
     insert into inbox (org, kind, target, deal, correlation, priority, payload)
       select p_org, 'approval', key || '/expired', deal, left(md5(key), 32), 6, jsonb_build_object('approval', key) from expired
       on conflict (org, kind, target) do nothing;
     get diagnostics v_expired = row_count;
     return v_count + v_expired;
   end $$`,
];

/** Puts a piece into a function, whatever form it has by now. A function that has no such place stops the migration. */
const put = (name: string, place: string, piece: string): string =>
  `do $$ declare v_text text; v_new text; begin
     select pg_get_functiondef(oid) into v_text from pg_proc where proname = '${name}' and pronamespace = 'public'::regnamespace;
     v_new := replace(v_text, $place$${place}$place$, $piece$${piece}$piece$);
     if v_new = v_text then raise exception '${name} has no place for what this migration adds'; end if;
     execute v_new;
   end $$`;

const changed = [
  `alter table referral_links add column account text`,
  `create index referral_links_account on referral_links (org, account) where network_id is not null`,
  put('save_link', 'referral_key, opportunity, partner', 'referral_key, account, opportunity, partner'),
  put(
    'save_link',
    'set record_id = coalesce',
    'set account = coalesce(excluded.account, referral_links.account), record_id = coalesce',
  ),
  put(
    'start_effect',
    'insert into effects (org, key, decision',
    `if not place_in_day(p_org, p_deal, p_effect) then
           perform append_sealed(p_org, p_before);
           return jsonb_build_object('kind', 'stopped', 'why', 'day-full');
         end if;
         insert into effects (org, key, decision`,
  ),
  put(
    'claim_work',
    `'stops', coalesce(`,
    `'today', jsonb_build_object(
         'totals', coalesce((select jsonb_agg(to_jsonb(total) - 'org' - 'day') from day_totals total
           where org = p_org and day = (now() at time zone 'UTC')::date), '[]'),
         'own', coalesce((select jsonb_agg(to_jsonb(own) - 'org' - 'day' - 'deal') from day_actions own
           where org = p_org and deal = v_work.deal and day = (now() at time zone 'UTC')::date), '[]')),
       'approvals', coalesce((select jsonb_agg(to_jsonb(approval) || jsonb_build_object('final', approval.undo_until <= now()) order by created_at)
         from approvals approval where org = p_org and deal = v_work.deal and state in ('open', 'answered')), '[]'),
       'stops', coalesce(`,
  ),
];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of [...tables, ...functions, ...changed]) await sql.raw(statement).execute(database);
};
