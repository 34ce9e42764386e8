import { type Kysely, sql } from 'kysely';

/**
 * What many decisions share (the field mapping, the policies) is kept once, by the hash of its text, and an entry names
 * the hash. Keys of people met for the first time come with the entries that need them, and the last result of a decision
 * is written with the referral's link: fewer round trips for the same record.
 */
const statements = [
  `create table ledger_contents (org text not null, hash text not null, body text not null, primary key (org, hash))`,
  // The values of one subject in one entry share a box, each with its own salt inside.
  `alter table ledger_values alter column salt drop not null`,
  `alter table ledger_entries add column contents text[] not null default '{}'`,
  `create trigger ledger_contents_append_only before update or delete or truncate on ledger_contents
     for each statement execute function refuse_ledger_change()`,
  `alter table ledger_contents enable row level security`,
  `alter table ledger_contents force row level security`,
  `create policy of_its_org on ledger_contents using (org = current_setting('tandem.org', true))`,
  `grant select on ledger_contents to tandem_service`,
  `alter table ledger_contents owner to tandem_ledger`,
  `grant select, insert on subject_keys to tandem_ledger`,
  // What the far side said may quote a person: it stands in the ledger, sealed.
  `alter table effects drop column message`,
  `create index referral_links_deal on referral_links (org, opportunity)`,

  // `p_sealed`: entries, keys and contents that the sealer believes to be new, hashes it believes to be there. What it
  // believes wrongly (another process was first, a database was set back) is refused as TL001: nothing is written then.
  `create function append_sealed(p_org text, p_sealed jsonb) returns table (entry_sequence bigint, entry_hash text)
   language plpgsql security definer set search_path = public as $$
   declare v_first bigint; v_hash bytea; v_hashes bytea[] := '{}'; v_entry jsonb; v_entries jsonb := p_sealed->'entries';
   begin
     if jsonb_array_length(v_entries) = 0 then return; end if;
     -- First of all, so that two that meet the same people wait for each other here and nowhere else.
     select sequence, hash into v_first, v_hash from ledger_heads where org = p_org for update;
     if not found then
       insert into ledger_heads values (p_org, 0, '\\x') on conflict (org) do nothing;
       select sequence, hash into v_first, v_hash from ledger_heads where org = p_org for update;
     end if;
     for v_entry in select * from jsonb_array_elements(p_sealed->'keys') loop
       insert into subject_keys (org, subject, wrapped) values (p_org, v_entry->>'subject', decode(v_entry->>'wrapped', 'hex'))
         on conflict (org, subject) do nothing;
       if not found then
         perform 1 from subject_keys
           where org = p_org and subject = v_entry->>'subject' and wrapped = decode(v_entry->>'wrapped', 'hex');
         if not found then raise exception 'a key of these entries is not the one that is kept' using errcode = 'TL001'; end if;
       end if;
     end loop;
     if p_sealed ? 'contents' then
       insert into ledger_contents (org, hash, body)
         select p_org, encode(sha256(convert_to(value#>>'{}', 'UTF8')), 'hex'), value#>>'{}' from jsonb_array_elements(p_sealed->'contents') value
         on conflict (org, hash) do nothing;
     end if;
     for v_entry in select * from jsonb_array_elements(v_entries) loop
       if v_entry->'contents' <> '[]' and exists (
         select 1 from jsonb_array_elements_text(v_entry->'contents') named
         where not exists (select 1 from ledger_contents where org = p_org and hash = named)
       ) then raise exception 'an entry names a content that is not kept' using errcode = 'TL001'; end if;
       v_hash := sha256(v_hash || int8send(v_first + cardinality(v_hashes) + 1) || decode(v_entry->>'digest', 'hex'));
       v_hashes := v_hashes || v_hash;
     end loop;
     insert into ledger_entries (org, sequence, kind, decision, at, actor, partner_of_record, body, digest, hash, contents)
       select p_org, v_first + place, value->>'kind', value->>'decision', value->>'at', value->>'actor', value->>'partnerOfRecord',
         value->>'body', decode(value->>'digest', 'hex'), v_hashes[place], array(select jsonb_array_elements_text(value->'contents'))
       from jsonb_array_elements(v_entries) with ordinality entry (value, place);
     insert into ledger_values (org, sequence, path, subject, sealed)
       select p_org, v_first + place, box->>'path', box->>'subject', decode(box->>'sealed', 'hex')
       from jsonb_array_elements(v_entries) with ordinality entry (value, place), jsonb_array_elements(value->'values') box;
     update ledger_heads set sequence = v_first + cardinality(v_hashes), hash = v_hash where org = p_org;
     return query select v_first + place, encode(each, 'hex') from unnest(v_hashes) with ordinality as made (each, place);
   end $$`,
  `alter function append_sealed(text, jsonb) owner to tandem_ledger`,
  `revoke all on function append_sealed(text, jsonb) from public`,
  `grant execute on function append_sealed(text, jsonb) to tandem_service`,
];

