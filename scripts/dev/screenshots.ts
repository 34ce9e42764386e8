/**
 * Takes the pictures of `docs/screenshots` from a running world. Run it after a change to what people see:
 *
 *   npm start            (in one terminal; refer a few deals, or let `npm run demo` do it)
 *   node scripts/dev/screenshots.ts --pages http://localhost:8080 [--only NAME,NAME]
 *
 * A picture whose state the world does not hold just now (no rejected referral, say) is left as it is, and said so.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { expectNoAxeViolations, openBrowser, signIn } from '../../integration-service/test/support/browser.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');

/** Widths of a laptop and of a phone. */
const desktop = 1280;
const phone = 390;

/** A list of forty fields is told by its beginning. */
const tallest = { desktop: 1200, phone: 1800 };

type Person = 'sally.seller' | 'omar.other' | 'max.manager' | 'ada.admin';

interface Picture {
  name: string;
  person: Person;
  /** An address, or a query for the record to open (its `Id`, or the `Opportunity__c` of a referral). */
  at: { address: string } | { object: string; soql: string };
  widths: number[];
  /** What has to be on the page before the picture is taken. */
  waitFor: (page: Page) => Promise<void>;
}

const visible =
  (selector: string) =>
  async (page: Page): Promise<void> => {
    await page.locator(selector).first().waitFor();
  };

const settledPanel = visible('c-referral-panel');

const referralIn = (state: string): Picture['at'] => ({
  object: 'Opportunity',
  soql: `SELECT Opportunity__c FROM Referral__c WHERE State__c = '${state}' ORDER BY StateChangedAt__c DESC LIMIT 1`,
});

const openDeal = "StageName NOT IN ('Closed Won', 'Closed Lost') AND TandemTracked__c = false";

const unfolded = async (page: Page): Promise<void> => {
  await settledPanel(page);
  await page.getByRole('button', { name: /What will be sent/ }).click();
  await page.locator('c-referral-preview').first().waitFor();
};

const pictures: Picture[] = [
  {
    name: 'home',
    person: 'sally.seller',
    at: { address: '/lightning/page/home' },
    widths: [desktop, phone],
    waitFor: visible('c-referral-worklist'),
  },
  {
    name: 'opportunities',
    person: 'sally.seller',
    at: { address: '/lightning/o/Opportunity/list?filterName=Open_Deals_to_Refer' },
    widths: [desktop, phone],
    waitFor: visible('shell-record-table'),
  },
  {
    name: 'ready',
    person: 'sally.seller',
    at: {
      object: 'Opportunity',
      soql: `SELECT Id FROM Opportunity WHERE ${openDeal} AND UseCase__c != null ORDER BY CloseDate LIMIT 1`,
    },
    widths: [desktop, phone],
    waitFor: settledPanel,
  },
  {
    name: 'what-will-be-sent',
    person: 'sally.seller',
    at: {
      object: 'Opportunity',
      soql: `SELECT Id FROM Opportunity WHERE ${openDeal} AND UseCase__c != null ORDER BY CloseDate LIMIT 1`,
    },
    widths: [desktop, phone],
    waitFor: unfolded,
  },
  {
    name: 'questions',
    person: 'sally.seller',
    at: {
      object: 'Opportunity',
      soql: `SELECT Id FROM Opportunity WHERE ${openDeal} AND UseCase__c = null ORDER BY CloseDate LIMIT 1`,
    },
    widths: [desktop, phone],
    waitFor: settledPanel,
  },
  ...['needs-answers', 'in-review', 'action-required', 'approved', 'rejected', 'blocked', 'failed'].map(
    (state): Picture => ({
      name: state,
      person: 'sally.seller',
      at: referralIn(state),
      widths: [desktop, phone],
      waitFor: settledPanel,
    }),
  ),
  {
    name: 'referral',
    person: 'sally.seller',
    at: {
      object: 'Referral__c',
      soql: 'SELECT Id FROM Referral__c WHERE NetworkId__c != null ORDER BY StateChangedAt__c DESC LIMIT 1',
    },
    widths: [desktop, phone],
    waitFor: visible('c-referral-story'),
  },
  {
    name: 'partner',
    person: 'max.manager',
    at: { object: 'Partner__c', soql: "SELECT Id FROM Partner__c WHERE Key__c = 'aws' LIMIT 1" },
    widths: [desktop, phone],
    waitFor: visible('c-partner-health-card'),
  },
  {
    name: 'admin-mappings',
    person: 'ada.admin',
    at: { address: '/lightning/o/FieldMapping__c/list?filterName=AWS' },
    widths: [desktop],
    waitFor: visible('shell-record-table'),
  },
];

const { values: options } = parseArgs({
  options: { pages: { type: 'string', default: 'http://localhost:8080' }, only: { type: 'string' } },
});

/** The record that a picture is of, as the person sees the org; undefined where there is none just now. */
const addressOf = async (page: Page, at: Picture['at']): Promise<string | undefined> => {
  if ('address' in at) return at.address;
  const query = new URLSearchParams({ q: at.soql });
  const response = await page.request.get(`${options.pages}/services/data/v66.0/query?${query.toString()}`);
  if (!response.ok()) throw new Error(`The query for a picture was refused: ${at.soql}\n${await response.text()}`);
  const { records } = (await response.json()) as { records: Record<string, string>[] };
  const id = records[0]?.['Id'] ?? records[0]?.['Opportunity__c'];
  return id === undefined ? undefined : `/lightning/r/${at.object}/${id}/view`;
};

/** Spinners and skeletons are gone, and nothing is being asked any more. */
const settle = async (page: Page): Promise<void> => {
  // A panel that follows a referral never stops asking; nobody waits for that.
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
  await page.locator('lightning-spinner').first().waitFor({ state: 'hidden' });
};

await mkdir(folder, { recursive: true });
const browser = await openBrowser();
const missing: string[] = [];
for (const picture of pictures.filter(
  ({ name }) => options.only === undefined || options.only.split(',').includes(name),
)) {
  for (const width of picture.widths) {
    const page = await browser.newPage({ width });
    await signIn(page, options.pages, `${picture.person}@tandem.example.com`);
    const address = await addressOf(page, picture.at);
    if (address === undefined) {
      missing.push(picture.name);
      break;
    }
    await page.goto(`${options.pages}${address}`);
    await picture.waitFor(page);
    await settle(page);
    await expectNoAxeViolations(page);
    const file = path.join(folder, `${picture.name}-${width === phone ? 'phone' : 'desktop'}.png`);
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    const shown = Math.min(height, width === phone ? tallest.phone : tallest.desktop);
    await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height: shown } });
    console.log(path.relative(process.cwd(), file));
    await page.context().close();
  }
}
browser.expectNoFaults();
await browser.close();
if (missing.length > 0) console.log(`Not taken, for want of such a record just now: ${missing.join(', ')}`);
