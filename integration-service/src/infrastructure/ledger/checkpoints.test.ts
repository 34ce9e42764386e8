import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type EngineRoom, firstOrg, openEngineRoom, secondOrg } from '../../../test/support/engine-room.ts';
import { present } from '../../../test/support/present.ts';
import { recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { approvalEntry, personalDecision, verdictEntry } from '../../../test/support/recorded-entries.ts';
import type { Checkpoint } from '../../ports/decision-ledger/decision-ledger.ts';
import { checkpointsFrom, writeCheckpoint } from './checkpoint-folder.ts';
import { CheckpointKey, readCheckpoints } from './checkpoints.ts';
import { exportLedger } from './export-ledger.ts';
import { PostgresCheckpoints } from './postgres-checkpoints.ts';
import { PostgresDecisionLedger } from './postgres-decision-ledger.ts';
import { SealedValues } from './sealed-values.ts';
import { masterKeyFrom } from './subject-keys.ts';
import { verifyExport } from './verify-export.ts';

let room: EngineRoom;
let ledger: PostgresDecisionLedger;
let checkpoints: PostgresCheckpoints;
const key = CheckpointKey.derivedFrom(masterKeyFrom('a master key for tests, never for use'));
const noon = '2026-11-21T12:00:00.000Z';

const open = async (): Promise<void> => {
  room = await openEngineRoom();
  ledger = new PostgresDecisionLedger(room.database(), room.sealer, room.keys);
  checkpoints = new PostgresCheckpoints(room.database(), key);
};

const person = 'user:005000000000001';
const append = (...decisions: string[]): Promise<unknown> =>
  ledger.append(decisions.map((decision) => verdictEntry(firstOrg, personalDecision(decision))));
const made = async (at = noon): Promise<Checkpoint> => present(await checkpoints.make(at));
const tamper = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: room.ownerUrl });
  await client.connect();
  await client.query(`set session_replication_role = replica; ${statement}`);
  await client.end();
};

