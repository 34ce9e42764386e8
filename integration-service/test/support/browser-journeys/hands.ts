import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { BrowserWorld } from '../browser-world.ts';
import { expectNoAxeViolations } from '../browser.ts';

/** More stops than any of our pages has: a focus that has not come by then does not come. */
const mostStops = 120;

/** Presses Tab until the focus is on `goal`, as somebody without a mouse does. */
const tabTo = async (page: Page, goal: Locator): Promise<void> => {
  const focused = goal.and(page.locator(':focus'));
  for (let stop = 0; stop < mostStops; stop += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(goal)} is not reached by Tab.`);
};

const clearer = 'Dispatchers plan from overnight reports; with Amazon Redshift they see fleet data within a minute.';

/** Other ways to the same click: many deals from a list, the keyboard alone, two browsers at once. */
export const handsJourneys = (world: () => BrowserWorld): void => {
  test('two browsers click at once, and there is one referral', async () => {
    const { ace, admin, custom, makeDeal, openDeal } = world();
    const deal = await makeDeal();
    const panels = await Promise.all([
      openDeal('sally.seller', deal),
      openDeal('sally.seller', deal, { another: true }),
    ]);
    await Promise.all(panels.map((panel) => panel.button('Refer to AWS').waitFor()));
    const numbers = await Promise.all(panels.map((panel) => panel.referToAws()));

    const held = await ace.opportunitiesFor(deal);
    expect(held).toHaveLength(1);
    expect(numbers).toEqual([held[0]?.id, held[0]?.id]);
    const { totalSize } = await admin.query(
      `SELECT Id FROM ${custom('Referral__c')} WHERE ${custom('Opportunity__c')} = '${deal}'`,
    );
    expect(totalSize).toBe(1);
  });
};

/** Needs a mouse for nothing. */
export const keyboardJourneys = (world: () => BrowserWorld): void => {
  test('the whole referral with the keyboard alone, the focus never lost', async () => {
    const { ace, makeDeal, openDeal } = world();
    const deal = await makeDeal({ account: { Website: null } });
    const panel = await openDeal('sally.seller', deal);
    const { page } = panel;
    const headline = (words: string): Locator => panel.root.getByRole('heading', { level: 3, name: words });
    const focused = (goal: Locator): Promise<void> => goal.and(page.locator(':focus')).waitFor();

    await panel.button('Refer to AWS').waitFor();
    await page.keyboard.press('Tab');
    await focused(page.getByRole('button', { name: 'Skip to main content' }));
    await page.keyboard.press('Enter');
    await tabTo(page, panel.button('Refer to AWS'));
    await page.keyboard.press('Enter');
    await focused(panel.field(/website/i));
    await page.keyboard.type('https://harbor.example.com');
    await page.keyboard.press('Enter');
    await focused(panel.root.getByRole('heading', { level: 3 }));
    await panel.says('AWS is reviewing this deal');
    await focused(headline('AWS is reviewing this deal'));

    const number = await panel.networkId();
    await ace.decide(number, { verdict: 'Action Required', reason: 'Clarify Solution', comments: 'Please say more.' });
    await panel.says('AWS asks for a correction');
    await tabTo(page, panel.field(/Customer’s problem/));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(clearer);
    await tabTo(page, panel.button('Send to AWS'));
    await page.keyboard.press('Enter');
    await panel.says('AWS is reviewing this deal');
    await focused(panel.root.getByRole('heading', { level: 3 }));
    await ace.decide(number);
    await panel.says('AWS approved this deal');

    await tabTo(page, panel.root.getByRole('link', { name: 'Open the referral' }));
    await page.keyboard.press('Enter');
    await page.locator('c-referral-story').waitFor();
    await expectNoAxeViolations(page);
  });
};

/** Many deals at once, from the list. */
export const bulkJourneys = (world: () => BrowserWorld): void => {
  test('several deals are referred from the list; the one that lacks something asks on its own page', async () => {
    const { ace, admin, examine, makeDeal, open, panelOn } = world();
    const complete = await makeDeal();
    const lacking = await makeDeal({ account: { Website: null } });
    const { records } = await admin.query<{ Id: string; Name: string }>(
      `SELECT Id, Name FROM Opportunity WHERE Id IN ('${complete}', '${lacking}')`,
    );
    const page = await open('sally.seller', '/lightning/o/Opportunity/list?filterName=Open_Deals_to_Refer');
    for (const { Name } of records) await page.getByRole('row', { name: Name }).locator('label').first().click();
    await examine(page);
    await page.getByRole('button', { name: 'Refer to Partner' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/These fields of each deal will be sent to/).waitFor();
    await examine(page);
    await dialog.getByRole('button', { name: 'Refer' }).click();
    await dialog.getByText(/Deals on their way/).waitFor();
    await examine(page);
    await dialog.getByRole('button', { name: 'Finish' }).click();
    await page.getByText(/^\d+ items?$/).waitFor();
    expect(await page.locator('shell-record-table').getByRole('checkbox', { checked: true }).count()).toBe(0);

    await page.goto(`${new URL(page.url()).origin}/lightning/r/Opportunity/${lacking}/view`);
    const panel = panelOn(page);
    await panel.says('AWS needs one answer from you');
    await panel.looksRight();
    await panel.field(/website/i).fill('https://harbor.example.com');
    await panel.button('Send the answers').click();
    await panel.says('AWS is reviewing this deal');
    const held = await Promise.all([complete, lacking].map((deal) => ace.opportunitiesFor(deal)));
    expect(held.map(({ length }) => length)).toEqual([1, 1]);
  });
};
