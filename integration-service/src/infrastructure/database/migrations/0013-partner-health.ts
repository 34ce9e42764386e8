import { type Kysely, sql } from 'kysely';

/**
 * What the health of partners rests on from one look to the next. The records in Salesforce are made from it, and are read
 * for nothing of it.
 */
const tables = [
  // How far each org was looked at, and what its partners have in common.
  `create table health_runs (
     org text primary key,
     -- How far the rollups were followed; null: never.
     cursor text,
     -- When all partners were looked at the last time, and in which week.
     full_at timestamptz,
     full_week integer,
     landscape jsonb
   )`,

  // What was said of a partner the last time.
  `create table partner_health (
     org text not null,
     partner text not null,
     band text not null,
     score smallint not null,
     decline jsonb not null,
     -- Of what the record shows: it is written when this changes, and once a week so that its age stays true.
     shown text not null,
     shown_at timestamptz not null,
     -- The last day on which the partner was met.
     last_contact date,
     assessed_at timestamptz not null default now(),
     primary key (org, partner)
   )`,

  // Each decline that was flagged, once, and what became of it: what interventions and the next weights are learned from.
  `create table health_declines (
     org text not null,
     -- Partner and Monday of the week in which it was flagged: the key of its intervention.
     key text not null,
     partner text not null,
     flagged date not null,
     since date not null,
     signals text[] not null,
     score smallint not null,
     factors jsonb not null,
     state text not null default 'open' check (state in ('open', 'recovered', 'settled', 'left')),
     ended date,
     -- Whether its intervention stands in Salesforce, and with which answer.
     opened_at timestamptz,
     answer text,
     primary key (org, key)
   )`,
  `create unique index health_declines_open on health_declines (org, partner) where state = 'open'`,
];

const separation = ['health_runs', 'partner_health', 'health_declines'].flatMap((table) => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy of_its_org on ${table} using (org = current_setting('tandem.org', true))`,
  `grant select, insert, update, delete on ${table} to tandem_service`,
]);

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of [...tables, ...separation]) await sql.raw(statement).execute(database);
};