/** These call each other, so they come after the tables' owners are set. */
const functions = [
  // Takes a row that is due, and its deal, and tells what stands around it. Each statement sees what was committed before
  // it, so what is told is not older than the claim.
  `create function claim_work(p_org text, p_id bigint, p_holder text, p_lease_ms float8) returns jsonb language plpgsql as $$
   declare v_work inbox; v_fence bigint;
   begin
     select * into v_work from inbox
       where org = p_org and id = p_id and state in ('waiting', 'working') and due_at <= now() + interval '20 milliseconds'
       for update skip locked;
     if not found then return null; end if;
     insert into claims (org, deal, inbox_id, fence, holder, lease_until)
       values (p_org, v_work.deal, p_id, nextval('fences'), p_holder, now() + p_lease_ms * interval '1 millisecond')
       on conflict (org, deal) do update
         set inbox_id = excluded.inbox_id, fence = excluded.fence, holder = excluded.holder, lease_until = excluded.lease_until
         where claims.lease_until <= now()
       returning fence into v_fence;
     if not found then return null; end if;
     update inbox set state = 'working', attempts = attempts + 1, fence = v_fence, waits_for = null, changed_at = now()
       where org = p_org and id = p_id returning * into v_work;
     return jsonb_build_object(
       'work', to_jsonb(v_work) || jsonb_build_object('id', v_work.id::text),
       'fence', v_fence::text,
       'epoch', coalesce((select epoch from control where org = p_org), 1)::text,
       'stops', coalesce((select jsonb_agg(to_jsonb(stop) - 'org' order by scope) from control_stops stop where org = p_org), '[]'),
       'links', coalesce((select jsonb_agg(to_jsonb(link) order by attempt desc) from referral_links link
         where org = p_org and opportunity = v_work.deal), '[]'));
   end $$`,

  // Ends a claim and its row, only while the claim is ours: then the row as it is now, else null. Waiting in line is no
  // failed attempt.
  `create function finish_work(p_org text, p_deal text, p_fence bigint, p_id bigint, p_outcome jsonb) returns jsonb
   language plpgsql as $$
   declare v_again boolean := p_outcome->>'state' = 'again'; v_row inbox;
   begin
     delete from claims where org = p_org and deal = p_deal and fence = p_fence;
     if not found then return null; end if;
     update inbox set state = case when v_again then 'waiting' else p_outcome->>'state' end, note = p_outcome->>'note', changed_at = now(),
       waits_for = case when v_again then p_outcome->>'waitsFor' end,
       waits = waits + case when v_again and p_outcome ? 'waitsFor' then 1 else 0 end,
       due_at = case when v_again then now() + (p_outcome->>'inMs')::float8 * interval '1 millisecond' else due_at end
     where org = p_org and id = p_id and fence = p_fence returning * into v_row;
     if not found then return null; end if;
     return jsonb_build_object('id', v_row.id::text, 'attempts', v_row.attempts, 'priority', v_row.priority);
   end $$`,

  // The token bucket of a partner account: one grant for so many calls, or how long and behind how many to wait. The day
  // is counted in ten-minute slots, rounded against us.
  `create function take_budget(
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
     return jsonb_build_object('granted', false, 'dayFull', v_full, 'ahead', v_ahead,
       'inMs', greatest(0, extract(epoch from coalesce(v_next, now()) - now()) * 1000));
   end $$`,

  // What an effect came to. It is true whoever holds the claim by now, so nothing is asked here.
  `create function settle_effect(p_org text, p_settled jsonb, p_sealed jsonb) returns void language plpgsql as $$
   begin
     update effects set state = p_settled->>'state', answer = p_settled->'answer', settled_at = now()
       where org = p_org and key = p_settled->>'key' and state <> 'done';
     perform append_sealed(p_org, p_sealed);
   end $$`,

  // One transaction, one round trip: the claim still ours, no kill switch, the same epoch, then the intention on record.
  `create function start_effect(
     p_org text, p_deal text, p_fence bigint, p_epoch bigint, p_scopes text[],
     p_settled jsonb, p_effect jsonb, p_before jsonb, p_intended jsonb
   ) returns jsonb language plpgsql as $$
   declare v_scope text; v_epoch bigint; v_old effects; v_answer jsonb;
   begin
     perform 1 from claims where org = p_org and deal = p_deal and fence = p_fence and lease_until > clock_timestamp() for update;
     if not found then return jsonb_build_object('kind', 'stopped', 'why', 'claim-lost'); end if;
     if p_settled is not null then
       update effects set state = p_settled->>'state', answer = p_settled->'answer', settled_at = now()
         where org = p_org and key = p_settled->>'key' and state <> 'done';
     end if;
     select scope into v_scope from control_stops where org = p_org and scope = any (p_scopes) limit 1;
     if found then
       v_answer := jsonb_build_object('kind', 'stopped', 'why', 'killed', 'scope', v_scope);
     else
       select epoch into v_epoch from control where org = p_org for share;
       if coalesce(v_epoch, 1) <> p_epoch then
         v_answer := jsonb_build_object('kind', 'stopped', 'why', 'epoch-changed');
       else
         insert into effects (org, key, decision, step, port, operation, body, state, fence, epoch)
           values (p_org, p_effect->>'key', p_effect->>'decision', p_effect->>'step', p_effect->>'port',
                   p_effect->>'operation', p_effect->>'body', 'intended', p_fence, p_epoch)
           on conflict (org, key) do nothing;
         if found then
           v_answer := jsonb_build_object('kind', 'send');
         else
           select * into v_old from effects where org = p_org and key = p_effect->>'key' for update;
           if v_old.state = 'done' then
             v_answer := jsonb_build_object('kind', 'known', 'answer', v_old.answer);
           elsif v_old.state = 'refused' then
             -- The far side said no for good, so nothing of it stands there and other bytes may be tried under the same key.
             update effects set body = p_effect->>'body', decision = p_effect->>'decision', state = 'intended', answer = null,
               fence = p_fence, epoch = p_epoch, sent = sent + 1, intended_at = now(), settled_at = null
               where org = p_org and key = v_old.key;
             v_answer := jsonb_build_object('kind', 'send');
           else
             update effects set fence = p_fence, epoch = p_epoch, sent = sent + 1 where org = p_org and key = v_old.key;
             v_answer := jsonb_build_object('kind', 'look-up', 'step', v_old.step, 'port', v_old.port, 'operation', v_old.operation, 'body', v_old.body);
           end if;
         end if;
       end if;
     end if;
     -- What came before is recorded whatever the answer is; the intention only when it is sent. One append for both.
     perform append_sealed(p_org, case when v_answer->>'kind' = 'send'
       then jsonb_set(p_before, '{entries}', p_before->'entries' || (p_intended->'entries')) else p_before end);
     return v_answer;
   end $$`,

  // A referral's link as this turn leaves it, with the last result of its decision: false when the claim is not ours any
  // more, and then the result alone is kept. `p_poll_ms` null: nothing to follow.
  `create function save_link(
     p_org text, p_deal text, p_fence bigint, p_link jsonb, p_poll_ms float8, p_settled jsonb, p_sealed jsonb
   ) returns boolean language plpgsql as $$
   declare v_held boolean;
   begin
     perform 1 from claims where org = p_org and deal = p_deal and fence = p_fence and lease_until > clock_timestamp() for update;
     v_held := found;
     if p_settled is not null then perform settle_effect(p_org, p_settled, p_sealed); end if;
     if not v_held then return false; end if;
     insert into referral_links (org, referral_key, opportunity, partner, attempt, network, record_id, network_id, lock_value,
         review_status, state, step, request_id, correlation, steps, shown, submission, summary_hash, finished, next_poll_at)
       select p_org, referral_key, opportunity, partner, attempt, network, record_id, network_id, lock_value, review_status, state, step,
         request_id, correlation, steps, shown, submission, summary_hash, finished, now() + p_poll_ms * interval '1 millisecond'
       from jsonb_populate_record(null::referral_links, p_link)
       on conflict (org, referral_key) do update set record_id = coalesce(excluded.record_id, referral_links.record_id),
         network_id = coalesce(excluded.network_id, referral_links.network_id), lock_value = excluded.lock_value,
         review_status = excluded.review_status, state = excluded.state, step = excluded.step, request_id = excluded.request_id,
         correlation = excluded.correlation, steps = excluded.steps, shown = coalesce(excluded.shown, referral_links.shown),
         submission = excluded.submission, summary_hash = excluded.summary_hash, finished = excluded.finished,
         next_poll_at = excluded.next_poll_at, changed_at = now();
     return true;
   end $$`,

  // A process of the version before calls these by name, finds none and stops: it could not tell what the new ones expect.
  `drop function begin_effect(text, text, bigint, bigint, text[], jsonb, jsonb, jsonb, jsonb)`,
  `drop function append_ledger(text, jsonb)`,
];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of [...statements, ...functions]) await sql.raw(statement).execute(database);
};
