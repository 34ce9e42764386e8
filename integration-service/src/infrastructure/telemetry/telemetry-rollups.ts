import { sql } from 'kysely';
import { kindsOf, signalOf, type EventKind } from '../../domain/telemetry/event-kinds.ts';
import type {
  AccountRollupRow,
  ChangedPartners,
  RollupQuery,
  RollupRow,
  TelemetryRollups,
} from '../../ports/telemetry/telemetry.ts';
import type { OrgDatabase } from '../database/org-database.ts';

interface Row {
  readonly partner: string;
  readonly account: string;
  readonly kind: string;
  readonly period: string;
  readonly events: string;
  readonly value: string;
}

const everyKind = [...kindsOf('usage'), ...kindsOf('interaction')];

/** Rollups as PostgreSQL holds them. Numbers leave as doubles: what is exact below is rounded here, once. */
export class PostgresTelemetryRollups implements TelemetryRollups {
  readonly #database: OrgDatabase;

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  async series(query: RollupQuery): Promise<readonly RollupRow[]> {
    return (await this.#read(query, false)).map(({ account: _account, ...row }) => row);
  }

  accountSeries(query: RollupQuery): Promise<readonly AccountRollupRow[]> {
    return this.#read(query, true);
  }

  async changedSince(cursor: string | null, limit = 10_000): Promise<ChangedPartners> {
    const after = cursor ?? '0';
    if (!/^\d{1,18}$/.test(after)) throw new Error(`"${after}" is no cursor of telemetry changes`);
    const rows = await this.#database.run(sql<{ partner: string; change: string }>`
      select partner, change from telemetry_changes where org = ${this.#database.org} and change > ${after}::bigint
      order by change limit ${limit}`);
    return { partners: rows.map(({ partner }) => partner), cursor: rows.at(-1)?.change ?? after };
  }

  async #read({ partners, from, to, by }: RollupQuery, apart: boolean): Promise<readonly AccountRollupRow[]> {
    const period = sql.ref(by === 'day' ? 'day' : 'week');
    const rows = await this.#database.run(sql<Row>`
      select partner, ${apart ? sql`account` : sql`''`} as account, kind, ${period}::text as period,
        sum(events) as events, sum(value) as value
      from ${sql.table(by === 'day' ? 'telemetry_days' : 'telemetry_weeks')}
      where org = ${this.#database.org} and ${period} between ${from}::date and ${to}::date
        and kind = any (${everyKind}) ${partners === undefined ? sql`` : sql`and partner = any (${partners})`}
      group by partner, ${apart ? sql`account,` : sql``} kind, ${period}
      order by partner, kind, ${period} ${apart ? sql`, account` : sql``}`);
    return rows.flatMap(({ partner, account, kind, period: first, events, value }) => {
      const signal = signalOf(kind);
      return signal === null
        ? []
        : [
            {
              partner,
              account,
              signal,
              kind: kind as EventKind,
              period: first,
              count: Number(events),
              value: Number(value),
            },
          ];
    });
  }
}
