import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { FrozenEffect } from '../../domain/decisions/effect.ts';
import type { LedgerEntryInput, LedgerKind } from '../../ports/decision-ledger/decision-ledger.ts';
import type { BeginEffect, PlaceInDay } from '../../ports/effect-log/effect-log.ts';
import { present } from '../../../test/support/present.ts';
import { type EngineRoom, firstOrg, openEngineRoom } from '../../../test/support/engine-room.ts';
import { PostgresControl } from './control.ts';
import { PostgresEffectLog } from './effects.ts';
import { type ClaimedDeal, PostgresInbox } from './inbox.ts';
import type { OrgDatabase } from './org-database.ts';

let room: EngineRoom;
let database: OrgDatabase;
let inbox: PostgresInbox;
let effects: PostgresEffectLog;
let control: PostgresControl;

beforeAll(async () => {
  room = await openEngineRoom();
  database = room.database();
  inbox = new PostgresInbox(database, 'worker-1');
  effects = new PostgresEffectLog(database, room.sealer);
  control = new PostgresControl(database);
});
afterAll(() => room.close());

const claimed = async (deal: string): Promise<ClaimedDeal> => {
  const work = { kind: 'request' as const, target: deal, deal, correlation: 'c', priority: 5, payload: {} };
  const [job] = await inbox.add([work]);
  return present(await inbox.claim(present(job).id));
};
const effect = (key: string, body = '{"Title":"A"}'): FrozenEffect => ({
  key,
  step: 'create',
  port: 'partner-portal',
  operation: 'create-opportunity',
  body,
});
const entry = (kind: LedgerKind, decision: string): LedgerEntryInput => ({
  org: firstOrg,
  kind,
  decision,
  at: '2026-11-21T10:00:00.000Z',
  actor: 'agent:co-selling',
  partnerOfRecord: 'aws',
  body: { note: kind },
  personal: [],
});
const begin = (held: ClaimedDeal, key: string, extra: Partial<BeginEffect> = {}): BeginEffect => ({
  claim: held.claim,
  decision: key,
  effect: effect(key),
  scopes: ['all', 'function:co-selling', 'partner:aws'],
  before: [],
  intended: entry('effect-intended', key),
  ...extra,
});
const kinds = async (decision: string): Promise<readonly string[]> =>
  (
    await database.run(sql<{ kind: string }>`
      select kind from ledger_entries where org = ${firstOrg} and decision = ${decision} order by sequence`)
  ).map((row) => row.kind);

/** The same claim as a later one would have it: judged under what is in force now. */
const withEpochNow = async <Held extends { readonly epoch: string }>(claim: Held): Promise<Held> => {
  const [row] = await database.run(sql<{ epoch: string }>`select epoch from control where org = ${firstOrg}`);
  return { ...claim, epoch: row?.epoch ?? claim.epoch };
};

describe('starting an effect', () => {
  test('records the intention and the decision before it says send', async () => {
    const held = await claimed('plain');
    expect(await effects.begin(begin(held, 'plain', { before: [entry('proposal', 'plain')] }))).toEqual({
      kind: 'send',
    });
    expect(await kinds('plain')).toEqual(['proposal', 'effect-intended']);
  });

  test('tells the answer of an effect that was done, and writes no second intention', async () => {
    const held = await claimed('done');
    await effects.begin(begin(held, 'done'));
    const outcome = { state: 'done' as const, answer: { Id: 'O1' }, lookedUp: false };
    await effects.settle({ key: 'done', outcome, entry: entry('effect-result', 'done') });
    expect(await effects.begin(begin(held, 'done'))).toEqual({ kind: 'known', outcome });
    expect(await kinds('done')).toEqual(['effect-intended', 'effect-result']);
  });

  test('asks to look up what was intended and never settled, with the bytes of the first time', async () => {
    const held = await claimed('unknown');
    await effects.begin(begin(held, 'unknown'));
    const second = await effects.begin(begin(held, 'unknown', { effect: effect('unknown', '{"Title":"B"}') }));
    expect(second).toEqual({ kind: 'look-up', effect: effect('unknown') });
  });

  test('takes new bytes for what was refused, because nothing of it stands at the far side', async () => {
    const held = await claimed('refused');
    await effects.begin(begin(held, 'refused'));
    const outcome = { state: 'refused' as const, problems: [], message: 'no' };
    await effects.settle({ key: 'refused', outcome, entry: entry('effect-result', 'refused') });
    expect(await effects.begin(begin(held, 'refused', { effect: effect('refused', '{"Title":"B"}') }))).toEqual({
      kind: 'send',
    });
  });

  test('does not start under a claim that was lost', async () => {
    const held = await claimed('lost');
    await database.run(sql`update claims set lease_until = now() - interval '1 second' where deal = 'lost'`);
    expect(await effects.begin(begin(held, 'lost'))).toEqual({ kind: 'stopped', why: 'claim-lost' });
    expect(await kinds('lost')).toEqual([]);
  });

  test('does not start when a grant or a mode changed after it was judged', async () => {
    const held = await claimed('epoch');
    await control.raiseEpoch();
    expect(await effects.begin(begin(held, 'epoch'))).toEqual({ kind: 'stopped', why: 'epoch-changed' });
    const fresh = await withEpochNow(held.claim);
    expect(await effects.begin(begin({ ...held, claim: fresh }, 'epoch'))).toEqual({ kind: 'send' });
  });

  test.each([['all'], ['function:co-selling'], ['partner:aws']])(
    'does not start while %s is stopped',
    async (scope) => {
      await control.stop(scope, 'a drill', 'operator');
      const held = await claimed(`killed-${scope}`);
      expect(await effects.begin(begin(held, `killed-${scope}`))).toEqual({ kind: 'stopped', why: 'killed', scope });
      expect(await control.resume(scope)).toBe(true);
    },
  );

  test('keeps the result of the effect before even when this one may not start', async () => {
    const held = await claimed('chain');
    await effects.begin(begin(held, 'chain-1'));
    await control.stop('all', 'a drill', 'operator');
    const outcome = { state: 'done' as const, answer: { Id: 'O2' }, lookedUp: false };
    const settled = { key: 'chain-1', outcome, entry: entry('effect-result', 'chain-1') };
    const claim = await withEpochNow(held.claim);
    expect(await effects.begin(begin({ ...held, claim }, 'chain-2', { settled }))).toMatchObject({ why: 'killed' });
    await control.resume('all');
    expect(await effects.of('chain-1')).toEqual([{ step: 'create', state: 'done', sent: 1 }]);
  });
});

