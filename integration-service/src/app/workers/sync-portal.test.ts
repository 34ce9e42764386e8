import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { present } from '../../../test/support/present.ts';
import { fingerprint } from '../../domain/referrals/draft.ts';
import type { ReferralLink } from '../../infrastructure/database/referral-links.ts';
import { syncPortal } from './sync-portal.ts';

const settings = { reviewEveryMs: 3_600_000, approvedEveryMs: 3_600_000, atMost: 50 };
const shown = ['State__c', 'Step__c', 'Message__c', 'NextAction__c', 'NetworkId__c', 'ReviewStatus__c'];

let world: WorkingOrg;
beforeAll(async () => {
  world = await openWorkingOrg();
});
afterAll(() => world.close());

const sync = (): Promise<number> => {
  const { runtime } = world.open;
  return syncPortal(runtime, present(runtime.portals.get('aws-ace')), settings);
};

const linkOf = async (deal: string): Promise<ReferralLink> => present((await world.open.runtime.links.ofDeal(deal))[0]);

/** Everything that is followed is looked at now: what a quarter of an hour would do. */
const due = async (deal: string): Promise<void> => {
  await world.room.database(world.org.orgId).run(sql`
    update referral_links set next_poll_at = now() where opportunity = ${deal}`);
};

/** Files a deal of its own; gives it and its id at the network. */
const filed = async (): Promise<{ deal: string; networkId: string }> => {
  const deal = await world.makeDeal();
  await world.refer(deal);
  const link = await linkOf(deal);
  expect(link.state).toBe('submitted');
  return { deal, networkId: present(link.networkId) };
};

/** The record as people see it; steps as data, because the order of their keys says nothing. */
const whole = async (deal: string): Promise<Record<string, unknown>> => {
  const record = await world.referral(deal, [...shown, 'Steps__c', 'FiledAt__c', 'DecidedAt__c', 'StateChangedAt__c']);
  return { ...record, Steps__c: JSON.parse(String(record.Steps__c)) };
};

