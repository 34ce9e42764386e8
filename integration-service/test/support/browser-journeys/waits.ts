import { expect, test } from '@jest/globals';
import { seededSample } from '../seeded-sample.ts';
import type { BrowserWorld } from '../browser-world.ts';

/** What AWS says where it refuses what our own checks let pass. */
const refusal = {
  FieldName: 'Customer.Account.WebsiteUrl',
  Code: 'INVALID_VALUE',
  Message: 'The website does not belong to a company that AWS knows.',
} as const;

/** What a seller sees when it does not go on at once: a line. */
export const lineJourneys = (world: () => BrowserWorld): void => {
  test('while AWS is busy the panel tells the place in line, and each deal is filed once, in its turn', async () => {
    const { ace, keepAwsBusy, makeDeal, openDeal } = world();
    const deals = [await makeDeal(), await makeDeal()];
    const panels = await Promise.all(deals.map((deal) => openDeal('sally.seller', deal)));
    await Promise.all(panels.map((panel) => panel.button('Refer to AWS').waitFor()));
    await keepAwsBusy(14);
    for (const panel of panels) await panel.button('Refer to AWS').click();
    for (const panel of panels) {
      await panel.says('Waiting in line to file with AWS');
      await panel.shows(/Your place in line: \d, about \d+ sec/);
    }
    await panels[0]?.looksRight();
    for (const panel of panels) await panel.says('AWS is reviewing this deal');
    const held = await Promise.all(deals.map((deal) => ace.opportunitiesFor(deal)));
    expect(held.map(({ length }) => length)).toEqual([1, 1]);
  });
};

/** … a refusal. */
export const retryJourneys = (world: () => BrowserWorld): void => {
  test.each(
    seededSample(
      [
        ['when AWS had it already', 'StartEngagementFromOpportunityTask', 'In review'],
        ['before AWS had it', 'CreateOpportunity', 'Not filed'],
      ] as const,
      1,
    ).items,
  )('a referral that failed %s is tried again, and AWS holds it once', async (_when, operation, stoppedAt) => {
    const { ace, makeDeal, openDeal } = world();
    const deal = await makeDeal();
    const panel = await openDeal('sally.seller', deal);
    ace.faults.add({ kind: 'refused', operation, problem: refusal });
    await panel.button('Refer to AWS').click();
    await panel.says('This referral could not be filed');
    await panel.shows('Website: The website does not belong to a company that AWS knows.');
    await panel.root
      .getByRole('listitem')
      .filter({ hasText: `${stoppedAt}(stopped here)` })
      .waitFor();
    await panel.shows('Nothing was sent twice, and trying again cannot send it twice.');
    await panel.looksRight();

    const second = await openDeal('sally.seller', deal);
    await second.button('Try again').waitFor();
    await Promise.all([panel.button('Try again').dblclick(), second.button('Try again').click()]);
    await panel.says('AWS is reviewing this deal');
    await second.says('AWS is reviewing this deal');
    const held = await ace.opportunitiesFor(deal);
    expect(held.map(({ id }) => id)).toEqual([await panel.networkId()]);
  });
};

/** … a deal that changed. */
export const colleagueJourneys = (world: () => BrowserWorld): void => {
  test('a deal that a colleague changes while the seller looks waits until the seller has seen the change', async () => {
    const { ace, admin, custom, makeDeal, openDeal } = world();
    const deal = await makeDeal();
    const panel = await openDeal('sally.seller', deal);
    await panel.button('Refer to AWS').waitFor();
    await admin.sobject('Opportunity').update({ Id: deal, [custom('PartnerMonthlySpend__c')]: 21_000 });
    await panel.button('Refer to AWS').click();
    await panel.says('Please look again and confirm');
    await panel.shows(/Changed since you looked: Monthly spend on AWS/);
    expect(await ace.opportunitiesFor(deal)).toEqual([]);
    await panel.root.locator('c-referral-preview').getByText('21000').waitFor();
    await panel.looksRight();

    await panel.button('Confirm and refer to AWS').click();
    await panel.says('AWS is reviewing this deal');
    const [held] = await ace.opportunitiesFor(deal);
    expect(held?.body.Project?.ExpectedCustomerSpend?.[0]?.Amount).toBe('21000');
  });
};

/** … nobody at work. */
export const awayJourneys = (world: () => BrowserWorld): void => {
  test('while the service is away the page says so, keeps the click, and files it when the service is back', async () => {
    const { ace, makeDeal, openDeal, service } = world();
    const deal = await makeDeal();
    await service.off();
    try {
      const later = await openDeal('sally.seller', deal, { another: true, laterMs: 10 * 60_000 });
      await later.shows(/Tandem was last heard of 1\d min\. ago\. Your clicks are kept/);
      await later.looksRight();
      await later.button('Refer to AWS').click();
      await later.says('Your referral is on its way');
      await later.looksRight();
      expect(await ace.opportunitiesFor(deal)).toEqual([]);
    } finally {
      await service.on();
    }
    const panel = await openDeal('sally.seller', deal);
    await panel.says('AWS is reviewing this deal');
    expect(await panel.root.getByText(/Tandem was last heard of/).count()).toBe(0);
    expect(await ace.opportunitiesFor(deal)).toHaveLength(1);
  });
};
