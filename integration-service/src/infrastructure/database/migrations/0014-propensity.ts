import { type Kysely, sql } from 'kysely';

/**
 * Propensity (ADR 26): models with all that was learned, ended deals as records of who won what, what stands on each deal,
 * what partners said of it, and how far changes were followed.
 */
const tables = [
  `create table score_models (
     org text not null, subject text not null, version integer not null,
     state text not null check (state in ('candidate', 'active', 'retired', 'refused')),
     model jsonb not null, card jsonb not null, leaks jsonb not null, drift jsonb,
     own_fields jsonb not null, too_little boolean not null, record_id text,
     trained_at timestamptz not null, activated_at timestamptz, activated_by text,
     outcomes integer not null, mirrored boolean not null default false,
     primary key (org, subject, version)
   )`,
  // Whatever happens, one model of a subject scores.
  `create unique index score_models_active on score_models (org, subject) where state = 'active'`,
  `create table propensity_ended (
     org text not null, deal text collate "C" not null, ended_at timestamptz not null, won boolean not null, keys text[] not null,
     primary key (org, deal)
   )`,
  `create table deal_scores (
     org text not null, deal text collate "C" not null, account text,
     score integer, band text, inputs text not null, sources jsonb not null, model integer, scored_at timestamptz not null,
     problem text, attempts integer not null default 0,
     primary key (org, deal)
   )`,
  `create index deal_scores_failed on deal_scores (org, deal) where problem is not null`,
  `create table deal_insights (
     org text not null, deal text collate "C" not null, source text not null, value jsonb not null,
     read_at timestamptz not null, looked_at timestamptz not null,
     primary key (org, deal, source)
   )`,
  `create table score_places (org text not null, name text not null, place jsonb not null, primary key (org, name))`,
];

const names = ['score_models', 'propensity_ended', 'deal_scores', 'deal_insights', 'score_places'];

export const up = async (database: Kysely<unknown>): Promise<void> => {
  for (const statement of tables) await sql.raw(statement).execute(database);
  for (const name of names) {
    await sql.raw(`alter table ${name} enable row level security`).execute(database);
    await sql.raw(`alter table ${name} force row level security`).execute(database);
    await sql
      .raw(`create policy of_its_org on ${name} using (org = current_setting('tandem.org', true))`)
      .execute(database);
    await sql.raw(`grant select, insert, update, delete on ${name} to tandem_service`).execute(database);
  }
};