describe('following a review', () => {
  test('approved: the record says so, and what the partner’s own people write is read back', async () => {
    const { deal, networkId } = await filed();
    await world.ace.decide(networkId);
    await sync();
    expect(await world.referral(deal, shown)).toMatchObject({
      State__c: 'approved',
      Step__c: 'decided',
      ReviewStatus__c: 'Approved',
      NetworkId__c: networkId,
    });
    const summary = await world.referral(deal, ['PartnerSummary__c', 'DecidedAt__c']);
    expect(summary).toMatchObject({ DecidedAt__c: expect.any(String) });
    expect(JSON.parse(String(summary.PartnerSummary__c))).toMatchObject({ engagementScore: expect.anything() });
  });

  test('action required: the comment, and what may be changed now; a correction brings it under review again', async () => {
    const { deal, networkId } = await filed();
    await world.ace.decide(networkId, {
      verdict: 'Action Required',
      comments: 'Say more about the problem.',
      reason: null,
    });
    await sync();
    const asked = await world.referral(deal, [...shown, 'ReviewComments__c', 'EditableNow__c']);
    expect(asked).toMatchObject({
      State__c: 'action-required',
      ReviewComments__c: expect.stringContaining('Say more about the problem.'),
      NextAction__c: 'Change what the partner asks for and send it.',
    });
    expect(JSON.parse(String(asked.EditableNow__c))).toContain('Project.CustomerBusinessProblem');
    const answers = {
      'Project.CustomerBusinessProblem': 'Reports take a week and are out of date when they are read.',
    };
    const [referral] = await world.query<{ Id: string }>(`SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`);
    await world.request({
      Kind__c: 'correct',
      Surface__c: 'panel',
      Opportunity__c: deal,
      Referral__c: present(referral).Id,
      Input__c: JSON.stringify({ version: 1, shown: { fields: Object.keys(answers) }, answers }),
    });
    expect(await world.referral(deal, shown)).toMatchObject({
      State__c: 'submitted',
      ReviewStatus__c: 'Action Required',
    });
    await due(deal);
    await sync();
    expect(await world.referral(deal, ['State__c', 'ReviewStatus__c'])).toEqual({
      State__c: 'submitted',
      ReviewStatus__c: 'Submitted',
    });
  });

  describe('a deal that was changed after it was sent', () => {
    const sendsChanges = async (deal: string, changes: Readonly<Record<string, string>>) => {
      const [referral] = await world.query<{ Id: string }>(
        `SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`,
      );
      const targets = Object.keys(changes);
      const fingerprints = Object.fromEntries(targets.map((target) => [target, fingerprint(changes[target] ?? '')]));
      const id = await world.request({
        Kind__c: 'correct',
        Surface__c: 'panel',
        Opportunity__c: deal,
        Referral__c: present(referral).Id,
        Input__c: JSON.stringify({ version: 1, shown: { fields: targets, fingerprints }, changed: targets }),
      });
      const [answered] = await world.query<{ State__c: string; Message__c: string }>(
        `SELECT State__c, Message__c FROM Request__c WHERE Id = '${id}'`,
      );
      return present(answered);
    };
    const edit = (deal: string, fields: object): Promise<unknown> =>
      world.org.call('sally', 'PATCH', `sobjects/Opportunity/${deal}`, fields);

    test('approved: exactly what was shown is sent, the rest is refused by its name, and it stays approved', async () => {
      const { deal, networkId } = await filed();
      const updates = world.ace.calls('UpdateOpportunity').answered ?? 0;
      await edit(deal, {
        NextStep: 'Send the paper',
        CustomerProblem__c: 'Another problem than the one that was sent.',
      });
      const next = { 'LifeCycle.NextSteps': 'Send the paper' };
      expect(await sendsChanges(deal, next)).toMatchObject({
        State__c: 'refused',
        Message__c: 'Next steps cannot be changed while the review stands at “Submitted”.',
      });
      await world.ace.decide(networkId);
      await sync();
      const before = await world.referral(deal, ['EditableNow__c', 'StateChangedAt__c']);
      const editable = JSON.parse(String(before.EditableNow__c)) as string[];
      expect(editable).toContain('LifeCycle.NextSteps');
      expect(editable).not.toContain('Project.CustomerBusinessProblem');

      expect(
        await sendsChanges(deal, { 'Project.CustomerBusinessProblem': 'Another problem than the one that was sent.' }),
      ).toMatchObject({ State__c: 'refused', Message__c: expect.stringContaining('cannot be changed') });
      expect(await sendsChanges(deal, { 'LifeCycle.NextSteps': 'Something else' })).toMatchObject({
        State__c: 'refused',
      });
      expect(world.ace.calls('UpdateOpportunity').answered ?? 0).toBe(updates);

      expect(await sendsChanges(deal, next)).toMatchObject({ State__c: 'done' });
      expect((await world.ace.opportunitiesFor(deal))[0]?.body).toMatchObject({
        LifeCycle: { NextSteps: 'Send the paper' },
      });
      expect(await world.referral(deal, ['State__c', 'Step__c', 'EditableNow__c'])).toEqual({
        State__c: 'approved',
        Step__c: 'decided',
        EditableNow__c: before.EditableNow__c,
      });
      const [sent] = await world.query(
        `SELECT Value__c, SourceKind__c FROM ReferralValue__c WHERE Referral__r.Opportunity__c = '${deal}' AND Target__c = 'LifeCycle.NextSteps'`,
      );
      expect(sent).toMatchObject({ Value__c: 'Send the paper', SourceKind__c: 'record' });
      await due(deal);
      await sync();
      expect(await world.referral(deal, ['State__c', 'ReviewStatus__c'])).toEqual({
        State__c: 'approved',
        ReviewStatus__c: 'Approved',
      });
    });
  });

  test('rejected: it is over, and is not read any more', async () => {
    const { deal, networkId } = await filed();
    await world.ace.decide(networkId, { verdict: 'Rejected', comments: null, reason: 'Not a fit' });
    await sync();
    expect(await world.referral(deal, shown)).toMatchObject({ State__c: 'rejected', Step__c: 'decided' });
    expect(await linkOf(deal)).toMatchObject({ state: 'rejected', finished: true });
    world.ace.resetCalls();
    await sync();
    expect(world.ace.calls('GetOpportunity').answered ?? 0).toBe(0);
  });

  test('a notice is a hint: it makes one of ours be read next, once, and nobody else’s', async () => {
    const { deal, networkId } = await filed();
    const { links } = world.open.runtime;
    const isDue = async (): Promise<boolean> =>
      (await links.due('aws-ace', 50)).some(({ opportunity }) => opportunity === deal);
    await sync();
    expect(await isDue()).toBe(false);
    await links.noticed('notice-of-another', 'aws-ace', 'O0000000');
    expect(await isDue()).toBe(false);
    await links.noticed('notice-1', 'aws-ace', networkId);
    expect(await isDue()).toBe(true);
    await sync();
    await links.noticed('notice-1', 'aws-ace', networkId);
    expect(await isDue()).toBe(false);
  });

  test('what a worker wrote too late is put right, although the review has not moved', async () => {
    const { deal, networkId } = await filed();
    await world.ace.decide(networkId);
    await sync();
    const right = await whole(deal);
    const { runtime } = world.open;
    const link = await linkOf(deal);
    // The write that a frozen worker had begun before its lease was over.
    await runtime.crm.updateReferrals([
      {
        key: link.key,
        fields: {
          state: 'filing',
          step: 'recorded',
          steps: '[]',
          message: 'Checked and recorded.',
          retryAllowed: true,
        },
      },
    ]);
    await due(deal);
    await sync();
    expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'filing' });
    // It woke up, saw that its claim was lost, and asked for the repair.
    await runtime.links.rewriteRecordsOf(deal);
    await sync();
    expect(await whole(deal)).toEqual(right);
    expect(await world.referral(deal, ['RetryAllowed__c'])).toEqual({ RetryAllowed__c: false });
  });
});
