import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EngineRoom, firstOrg, openEngineRoom } from '../../../test/support/engine-room.ts';
import { NOW } from '../../../test/support/guardrail-case.ts';
import { present } from '../../../test/support/present.ts';
import { recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { personalDecision, verdictEntry } from '../../../test/support/recorded-entries.ts';
import { runTandem } from '../../../test/support/tandem-command.ts';
import { personSubject } from '../../agents/orchestration/decision-entries.ts';
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
  test('judges decisions again as of then, and says what differs or cannot be', async () => {
    const whole = await tandem('ledger', 'replay', '--all');
    expect(whole).toMatchObject({
      code: 0,
      output: expect.stringMatching(/2 decisions: 2 the same as of then, 0 diff/),
    });
    const { verdict } = recordedDecision('forged');
    const [first, ...others] = verdict.judgements;
    const judgements = [{ ...present(first), reason: 'made up' }, ...others] as unknown as typeof verdict.judgements;
    await ledger.append([
      verdictEntry(firstOrg, { ...recordedDecision('forged'), verdict: { ...verdict, judgements } }),
    ]);
    await room.keys.erase(room.database(), 'person:pat');
    expect(await tandem('ledger', 'replay', '--day', NOW.slice(0, 10))).toEqual({
      code: 1,
      output: expect.stringMatching(
        /^two \(.*a person was erased.*\nforged \(.*DIFFERENT as of then\n {2}kill-switch: was allow: made up, is allow\n.*1 the same as of then, 1 different, 1 erased/,
      ),
    });
    expect((await tandem('ledger', 'replay', '--decision', 'nobody')).code).toBe(1);
    expect((await tandem('ledger', 'replay')).output).toMatch(/Say which decisions/);
  });

  test('signs, exports and verifies, the export without any setting', async () => {
    const kept = join(folder, 'checkpoints');
    const file = join(folder, 'ledger.jsonl');
    expect((await tandem('ledger', 'checkpoint', '--out', kept)).code).toBe(0);
    await ledger.append([verdictEntry(firstOrg, recordedDecision('three'))]);
    expect(await tandem('ledger', 'verify', '--checkpoint', kept)).toEqual({
      code: 0,
      output: expect.stringMatching(
        /4 entries, all of them hold\.\n.* covers the first 3; 1 entries and \d+ minutes? since/,
      ),
    });
    expect((await tandem('ledger', 'export', '--out', file)).output).toContain('4 entries are in');
    const verified = await runTandem(['ledger', 'verify', '--file', file, '--checkpoint', kept], {});
    expect(verified).toMatchObject({ code: 0, output: expect.stringContaining('4 entries, all of them hold.') });
    writeFileSync(file, readFileSync(file, 'utf8').replace('agent:compliance', 'agent:other'));
    expect(await runTandem(['ledger', 'verify', '--file', file], {})).toMatchObject({
      code: 1,
      output: expect.stringContaining('entry 1 does not hold'),
    });
  });

  test('tells what is held of a person, and forgets it with a reason on record', async () => {
    const contact = '003000000000001AAA';
    const personal = [{ path: 'Email', subject: personSubject(firstOrg, contact) }];
    await ledger.append([
      {
        ...verdictEntry(firstOrg, recordedDecision('of-pat')),
        body: { Email: 'pat@example.com' },
        personal,
        shared: [],
      },
    ]);
    const exported = await tandem('subject', 'export', '--person', contact);
    expect(exported).toMatchObject({ code: 0, output: expect.stringContaining('"value": "pat@example.com"') });
    expect((await tandem('subject', 'erase', '--person', contact)).output).toMatch(/Say why/);
    const erased = await tandem('subject', 'erase', '--person', contact, '--reason', 'asked by letter');
    expect(erased).toMatchObject({
      code: 0,
      output: expect.stringMatching(/1 keys are destroyed[^]*1 e-mail address/),
    });
    expect((await tandem('subject', 'export', '--person', contact)).output).not.toContain('pat@example.com');
    expect(await ledger.verify(firstOrg)).toMatchObject({ entries: 6, firstBad: null });
  });
});
