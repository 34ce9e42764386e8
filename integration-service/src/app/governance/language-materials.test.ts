import { describe, expect, test } from '@jest/globals';
import { ok } from '../../domain/values/result.ts';
import type { CrmRequest } from '../../ports/crm/crm.ts';
import type { OwnRecord, OwnRow } from '../../ports/crm/own-rows.ts';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import type { HeldWork } from '../workers/held-work.ts';
import type { GovernanceAnswer, GovernanceHandler } from './governance-handler.ts';
import { approveMaterialHandler, proposeMaterialHandler, withdrawMaterialHandler } from './language-materials.ts';

const service = '005000000000001AAA';
const [lea, tom] = ['005000000000002AAA', '005000000000003AAA'];
const claim = { version: 1, kind: 'value-proposition', title: 'Orders', body: { text: 'Orders are checked at once.' } };

/** An org with its materials, a ledger and an epoch; `dies` ends the work before the row is written, once. */
const world = () => {
  const rows = new Map<string, OwnRecord>();
  const ledger: LedgerEntryInput[] = [];
  const state = { epoch: 1, forgotten: 0, dies: false };
  const crm = {
    readRows: async () => ok([...rows.values()]),
    upsertRows: async (wanted: readonly OwnRow[]) => {
      if (state.dies) {
        state.dies = false;
        throw new Error('the process ended');
      }
      for (const { key, fields } of wanted) {
        const before = rows.get(key);
        rows.set(key, {
          id: key,
          key,
          name: null,
          fields: { ...before?.fields, ...fields },
          ownerId: null,
          modifiedById: service,
          modifiedAt: '2026-11-21T10:00:00.000Z',
        });
      }
      return ok(wanted.map(({ key }) => ({ key, id: key, problem: null })));
    },
    forgetSettings: () => (state.forgotten += 1),
  };
  const org = {
    org: '00D',
    user: service,
    crm,
    control: { raiseEpoch: async () => void (state.epoch += 1) },
    clock: { now: () => '2026-11-21T10:00:00.000Z' },
    ledger: {
      append: async (entries: readonly LedgerEntryInput[]) => {
        ledger.push(...entries);
        return entries.map((_, index) => ({ org: '00D', sequence: index, hash: 'h' }));
      },
      read: async (_org: string, decision: string) =>
        ledger.filter((entry) => entry.decision === decision).map((entry) => ({ ...entry, sequence: 0, hash: 'h' })),
    },
  } as unknown as OrgRuntime;
  let requests = 0;
  const ask = async (
    handler: GovernanceHandler,
    by: string,
    subject: string,
    input: unknown = { version: 1 },
    id = `a0${(requests += 1)}`,
  ): Promise<GovernanceAnswer> =>
    handler.handle({
      request: { id, subject, kind: handler.kind } as unknown as CrmRequest,
      input: handler.input.parse(input),
      person: { id: by, name: by, active: true, permissions: [], above: [] },
      held: { mayWrite: () => true } as unknown as HeldWork,
      org,
    });
  return { ask, rows, ledger, state };
};
const [propose, approve, withdraw] = [proposeMaterialHandler, approveMaterialHandler, withdrawMaterialHandler];
const line = 'value-proposition:orders';

