/**
 * Takes the pictures of `docs/screenshots`. Run it after a change to what people see, and look at them:
 *
 *   npm run screenshots [-- --only NAME[,NAME]]
 *
 * It starts a world of its own, brings the sample deals into every state one after the other, and takes each in a real
 * browser on a laptop and on a phone. Where only pictures of governance are wanted, the others are not prepared. A page with an accessibility fault or a script error stops it.
 */
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../integration-service/test/support/browser.ts';
import { folder, take, type Shot } from './screenshots/camera.ts';
import { writeApprovals, writeDecisions } from './screenshots/decision-rows.ts';
import { decisionShots } from './screenshots/decision-shots.ts';
import { governanceNames, takeGovernance } from './screenshots/governance-shots.ts';
import { writeHealth } from './screenshots/health-rows.ts';
import { healthNames, healthShots } from './screenshots/health-shots.ts';
import { writeScores } from './screenshots/score-rows.ts';
import { scoreNames, scoreShots } from './screenshots/score-shots.ts';
import { openStage } from './screenshots/stage.ts';

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });

const shows =
  (selector: string) =>
  async (page: Page): Promise<void> => {
    await page.locator(selector).first().waitFor();
  };
/** The panel with a button or a headline on it. */
const panelSays =
  (words: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await page.locator('c-referral-panel').getByText(words).first().waitFor();
  };

const stage = await openStage((line) => console.log(line));
const browser = await openBrowser();
const isWanted = (name: string): boolean => options.only === undefined || options.only.split(',').includes(name);
const shoot = async (shot: Shot): Promise<void> => {
  if (isWanted(shot.name)) await take(browser, stage.pagesUrl, shot);
};
const recordPage = (id: string): string => `/lightning/r/Opportunity/${id}/view`;
const dealPage = (name: string): string => recordPage(stage.deal(name));
const ofDealId = (name: string, id: string, words: string | RegExp): Promise<void> =>
  shoot({ name, person: 'sally.seller', address: recordPage(id), pose: panelSays(words) });
const ofDeal = (name: string, deal: string, words: string | RegExp): Promise<void> =>
  ofDealId(name, stage.deal(deal), words);
/** Chooses every deal of a list. */
const chooseAll = async (page: Page): Promise<void> => {
  // The first box of a list, on a laptop and on a phone.
  await page.locator('shell-record-table').locator('.slds-checkbox_faux').first().click();
};

