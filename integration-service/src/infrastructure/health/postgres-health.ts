import { sql } from 'kysely';
import type { HealthBand } from '../../domain/health/band.ts';
import type { DeclineState } from '../../domain/health/decline.ts';
import type { HealthWeights } from '../../domain/health/health-score.ts';
import type { LandscapeData } from '../../domain/health/landscape.ts';
import type { OrgDatabase } from '../database/org-database.ts';

/** How far an org was looked at. */
export interface HealthRun {
  /** Where the changes of rollups are followed on from; null: from the first. */
  readonly cursor: string | null;
  /** The week, as `weekOf` counts, and the instant of the last look at all partners; null: there was none. */
  readonly fullWeek: number | null;
  readonly fullAt: string | null;
  readonly landscape: LandscapeData | null;
  /** Null: nothing was learned yet, so the first ones count. */
  readonly weights: HealthWeights | null;
  readonly learnedAt: string | null;
}

/** What was said of a partner the last time. */
export interface RememberedPartner {
  readonly partner: string;
  readonly band: HealthBand;
  readonly score: number;
  readonly decline: DeclineState;
  /** Hash of what its record shows, and when that was written (ISO 8601). */
  readonly shown: string;
  readonly shownAt: string;
  /** `2026-11-20`. */
  readonly lastContact: string | null;
}

/** A decline that was flagged. */
export interface FlaggedDecline {
  /** Key of its intervention. */
  readonly key: string;
  readonly partner: string;
  /** Mondays. */
  readonly flagged: string;
  readonly since: string;
  readonly signals: readonly string[];
  readonly score: number;
  /** Values of the factors when it was flagged, for the weights that are learned. */
  readonly factors: Readonly<Record<string, number>>;
}

export type DeclineOutcome = 'recovered' | 'settled' | 'left';