describe('materials for texts', () => {
  test('are proposed by one person and approved by another, each on record, and every process hears of it', async () => {
    const { ask, rows, ledger, state } = world();
    expect(await ask(propose, lea, line, claim)).toMatchObject({
      state: 'done',
      result: { key: `${line}:v1`, version: 1 },
    });
    expect(rows.get(`${line}:v1`)?.fields).toMatchObject({
      status: 'proposed',
      proposedBy: lea,
      kind: 'value-proposition',
    });
    expect(await ask(approve, lea, `${line}:v1`)).toEqual({
      state: 'refused',
      message: expect.stringMatching(/yourself/),
    });
    const before = state.epoch;
    expect(await ask(approve, tom, `${line}:v1`)).toMatchObject({ state: 'done' });
    expect(rows.get(`${line}:v1`)?.fields).toMatchObject({ status: 'approved', approvedBy: tom });
    expect([state.epoch, state.forgotten > 0]).toEqual([before + 1, true]);
    expect(ledger.map(({ kind, decision, actor }) => [kind, decision.split('#')[0], actor])).toEqual([
      ['control', `propose-material:${line}`, lea],
      ['control', `approve-material:${line}:v1`, tom],
    ]);
  });

  test('a new version takes the place of the one before when it is approved, and not sooner', async () => {
    const { ask, rows } = world();
    await ask(propose, lea, line, claim);
    await ask(approve, tom, `${line}:v1`);
    await ask(propose, tom, `${line}:v1`, { ...claim, body: JSON.stringify({ text: 'Orders are checked.' }) });
    const states = () => [...rows.values()].map(({ key, fields }) => `${key} ${String(fields.status)}`);
    expect(states()).toEqual([`${line}:v1 approved`, `${line}:v2 proposed`]);
    await ask(approve, lea, `${line}:v2`);
    expect(states()).toEqual([`${line}:v1 withdrawn`, `${line}:v2 approved`]);
    expect(await ask(withdraw, lea, `${line}:v2`, { version: 1, reason: 'No longer true.' })).toMatchObject({
      state: 'done',
    });
    expect(states()).toEqual([`${line}:v1 withdrawn`, `${line}:v2 withdrawn`]);
  });

  test.each([
    ['of no kind', 'rumour:a', claim, /key is kind:name/],
    ['of another kind than its key', 'positioning:orders', claim, /key is kind:name/],
    ['not in the form of its kind', line, { ...claim, body: { words: 'x' } }, /cannot be a value-proposition: /],
    ['not JSON', line, { ...claim, body: 'Orders!' }, /not JSON/],
  ])('a proposal %s is refused', async (_says, subject, input, why) => {
    const { ask, rows, ledger } = world();
    expect(await ask(propose, lea, subject, input)).toEqual({ state: 'refused', message: expect.stringMatching(why) });
    expect([rows.size, ledger.length]).toEqual([0, 0]);
  });

  test.each([
    ['that is not there', {}, `${line}:v9`, /no such material/],
    ['without a version', {}, line, /version/],
    ['that was withdrawn', { status: 'withdrawn' }, `${line}:v1`, /withdrawn/],
    ['that somebody approved', { status: 'approved', approvedBy: lea }, `${line}:v1`, /already/],
    ['whose text was spoilt', { body: '{}' }, `${line}:v1`, /cannot be used/],
  ])('a yes to one %s is refused', async (_says, change, subject, why) => {
    const { ask, rows } = world();
    await ask(propose, lea, line, claim);
    const row = rows.get(`${line}:v1`);
    if (row) rows.set(row.key, { ...row, fields: { ...row.fields, ...change } });
    expect(await ask(approve, tom, subject)).toEqual({ state: 'refused', message: expect.stringMatching(why) });
  });

  test('a yes to one that was changed past Tandem is refused', async () => {
    const { ask, rows } = world();
    await ask(propose, lea, line, claim);
    const row = rows.get(`${line}:v1`);
    if (row) rows.set(row.key, { ...row, modifiedById: tom });
    expect(await ask(approve, tom, `${line}:v1`)).toEqual({
      state: 'refused',
      message: expect.stringMatching(/past Tandem/),
    });
  });

  test('a request that is worked again after a crash makes no second version', async () => {
    const { ask, rows, ledger, state } = world();
    state.dies = true;
    await expect(ask(propose, lea, line, claim, 'a0R')).rejects.toThrow('ended');
    expect(await ask(propose, lea, line, claim, 'a0R')).toMatchObject({ result: { version: 1 } });
    expect(await ask(propose, lea, line, claim, 'a0R')).toMatchObject({ result: { version: 1 } });
    expect([[...rows.keys()], ledger.length]).toEqual([[`${line}:v1`], 1]);
    state.dies = true;
    await expect(ask(approve, tom, `${line}:v1`, undefined, 'a0S')).rejects.toThrow('ended');
    expect(await ask(approve, tom, `${line}:v1`, undefined, 'a0S')).toMatchObject({ state: 'done' });
    expect(await ask(approve, tom, `${line}:v1`, undefined, 'a0S')).toMatchObject({ state: 'done' });
  });
});
