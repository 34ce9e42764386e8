import { z } from 'zod';
import {
  dayOf,
  isRefused,
  MOST_EVENTS,
  HISTORY_DAYS,
  takeEvent,
  type TakenEvent,
} from '../../src/domain/telemetry/event.ts';
import { openOrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { masterKeyFrom } from '../../src/infrastructure/ledger/subject-keys.ts';
import { openTelemetryRoom, type TelemetryRoom } from '../../src/infrastructure/telemetry/telemetry-room.ts';
import { SYSTEM_USERNAME } from '../org/engine/bootstrap.ts';
import type { RunningOrg } from '../org/start-org.ts';
import { dayAfter } from './history/days.ts';
import { sampleHistory } from './history/sample-history.ts';

/** Where the service keeps telemetry of which org, and the key that it seals with. */
export interface TelemetryPlace {
  readonly org: string;
  readonly databaseUrl: string;
  readonly masterKey: string;
}

/** Gives the ids of accounts by name, in their order. */
export type AccountIds = (names: readonly string[]) => Promise<readonly string[]>;

const SOURCE = 'northwind-product';
const CURSOR = 'sample-history';

/** The day on which the history was made, and the last day that was told. */
const told = z.object({ today: z.iso.date(), last: z.iso.date() });

/**
 * Tells the service what was heard of the sample company's partners, as a source of the company's own: two years at the
 * first start, at later ones the days since. Each day is told once. Gives how many events were new.
 *
 * `weeks` instead of two years makes a test short.
 *
 * A source outside would send recent days to `POST /v1/telemetry`; years go in by import, past the window of that address.
 */
export const loadTelemetry = async (
  place: TelemetryPlace,
  accountIds: AccountIds,
  now: Date,
  weeks?: number,
): Promise<number> => {
  const room = openTelemetryRoom(
    openOrgDatabase(place.org, { url: place.databaseUrl, maxConnections: 2 }),
    masterKeyFrom(place.masterKey),
  );
  try {
    const until = now.toISOString().slice(0, 10);
    const cursor = await room.cursors.read(CURSOR);
    const before = cursor === null ? null : told.parse(JSON.parse(cursor));
    const today = before?.today ?? until;
    const history = sampleHistory({ today, closed: 0, open: 0 });
    const accounts = await accountIds(history.accounts.map(({ name }) => name));
    const days = {
      until,
      ...(before === null ? {} : { after: before.last }),
      ...(weeks === undefined ? {} : { weeks }),
    };
    const partners = new Set(history.partners.map(({ key }) => key));
    const bounds = {
      kinds: null,
      partners: null,
      isPartner: (key: string) => partners.has(key),
      nowMs: now.getTime(),
      windowDays: HISTORY_DAYS,
    };
    const events = [...history.telemetry((index) => accounts[index] ?? '', days)].map((event, index): TakenEvent => {
      const taken = takeEvent(event, index, bounds);
      if (isRefused(taken)) throw new Error(`The sample event ${JSON.stringify(event)} was refused: ${taken.says}`);
      return taken;
    });
    if (before === null) await room.roller.makeHistory(dayOf(now.getTime()));
    const source = await sourceOf(room);
    let accepted = 0;
    for (let start = 0; start < events.length; start += MOST_EVENTS)
      accepted += (await room.events.store(source, events.slice(start, start + MOST_EVENTS))).accepted;
    await room.cursors.keep(CURSOR, JSON.stringify({ today, last: dayAfter(until, -1) }));
    return accepted;
  } finally {
    await room.close();
  }
};

const sourceOf = async ({ sources }: TelemetryRoom): Promise<number> => {
  const find = async (): Promise<number | undefined> => (await sources.list()).find(({ name }) => name === SOURCE)?.id;
  const known = await find();
  if (known !== undefined) return known;
  await sources.add({ name: SOURCE, kinds: null, partners: null, partner: null });
  const made = await find();
  if (made === undefined) throw new Error(`the source ${SOURCE} was made and is not there`);
  return made;
};

/** Looks accounts up in a local org; one that is not there has an empty id. */
export const accountIdsIn =
  (org: RunningOrg): AccountIds =>
  async (names) => {
    const reader = org.engine.as(await org.engine.contextFor(SYSTEM_USERNAME));
    const list = names.map((name) => `'${name}'`).join(', ');
    const { records } = await reader.query(`SELECT Id, Name FROM Account WHERE Name IN (${list})`);
    const byName = new Map(records.map(({ Id, Name }) => [String(Name), String(Id)]));
    return names.map((name) => byName.get(name) ?? '');
  };
