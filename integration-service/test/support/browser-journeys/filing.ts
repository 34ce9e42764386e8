import { expect, test } from '@jest/globals';
import type { BrowserWorld } from '../browser-world.ts';

/** One click, and what comes before it: the offer, what will be sent, and the questions only a person can answer. */
export const filingJourneys = (world: () => BrowserWorld): void => {
  test('one click files the deal, and AWS holds exactly what was shown', async () => {
    const { ace, admin, custom, makeDeal, openDeal } = world();
    const deal = await makeDeal();
    const panel = await openDeal('sally.seller', deal);
    await panel.button(/What will be sent/).click();
    const shown = await panel.root.locator('c-referral-preview dt').allInnerTexts();
    await panel.looksRight();

    await panel.button('Refer to AWS').click();
    const number = await panel.networkId();
    await panel.says('AWS is reviewing this deal');
    await panel.looksRight();

    const held = await ace.opportunitiesFor(deal);
    expect(held.map(({ id }) => id)).toEqual([number]);
    const { records } = await admin.query<Record<string, unknown>>(
      `SELECT ${custom('NetworkId__c')}, ${custom('FieldsSent__c')}, ${custom('FieldsRekeyed__c')} FROM ${custom('Referral__c')} WHERE ${custom('Opportunity__c')} = '${deal}'`,
    );
    expect(records).toEqual([
      expect.objectContaining({
        [custom('NetworkId__c')]: number,
        [custom('FieldsSent__c')]: shown.length,
        [custom('FieldsRekeyed__c')]: 0,
      }),
    ]);
  });

  test('the one thing that is missing is asked under the button; the answer sends it and is kept', async () => {
    const { admin, makeDeal, openDeal } = world();
    const deal = await makeDeal({ account: { Website: null } });
    const panel = await openDeal('sally.seller', deal);
    await panel.shows('AWS needs one more thing');
    await panel.looksRight();
    await panel.button('Refer to AWS').click();
    const website = panel.field(/website/i);
    await website.and(panel.page.locator(':focus')).waitFor();
    await website.fill('https://harbor.example.com');
    await website.press('Enter');
    await panel.says('AWS is reviewing this deal');

    const { records } = await admin.query<{ Account: { Website: string } }>(
      `SELECT Account.Website FROM Opportunity WHERE Id = '${deal}'`,
    );
    expect(records[0]?.Account.Website).toBe('https://harbor.example.com');
  });
};
