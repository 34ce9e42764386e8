import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { CrmRequest } from '../../ports/crm/crm.ts';
import type { RequestAnswer } from '../../ports/crm/own-rows.ts';
import { PERMISSIONS, type PersonRights } from '../../ports/crm/person-rights.ts';
import { broken, ok } from '../../domain/values/result.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import type { HeldWork } from '../workers/held-work.ts';
import { defineHandler, done, type GovernanceHandler } from './governance-handler.ts';
import { runGovernance } from './run-governance.ts';

const person: PersonRights = {
  id: '005000000000001AAA',
  name: 'Ada Admin',
  active: true,
  permissions: [PERMISSIONS.stopAgents],
  above: [],
};

const request: CrmRequest = {
  id: 'a00000000000001AAA',
  kind: 'stop',
  state: 'new',
  opportunityId: null,
  referralId: null,
  partnerId: null,
  subject: 'all',
  surface: 'panel',
  clickedAt: null,
  createdAt: '2026-11-22T00:00:00.000Z',
  requestedBy: person.id,
  requestedByName: person.name,
  input: '{"version":1,"reason":"a drill"}',
};

const stop = defineHandler({
  kind: 'stop',
  input: z.strictObject({ version: z.literal(1), reason: z.string() }),
  needs: [PERMISSIONS.stopAgents, PERMISSIONS.manageGuardrails],
  handle: ({ input: { reason } }) => Promise.resolve(done(`Stopped: ${reason}.`, { reason })),
});

const unavailable = {
  kind: 'unavailable' as const,
  retry: 'safe' as const,
  message: 'the org is away',
  problems: [],
};

/** Runs one request with what the org says of the person; gives how it ended and what was written. */
const run = async (
  asked: Partial<CrmRequest>,
  {
    handler = stop,
    rights = ok(person),
    mayWrite = true,
    deal = request.id,
  }: {
    readonly handler?: GovernanceHandler;
    readonly rights?: Awaited<ReturnType<OrgRuntime['crm']['readPersonRights']>>;
    readonly mayWrite?: boolean;
    readonly deal?: string;
  } = {},
) => {
  const written: RequestAnswer[] = [];
  const crm = {
    readPersonRights: () => Promise.resolve(rights),
    answerRequest: (_id: string, answer: RequestAnswer) => {
      written.push(answer);
      return Promise.resolve(ok(null));
    },
  };
  const org = { crm, trace: () => undefined } as unknown as OrgRuntime;
  const held = { work: { target: request.id, deal, attempts: 1 }, mayWrite: () => mayWrite } as unknown as HeldWork;
  return { handled: await runGovernance(held, org, { ...request, ...asked }, [handler]), written };
};

describe('a request about the bounds of agents', () => {
  test('is done by its handler, and the answer is written on it', async () => {
    const { handled, written } = await run({});
    expect(handled).toEqual({ state: 'done', note: 'Stopped: a drill.' });
    expect(written).toEqual([{ state: 'done', message: 'Stopped: a drill.', result: { reason: 'a drill' } }]);
  });

  test.each([
    ['of a kind that nobody knows', { kind: 'paint-it-black' }, {}, 'does not know how to do "paint-it-black"'],
    ['of an agent', { surface: 'agent' }, {}, 'Agents may not ask for this'],
    ['whose input is not JSON', { input: 'stop!' }, {}, 'not JSON'],
    ['whose input lacks something', { input: null }, {}, 'reason:'],
    ['of a user who is not active', {}, { rights: ok({ ...person, active: false }) }, 'active user'],
    ['of nobody that the org knows', {}, { rights: ok(null) }, 'active user'],
    [
      'of whoever lacks the right',
      {},
      { rights: ok({ ...person, permissions: [] }) },
      'to stop agents or to manage guardrails',
    ],
    [
      'where rights are not told',
      {},
      { rights: broken({ ...unavailable, retry: 'never' as const }) },
      'could not be read',
    ],
  ])('%s is refused in plain words, and nothing is done', async (_which, asked, given, says) => {
    const handler = { ...stop, handle: () => Promise.reject(new Error('nobody may come here')) };
    const { handled, written } = await run(asked, { handler, ...given });
    expect(handled.state).toBe('refused');
    expect(written).toEqual([{ state: 'refused', message: expect.stringContaining(says) }]);
  });

  test('waits for an org that is away, and says nothing meanwhile', async () => {
    const { handled, written } = await run({}, { rights: broken(unavailable) });
    expect(handled).toMatchObject({ state: 'again', note: 'the org is away' });
    expect(written).toEqual([]);
  });

  test('that has its answer keeps it', async () => {
    expect(await run({ state: 'refused' })).toEqual({
      handled: { state: 'done', note: 'the request is refused' },
      written: [],
    });
  });

  test('goes to the line it must be done alone in, and is done there', async () => {
    const handler = { ...stop, alone: () => 'stop:all' };
    expect(await run({}, { handler })).toEqual({ handled: { state: 'other-deal', deal: 'stop:all' }, written: [] });
    expect((await run({}, { handler, deal: 'stop:all' })).handled.state).toBe('done');
  });

  test('is not answered by whoever lost the claim', async () => {
    expect(await run({}, { mayWrite: false })).toEqual({ handled: { state: 'lost' }, written: [] });
  });

  test('with more to tell than a record holds is answered without the details', async () => {
    const handler = { ...stop, handle: () => Promise.resolve(done('Done.', 'x'.repeat(131_072))) };
    const { written } = await run({}, { handler });
    expect(written).toEqual([{ state: 'done', message: 'Done. The details are too long to be shown here.' }]);
  });
});
