import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Audience, Insight } from '../../domain/telemetry/insights.ts';
import { canonicalJson, type Json } from '../../domain/values/json.ts';
import type { OrgDatabase } from '../database/org-database.ts';

/** An insight that its record in the CRM does not show yet; `over`: it holds no more. */
export interface UnshownInsight {
  readonly insight: Insight;
  readonly over: boolean;
  /** Hand it back when it is shown. */
  readonly digest: string;
}

const digestOf = (insight: Insight): string =>
  createHash('sha256')
    .update(canonicalJson(insight as unknown as Json))
    .digest('hex');

/** What was made of the rollups of one org, so that a record is written only where it would say something else. */
export class PostgresInsights {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  /** What holds for one partner and audience now; what held before and does not any more is over. */
  async replace(partner: string, audience: Audience, insights: readonly Insight[]): Promise<void> {
    const { org } = this.#database;
    const rows = insights.map((insight) => ({
      key: insight.key,
      insight,
      digest: digestOf(insight),
    }));
    await this.#database.run(sql`
      with given as (
        select key, insight, decode(digest, 'hex') as digest
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as rows (key text, insight jsonb, digest text)
      ), ended as (
        update telemetry_insights set digest = sha256('over:'::bytea || digest), over = true, changed_at = now()
        where org = ${org} and partner = ${partner} and audience = ${audience} and not over
          and key not in (select key from given)
      )
      insert into telemetry_insights as old (org, key, partner, audience, insight, digest)
      select ${org}, key, ${partner}, ${audience}, insight, digest from given
      on conflict (org, key) do update
        set insight = excluded.insight, digest = excluded.digest, over = false, changed_at = now()
        where old.digest is distinct from excluded.digest`);
  }

  /** Those whose records say something else, the oldest change first. */
  async unshown(limit: number): Promise<readonly UnshownInsight[]> {
    const rows = await this.#database.run(sql<{ insight: Insight; over: boolean; digest: Buffer }>`
      select insight, over, digest from telemetry_insights
      where org = ${this.#database.org} and shown_digest is distinct from digest order by changed_at limit ${limit}`);
    return rows.map(({ insight, over, digest }) => ({ insight, over, digest: digest.toString('hex') }));
  }

  /** Their records say so now; what is over and said to be over is forgotten. */
  async shown(insights: readonly UnshownInsight[]): Promise<void> {
    const { org } = this.#database;
    const rows = insights.map(({ insight, digest }) => ({ key: insight.key, digest }));
    await this.#database.run(sql`
      with given as (
        select key, decode(digest, 'hex') as digest
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as rows (key text, digest text)
      ), gone as (
        delete from telemetry_insights known using given
        where known.org = ${org} and known.key = given.key and known.digest = given.digest and known.over
      )
      update telemetry_insights known set shown_digest = given.digest from given
      where known.org = ${org} and known.key = given.key and not known.over`);
  }

  /** What holds now for one partner, the weightiest first. */
  async of(partner: string, audience: Audience): Promise<readonly Insight[]> {
    const rows = await this.#database.run(sql<{ insight: Insight }>`
      select insight from telemetry_insights
      where org = ${this.#database.org} and partner = ${partner} and audience = ${audience} and not over
      order by (insight ->> 'weight')::numeric desc, key`);
    return rows.map(({ insight }) => insight);
  }

  /** Partners that something was made of, for whom nothing has changed since. */
  async partners(audience: Audience): Promise<readonly string[]> {
    const rows = await this.#database.run(sql<{ partner: string }>`
      select distinct partner from telemetry_insights where org = ${this.#database.org} and audience = ${audience} and not over`);
    return rows.map(({ partner }) => partner);
  }
}
