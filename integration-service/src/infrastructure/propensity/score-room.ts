import { sql } from 'kysely';
import type { Ended } from '../../domain/propensity/track-record.ts';
import type { Json } from '../../domain/values/json.ts';
import type { OrgDatabase } from '../database/org-database.ts';

/** What stands on a deal and what it was made from. */
export interface KnownScore {
  readonly deal: string;
  readonly account: string | null;
  /** What was written on the deal last; null: nothing, as there is too little to go by. */
  readonly score: number | null;
  readonly band: string | null;
  /** SHA-256 of everything the score was made from: the same again is not scored again. */
  readonly inputs: string;
  /** Score of each source, as it was written last. */
  readonly sources: Readonly<Record<string, number>>;
  readonly model: number | null;
  /** What the CRM said of the last write; null: it was taken. */
  readonly problem: string | null;
  readonly attempts: number;
}

/** What somebody else says of a deal. */
export interface KnownInsight {
  readonly deal: string;
  readonly source: 'aws' | 'partner';
  readonly value: Json;
  /** ISO 8601: when this value was first read, and when it was last looked at. */
  readonly readAt: string;
  readonly lookedAt: string;
}

interface EndedRow {
  readonly deal: string;
  readonly ended_at: Date;
  readonly won: boolean;
  readonly keys: readonly string[];
}

/** What propensity keeps of one org besides its models. All of it can be made again from the CRM and the networks. */
export class PostgresScoreRoom {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async ended(): Promise<readonly (Ended & { readonly deal: string })[]> {
    const rows = await this.#database.run(sql<EndedRow>`
      select deal, ended_at, won, keys from propensity_ended where org = ${this.#database.org}`);
    return rows.map(({ deal, ended_at, won, keys }) => ({ deal, at: ended_at.getTime(), won, keys }));
  }

