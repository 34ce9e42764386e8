import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { present } from '../../../test/support/present.ts';
import type { Crm } from '../../ports/crm/crm.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { runWork } from './run-work.ts';
import { sweepRequests } from './sweep-inbox.ts';
import { syncPortal } from './sync-portal.ts';

/** What belongs on a record, whoever wrote to it last. */
const shown = ['State__c', 'Step__c', 'Message__c', 'NextAction__c', 'Questions__c', 'BlockedBy__c', 'RetryAllowed__c'];

let world: WorkingOrg;
let aws: string;
beforeAll(async () => {
  world = await openWorkingOrg();
  aws = present((await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`))[0]).Id;
}, 120_000);
afterAll(() => world?.close());
afterEach(() => world?.ace.faults.clear());

/** A worker that stands still once it has read the facts, until it is woken. */
const stalledWorker = (runtime: OrgRuntime) => {
  let wake: () => void = () => undefined;
  const woken = new Promise<void>((resolve) => (wake = resolve));
  let fallAsleep: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => (fallAsleep = resolve));
  const crm = new Proxy<Crm>(runtime.crm, {
    get: (real, name) => {
      const member: unknown = Reflect.get(real, name, real);
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(member, real, given);
        if (name === 'readRequestContext') {
          fallAsleep();
          await woken;
        }
        return answer;
      };
    },
  });
  // It learns while it sleeps that its claim is lost, so what it writes afterwards cannot be what puts the record right.
  return { runtime: { ...runtime, crm, renewEveryMs: 20 }, asleep, wake };
};

const doWhatIsDue = async (): Promise<void> => {
  const { runtime } = world.open;
  for (const job of await runtime.inbox.due(10)) await runWork(runtime, job.id);
};

interface Asked {
  readonly State__c: string;
}
const request = async (id: string): Promise<Asked> =>
  present((await world.query<Asked>(`SELECT State__c FROM Request__c WHERE Id = '${id}'`))[0]);

/**
 * Two workers meet one click: the first falls asleep, the second does it to its end, and then the write lands that the
 * first had begun. Gives the record as the second left it, and what the first says when it wakes.
 */
const overwritten = async (deal: string, fields: readonly string[]) => {
  const { runtime } = world.open;
  const id = await world.org.insert('sally', 'Request__c', {
    Kind__c: 'refer',
    Surface__c: 'panel',
    Opportunity__c: deal,
    Partner__c: aws,
    Input__c: JSON.stringify({ version: 1, shown: { fields } }),
  });
  await sweepRequests(runtime);
  const job = present((await runtime.inbox.due(10))[0]);
  const stalled = stalledWorker((await world.another()).runtime);
  const late = runWork(stalled.runtime, job.id);
  await stalled.asleep;
  await world.room.database(world.org.orgId).run(sql`update claims set lease_until = now() where deal = ${deal}`);
  await runWork(runtime, job.id);
  const right = { record: await world.referral(deal, shown), request: await request(id) };
  await runtime.crm.write({
    referral: {
      key: `${deal}:aws:1`,
      fields: {
        state: 'filing',
        step: 'recorded',
        message: '',
        nextAction: '',
        questions: null,
        blockedBy: null,
        retryAllowed: false,
      },
      values: [],
    },
    request: { id, state: 'taken', message: '' },
    kept: [],
  });
  expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'filing' });
  stalled.wake();
  await late;
  return { right, now: async () => ({ record: await world.referral(deal, shown), request: await request(id) }) };
};

const everything = async (): Promise<readonly string[]> => {
  const read = await world.open.runtime.crm.readSettings(60_000);
  if (!read.ok) throw new Error(read.error.message);
  return read.value.mapping.map(({ target }) => target);
};

describe('a write that lands after the newer one is put right on the record of a referral that', () => {
  test('needs answers', async () => {
    const deal = await world.makeDeal({ opportunity: { CustomerProblem__c: null } });
    const { right, now } = await overwritten(deal, await everything());
    expect(right).toMatchObject({ record: { State__c: 'needs-answers' }, request: { State__c: 'done' } });
    expect(JSON.parse(String(right.record.Questions__c))).toMatchObject([
      { target: 'Project.CustomerBusinessProblem' },
    ]);
    await doWhatIsDue();
    expect(await now()).toEqual(right);
  });

  test('failed before AWS had it', async () => {
    world.ace.faults.add({ kind: 'refused', operation: 'CreateOpportunity', times: 2 });
    const deal = await world.makeDeal();
    const { right, now } = await overwritten(deal, await everything());
    expect(right).toMatchObject({
      record: { State__c: 'failed', RetryAllowed__c: true, NextAction__c: expect.stringMatching(/.+/) },
      request: { State__c: 'refused' },
    });
    await doWhatIsDue();
    expect(await now()).toEqual(right);
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  });

  test('waits for a yes', async () => {
    const deal = await world.makeDeal();
    const { right, now } = await overwritten(deal, []);
    expect(right).toMatchObject({
      record: { State__c: 'waiting-approval', BlockedBy__c: 'consent' },
      request: { State__c: 'refused' },
    });
    await doWhatIsDue();
    expect(await now()).toEqual(right);
  });

  test('is at AWS, and its request is answered again', async () => {
    const deal = await world.makeDeal();
    const { right, now } = await overwritten(deal, await everything());
    expect(right).toMatchObject({ record: { State__c: 'submitted' }, request: { State__c: 'done' } });
    await doWhatIsDue();
    const { runtime } = world.open;
    await syncPortal(runtime, present(runtime.portals.get('aws-ace')), {
      reviewEveryMs: 3_600_000,
      approvedEveryMs: 3_600_000,
      atMost: 50,
    });
    expect(await now()).toEqual(right);
    expect(await world.ace.opportunitiesFor(deal)).toHaveLength(1);
  });

  test('AWS has rejected', async () => {
    const deal = await world.makeDeal();
    const { runtime } = world.open;
    const portal = present(runtime.portals.get('aws-ace'));
    const settings = { reviewEveryMs: 3_600_000, approvedEveryMs: 3_600_000, atMost: 50 };
    await world.refer(deal);
    const { networkId, key } = present((await runtime.links.ofDeal(deal))[0]);
    await world.ace.decide(present(networkId), { verdict: 'Rejected', comments: 'Not enough detail.', reason: null });
    await syncPortal(runtime, portal, settings);
    const right = await world.referral(deal, [...shown, 'ReviewComments__c']);
    expect(right).toMatchObject({ State__c: 'rejected', NextAction__c: expect.stringMatching(/.+/) });
    await runtime.crm.updateReferrals([{ key, fields: { state: 'filing', message: '', nextAction: '' } }]);
    await runtime.links.rewriteRecordsOf(deal);
    await syncPortal(runtime, portal, settings);
    expect(await world.referral(deal, [...shown, 'ReviewComments__c'])).toEqual(right);
  });
});
