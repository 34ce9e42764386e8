import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { masterKeyFrom } from '../../src/infrastructure/ledger/subject-keys.ts';
import { openTelemetryRoom, type TelemetryRoom } from '../../src/infrastructure/telemetry/telemetry-room.ts';
import { engineMasterKey, type EngineRoom, firstOrg, openEngineRoom } from '../../test/support/engine-room.ts';
import { dayAfter } from './history/days.ts';
import { sampleHistory } from './history/sample-history.ts';
import { loadTelemetry, type TelemetryPlace } from './load-telemetry.ts';

// PostgreSQL makes room for events by its own clock, so these are days of now.
const now = new Date();
const today = now.toISOString().slice(0, 10);

let engine: EngineRoom;
let room: TelemetryRoom;
let place: TelemetryPlace;
beforeAll(async () => {
  engine = await openEngineRoom();
  room = openTelemetryRoom(engine.database(), masterKeyFrom(engineMasterKey));
  place = { org: firstOrg, databaseUrl: engine.url, masterKey: engineMasterKey };
});
afterAll(() => engine.close());

test('what was heard of the partners is told once, then what came since, and adds up', async () => {
  const ids = (names: readonly string[]) => Promise.resolve(names.map((_, index) => `account-${index}`));
  const weeks = 10;
  const first = await loadTelemetry(place, ids, now, weeks);
  const history = sampleHistory({ today, closed: 0, open: 0 });
  const events = [...history.telemetry((index) => `account-${index}`, { weeks })];
  expect([first, await loadTelemetry(place, ids, now, weeks)]).toEqual([events.length, 0]);

  await room.roller.rollAll();
  const partner = history.partners.find(({ fate }) => fate === 'steady')?.key ?? '';
  const rows = await room.rollups.series({ partners: [partner], from: dayAfter(today, -90), to: today, by: 'week' });
  const sum = (kind: string): number =>
    rows.filter((row) => row.kind === kind).reduce((total, { value }) => total + value, 0);
  const told = (kind: string): number =>
    events
      .filter((event) => event.partner === partner && event.kind === kind)
      .reduce((total, { value }) => total + value, 0);
  expect(sum('product.sessions')).toBe(told('product.sessions'));
  expect(sum('partner.login')).toBe(told('partner.login'));
  expect((await room.rollups.changedSince(null)).partners).toContain(partner);
});