  async rememberEnded(ended: readonly (Ended & { readonly deal: string })[]): Promise<void> {
    if (ended.length === 0) return;
    const rows = ended.map(({ deal, at, won, keys }) => ({ deal, ended_at: new Date(at).toISOString(), won, keys }));
    await this.#database.run(sql`
      insert into propensity_ended (org, deal, ended_at, won, keys)
      select ${this.#database.org}, deal, ended_at, won, array(select jsonb_array_elements_text(keys))
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(deal text, ended_at timestamptz, won boolean, keys jsonb)
      on conflict (org, deal) do update set ended_at = excluded.ended_at, won = excluded.won, keys = excluded.keys`);
  }

  /** Deals that were opened again, or are gone. */
  async forgetEnded(deals: readonly string[]): Promise<void> {
    if (deals.length === 0) return;
    await this.#database.run(sql`
      delete from propensity_ended where org = ${this.#database.org} and deal = any(${[...deals]})`);
  }

  async scores(deals: readonly string[]): Promise<ReadonlyMap<string, KnownScore>> {
    const rows = await this.#database.run(sql<KnownScore>`
      select deal, account, score, band, inputs, sources, model, problem, attempts from deal_scores
      where org = ${this.#database.org} and deal = any(${[...deals]})`);
    return new Map(rows.map((row) => [row.deal, row]));
  }

  /** Deals whose score the CRM did not take, and which were not tried too often. */
  async failed(mostAttempts: number, limit: number): Promise<readonly string[]> {
    const rows = await this.#database.run(sql<{ deal: string }>`
      select deal from deal_scores
      where org = ${this.#database.org} and problem is not null and attempts < ${mostAttempts} order by deal limit ${limit}`);
    return rows.map(({ deal }) => deal);
  }

  async rememberScores(scores: readonly KnownScore[], at: string): Promise<void> {
    if (scores.length === 0) return;
    await this.#database.run(sql`
      insert into deal_scores (org, deal, account, score, band, inputs, sources, model, scored_at, problem, attempts)
      select ${this.#database.org}, deal, account, score, band, inputs, sources, model, ${at}::timestamptz, problem, attempts
      from jsonb_to_recordset(${JSON.stringify(scores)}::jsonb) as one(
        deal text, account text, score integer, band text, inputs text, sources jsonb, model integer, problem text, attempts integer)
      on conflict (org, deal) do update set account = excluded.account, score = excluded.score, band = excluded.band,
        inputs = excluded.inputs, sources = excluded.sources, model = excluded.model, scored_at = excluded.scored_at,
        problem = excluded.problem, attempts = excluded.attempts`);
  }

  async insights(deals: readonly string[]): Promise<readonly KnownInsight[]> {
    return this.#insights(sql`deal = any(${[...deals]})`);
  }

  /** Of all deals, from one source: what it said can be compared with how deals ended. */
  async insightsOf(source: KnownInsight['source']): Promise<readonly KnownInsight[]> {
    return this.#insights(sql`source = ${source}`);
  }

  /** Keeps what was said; the same again is only looked at later. Gives the deals of which something new was said. */
  async rememberInsights(
    source: KnownInsight['source'],
    said: readonly { readonly deal: string; readonly value: Json }[],
    at: string,
  ): Promise<readonly string[]> {
    if (said.length === 0) return [];
    const { org } = this.#database;
    const rows = await this.#database.run(sql<{ deal: string }>`
      with said as (select deal, value from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as one(deal text, value jsonb)),
      before as (select i.deal, i.value from deal_insights i join said using (deal) where i.org = ${org} and i.source = ${source}),
      kept as (
        insert into deal_insights (org, deal, source, value, read_at, looked_at)
        select ${org}, deal, ${source}, value, ${at}::timestamptz, ${at}::timestamptz from said
        on conflict (org, deal, source) do update set value = excluded.value, looked_at = excluded.looked_at,
          read_at = case when deal_insights.value = excluded.value then deal_insights.read_at else excluded.read_at end)
      select said.deal from said left join before using (deal) where before.value is distinct from said.value`);
    return rows.map(({ deal }) => deal);
  }

  /** Submitted referrals that are not over, by the network's id, those not looked at since `before` first. */
  async sharedDeals(
    network: string,
    before: string,
    limit: number,
  ): Promise<readonly { readonly deal: string; readonly networkId: string }[]> {
    const rows = await this.#database.run(sql<{ opportunity: string; network_id: string }>`
      select opportunity, network_id from (
        select distinct on (l.opportunity) l.opportunity, l.network_id, i.looked_at
        from referral_links l left join deal_insights i on i.org = l.org and i.deal = l.opportunity and i.source = 'aws'
        where l.org = ${this.#database.org} and l.network = ${network} and l.network_id is not null
          and l.review_status is not null and l.review_status <> 'Pending Submission'
        order by l.opportunity, l.attempt desc) shared
      where looked_at is null or looked_at < ${before}
      order by looked_at nulls first, opportunity limit ${limit}`);
    return rows.map(({ opportunity, network_id }) => ({ deal: opportunity, networkId: network_id }));
  }

  /** Deals that were referred to one of these partners and whose account is known. */
  async referredDeals(
    partners: readonly string[],
  ): Promise<readonly { readonly deal: string; readonly account: string; readonly partner: string }[]> {
    return this.#database.run(sql<{ deal: string; account: string; partner: string }>`
      select distinct opportunity as deal, account, partner from referral_links
      where org = ${this.#database.org} and partner = any(${[...partners]}) and account is not null`);
  }

  async place<Place>(name: string): Promise<Place | null> {
    const [row] = await this.#database.run(sql<{ place: Place }>`
      select place from score_places where org = ${this.#database.org} and name = ${name}`);
    return row?.place ?? null;
  }

  async moveTo(name: string, place: Json): Promise<void> {
    await this.#database.run(sql`
      insert into score_places (org, name, place) values (${this.#database.org}, ${name}, ${JSON.stringify(place)}::jsonb)
      on conflict (org, name) do update set place = excluded.place`);
  }

  async #insights(where: ReturnType<typeof sql>): Promise<readonly KnownInsight[]> {
    const rows = await this.#database.run(
      sql<{
        deal: string;
        source: KnownInsight['source'];
        value: Json;
        read_at: Date;
        looked_at: Date;
      }>`select deal, source, value, read_at, looked_at from deal_insights where org = ${this.#database.org} and ${where}`,
    );
    return rows.map(({ deal, source, value, read_at, looked_at }) => ({
      deal,
      source,
      value,
      readAt: read_at.toISOString(),
      lookedAt: looked_at.toISOString(),
    }));
  }
}
