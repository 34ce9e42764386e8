import { sql } from 'kysely';
import type { OrgDatabase } from '../database/org-database.ts';
import { PostgresKnownPartners } from './known-partners.ts';
import { PostgresInsights } from './telemetry-insights.ts';
import { PostgresTelemetryEvents } from './telemetry-events.ts';
import { PostgresTelemetryRoller } from './telemetry-roller.ts';
import { PostgresTelemetryRollups } from './telemetry-rollups.ts';
import { PostgresTelemetrySources } from './telemetry-sources.ts';

/** How far something outside has been read, by a name of ours. */
export class TelemetryCursors {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async read(stream: string): Promise<string | null> {
    const rows = await this.#database.run(sql<{ cursor: string }>`
      select cursor from telemetry_cursors where org = ${this.#database.org} and stream = ${stream}`);
    return rows[0]?.cursor ?? null;
  }

  async keep(stream: string, cursor: string): Promise<void> {
    await this.#database.run(sql`
      insert into telemetry_cursors (org, stream, cursor) values (${this.#database.org}, ${stream}, ${cursor})
      on conflict (org, stream) do update set cursor = excluded.cursor`);
  }
}

/** Files of history that were taken in: their raw events are dropped sooner than that is forgotten. */
export class TelemetryImports {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async isFinished(source: number, digest: Buffer): Promise<boolean> {
    const rows = await this.#database.run(sql`
      select 1 from telemetry_imports where org = ${this.#database.org} and source = ${source} and digest = ${digest}`);
    return rows.length > 0;
  }

  async finished(source: number, digest: Buffer, rows: number): Promise<void> {
    await this.#database.run(sql`
      insert into telemetry_imports (org, source, digest, rows, finished_at)
      values (${this.#database.org}, ${source}, ${digest}, ${rows}, now()) on conflict do nothing`);
  }
}

/** Everything that keeps telemetry of one org, on connections of its own: telling much must not keep a click waiting. */
export interface TelemetryRoom {
  readonly sources: PostgresTelemetrySources;
  readonly events: PostgresTelemetryEvents;
  readonly roller: PostgresTelemetryRoller;
  readonly rollups: PostgresTelemetryRollups;
  readonly partners: PostgresKnownPartners;
  readonly insights: PostgresInsights;
  readonly cursors: TelemetryCursors;
  readonly imports: TelemetryImports;
  close(): Promise<void>;
}

export const openTelemetryRoom = (database: OrgDatabase, master: Buffer): TelemetryRoom => ({
  sources: new PostgresTelemetrySources(database, master),
  events: new PostgresTelemetryEvents(database),
  roller: new PostgresTelemetryRoller(database),
  rollups: new PostgresTelemetryRollups(database),
  partners: new PostgresKnownPartners(database),
  insights: new PostgresInsights(database),
  cursors: new TelemetryCursors(database),
  imports: new TelemetryImports(database),
  close: () => database.close(),
});
