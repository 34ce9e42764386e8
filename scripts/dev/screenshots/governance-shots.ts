import type { Locator, Page } from 'playwright-core';
import { until } from '../../../integration-service/test/support/until.ts';
import type { Shot } from './camera.ts';
import type { Stage } from './stage.ts';

const guardrails = { person: 'ada.admin', address: '/lightning/n/Tandem_Guardrails' } as const;
const modes = { person: 'ada.admin', address: '/lightning/n/Tandem_Modes' } as const;
const matrix = { person: 'ada.admin', address: '/lightning/n/Tandem_Control_Matrix' } as const;
const stop = { person: 'max.manager', address: '/lightning/page/home' } as const;

/** Names of the pictures below: with no other wanted, nothing else is brought about. */
export const governanceNames: readonly string[] = [
  'guardrails',
  'guardrails-editing',
  'guardrails-saved',
  'modes',
  'modes-agents',
  'control-matrix',
  'control-matrix-cell',
  'stop-form',
  'stopped',
];

const rulesOf = async (page: Page): Promise<Locator> => {
  const rules = page.locator('c-guardrail-list');
  await rules.getByRole('button', { name: 'Change Actions per day for everybody' }).waitFor();
  return rules;
};

/** Types two smaller limits of the actions of a day and looks at what they would have changed. */
const lowerActions = async (page: Page): Promise<Locator> => {
  const rules = await rulesOf(page);
  await rules.getByRole('button', { name: 'Change Actions per day for everybody' }).click();
  await rules.getByLabel('Alone up to', { exact: true }).fill('0');
  await rules.getByLabel('With a person’s yes up to', { exact: true }).fill('50');
  await rules.getByRole('button', { name: 'See what it would change' }).click();
  await rules.locator('c-simulation-result').waitFor();
  return rules;
};

/** Co-selling with AWS, its list of what is missing just checked and open. */
const checkReadiness = async (page: Page): Promise<void> => {
  const mode = page.locator('c-function-mode').filter({ hasText: 'AWS' }).first();
  const unfold = mode.locator('c-disclosure button').first();
  await unfold.click();
  await mode.getByRole('button', { name: /^Check .*AWS/ }).click();
  await mode.locator('.check').first().waitFor();
};

/** The form with a partner chosen and the reason written. */
const fillStop = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Stop agents …' }).click();
  await page.getByText('One partner', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Partner', exact: true }).click();
  await page.getByRole('option', { name: 'AWS', exact: true }).click();
  await page.getByLabel(/^\*?\s*Why/).fill('AWS asked us to hold new deals until their quarter has closed.');
  await page.getByText(/Stops all work with AWS before its next step/).waitFor();
};

/** An admin lets the work with AWS go on, if it is stopped. */
const resumeAws = async (stage: Stage): Promise<void> => {
  const admin = await stage.connect('ada.admin');
  await admin.sobject('Request__c').create({
    Kind__c: 'resume',
    Surface__c: 'panel',
    Subject__c: 'partner:aws',
    Input__c: JSON.stringify({ version: 1, reason: 'The quarter of AWS has closed.' }),
  });
  await until('nothing is stopped', async () => {
    const { totalSize } = await admin.query('SELECT Id FROM ControlSwitch__c WHERE Active__c = true');
    return totalSize === 0;
  });
};

/** The pictures of rules, modes, the matrix and the stop switch; afterwards nothing holds up the other pictures. */
export const takeGovernance = async (stage: Stage, shoot: (shot: Shot) => Promise<void>): Promise<void> => {
  const judged = await stage.moreDeals(5);
  await stage.clickThese(judged);
  await stage.untilThese(judged, 'in-review');

  await shoot({ ...guardrails, name: 'guardrails', pose: async (page) => void (await rulesOf(page)) });
  await shoot({
    ...guardrails,
    name: 'guardrails-editing',
    from: 'c-guardrail-rule:has(c-guardrail-editor)',
    pose: async (page) => void (await lowerActions(page)),
  });
  await shoot({
    ...guardrails,
    name: 'guardrails-saved',
    formats: ['desktop'],
    from: 'c-guardrail-rule:has(.saved:not(:empty))',
    pose: async (page) => {
      const rules = await lowerActions(page);
      await rules.getByLabel('Alone up to', { exact: true }).fill('9000');
      await rules.getByLabel('With a person’s yes up to', { exact: true }).fill('90000');
      await rules.getByRole('button', { name: 'See what it would change' }).click();
      await rules.getByRole('button', { name: 'Save', exact: true }).click();
      await rules.getByText(/Saved as version \d+/).waitFor();
    },
  });

  await shoot({ ...modes, name: 'modes', pose: checkReadiness });
  await shoot({
    ...modes,
    name: 'modes-agents',
    from: 'c-agent-list',
    pose: async (page) => page.locator('c-agent-list .agent').first().waitFor(),
  });

  const cell = /^Co-selling, Technology:/;
  const openMatrix = (page: Page): Promise<void> =>
    page
      .getByRole('button', { name: /Technology:/ })
      .first()
      .waitFor();
  await shoot({ ...matrix, name: 'control-matrix', pose: openMatrix });
  await shoot({
    ...matrix,
    name: 'control-matrix-cell',
    formats: ['desktop'],
    pose: async (page) => {
      await openMatrix(page);
      await page.getByRole('button', { name: cell }).click();
      await page.locator('c-control-cell').getByLabel('Metric', { exact: true }).waitFor();
    },
  });

  await shoot({ ...stop, name: 'stop-form', windowOnly: true, pose: fillStop });
  // A deal that AWS has and that is not submitted yet: what a stop leaves half done.
  stage.ace.faults.add({ kind: 'hold-before-commit', operation: 'StartEngagementFromOpportunityTask' });
  const halfDone = await stage.moreDeals(1);
  await stage.clickThese(halfDone);
  await stage.untilThese(halfDone, 'filing');
  await until('AWS has the deal', async () => (await stage.ace.opportunitiesFor(halfDone[0] ?? '')).length > 0);
  await shoot({
    ...stop,
    name: 'stopped',
    windowOnly: true,
    pose: async (page) => {
      const stopped = page.getByText('Work with AWS is stopped').first();
      const ready = page.getByRole('button', { name: 'Stop agents …' });
      await ready.waitFor();
      if ((await stopped.count()) === 0) {
        await fillStop(page);
        await page.getByRole('button', { name: 'Stop this partner' }).click();
      }
      await stopped.waitFor();
      await page.locator('c-stop-state c-disclosure button').click();
      await page.locator('c-stop-state li').first().waitFor();
    },
  });
  stage.ace.faults.release();
  await resumeAws(stage);
  await stage.untilThese(halfDone, 'in-review');
};
