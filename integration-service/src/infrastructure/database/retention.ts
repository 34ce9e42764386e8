import { sql } from 'kysely';
import type { OrgDatabase } from './org-database.ts';

/** A signed notice counts once for as long as its signature would be taken again (minutes); this is well beyond it. */
const noticeDays = 7;

/**
 * Forgets what the work needs no more: the bytes of effects whose outcome is known (their hash stays in the ledger), rows of
 * the inbox that have ended, ids of notices, events that nobody could read. Gives how many of each went.
 */
export const forgetOld = async (
  database: OrgDatabase,
  keepDays: number,
): Promise<{ readonly effects: number; readonly work: number; readonly notices: number; readonly events: number }> => {
  const { org } = database;
  const age = sql`now() - ${keepDays}::int * interval '1 day'`;
  const effects = await database.run(sql`
    update effects set body = null
    where org = ${org} and body is not null and state in ('done', 'refused') and settled_at < ${age} returning key`);
  const work = await database.run(sql`
    delete from inbox where org = ${org} and state in ('done', 'refused') and changed_at < ${age} returning id`);
  const notices = await database.run(sql`
    delete from notices where org = ${org} and received_at < now() - ${noticeDays}::int * interval '1 day' returning id`);
  const events = await database.run(sql`
    delete from events_raw where org = ${org} and poison is not null and received_at < ${age} returning id`);
  return { effects: effects.length, work: work.length, notices: notices.length, events: events.length };
};
