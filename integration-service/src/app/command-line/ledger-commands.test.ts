import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EngineRoom, firstOrg, openEngineRoom } from '../../../test/support/engine-room.ts';
import { recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { personalDecision, verdictEntry } from '../../../test/support/recorded-entries.ts';
import { runTandem } from '../../../test/support/tandem-command.ts';
import { PostgresDecisionLedger } from '../../infrastructure/ledger/postgres-decision-ledger.ts';

let room: EngineRoom;
let folder: string;
let ledger: PostgresDecisionLedger;

beforeAll(async () => {
  room = await openEngineRoom();
  folder = mkdtempSync(join(tmpdir(), 'tandem-export-'));
  ledger = new PostgresDecisionLedger(room.database(), room.sealer, room.keys);
  await ledger.append([
    verdictEntry(firstOrg, recordedDecision('one')),
    verdictEntry(firstOrg, personalDecision('two'), 'person:pat'),
  ]);
});
afterAll(async () => {
  await room.close();
  rmSync(folder, { recursive: true });
});

/** With a database and nothing else: neither an org nor Redis answers. */
const tandem = (...args: string[]): ReturnType<typeof runTandem> =>
  runTandem([...args, '--org', firstOrg], {
    DATABASE_URL: room.url,
    REDIS_URL: 'redis://127.0.0.1:1',
    TANDEM_MASTER_KEY: 'a master key for tests, never for use',
  });

describe('tandem ledger', () => {
  test('signs, exports and verifies, the export without any setting', async () => {
    const kept = join(folder, 'checkpoints');
    const file = join(folder, 'ledger.jsonl');
    expect((await tandem('ledger', 'checkpoint', '--out', kept)).code).toBe(0);
    await ledger.append([verdictEntry(firstOrg, recordedDecision('three'))]);
    expect(await tandem('ledger', 'verify', '--checkpoint', kept)).toEqual({
      code: 0,
      output: expect.stringMatching(
        /3 entries, all of them hold\.\n.* covers the first 2; 1 entries and \d+ minutes? since/,
      ),
    });
    expect((await tandem('ledger', 'export', '--out', file)).output).toContain('3 entries are in');
    const verified = await runTandem(['ledger', 'verify', '--file', file, '--checkpoint', kept], {});
    expect(verified).toMatchObject({ code: 0, output: expect.stringContaining('3 entries, all of them hold.') });
    writeFileSync(file, readFileSync(file, 'utf8').replace('agent:compliance', 'agent:other'));
    expect(await runTandem(['ledger', 'verify', '--file', file], {})).toMatchObject({
      code: 1,
      output: expect.stringContaining('entry 1 does not hold'),
    });
  });
});