/** Every state of a referral, one deal after the other, and what is decided about them. */
const takeReferrals = async (): Promise<void> => {
  await ofDeal('ready', 'Harbor', 'Refer to AWS');
  await shoot({
    name: 'what-will-be-sent',
    person: 'sally.seller',
    address: dealPage('Harbor'),
    pose: async (page) => {
      await page.getByRole('button', { name: /What will be sent/ }).click();
      await shows('c-referral-preview')(page);
    },
  });
  await ofDeal('questions', 'Birch', 'Refer to AWS');

  stage.ace.faults.add({ kind: 'hold-before-commit', operation: 'CreateOpportunity' });
  await stage.refer('Kita', 'filing');
  await ofDeal('filing', 'Kita', 'Filing with AWS');
  stage.ace.faults.release();

  await stage.refer('Harbor', 'in-review');
  await ofDeal('in-review', 'Harbor', 'AWS is reviewing this deal');
  await stage.refer('Lakeside', 'needs-answers', false);
  await ofDeal('needs-answers', 'Lakeside', /needs one answer/);
  await stage.refer('Alpine', 'in-review');
  await stage.review('Alpine', 'approved');
  await ofDeal('approved', 'Alpine', 'AWS approved this deal');
  // The deal goes on changing: what AWS takes stands over the button, what it does not take below it.
  await stage.admin.sobject('Opportunity').update({
    Id: stage.deal('Alpine'),
    NextStep: 'Agree the pilot with the plant in Graz',
    CustomerProblem__c: 'Two plants share one planning system, and the second one cannot see its stock.',
  });
  await ofDeal('changed-after-approval', 'Alpine', 'The deal has changed since it was sent to AWS');
  await stage.refer('Copper', 'in-review');
  await stage.review('Copper', 'action-required');
  await ofDeal('action-required', 'Copper', 'AWS asks for a correction');
  await stage.refer('Fjord', 'in-review');
  await stage.review('Fjord', 'rejected');
  await ofDeal('rejected', 'Fjord', 'AWS did not take this deal');
  await stage.setMode('off');
  await stage.click('Verde');
  await stage.untilThese([stage.deal('Verde')], 'blocked');
  await ofDeal('blocked', 'Verde', /A rule of your company/);
  await stage.setMode('assisted');

  // AWS refuses what our own checks let pass, as the two may one day disagree.
  stage.ace.faults.add({
    kind: 'refused',
    operation: 'CreateOpportunity',
    problem: {
      FieldName: 'Customer.Account.WebsiteUrl',
      Code: 'INVALID_VALUE',
      Message: 'The website does not belong to a company that AWS knows.',
    },
  });
  const refused = await stage.moreDeals(1);
  await stage.clickThese(refused);
  await stage.untilThese(refused, 'failed');
  await ofDealId('failed', refused[0] ?? '', 'This referral could not be filed');

  // The seller looks, a colleague changes the deal, the seller clicks: nobody has said yes to the new value.
  const [changed = ''] = await stage.moreDeals(1);
  await shoot({
    name: 'waiting-approval',
    person: 'sally.seller',
    address: recordPage(changed),
    pose: async (page) => {
      const refer = page.locator('c-referral-panel').getByRole('button', { name: 'Refer to AWS' });
      const waits = page.locator('c-referral-panel').getByRole('heading', { level: 3 });
      await refer.waitFor();
      if ((await waits.count()) > 0) return;
      await stage.admin.sobject('Opportunity').update({ Id: changed, PartnerMonthlySpend__c: 21_000 });
      await refer.click();
      await page.getByText(/Changed since you looked/).waitFor();
    },
  });

  await shoot({
    name: 'home',
    person: 'sally.seller',
    address: '/lightning/page/home',
    pose: shows('c-referral-worklist li'),
  });
  await shoot({
    name: 'opportunities',
    person: 'sally.seller',
    address: '/lightning/o/Opportunity/list?filterName=Open_Deals_to_Refer',
    pose: shows('shell-record-table'),
  });
  const { records } = await stage.admin.query<{ Id: string; Key__c: string }>(
    "SELECT Id, Key__c FROM Referral__c WHERE State__c = 'approved'",
  );
  await shoot({
    name: 'referral',
    person: 'sally.seller',
    address: `/lightning/r/Referral__c/${records[0]?.Id ?? ''}/view`,
    pose: shows('c-referral-story .headline'),
  });
  const partners = await stage.admin.query<{ Id: string }>("SELECT Id FROM Partner__c WHERE Key__c = 'aws'");
  await shoot({
    name: 'partner',
    person: 'max.manager',
    address: `/lightning/r/Partner__c/${partners.records[0]?.Id ?? ''}/view`,
    pose: shows('c-partner-health-card'),
  });
  // What stands in a ledger for weeks, written as the service would write it.
  const people = await stage.admin.query<{ Id: string; Username: string }>('SELECT Id, Username FROM User');
  const idOf = (person: string): string =>
    people.records.find(({ Username }) => Username.startsWith(`${person}@`))?.Id ?? '';
  const places = {
    deal: stage.deal('Harbor'),
    partner: partners.records[0]?.Id ?? '',
    seller: idOf('sally.seller'),
    manager: idOf('max.manager'),
  };
  const integration = await stage.connect('integration');
  const { decision } = await writeDecisions(integration, places);
  await writeApprovals(integration, places);
  for (const shot of decisionShots(places.deal, decision)) await shoot(shot);
};

