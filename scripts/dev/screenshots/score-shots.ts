import type { Page } from 'playwright-core';
import type { Shot } from './camera.ts';

/** Names of the pictures below: with no other wanted, no deal is brought into its states. */
export const scoreNames: readonly string[] = [
  'propensity',
  'propensity-sources',
  'account-propensity',
  'score-models',
  'score-model',
  'joint-dashboard',
];

const unfold = async (page: Page, names: readonly string[]): Promise<void> => {
  for (const name of names) await page.getByRole('button', { name }).first().click();
};

/** Scores on a deal and its account, the models behind them, and what is done together, once their rows are written. */
export const scoreShots = (deal: string, account: string, model: string): readonly Shot[] => {
  const onDeal = {
    person: 'sally.seller',
    address: `/lightning/r/Opportunity/${deal}/view`,
    from: 'c-propensity-card',
  } as const;
  return [
    {
      ...onDeal,
      name: 'propensity',
      pose: async (page) => {
        await page.locator('c-propensity-card .ring').waitFor();
      },
    },
    {
      ...onDeal,
      name: 'propensity-sources',
      formats: ['desktop'],
      pose: async (page) => {
        await page.locator('c-propensity-card .ring').waitFor();
        await unfold(page, ['How the points add up', 'Where the score comes from']);
      },
    },
    {
      name: 'account-propensity',
      person: 'sally.seller',
      address: `/lightning/r/Account/${account}/view`,
      pose: async (page) => {
        await page.locator('c-account-propensity .deal').first().waitFor();
      },
    },
    {
      name: 'score-models',
      person: 'ada.admin',
      address: '/lightning/n/Tandem_Models',
      pose: async (page) => {
        await page.getByRole('button', { name: 'Use Propensity 902' }).click();
        await page.getByLabel('Why').waitFor();
      },
    },
    {
      name: 'score-model',
      person: 'ada.admin',
      address: `/lightning/r/ScoreModel__c/${model}/view`,
      pose: async (page) => {
        await page.locator('c-score-calibration circle').first().waitFor();
      },
    },
    {
      name: 'joint-dashboard',
      person: 'max.manager',
      address: '/lightning/n/Tandem_Joint',
      pose: async (page) => {
        await page.locator('c-joint-bars').first().waitFor();
      },
    },
  ];
};
