import { type Kysely, sql } from 'kysely';

/** How much each factor of health counts, once that was learned, and when learning was last tried. */
const statements = [`alter table health_runs add column weights jsonb, add column learned_at timestamptz`];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(database);
};
