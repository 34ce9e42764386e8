import { type Kysely, sql } from 'kysely';

/**
 * What the ledger is read by (decisions, a person's values), its signed checkpoints as they are handed out, and what is
 * kept in the clear no longer than the work needs it.
 */
const statements = [
  `create index ledger_entries_judged on ledger_entries (org, sequence) where kind = 'verdict'`,
  `create index ledger_entries_answered on ledger_entries (org, decision) where kind = 'approval'`,
  `create index ledger_values_subject on ledger_values (org, subject)`,

  // A copy for whoever asks; what counts is the copy that somebody else keeps.
  `create table ledger_checkpoints (
     org text not null, sequence bigint not null, hash text not null, at text not null,
     key_id text not null, public_key text not null, signature text not null,
     primary key (org, sequence)
   )`,
  `create trigger ledger_checkpoints_append_only before update or delete or truncate on ledger_checkpoints
     for each statement execute function refuse_ledger_change()`,
  `alter table ledger_checkpoints enable row level security`,
  `alter table ledger_checkpoints force row level security`,
  `create policy of_its_org on ledger_checkpoints using (org = current_setting('tandem.org', true))`,
  `grant select, insert on ledger_checkpoints to tandem_service`,

  // The bytes of an effect are needed until it is known what came of them. Their hash stays in the ledger.
  `alter table effects alter column body drop not null`,
  `create index effects_with_bytes on effects (org, settled_at) where body is not null`,

  // A sequence is on disk 32 values ahead, and the statement that takes the 33rd need not wait for the disk (claims do
  // not): after a crash the same numbers would be given again, to a claim on a deal whose holder of before still lives.
  // What is drawn beside the number is not the same again.
  `create function next_fence() returns bigint language sql volatile as $$
     select nextval('fences') << 24 | ('x' || left(md5(gen_random_uuid()::text), 6))::bit(24)::bigint $$`,
  `grant execute on function next_fence() to tandem_service`,
  // Whatever form the function has by now.
  `do $$ begin
     execute replace(pg_get_functiondef('claim_work(text, bigint, text, float8)'::regprocedure), 'nextval(''fences'')', 'next_fence()');
   end $$`,
];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(database);
};
