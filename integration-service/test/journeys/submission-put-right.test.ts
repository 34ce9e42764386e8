import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AceClient, openAceClient } from '../../src/connectors/aws-ace/client.ts';
import { updateFrom } from '../../src/connectors/aws-ace/correction.ts';
import { awsAceSettings } from '../../src/connectors/aws-ace/settings.ts';
import type { JsonObject } from '../../src/domain/values/json.ts';
import { type ReferralRow, referralsOf, untilFiled } from '../support/referral-checks.ts';
import { until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

const startTask = 'StartEngagementFromOpportunityTask';
let world: TestWorld;
let aws: AceClient;

beforeAll(async () => {
  world = await openWorld();
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = world.world.serviceEnvironment;
  aws = openAceClient(awsAceSettings.parse({ endpoint: world.ace.url, accessKeyId, secretAccessKey }));
}, 120_000);
afterAll(async () => {
  aws?.close();
  await world?.close();
}, 60_000);

const call = async (operation: Parameters<AceClient['send']>[0], body: object): Promise<JsonObject> =>
  aws.send(operation, JSON.stringify({ Catalog: 'Sandbox', ...body }));

const untilState = (deal: string, state: string): Promise<ReferralRow> =>
  until(`the referral is ${state}`, async () => {
    const [row] = await referralsOf(world, deal);
    return row?.State__c === state && row;
  });

test.each(['failed-task', 'exception'] as const)(
  'a submission that AWS refused (%s) is put right and submitted by trying again',
  async (problems) => {
    world.ace.setTasks({ problems });
    world.ace.faults.add({ kind: 'hold-before-commit', operation: startTask });
    const deal = await world.makeDeal();
    await world.click(deal);
    await world.ace.faults.untilHeld();
    const [{ id } = { id: '' }] = await world.ace.opportunitiesFor(deal);
    const { PrimaryNeedsFromAws: _needs, ...unfit } = updateFrom(
      await call('GetOpportunity', { Identifier: id }),
      'Sandbox',
    );
    await call('UpdateOpportunity', unfit);
    world.ace.faults.release();
    expect((await untilState(deal, 'failed')).NetworkId__c).toBe(id);

    await world.admin.sobject('Opportunity').update({ Id: deal, Name: 'Renamed before it was tried again' });
    const again = await world.click(deal);
    await untilFiled(world, deal, [again]);

    const atAws = await world.ace.opportunitiesFor(deal);
    expect(atAws).toMatchObject([
      { id, body: { Project: { Title: 'Renamed before it was tried again' }, PrimaryNeedsFromAws: expect.anything() } },
    ]);
    expect(atAws[0]?.reviewStatus).not.toBe('Pending Submission');
    await world.verifyLedger();
  },
  90_000,
);
