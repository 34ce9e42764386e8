import { type Kysely, sql } from 'kysely';

/** How far the records of decisions in Salesforce have followed the ledger. Nothing is marked where decisions are made. */
const statements = [
  `create table decision_mirrors (org text primary key, sequence bigint not null)`,
  `alter table decision_mirrors enable row level security`,
  `alter table decision_mirrors force row level security`,
  `create policy of_its_org on decision_mirrors using (org = current_setting('tandem.org', true))`,
  `grant select, insert, update, delete on decision_mirrors to tandem_service`,
];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(database);
};
