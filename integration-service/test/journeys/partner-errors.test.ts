import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WHAT_TO_DO } from '../../src/connectors/aws-ace/failure.ts';
import { expectFiledOnce, isAtRest, type ReferralRow, referralsOf, untilFiled } from '../support/referral-checks.ts';
import { until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(async () => {
  await world?.close();
}, 60_000);
afterEach(() => world.ace.faults.clear());

const untilState = (deal: string, state: string): Promise<ReferralRow> => {
  let seen = '';
  return until(
    `the referral is ${state}`,
    async () => {
      const [row] = await referralsOf(world, deal);
      seen = JSON.stringify(row);
      return row?.State__c === state && (await isAtRest(world, deal)) && row;
    },
    { timeoutMs: 45_000, lastSeen: () => seen },
  );
};

const retry = (deal: string, referral: string): Promise<string> =>
  world.desk.request('retry', { Opportunity__c: deal, Referral__c: referral }, { version: 1 });

describe('AWS refuses what our own checks let pass', () => {
  test.each(Object.entries(WHAT_TO_DO))('%s: the record names the field and says what to do', async (code, todo) => {
    const deal = await world.makeDeal();
    const problem = { FieldName: 'Project.Title', Code: code as 'INVALID_VALUE', Message: 'AWS does not take this.' };
    world.ace.faults.add({ kind: 'refused', operation: 'CreateOpportunity', problem });
    await world.click(deal);
    const referral = await untilState(deal, 'failed');
    expect(referral.Message__c).toContain('Title');
    expect(referral.Message__c).toContain('AWS does not take this.');
    expect(referral.Message__c).toContain(todo);
    expect(referral.NextAction__c).toBe('Put it right, then try again.');
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  });

  test('once it is put right, a retry files it', async () => {
    const deal = await world.makeDeal();
    world.ace.faults.add({ kind: 'refused', operation: 'CreateOpportunity' });
    await world.click(deal);
    const { Id } = await untilState(deal, 'failed');
    await untilFiled(world, deal, [await retry(deal, Id)]);
    await expectFiledOnce(world, deal);
  });
});

describe('AWS answers with another error', () => {
  test.each([
    ['denied', 'Ask the AWS administrator for the policy AWSPartnerCentralOpportunityManagement.'],
    ['not-found', 'AWS does not have it, or this account may not see it'],
  ] as const)('%s: the seller is told, and a retry files it', async (kind, words) => {
    const deal = await world.makeDeal();
    world.ace.faults.add({ kind, operation: 'AssociateOpportunity' });
    await world.click(deal);
    const failed = await untilState(deal, 'failed');
    expect(failed.Message__c).toContain(words);
    expect(failed.NetworkId__c).toBe((await world.ace.opportunitiesFor(deal))[0]?.id);
    await untilFiled(world, deal, [await retry(deal, failed.Id)]);
    await expectFiledOnce(world, deal);
  });

  test('a quota that is used up: it is said, and goes on by itself', async () => {
    const deal = await world.makeDeal();
    world.ace.faults.add({ kind: 'quota-exceeded', operation: 'StartEngagementFromOpportunityTask' });
    const request = await world.click(deal);
    await until('the record tells of the quota', async () => {
      const [row] = await referralsOf(world, deal);
      return row?.Message__c?.includes('quota') && row.Message__c.includes('Ask AWS to raise it.');
    });
    await untilFiled(world, deal, [request]);
    await expectFiledOnce(world, deal);
  });
});

describe('what AWS would refuse is caught before it is sent', () => {
  test.each([
    ['a website that is none', { account: { Website: 'harbor' } }, 'Customer.Account.WebsiteUrl'],
    [
      'a postal code of another form',
      { account: { BillingPostalCode: '9810' } },
      'Customer.Account.Address.PostalCode',
    ],
    ['no customer problem', { opportunity: { CustomerProblem__c: null } }, 'Project.CustomerBusinessProblem'],
    ['a problem in too few words', { opportunity: { CustomerProblem__c: 'Slow.' } }, 'Project.CustomerBusinessProblem'],
    ['no expected spend', { opportunity: { PartnerMonthlySpend__c: null } }, 'Project.ExpectedCustomerSpend.Amount'],
    [
      'a country that does not exist',
      { account: { BillingCountry: 'Atlantis', BillingState: null } },
      'Customer.Account.Address.CountryCode',
    ],
  ] as const)('%s: exactly that is asked for', async (_what, changes, target) => {
    const deal = await world.makeDeal(changes);
    const before = world.ace.calls('CreateOpportunity').received;
    await world.click(deal);
    const { Questions__c } = await untilState(deal, 'needs-answers');
    const asked = JSON.parse(Questions__c ?? '[]') as { target: string; question: string; reason: string }[];
    expect(asked.map((question) => question.target)).toContain(target);
    for (const { question, reason } of asked) expect(`${question} ${reason}`.trim().length).toBeGreaterThan(10);
    expect(world.ace.calls('CreateOpportunity').received).toBe(before);
  });
});
