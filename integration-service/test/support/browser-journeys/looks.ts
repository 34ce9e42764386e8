import { test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { BrowserWorld } from '../browser-world.ts';
import { expectNoAxeViolations } from '../browser.ts';
import { expectNoSidewaysScroll } from '../referral-panel.ts';

const phone = { width: 390, height: 844 };

/**
 * Nothing is wrong on a phone, nor in the narrowest column that a page may give us. Between the two widths only lines break
 * elsewhere, so axe looks at the narrower one, and at both in the long run.
 */
const looksRightWhenNarrow = async (page: Page): Promise<void> => {
  for (const width of [320, phone.width]) {
    await page.setViewportSize({ ...phone, width });
    await expectNoSidewaysScroll(page);
    if (width === 320 || process.env.TANDEM_FULL === '1') await expectNoAxeViolations(page);
  }
};

/** Every page and state where it is narrow. */
export const phoneJourneys = (world: () => BrowserWorld): void => {
  test('on a phone, and in a column of 320 px, the referral is made, read and followed', async () => {
    const { ace, desk, custom, makeDeal, open, openDeal } = world();
    const deal = await makeDeal({ account: { Website: null } });
    const panel = await openDeal('sally.seller', deal, phone);
    await panel.shows('AWS needs one more thing');
    await panel.button(/What will be sent/).click();
    await looksRightWhenNarrow(panel.page);
    await panel.field(/website/i).fill('https://harbor.example.com');
    await panel.button('Refer to AWS').click();
    await panel.says('AWS is reviewing this deal');
    await looksRightWhenNarrow(panel.page);
    await ace.decide(await panel.networkId());
    await panel.says('AWS approved this deal');
    await looksRightWhenNarrow(panel.page);

    const referral = await desk.newest(deal);
    for (const address of [
      `/lightning/r/${custom('Referral__c')}/${referral?.id ?? ''}/view`,
      '/lightning/page/home',
      '/lightning/o/Opportunity/list?filterName=Open_Deals_to_Refer',
    ]) {
      const page = await open('sally.seller', address, phone);
      await page.locator('main h1, main h2').first().waitFor();
      await page.waitForLoadState('networkidle');
      await looksRightWhenNarrow(page);
    }
  });
};

/** What is seen of a rule that stops a referral. */
export const ruleJourneys = (world: () => BrowserWorld): void => {
  test('a rule of the company stops a referral and names itself; once it allows it, trying again files it', async () => {
    const { admin, custom, makeDeal, openDeal } = world();
    const deal = await makeDeal();
    const { records } = await admin.query<{ Id: string }>(
      `SELECT Id FROM ${custom('FunctionMode__c')} WHERE ${custom('Key__c')} = 'co-selling:aws'`,
    );
    const Id = records[0]?.Id ?? '';
    const become = (mode: string): Promise<unknown> =>
      admin.sobject(custom('FunctionMode__c')).update({ Id, [custom('Mode__c')]: mode });
    await become('off');
    try {
      const panel = await openDeal('sally.seller', deal);
      await panel.button('Refer to AWS').click();
      await panel.says('A rule of your company stopped this referral');
      await panel.shows(/Rule:/);
      await panel.looksRight();
      await become('assisted');
      await panel.button('Try again').click();
      await panel.says('AWS is reviewing this deal');
    } finally {
      await become('assisted');
    }
  });
};
