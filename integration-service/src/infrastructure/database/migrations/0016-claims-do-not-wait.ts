import { type Kysely, sql } from 'kysely';

/**
 * Whoever asks for a row whose deal is at work hears so at once, and does not wait for the end that is being written there:
 * ending work takes the claim first and the row second, claiming the other way about, and two processes that did both at
 * the same moment waited for each other until PostgreSQL ended one of them.
 */
const statement = `do $$
  declare
    v_was text := pg_get_functiondef('claim_work(text, bigint, text, float8)'::regprocedure);
    v_is text := replace(v_was, 'insert into claims (',
      'if exists (select 1 from claims where org = p_org and deal = v_work.deal and lease_until > now()) then
         return null;
       end if;
       insert into claims (');
  begin
    if v_is = v_was then raise exception 'claim_work is not the function that migration 0016 knows'; end if;
    execute v_is;
  end $$`;

export const up = async (database: Kysely<unknown>): Promise<void> => {
  await sql.raw(statement).execute(database);
};
