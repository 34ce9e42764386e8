import type { Page } from 'playwright-core';
import type { Shot } from './camera.ts';

const firstLine = async (page: Page): Promise<void> => {
  await page.locator('c-approval-row').first().waitFor();
};

/** The pictures of decisions, approvals and disputes, once their rows are written (`decision-rows.ts`). */
export const decisionShots = (deal: string, decision: string): readonly Shot[] => [
  { name: 'approval-inbox', person: 'max.manager', address: '/lightning/n/Tandem_Approval_Inbox', pose: firstLine },
  {
    name: 'approval-inbox-details',
    person: 'max.manager',
    address: '/lightning/n/Tandem_Approval_Inbox',
    formats: ['desktop'],
    windowOnly: true,
    pose: async (page) => {
      await firstLine(page);
      await page.locator('c-approval-row .row').first().focus();
      // Details of the first line, which is chosen together with the second: the keyboard alone.
      for (const key of ['e', 'x', 'ArrowDown', 'x', 'ArrowUp']) await page.keyboard.press(key);
      await page.evaluate('scrollTo(0, 0)');
    },
  },
  {
    name: 'approval-inbox-empty',
    person: 'ada.admin',
    address: '/lightning/n/Tandem_Approval_Inbox',
    pose: async (page) => {
      await page.getByText(/decided \d+ alone/).waitFor();
    },
  },
  {
    name: 'decision-timeline',
    person: 'sally.seller',
    address: `/lightning/r/Opportunity/${deal}/view`,
    // On a phone the tab stands under "More"; there the page of a decision shows the same.
    formats: ['desktop'],
    pose: async (page) => {
      await page.getByRole('tab', { name: 'Decisions' }).click();
      await page.locator('c-decision-entry').first().waitFor();
    },
  },
  {
    name: 'decision',
    person: 'sally.seller',
    address: `/lightning/r/Decision__c/${decision}/view`,
    pose: async (page) => {
      await page.getByText('The five-part test').waitFor();
    },
  },
];
