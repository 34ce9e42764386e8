import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EngineRoom, firstOrg, openEngineRoom } from '../../../test/support/engine-room.ts';
import { discountDecision, recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { approvalEntry, personalDecision, verdictEntry } from '../../../test/support/recorded-entries.ts';
import { CATALOGUE } from '../../domain/guardrails/catalogue.ts';
import { partReaderFor } from '../../domain/replay/decision-part.ts';
import type { RecordedDecision } from '../../domain/replay/recorded-decision.ts';
import { replayAsOfThen } from '../../domain/replay/replay.ts';
import type { DecisionQuery, LedgerDecision } from '../../ports/decision-ledger/decision-ledger.ts';
import { PostgresDecisionLedger } from './postgres-decision-ledger.ts';

let room: EngineRoom;
let ledger: PostgresDecisionLedger;

beforeEach(async () => {
  room = await openEngineRoom();
  ledger = new PostgresDecisionLedger(room.database(), room.sealer, room.keys);
});
afterEach(() => room.close());

const at = (decision: RecordedDecision, instant: string): RecordedDecision => ({ ...decision, at: instant });
const all = async (query?: DecisionQuery): Promise<readonly LedgerDecision[]> => {
  const decisions: LedgerDecision[] = [];
  for await (const decision of ledger.decisions(firstOrg, query)) decisions.push(decision);
  return decisions;
};
const idsOf = async (query: DecisionQuery): Promise<string[]> => (await all(query)).map(({ decision }) => decision);

describe('the decisions of a ledger', () => {
  test('come back as they were recorded, in order, with policies and fingerprints in their places', async () => {
    const decisions = [discountDecision('one', 1_600), recordedDecision('two')];
    await ledger.append(decisions.map((decision) => verdictEntry(firstOrg, decision)));
    const read = await all();
    expect(read.map((one) => one.read)).toEqual(decisions.map((value) => ({ ok: true, value })));
    expect(read.map(({ sequence, answers }) => [sequence, answers])).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  test('of every released version come out of the ledger judged the same', async () => {
    const folder = join(import.meta.dirname, '../../domain/replay/__fixtures__');
    const kept = readdirSync(folder).flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as RecordedDecision),
    );
    await ledger.append(kept.map((decision) => verdictEntry(firstOrg, decision)));
    const replayed = (await all()).map(({ read }) =>
      read.ok ? replayAsOfThen(read.value, CATALOGUE).kind : read.error,
    );
    expect(replayed).toEqual(kept.map(() => 'same'));
  });

  test('are those of a time, one of them, or the newest', async () => {
    const days = ['20', '21', '22', '23'];
    for (const day of days)
      await ledger.append([
        verdictEntry(firstOrg, at(recordedDecision(`d${day}`), `2026-11-${day}T00:00:00.000Z`)),
        approvalEntry(firstOrg, `other-${day}`, 'approve', 'user:005000000000001'),
      ]);
    expect(await idsOf({ from: '2026-11-21T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' })).toEqual(['d21', 'd22']);
    expect(await idsOf({ last: 2 })).toEqual(['d22', 'd23']);
    expect(await idsOf({ last: 9 })).toEqual(['d20', 'd21', 'd22', 'd23']);
    expect(await idsOf({ last: 1, to: '2026-11-22T00:00:00.000Z' })).toEqual(['d21']);
    expect(await idsOf({ decision: 'd23' })).toEqual(['d23']);
    expect(await idsOf({ decision: 'nobody' })).toEqual([]);
  });

  test('come with the last word of a person, unless it was taken back', async () => {
    const person = 'user:005000000000001';
    await ledger.append([
      ...['yes', 'no', 'back'].map((id) => verdictEntry(firstOrg, recordedDecision(id))),
      approvalEntry(firstOrg, 'yes', 'approve', person),
      approvalEntry(firstOrg, 'no', 'approve', person),
      approvalEntry(firstOrg, 'no', 'reject', person),
      approvalEntry(firstOrg, 'back', 'approve', person),
      approvalEntry(firstOrg, 'back', 'undo', person),
    ]);
    const by = { by: '005000000000001', at: '2026-11-21T12:00:00.000Z' };
    expect((await all()).map(({ answers }) => answers)).toEqual([
      { outcome: 'approved', ...by },
      { outcome: 'rejected', ...by },
      null,
    ]);
  });

  test('of an erased person say so, and can still be read without what was sealed', async () => {
    await ledger.append([verdictEntry(firstOrg, personalDecision('one'), 'person:pat')]);
    expect((await all())[0]?.read).toEqual({ ok: true, value: personalDecision('one') });
    const kept = await all({ personal: 'leave' });
    expect(kept[0]?.read).toMatchObject({ ok: true, value: { verdict: personalDecision('one').verdict } });
    expect(JSON.stringify(kept)).not.toContain('commitment');
    await room.keys.erase(room.database(), 'person:pat');
    expect((await all())[0]?.read).toMatchObject({ ok: false, error: { id: 'one', kind: 'erased' } });
    expect(await all({ personal: 'leave' })).toEqual(kept);
  });

  test('from before they were recorded whole are told as unreadable', async () => {
    const { record: _record, ...before } = verdictEntry(firstOrg, recordedDecision('old')).body as { record: object };
    await ledger.append([{ ...verdictEntry(firstOrg, recordedDecision('old')), body: before, personal: [] }]);
    expect((await all())[0]?.read).toEqual({
      ok: false,
      error: { id: 'old', kind: 'unreadable', what: ['record'] },
    });
  });

  test('go on over the end of a page, and whoever has seen enough may stop', async () => {
    const one = recordedDecision('one');
    const entries = Array.from({ length: 501 }, (_, index) => verdictEntry(firstOrg, { ...one, id: `d${index}` }));
    await ledger.append(entries);
    expect(await idsOf({})).toEqual(entries.map(({ decision }) => decision));
    for await (const { decision } of ledger.decisions(firstOrg)) {
      expect(decision).toBe('d0');
      break;
    }
  });

  test('are read in parts, with what they share in its place and without what is sealed', async () => {
    const decisions = [discountDecision('one', 1_600), personalDecision('two')];
    await ledger.append(decisions.map((decision) => verdictEntry(firstOrg, decision)));
    const reads = [];
    const reader = partReaderFor(['discount-bands', 'consent'], CATALOGUE);
    for await (const { decision, read } of ledger.parts(firstOrg, { last: 2 }, reader)) {
      expect(read).toMatchObject({ ok: true, value: { id: decision } });
      if (read.ok) reads.push(read.value);
    }
    expect(reads.map(({ facts }) => facts.policies)).toEqual(decisions.map(({ facts }) => facts.policies));
    expect(reads.map(({ facts }) => facts.quote)).toEqual(decisions.map(({ facts }) => facts.quote));
    expect(JSON.stringify(reads)).not.toContain('commitment');
  });
});
