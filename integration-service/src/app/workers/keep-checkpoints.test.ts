import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { firstOrg, openEngineRoom } from '../../../test/support/engine-room.ts';
import { approvalEntry } from '../../../test/support/recorded-entries.ts';
import { CheckpointKey } from '../../infrastructure/ledger/checkpoints.ts';
import { PostgresCheckpoints } from '../../infrastructure/ledger/postgres-checkpoints.ts';
import { PostgresDecisionLedger } from '../../infrastructure/ledger/postgres-decision-ledger.ts';
import { keepCheckpoints } from './keep-checkpoints.ts';

test('the ledger is signed after so many entries or so much time, into the folder, and never for nothing', async () => {
  const room = await openEngineRoom();
  const folder = mkdtempSync(join(tmpdir(), 'tandem-checkpoints-'));
  try {
    let now = '2026-11-21T10:00:00.000Z';
    const ledger = new PostgresDecisionLedger(room.database(), room.sealer, room.keys);
    const checkpoints = new PostgresCheckpoints(room.database(), CheckpointKey.derivedFrom(Buffer.alloc(32)));
    const org = { org: firstOrg, checkpoints, clock: { now: () => now }, log: pino({ level: 'silent' }) };
    const settings = { privateKey: null, folder, everyMs: 600_000, everyEntries: 3, token: null };
    const filesAfter = async (appended: number, at: string): Promise<number> => {
      now = at;
      const one = approvalEntry(firstOrg, 'd', 'approve', 'user:005000000000001');
      if (appended > 0) await ledger.append(Array.from({ length: appended }, () => one));
      await keepCheckpoints(org, settings);
      return readdirSync(folder).length;
    };
    expect(await filesAfter(0, now)).toBe(0);
    expect(await filesAfter(1, now)).toBe(1);
    expect(await filesAfter(2, now)).toBe(1);
    expect(await filesAfter(1, now)).toBe(2);
    expect(await filesAfter(1, '2026-11-21T10:09:59.999Z')).toBe(2);
    expect(await filesAfter(0, '2026-11-21T10:10:00.000Z')).toBe(3);
    expect(await filesAfter(0, '2026-11-22T10:00:00.000Z')).toBe(3);
  } finally {
    rmSync(folder, { recursive: true });
    await room.close();
  }
});