describe('what a checkpoint says', () => {
  test('follows from the master key, or is signed by a key of its own', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const own = CheckpointKey.fromPem(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    expect(own.id).not.toBe(key.id);
    expect(CheckpointKey.derivedFrom(masterKeyFrom('a master key for tests, never for use')).id).toBe(key.id);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    expect(() => CheckpointKey.fromPem(rsa.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow(/of kind rsa/);
  });

  test.each<[string, Partial<Checkpoint>, RegExp]>([
    ['another entry', { sequence: 3 }, /signature does not hold/],
    ['another hash', { hash: 'f'.repeat(64) }, /signature does not hold/],
    ['another time', { at: '2026-11-21T12:00:01.000Z' }, /signature does not hold/],
    ['another key id', { keyId: '0'.repeat(16) }, /another key than it carries/],
    ['no hash', { hash: 'x' }, /has not the form/],
  ])('that says %s afterwards is refused', (_what, change, why) => {
    const signed = key.sign(firstOrg, { sequence: 2, hash: 'a'.repeat(64) }, noon);
    expect(readCheckpoints(JSON.stringify(signed))).toEqual([signed]);
    expect(readCheckpoints(`${JSON.stringify(signed)}\n${JSON.stringify(signed)}\n`)).toHaveLength(2);
    expect(() => readCheckpoints(JSON.stringify({ ...signed, ...change }))).toThrow(why);
  });
});

describe('a checkpoint', () => {
  beforeEach(open);
  afterEach(() => room.close());

  test('is made once for an entry, and says which key signed it', async () => {
    expect(await checkpoints.make(noon)).toBeNull();
    await append('d1', 'd2');
    const first = await made();
    expect(first).toMatchObject({ org: firstOrg, sequence: 2, at: noon, keyId: key.id });
    expect(await made('2026-11-21T13:00:00.000Z')).toEqual(first);
    await append('d3');
    await made('2026-11-21T13:00:00.000Z');
    expect((await checkpoints.after(0, 10)).map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(await checkpoints.after(2, 10)).toHaveLength(1);
    expect(await new PostgresCheckpoints(room.database(secondOrg), key).after(0, 10)).toEqual([]);
  });

  test('is kept in a folder, from which a changed one is told by its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-checkpoints-'));
    try {
      await append('d1');
      const checkpoint = await made();
      const file = await writeCheckpoint(folder, checkpoint);
      expect(await checkpointsFrom(folder)).toEqual([checkpoint]);
      writeFileSync(file, JSON.stringify({ ...checkpoint, sequence: 9 }));
      await expect(checkpointsFrom(folder)).rejects.toThrow(
        /000000000001\.json: the checkpoint of entry 9 was changed/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is not made of a chain that does not go on from the one before, or that does not hold since', async () => {
    await append('d1', 'd2');
    await made();
    await append('d3');
    await tamper(`update ledger_entries set actor = 'user:other' where sequence = 3`);
    await expect(made()).rejects.toThrow(/entry 3 of the ledger .* does not hold/);
    await tamper(`update ledger_entries set hash = sha256('x') where sequence = 2`);
    await expect(made()).rejects.toThrow(/is not the one of the checkpoint/);
  });

  test('tells how far it covers, and what was cut off or written anew since', async () => {
    await append('d1', 'd2');
    const checkpoint = await made();
    await append('d3');
    expect(await ledger.verify(firstOrg, [checkpoint])).toEqual({
      entries: 3,
      firstBad: null,
      checkpoint: { sequence: 2, at: noon, entriesSince: 1 },
    });
    const forged = key.sign(firstOrg, { sequence: 1, hash: 'a'.repeat(64) }, noon);
    expect((await ledger.verify(firstOrg, [forged, checkpoint])).firstBad).toEqual({
      sequence: 1,
      why: expect.stringMatching(/written anew somewhere from the first entry on/),
    });
    await tamper(`delete from ledger_entries where sequence > 1;
      update ledger_heads set (sequence, hash) = (select sequence, hash from ledger_entries where sequence = 1)`);
    expect(await ledger.verify(firstOrg)).toMatchObject({ firstBad: null });
    expect((await ledger.verify(firstOrg, [checkpoint])).firstBad).toEqual({
      sequence: 2,
      why: expect.stringMatching(/says 2 entries, 1 are there/),
    });
  });
});

describe('an exported ledger', () => {
  beforeEach(open);
  afterEach(() => room.close());

  const exported = async (personal = false): Promise<string[]> => {
    const lines = [];
    const values = new SealedValues(room.database(), room.keys);
    for await (const line of exportLedger(room.database(), values, { checkpoint: await made(), personal }))
      lines.push(line);
    return lines;
  };
  const verified = (lines: readonly string[], kept: readonly Checkpoint[] = []) =>
    verifyExport(
      (async function* () {
        yield* lines;
      })(),
      kept,
    );
  const fill = async (): Promise<void> => {
    await append('d1', 'd2');
    await ledger.append([
      approvalEntry(firstOrg, 'd1', 'approve', person),
      verdictEntry(firstOrg, recordedDecision('d3')),
    ]);
  };

  test('holds by itself, with personal values only where they were asked for', async () => {
    await fill();
    const plain = await exported();
    expect(await verified(plain)).toMatchObject({ org: firstOrg, entries: 4, firstBad: null, keyId: key.id });
    expect(plain.join()).not.toContain('"values"');
    const whole = await exported(true);
    expect(await verified(whole)).toMatchObject({ entries: 4, firstBad: null });
    expect(whole.filter((line) => line.includes('"values"'))).toHaveLength(2);
    // A person may be forgotten afterwards: what is exported then still holds.
    await room.keys.erase(room.database(), 'deal:006');
    expect((await exported(true)).join()).not.toContain('"values"');
  });

  test('with anything changed or missing is found out', async () => {
    await fill();
    const lines = await exported(true);
    const cases: readonly [string, (lines: string[]) => string[], number, RegExp][] = [
      [
        'a changed entry',
        (lines) => lines.map((line) => line.replace('"actor":"user:005', '"actor":"user:006')),
        3,
        /not what was written/,
      ],
      [
        'a missing entry',
        (lines) => lines.filter((line) => !line.includes('"entry","sequence":2,')),
        2,
        /entry 2 is missing/,
      ],
      ['a missing end', (lines) => lines.slice(0, -2), 4, /ends before its end: 4/],
      [
        'entries cut off before the end',
        (lines) => lines.filter((line) => !line.includes('"entry","sequence":4,')),
        4,
        /says 4 entries/,
      ],
      [
        'a changed shared text',
        (lines) => lines.map((line) => line.replace(/("kind":"content".*)discount/, '$1discounts')),
        1,
        /shares with other/,
      ],
      [
        'a changed personal value',
        (lines) => lines.map((line) => line.replace('"value":"f1"', '"value":"f2"')),
        1,
        /not the one committed to/,
      ],
      ['a line that is none', (lines) => [...lines.slice(0, 3), 'nonsense', ...lines.slice(3)], 2, /cannot be read/],
    ];
    for (const [what, change, sequence, why] of cases) {
      const changed = change(lines);
      expect({ what, changed }).not.toEqual({ what, changed: lines });
      expect({ what, ...(await verified(changed)) }).toMatchObject({
        what,
        firstBad: { sequence, why: expect.stringMatching(why) },
      });
    }
  });

  test('is held against checkpoints of others; those of later do not ask for more than it had', async () => {
    await append('d1', 'd2');
    const early = await made('2026-11-21T11:00:00.000Z');
    await fill();
    const lines = await exported();
    await append('d9');
    const late = await made('2026-11-21T13:00:00.000Z');
    expect(await verified(lines, [early, late])).toMatchObject({
      entries: 6,
      firstBad: null,
      checkpoint: { sequence: 2, entriesSince: 4 },
    });
    const forged = key.sign(firstOrg, { sequence: 5, hash: 'b'.repeat(64) }, '2026-11-21T11:30:00.000Z');
    expect((await verified(lines, [early, forged])).firstBad).toEqual({
      sequence: 5,
      why: expect.stringMatching(/somewhere after entry 2/),
    });
    const other = key.sign(secondOrg, { sequence: 5, hash: 'b'.repeat(64) }, noon);
    await expect(verified(lines, [other])).rejects.toThrow(/the ledger is of/);
    await expect(verified(['{}'])).rejects.toThrow(/does not begin as the export/);
  });
});