/** Partner health, with forty partners whose health is written as the service would write it. */
const takeHealth = async (): Promise<void> => {
  const people = await stage.admin.query<{ Id: string }>("SELECT Id FROM User WHERE Username LIKE 'max.manager@%'");
  const partners = await stage.admin.query<{ Id: string }>("SELECT Id FROM Partner__c WHERE Key__c = 'aws'");
  const places = { aws: partners.records[0]?.Id ?? '', manager: people.records[0]?.Id ?? '' };
  const { falling } = await writeHealth(await stage.connect('integration'), places, 40);
  for (const shot of healthShots(falling, places.aws)) await shoot(shot);
};

/** Scores of a deal and its account, the models, and the joint dashboard, which has at least one referral to tell of. */
const takeScores = async (): Promise<void> => {
  const deal = stage.deal('Harbor');
  const { totalSize } = await stage.admin.query(`SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`);
  if (totalSize === 0) await stage.refer('Harbor', 'in-review');
  const partners = await stage.admin.query<{ Id: string }>("SELECT Id FROM Partner__c WHERE Key__c = 'aws'");
  const accounts = await stage.admin.query<{ AccountId: string }>(
    `SELECT AccountId FROM Opportunity WHERE Id = '${deal}'`,
  );
  const partner = partners.records[0]?.Id ?? '';
  const integration = await stage.connect('integration');
  const { model } = await writeScores(integration, { deal, partner });
  await integration.sobject('Opportunity').update({ Id: deal, P2bScore__c: 70, P2bBand__c: 'high' });
  for (const shot of scoreShots(deal, accounts.records[0]?.AccountId ?? '', model)) await shoot(shot);
};

/** What waits: for the right to see, for a turn, for the service. It is taken last, as the service is off afterwards. */
const takeWaits = async (): Promise<void> => {
  await shoot({
    name: 'not-shared',
    person: 'omar.other',
    address: dealPage('Harbor'),
    formats: ['desktop'],
    pose: async (page) => {
      await page.getByRole('heading', { name: 'This record is not available to you' }).waitFor();
    },
  });
  await shoot({
    name: 'field-mapping',
    person: 'ada.admin',
    address: '/lightning/o/FieldMapping__c/list?filterName=AWS',
    formats: ['desktop'],
    pose: shows('shell-record-table'),
  });

  // AWS takes one write a second: with many deals referred at once, the last ones wait in line.
  await stage.service.on({ TANDEM_AWS_WRITES_PER_SECOND: '1' });
  const many = await stage.moreDeals(25);
  await shoot({
    name: 'bulk',
    windowOnly: true,
    person: 'sally.seller',
    address: '/lightning/o/Opportunity/list?filterName=Open_Deals_to_Refer',
    pose: async (page) => {
      await chooseAll(page);
      await page.getByRole('button', { name: 'Refer to Partner' }).click();
      await page
        .getByRole('dialog')
        .getByText(/will be sent to/)
        .waitFor();
    },
  });
  await stage.keepAwsBusy(180);
  await stage.clickThese(many);
  const last = await stage.lastInLine(many);
  await ofDealId('queued', last, /Waiting in line/);

  // Nobody is there to hear the next click; ten minutes later by the reader's clock, the page says so.
  await stage.service.off();
  const [unheard = ''] = await stage.moreDeals(1);
  await stage.clickThese([unheard]);
  await shoot({
    name: 'service-silent',
    person: 'sally.seller',
    address: recordPage(unheard),
    laterMs: 10 * 60_000,
    pose: panelSays(/Tandem was last heard of/),
  });
};

try {
  const isAll =
    options.only?.split(',').some((name) => ![...governanceNames, ...healthNames, ...scoreNames].includes(name)) ??
    true;
  const isGovernance = governanceNames.some(isWanted);
  if (isAll) await takeReferrals();
  if (healthNames.some(isWanted)) await takeHealth();
  if (scoreNames.some(isWanted)) await takeScores();
  if (isGovernance) await takeGovernance(stage, shoot);
  if (isAll) await takeWaits();
  browser.expectNoFaults();
  // The README's picture, under the name it is linked by.
  if (isWanted('in-review'))
    await copyFile(path.join(folder, 'in-review-desktop.png'), path.join(folder, 'opportunity-filed.png'));
} finally {
  await browser.close();
  await stage.close();
}