describe('the room of a day', () => {
  const day = (partner: string, more: Partial<PlaceInDay> = {}): PlaceInDay => ({
    function: 'co-selling',
    partner,
    currency: 'USD',
    minor: 100,
    mostActions: null,
    mostMinor: null,
    ...more,
  });
  const countOf = async (partner: string): Promise<number> =>
    Number(
      present(
        (
          await database.run(sql<{ actions: string }>`
            select coalesce(sum(actions), 0) as actions from day_totals where org = ${firstOrg} and partner = ${partner}`)
        )[0],
      ).actions,
    );

  test('is taken by no more than fit in, however many were judged at once and by however many processes', async () => {
    const others = new PostgresEffectLog(room.database(), room.sealer);
    const names = Array.from({ length: 8 }, (_none, index) => `room-${index}`);
    const held = await Promise.all(names.map((name) => claimed(name)));
    const answers = await Promise.all(
      held.map((one, index) =>
        (index % 2 === 0 ? effects : others).begin(
          begin(one, names[index] ?? '', {
            day: day('narrow', { mostActions: 3 }),
            before: [entry('verdict', `v${index}`)],
          }),
        ),
      ),
    );
    expect(answers.filter(({ kind }) => kind === 'send')).toHaveLength(3);
    expect(answers.filter((answer) => 'why' in answer && answer.why === 'day-full')).toHaveLength(5);
    expect(await countOf('narrow')).toBe(3);
    // What was judged is recorded all the same, and nothing is intended.
    for (const [index, answer] of answers.entries())
      if (answer.kind !== 'send')
        expect([await kinds(`v${index}`), await kinds(names[index] ?? '')]).toEqual([['verdict'], []]);
  });

  test('is taken once by one action, begun again after a crash', async () => {
    const held = await claimed('twice');
    const started = begin(held, 'twice', { day: day('once', { mostActions: 1 }) });
    expect(await effects.begin(started)).toEqual({ kind: 'send' });
    expect(await effects.begin(started)).toMatchObject({ kind: 'look-up' });
    expect(await countOf('once')).toBe(1);
  });

  test('is measured in money too, and told with the next claim', async () => {
    const first = await claimed('money-1');
    expect(await effects.begin(begin(first, 'money-1', { day: day('rich', { mostMinor: 150 }) }))).toEqual({
      kind: 'send',
    });
    const second = await claimed('money-2');
    const [answer, other] = [
      await effects.begin(begin(second, 'money-2', { day: day('rich', { mostMinor: 150 }) })),
      await effects.begin(begin(second, 'money-3', { day: day('rich', { mostMinor: 150, currency: 'EUR' }) })),
    ];
    expect(answer).toEqual({ kind: 'stopped', why: 'day-full' });
    expect(other).toEqual({ kind: 'send' });
    const { today } = await claimed('money-4');
    expect(today.totals).toContainEqual({
      function: 'co-selling',
      partner: 'rich',
      currency: 'USD',
      actions: 1,
      minor: 100,
    });
  });
});
