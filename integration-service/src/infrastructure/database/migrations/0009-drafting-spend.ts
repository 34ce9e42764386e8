import { type Kysely, sql } from 'kysely';

/** What language models have used, by month, function and partner: the hard stop holds for all processes together. */
const statements = [
  `create table drafting_spend (
     org text not null, function text not null, partner text not null, month date not null,
     tokens bigint not null default 0 check (tokens >= 0),
     cost_micros bigint not null default 0 check (cost_micros >= 0),
     primary key (org, function, partner, month)
   )`,
  `alter table drafting_spend enable row level security`,
  `alter table drafting_spend force row level security`,
  `create policy of_its_org on drafting_spend using (org = current_setting('tandem.org', true))`,
  `grant select, insert, update, delete on drafting_spend to tandem_service`,
];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(database);
};
