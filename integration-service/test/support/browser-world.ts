import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'jsforce';
import type { Page } from 'playwright-core';
import { ReferralDesk } from '../../local/demo/referral-desk.ts';
import type { AceNetwork } from '../../local/networks/aws-ace/ace-network.ts';
import { startWorld } from '../../local/world/world.ts';
import { expectNoAxeViolations, openBrowser, signIn } from './browser.ts';
import { freshDeals, type MakeDeal } from './fresh-deals.ts';
import { ReferralPanel } from './referral-panel.ts';
import { ServiceSwitch } from './service-switch.ts';
import { spendWrites } from './busy-partner.ts';
import { createTestDatabase, runAsAdmin } from './test-database.ts';

/** The sample people who look at pages. */
export type Person = 'sally.seller' | 'omar.other' | 'max.manager' | 'ada.admin';

export interface Opening {
  readonly width?: number;
  readonly height?: number;
  /** true: in another browser than the one the person has open already. */
  readonly another?: boolean;
  /** How much later than now it is by the clock of this page; nothing when left out. */
  readonly laterMs?: number;
}

/** Everything at work at once, and a browser in front of it. */
export interface BrowserWorld {
  readonly ace: AceNetwork;
  /** An administrator's connection, to look at records and to make what a journey starts from. */
  readonly admin: Connection;
  readonly desk: ReferralDesk;
  /** Turns the service off, and on again with other settings; a journey leaves it on, with its own. */
  readonly service: ServiceSwitch;
  /** Other work of the company takes the next writes at AWS, one a second: what is sent now waits in line. */
  keepAwsBusy(writes: number): Promise<void>;
  readonly makeDeal: MakeDeal;
  /** A name of ours as this org has it: with the namespace where it is installed with one. */
  custom(name: string): string;
  /** A signed-in connection of a person, for what a page does not offer. */
  connect(person: Person): Promise<Connection>;
  /** A page in the person's browser, signed in, at an address of the record pages. */
  open(person: Person, address: string, how?: Opening): Promise<Page>;
  /** The referral panel of a deal, as the person sees it. */
  openDeal(person: Person, dealId: string, how?: Opening): Promise<ReferralPanel>;
  /** The referral panel of a page that is open. */
  panelOn(page: Page): ReferralPanel;
  /** A page as it stands has no accessibility fault. */
  examine(page: Page): Promise<void>;
  /** Closes the pages of a journey, and throws with everything that went wrong on them. */
  endJourney(): Promise<void>;
  close(): Promise<void>;
}

/** AWS begins each review at once and decides when a journey says so. */
const reviewer = { mode: 'automatic', inReviewAfterMs: 50, decideAfterMs: 24 * 60 * 60_000 } as const;

/**
 * A panel looks every two seconds at what became of a click, and then less and less often; here it looks five times as often,
 * as nobody reads the page meanwhile. How long the pauses are is shown by the tests of the components.
 */
const hurry = `
  const later = window.setTimeout.bind(window);
  window.setTimeout = (work, ms = 0, ...given) => later(work, ms >= 1000 ? ms / 5 : ms, ...given);
`;

/** Budgets that nobody waits for, and reviews that are read again soon. */
const quickService: Readonly<Record<string, string>> = {
  TANDEM_AWS_WRITES_PER_SECOND: '1000',
  TANDEM_REVIEW_POLL_SECONDS: '1',
};

/** Starts the whole world with its pages in databases of its own, and a browser. `namespace` is empty for none. */
export const openBrowserWorld = async (namespace: string): Promise<BrowserWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-browser-'));
  const { url, drop } = await createTestDatabase();
  const ends: (() => Promise<unknown>)[] = [
    () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
    drop,
    ...['org', 'ace'].map((suffix) => () => dropSibling(url, suffix)),
  ];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const opening = openBrowser();
    opening.then(
      (browser) => ends.push(() => browser.close()),
      () => undefined,
    );
    const world = await startWorld({
      dataDir: folder,
      settings: {
        databaseUrl: url,
        redisUrl: undefined,
        salesforce: undefined,
        aws: undefined,
        pagesPort: 0,
        servicePort: 0,
      },
      say: () => undefined,
      pages: true,
      quotas: false,
      namespace,
      reviewer,
      service: quickService,
    });
    ends.push(() => world.stop());
    const service = new ServiceSwitch(world);
    ends.push(() => service.off());
    const browser = await opening;
    const { ace, pages } = world;
    if (!ace || !pages) throw new Error('The test world has pages and a network of its own.');
    const admin = await world.signIn('sam.setup');
    const desk = new ReferralDesk(admin, { namespace, pollMs: 200 });
    // One page of each person stays open and keeps their browser, with what it has in its cache.
    const browsers = new Map<Person, Page>();
    const opened: Page[] = [];
    const open: BrowserWorld['open'] = async (person, address, { another = false, laterMs, ...size } = {}) => {
      const known = another ? undefined : browsers.get(person);
      const page = await browser.newPage({ ...size, beside: known });
      opened.push(page);
      if (known === undefined) await signIn(page, pages.url, `${person}@tandem.example.com`);
      if (known === undefined && !another) browsers.set(person, await browser.newPage({ beside: page }));
      if (laterMs === undefined) await page.addInitScript({ content: hurry });
      else await page.clock.install({ time: Date.now() + laterMs });
      await page.goto(`${pages.url}${address}`);
      return page;
    };
    // The same pages under a namespace differ in names alone: axe looks at them once, and at all in the long run.
    const isExamined = namespace === '' || process.env.TANDEM_FULL === '1';
    const examine = (page: Page): Promise<void> => (isExamined ? expectNoAxeViolations(page) : Promise.resolve());
    const panelOn = (page: Page): ReferralPanel => new ReferralPanel(page, examine);
    return {
      ace,
      admin,
      desk,
      service,
      keepAwsBusy: async (writes) => {
        const { records } = await admin.query<{ Id: string }>('SELECT Id FROM Organization');
        await spendWrites(world.databaseUrl, records[0]?.Id ?? '', writes);
      },
      makeDeal: await freshDeals(admin, namespace),
      custom: (name) => desk.custom(name),
      connect: (person) => world.signIn(person),
      open,
      openDeal: async (person, dealId, how) =>
        panelOn(await open(person, `/lightning/r/Opportunity/${dealId}/view`, how)),
      panelOn,
      examine,
      endJourney: async () => {
        await Promise.all(opened.splice(0).map((page) => page.close()));
        browser.expectNoFaults();
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const dropSibling = async (serviceUrl: string, suffix: string): Promise<void> => {
  const address = new URL(serviceUrl);
  await runAsAdmin(`drop database if exists "${address.pathname.slice(1)}_${suffix}" with (force)`);
};
