import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { createTestDatabase } from '../../../../test/support/test-database.ts';
import { dayOf, dayText } from '../../../domain/telemetry/event.ts';
import { fileMap } from '../../../domain/telemetry/file-map.ts';
import { migrate } from '../../../infrastructure/database/migrate.ts';
import { openOrgDatabase } from '../../../infrastructure/database/org-database.ts';
import { openTelemetryRoom, type TelemetryRoom } from '../../../infrastructure/telemetry/telemetry-room.ts';
import { type ImportOrder, importFile } from './import-file.ts';

const nowMs = Date.now();
const today = dayOf(nowMs);
const folder = mkdtempSync(join(tmpdir(), 'tandem-telemetry-'));
let room: TelemetryRoom;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = () => database.drop();
  await migrate(database.url);
  room = openTelemetryRoom(
    openOrgDatabase('00D000000000001EAA', { url: database.url, maxConnections: 2 }),
    Buffer.alloc(32, 1),
  );
  await room.partners.keep(['acme']);
  await room.sources.add({ name: 'files', kinds: null, partners: null, partner: null });
});
afterAll(async () => {
  await room.close();
  await drop();
  rmSync(folder, { recursive: true });
});

const order = async (path: string, fields: Partial<ImportOrder> = {}): Promise<ImportOrder> => {
  const [source] = await room.sources.list();
  if (!source) throw new Error('no source');
  return {
    path,
    source,
    map: fileMap.parse({}),
    history: false,
    nowMs,
    refusedPath: `${path}.refused.csv`,
    onProgress: () => undefined,
    ...fields,
  };
};
const at = (daysAgo: number): Date => new Date(nowMs - daysAgo * 86_400_000);
const sums = (by: 'day' | 'week', from: number) =>
  room.rollups.series({ partners: ['acme'], from: dayText(today - from), to: dayText(today), by });

test('a CSV file is taken in by its map, once; refused rows stand in a file with line and reason', async () => {
  const path = join(folder, 'log.csv');
  const lines = [
    'number,when,what,who,customer,amount',
    `1,${at(1).toISOString()},Login,acme,,`,
    `2,${at(1).toISOString()},Login,acme,"Big, Ltd",3`,
    `3,${at(1).toISOString()},Login,nobody,,`,
    `4,yesterday,Login,acme,,`,
    `5,${at(1).toISOString()},Login,acme,,-1`,
    `1,${at(1).toISOString()},Login,acme,,`,
  ];
  writeFileSync(path, `\uFEFF${lines.join('\r\n')}\r\n`);
  const map = fileMap.parse({
    columns: { id: 'number', at: 'when', kind: 'what', partner: 'who', account: 'customer', value: 'amount' },
    values: { kind: { Login: 'partner.login' } },
  });
  expect(await importFile(room, await order(path, { map }))).toEqual({ rows: 6, accepted: 2, refused: 4 });
  const refused = readFileSync(`${path}.refused.csv`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(',').slice(0, 3).join());
  expect(refused).toEqual(['line,id,why', '4,3,unknown-partner', '5,4,malformed', '6,5,negative', '7,1,duplicate']);
  expect(await sums('day', 1)).toMatchObject([{ kind: 'partner.login', count: 2, value: 4 }]);
  expect(await importFile(room, await order(path, { map }))).toMatchObject({ accepted: 0, refused: 6 });
  expect(await sums('day', 1)).toMatchObject([{ count: 2, value: 4 }]);
});

test('a Parquet file of two years of history is taken in once and for all', async () => {
  const path = join(folder, 'history.parquet');
  const ages = [700, 400, 399, 20];
  writeFileSync(
    path,
    Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'id', data: ages.map((age) => `h${age}`), type: 'STRING' },
          { name: 'at', data: ages.map(at), type: 'TIMESTAMP' },
          { name: 'kind', data: ages.map(() => 'product.sessions'), type: 'STRING' },
          { name: 'partner', data: ages.map(() => 'acme'), type: 'STRING' },
          { name: 'value', data: ages.map((age) => BigInt(age)), type: 'INT64' },
        ],
      }),
    ),
  );
  expect(await importFile(room, await order(path))).toMatchObject({ accepted: 1, refused: 3 });
  expect(await importFile(room, await order(path, { history: true }))).toMatchObject({ accepted: 3, refused: 1 });
  const weeks = (await sums('week', 800)).filter(({ kind }) => kind === 'product.sessions');
  expect(weeks.reduce((sum, { value }) => sum + value, 0)).toBe(700 + 400 + 399 + 20);
  await expect(importFile(room, await order(path, { history: true }))).rejects.toThrow(/was taken in before/);
});
