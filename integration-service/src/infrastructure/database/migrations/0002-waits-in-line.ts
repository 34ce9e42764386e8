import { type Kysely, sql } from 'kysely';

/** How often a row waited for the rate budget: turns that were no attempts, or a long line would use the attempts up. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await sql`alter table inbox add column waits integer not null default 0`.execute(database);
};
