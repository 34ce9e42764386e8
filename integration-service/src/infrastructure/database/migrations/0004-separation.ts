import { type Kysely, sql } from 'kysely';

/**
 * What separates the service from its own ledger, and signs of life that one process gives and another reads.
 *
 * A function that runs with its owner's rights finds its tables by the search path. Unless the path says otherwise a
 * caller's temporary tables come first, so the path names them last (PostgreSQL manual, "Writing SECURITY DEFINER
 * functions safely"), and nobody but the owner makes temporary tables or tables in `public` at all.
 */
const statements = [
  `do $$ declare v_function regprocedure; begin
     for v_function in select oid::regprocedure from pg_proc where prosecdef and pronamespace = 'public'::regnamespace loop
       execute format('alter function %s set search_path = pg_catalog, public, pg_temp', v_function);
     end loop;
   end $$`,
  `do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$`,
  `revoke create on schema public from public`,

  // Every command asks whether the database is up to date, and works as the service's role.
  `grant select on kysely_migration to tandem_service`,

  // When the process that has the lease last knew that the org's stream reaches it.
  `alter table subscriptions add column live_at timestamptz, drop column needs_sweep`,
];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(database);
};
