import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectNoAxeViolations } from '../browser.ts';
import type { BrowserWorld } from '../browser-world.ts';

/** Types both limits of the actions of a day, looks at what they would have changed, and saves them. */
const limitActions = async (rules: Locator, alone: string, withYes: string): Promise<void> => {
  await rules.getByRole('button', { name: 'Change Actions per day for everybody' }).click();
  await rules.getByLabel('Alone up to', { exact: true }).fill(alone);
  await rules.getByLabel('With a person’s yes up to', { exact: true }).fill(withYes);
  await rules.getByRole('button', { name: 'See what it would change' }).click();
  await rules.getByRole('button', { name: 'Save', exact: true }).click();
  await rules.getByText(/Saved as version \d+, in force from/).waitFor();
};

/** Chooses an option of a base combobox, as a mouse does. */
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

/** An admin bounds the agents on the pages of governance, and the next referral goes by it. */
export const governanceJourneys = (world: () => BrowserWorld): void => {
  test('an admin changes a number, sees what it would have changed, and the next referral is judged by it', async () => {
    const { makeDeal, open, openDeal } = world();
    const page = await open('ada.admin', '/lightning/n/Tandem_Guardrails');
    const rules = page.locator('c-guardrail-list');
    await limitActions(rules, '0', '0');
    await expectNoAxeViolations(page);
    const panel = await openDeal('sally.seller', await makeDeal());
    await panel.button('Refer to AWS').click();
    await panel.shows(/The number of actions with this partner today is \d+; more than 0 is not allowed/);
    await limitActions(rules, '10000', '100000');
    const again = await openDeal('sally.seller', await makeDeal());
    await again.referToAws();
  });

  // The long run goes on: each part of it is tested by itself, and these are slow.
  if (process.env.TANDEM_FULL !== '1') return;

  test('an admin changes a cell of the matrix; a manager reads it', async () => {
    const { open } = world();
    const page = await open('ada.admin', '/lightning/n/Tandem_Control_Matrix');
    const matrix = page.locator('c-control-matrix');
    await matrix.getByRole('button', { name: /^Quoting, Metrics:/ }).click();
    await matrix.getByLabel('Metric', { exact: true }).fill('Discounts given back');
    await matrix.getByRole('button', { name: 'Save', exact: true }).click();
    await matrix.getByText('Saved.').waitFor();
    await expectNoAxeViolations(page);
    const managers = await open('max.manager', '/lightning/n/Tandem_Control_Matrix');
    const cell = managers.locator('c-control-matrix').getByRole('button', { name: /^Quoting, Metrics:/ });
    await cell.getByText('Discounts given back').waitFor();
    await cell.click();
    expect(await managers.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
  });

  test('a manager stops all work with AWS from the home page; an admin resumes it', async () => {
    const { makeDeal, open, openDeal } = world();
    const page = await open('max.manager', '/lightning/page/home');
    await page.getByRole('button', { name: 'Stop agents …' }).click();
    await page.getByText('One partner', { exact: true }).click();
    await choose(page, 'Partner', 'AWS');
    await page.getByLabel(/^\*?\s*Why/).fill('AWS asked us to wait.');
    await page.getByText(/Stops all work with AWS before its next step/).waitFor();
    await page.getByRole('button', { name: 'Stop this partner' }).click();
    await page.getByText('Work with AWS is stopped').first().waitFor();
    await expectNoAxeViolations(page);
    const panel = await openDeal('sally.seller', await makeDeal());
    await panel.button('Refer to AWS').click();
    await panel.shows(/AWS asked us to wait/);
    const admins = await open('ada.admin', '/lightning/n/Tandem_Guardrails');
    await admins.getByRole('button', { name: 'Resume Work with AWS' }).click();
    await admins.getByLabel(/Say why it may go on/).fill('They are ready.');
    await admins.getByRole('button', { name: 'Resume', exact: true }).click();
    await admins.getByText('Agents are working. Nothing is stopped.').waitFor();
    await (await openDeal('sally.seller', await makeDeal())).referToAws();
  });
};
