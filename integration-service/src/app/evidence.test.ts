import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { entriesOfDecision } from '../../bench/ledger/decisions.ts';
import { type EngineRoom, firstOrg, openEngineRoom } from '../../test/support/engine-room.ts';
import { present } from '../../test/support/present.ts';
import { intendedEntry, resultEntry } from '../agents/orchestration/decision-entries.ts';
import { PostgresDecisionLedger } from '../infrastructure/ledger/postgres-decision-ledger.ts';
import type { ChainedEntry, LedgerEntryInput } from '../ports/decision-ledger/decision-ledger.ts';
import { controlEntry } from './governance/record-control.ts';

type Entry = LedgerEntryInput & ChainedEntry;

const at = '2026-11-21T10:00:00.000Z';
const frame = { org: firstOrg, decision: 'decision-0', partner: 'aws', at, subject: 'deal:006' };
const effect = {
  key: 'k',
  step: 'create',
  port: 'partner-portal',
  operation: 'create-opportunity',
  body: '{}',
} as const;

let room: EngineRoom;
let columns: ReadonlySet<string>;
let entries: readonly Entry[];

beforeAll(async () => {
  room = await openEngineRoom();
  const database = room.database();
  const ledger = new PostgresDecisionLedger(database, room.sealer, room.keys);
  const act = {
    kind: 'change-policy',
    subject: 'co-selling:discount-bands:all',
    request: 'a01',
    actor: '005000000000001AAA',
    body: { what: 'Numbers were changed.', before: null, after: { actUpTo: 1_600 }, why: 'Quarter end.' },
  };
  await ledger.append([
    ...entriesOfDecision(0, firstOrg),
    intendedEntry(frame, effect, 'agent:co-selling'),
    resultEntry(frame, effect, { state: 'done', answer: { networkId: 'O1' }, lookedUp: false }),
    controlEntry(firstOrg, at, act),
  ]);
  entries = [
    ...(await ledger.read(firstOrg, 'decision-0')),
    ...(await ledger.read(firstOrg, 'change-policy:co-selling:discount-bands:all#a01')),
  ];
  const rows = await database.run(sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`);
  columns = new Set(rows.map(({ name }) => name));
});
afterAll(() => room.close());

/** Whether a path leads somewhere in a body; `[]` goes into the first member of a list. */
const leadsSomewhere = (body: unknown, path: string): boolean =>
  path
    .replaceAll('[]', '.0')
    .split('.')
    .reduce<unknown>((place, step) => (Object(place) as Record<string, unknown>)[step], body) !== undefined;

test('every field that the evidence names is there', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/evidence.md'), 'utf8');
  const named = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, field]) => present(field));
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter((field) => {
    const [kind = '', path] = field.split(': ');
    if (path === undefined) return !columns.has(field);
    return !entries.some((entry) => entry.kind === kind && leadsSomewhere(entry.body, path));
  });
  expect(missing).toEqual([]);
});

test('an act of a person and one of an agent are kept in the same form, with the same care', () => {
  const agent = present(entries.find(({ actor }) => actor.startsWith('agent:')));
  const person = present(entries.find(({ kind }) => kind === 'control'));
  expect(Object.keys(person)).toEqual(Object.keys(agent));
  for (const entry of [agent, person])
    for (const field of ['actor', 'at', 'decision', 'kind', 'partnerOfRecord', 'hash'] as const)
      expect(entry[field]).toMatch(/./);
});