/** What the health of the partners of one org rests on. */
export class PostgresHealth {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async run(): Promise<HealthRun> {
    const [row] = await this.#database.run(
      sql<{
        cursor: string | null;
        full_week: number | null;
        full_at: Date | null;
        landscape: LandscapeData | null;
        weights: HealthWeights | null;
        learned_at: Date | null;
      }>`select cursor, full_week, full_at, landscape, weights, learned_at from health_runs where org = ${this.#database.org}`,
    );
    return {
      cursor: row?.cursor ?? null,
      fullWeek: row?.full_week ?? null,
      fullAt: row?.full_at?.toISOString() ?? null,
      landscape: row?.landscape ?? null,
      weights: row?.weights ?? null,
      learnedAt: row?.learned_at?.toISOString() ?? null,
    };
  }

  /** Changes of rollups were followed up to here. */
  async followed(cursor: string): Promise<void> {
    await this.#database.run(sql`
      insert into health_runs (org, cursor) values (${this.#database.org}, ${cursor})
      on conflict (org) do update set cursor = excluded.cursor`);
  }

  async keepLandscape(landscape: LandscapeData): Promise<void> {
    await this.#database.run(sql`
      insert into health_runs (org, landscape) values (${this.#database.org}, ${JSON.stringify(landscape)}::jsonb)
      on conflict (org) do update set landscape = excluded.landscape`);
  }

  /** Learning was tried; `weights` count from now on. */
  async learned(weights: HealthWeights, at: string): Promise<void> {
    await this.#database.run(sql`
      insert into health_runs (org, weights, learned_at)
      values (${this.#database.org}, ${JSON.stringify(weights)}::jsonb, ${at}::timestamptz)
      on conflict (org) do update set weights = excluded.weights, learned_at = excluded.learned_at`);
  }

  /** All partners were looked at. */
  async lookedAtAll(week: number, at: string): Promise<void> {
    await this.#database.run(sql`
      insert into health_runs (org, full_week, full_at) values (${this.#database.org}, ${week}, ${at}::timestamptz)
      on conflict (org) do update set full_week = excluded.full_week, full_at = excluded.full_at`);
  }

  async remembered(partners: readonly string[]): Promise<ReadonlyMap<string, RememberedPartner>> {
    const rows = await this.#database.run(sql<{
      partner: string;
      band: HealthBand;
      score: number;
      decline: DeclineState;
      shown: string;
      shown_at: Date;
      last_contact: string | null;
    }>`
      select partner, band, score, decline, shown, shown_at, last_contact::text as last_contact from partner_health
      where org = ${this.#database.org} and partner = any (${partners})`);
    return new Map(
      rows.map(({ shown_at, last_contact, ...row }) => [
        row.partner,
        { ...row, shownAt: shown_at.toISOString(), lastContact: last_contact },
      ]),
    );
  }

  /** Keeps what was said of partners, with the declines that were flagged and those that ended, in one transaction. */
  async keep(
    partners: readonly RememberedPartner[],
    flagged: readonly FlaggedDecline[],
    ended: readonly { readonly partner: string; readonly outcome: DeclineOutcome; readonly week: string }[],
  ): Promise<void> {
    if (partners.length === 0) return;
    const { org } = this.#database;
    await this.#database.run(sql`
      with ending as (
        update health_declines decline set state = ending.outcome, ended = ending.week::date
        from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as ending(partner text, outcome text, week text)
        where decline.org = ${org} and decline.partner = ending.partner and decline.state = 'open' returning decline.key
      ), said as (
        insert into partner_health (org, partner, band, score, decline, shown, shown_at, last_contact)
        select ${org}, partner, band, score, decline, shown, "shownAt", "lastContact"
        from jsonb_to_recordset(${JSON.stringify(partners)}::jsonb) as one(
          partner text, band text, score smallint, decline jsonb, shown text, "shownAt" timestamptz, "lastContact" date)
        on conflict (org, partner) do update set band = excluded.band, score = excluded.score, decline = excluded.decline,
          shown = excluded.shown, shown_at = excluded.shown_at, last_contact = excluded.last_contact, assessed_at = now()
        returning partner
      )
      insert into health_declines (org, key, partner, flagged, since, signals, score, factors)
      select ${org}, key, partner, flagged, since, array(select jsonb_array_elements_text(signals)), score, factors
      from jsonb_to_recordset(${JSON.stringify(flagged)}::jsonb) as one(
        key text, partner text, flagged date, since date, signals jsonb, score smallint, factors jsonb)
      where (select count(*) from ending) >= 0 and (select count(*) from said) >= 0
      on conflict do nothing`);
  }

  /** Declines whose intervention does not stand in the CRM yet, the oldest first. */
  async unopened(limit: number): Promise<readonly FlaggedDecline[]> {
    return this.#database.run(sql<FlaggedDecline>`
      select key, partner, flagged::text as flagged, since::text as since, signals, score, factors from health_declines
      where org = ${this.#database.org} and state = 'open' and opened_at is null order by flagged, key limit ${limit}`);
  }

  /** These interventions stand in the CRM. */
  async opened(keys: readonly string[], at: string): Promise<void> {
    await this.#database.run(sql`
      update health_declines set opened_at = ${at}::timestamptz where org = ${this.#database.org} and key = any (${keys})`);
  }

  /** What a person said to an intervention, so that its outcome teaches what helped. */
  async answered(key: string, answer: string): Promise<void> {
    await this.#database.run(sql`
      update health_declines set answer = ${answer} where org = ${this.#database.org} and key = ${key}`);
  }

  /** What became of declines that have ended, by what people answered: the evidence on which kinds of step help. */
  async outcomes(): Promise<
    readonly { readonly answer: string; readonly outcome: DeclineOutcome; readonly declines: number }[]
  > {
    return this.#database.run(sql<{ answer: string; outcome: DeclineOutcome; declines: number }>`
      select coalesce(answer, 'none') as answer, state as outcome, count(*)::int as declines from health_declines
      where org = ${this.#database.org} and state <> 'open' group by 1, 2 order by 1, 2`);
  }
}
