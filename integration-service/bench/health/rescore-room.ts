import { pino } from 'pino';
import pg from 'pg';
import { startPostgres } from '../../local/services/postgres.ts';
import { noTrace } from '../../src/agents/orchestration/trace-point.ts';
import type { HealthOrg } from '../../src/app/intelligence/health/health-page.ts';
import { ok } from '../../src/domain/values/result.ts';
import { PostgresControl } from '../../src/infrastructure/database/control.ts';
import { migrate } from '../../src/infrastructure/database/migrate.ts';
import { openOrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { PostgresHealth } from '../../src/infrastructure/health/postgres-health.ts';
import { LedgerSealer } from '../../src/infrastructure/ledger/ledger-sealer.ts';
import { PostgresDecisionLedger } from '../../src/infrastructure/ledger/postgres-decision-ledger.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';
import { openTelemetryRoom } from '../../src/infrastructure/telemetry/telemetry-room.ts';
import type { BookedPartner } from '../../src/ports/partner-book/partner-book.ts';
import { benchMasterKey, benchOrg } from '../ledger/ledger-room.ts';

/** When partners are looked at: the night to a Wednesday, then the one after. */
const NIGHTS = ['2026-11-18T03:00:00.000Z', '2026-11-19T03:00:00.000Z'] as const;
const WEEKS = 60;

/** What was asked of Salesforce, of which there is only the counting. */
export interface Asked {
  rows: number;
  /** Collections of 200. */
  calls: number;
}

/** Real PostgreSQL with so many partners' rollups, and a book of partners that answers from memory. */
export const openRescoreRoom = async (
  partners: number,
): Promise<{ readonly org: HealthOrg; readonly asked: Asked; nextNight(): void; close(): Promise<void> }> => {
  const postgres = await startPostgres();
  const url = await postgres.createDatabase('health');
  await migrate(url);
  const filling = new pg.Client({ connectionString: url });
  await filling.connect();
  // Four kinds a week, with a level of its own, a swing and noise for each partner; one in twenty fades. Of the week in
  // progress two of five days have been told.
  await filling.query(
    `insert into telemetry_weeks (org, partner, account, kind, week, events, value)
     select $1, 'partner-' || lpad(partner::text, 7, '0'), '', kind, date '2026-11-16' - 7 * ago, events, events
     from generate_series(1, $2) partner, generate_series(0, ${WEEKS}) ago,
       (values ('product.sessions', 40), ('product.feature-use', 90), ('partner.login', 6), ('partner.message', 4)) kinds(kind, usual),
       lateral (select (usual * (0.5 + (partner * 7919 % 100) / 50.0) * (0.8 + (partner * 31 + ago * 17) % 40 / 100.0)
         * case when partner % 20 = 0 and ago < 12 then (ago + 2) / 14.0 else 1 end
         * case when ago = 0 then 0.4 else 1 end)::int as events) told
     where events > 0`,
    [benchOrg, partners],
  );
  await filling.query('analyze telemetry_weeks');
  await filling.end();
  const database = openOrgDatabase(benchOrg, { url });
  const telemetry = openTelemetryRoom(openOrgDatabase(benchOrg, { url, maxConnections: 4 }), Buffer.alloc(32, 1));
  const keys = new SubjectKeys(masterKeyFrom(benchMasterKey));
  const book = (number: number): BookedPartner => ({
    id: `a00${String(number).padStart(15, '0')}`,
    key: `partner-${String(number).padStart(7, '0')}`,
    name: `Partner ${number}`,
    segment: ['reseller', 'advisory', 'technology'][number % 3] ?? '',
    active: true,
    manager: null,
  });
  const numberOf = (key: string): number => Number(key.slice('partner-'.length));
  const asked: Asked = { rows: 0, calls: 0 };
  let night: 0 | 1 = 0;
  const org = {
    org: benchOrg,
    user: '005000000000001AAA',
    clock: { now: () => NIGHTS[night] },
    log: pino({ level: 'silent' }),
    trace: noTrace,
    ledger: new PostgresDecisionLedger(database, new LedgerSealer(keys), keys),
    control: new PostgresControl(database),
    health: new PostgresHealth(database),
    telemetry,
    partnerBook: {
      page: (after: string | null, limit: number) => {
        const first = after === null ? 1 : numberOf(after) + 1;
        const count = Math.max(0, Math.min(limit, partners + 1 - first));
        return Promise.resolve(ok(Array.from({ length: count }, (_, index) => book(first + index))));
      },
      named: (some: readonly string[]) => Promise.resolve(ok(some.map((key) => book(numberOf(key))))),
      openBusiness: () => Promise.resolve(ok(new Map())),
    },
    crm: {
      upsertRows: (rows: readonly { readonly key: string }[]) => {
        asked.rows += rows.length;
        asked.calls += Math.ceil(rows.length / 200);
        return Promise.resolve(ok(rows.map(({ key }) => ({ key, id: null, problem: null }))));
      },
    },
    // Of the org's own parts only those stand here that a look asks.
  } as unknown as HealthOrg;
  return {
    org,
    asked,
    nextNight: () => {
      night = 1;
    },
    close: async () => {
      await Promise.all([database.close(), telemetry.close()]);
      await postgres.stop();
    },
  };
};
