import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expectNoAxeViolations, signIn, type TestBrowser } from '../../../integration-service/test/support/browser.ts';

/** Where the pictures are kept. */
export const folder = path.resolve(import.meta.dirname, '../../../docs/screenshots');

/** Widths of a laptop and of a phone, and how much of a long page is shown: a list of forty fields is told by its beginning. */
const formats = {
  desktop: { width: 1280, tallest: 1100 },
  phone: { width: 390, tallest: 1500 },
} as const;

const windowHeight = 900;

/** A repository is cloned with all its pictures, so none may be large. */
const largestBytes = 250_000;

export interface Shot {
  /** File name before `-desktop.png`; a name with an ending of its own is taken as it is. */
  readonly name: string;
  readonly person: string;
  readonly address: string;
  /** Shows no more than the window, as for a dialog before a long page. */
  readonly windowOnly?: boolean;
  /** The element with which the picture begins; the top of the page when left out. */
  readonly from?: string;
  readonly formats?: readonly (keyof typeof formats)[];
  /** How much later than now it is by the reader's own clock; nothing when left out. */
  readonly laterMs?: number;
  /** Brings the page where the picture shall be taken; the page is loaded by then. */
  readonly pose: (page: Page) => Promise<void>;
}

/** Spinners are gone, and nothing is being asked any more. */
const settle = async (page: Page): Promise<void> => {
  // A panel that follows a referral never stops asking; nobody waits for that.
  await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
  await page.locator('lightning-spinner').first().waitFor({ state: 'hidden' });
  // Icons are fetched by kind, each when it is first wanted.
  await page.locator('lightning-icon:not(:has(svg))').first().waitFor({ state: 'detached' });
};

/** How far down the page an element begins, with a little room above it, in pixels. */
const topOf = async (page: Page, selector: string): Promise<number> => {
  await page.evaluate('scrollTo(0, 0)');
  const box = await page.locator(selector).first().boundingBox();
  return Math.max(0, Math.floor((box?.y ?? 0) - 16));
};

/** Takes one picture per format. Throws on accessibility faults and on a file that is too large. */
export const take = async (browser: TestBrowser, pagesUrl: string, shot: Shot): Promise<void> => {
  await mkdir(folder, { recursive: true });
  for (const format of shot.formats ?? (['desktop', 'phone'] as const)) {
    const { width, tallest } = formats[format];
    const page = await browser.newPage({ width, height: windowHeight });
    // Nobody waits for a picture, and a machine may be busy.
    page.setDefaultTimeout(120_000);
    await signIn(page, pagesUrl, `${shot.person}@tandem.example.com`);
    if (shot.laterMs !== undefined) await page.clock.install({ time: Date.now() + shot.laterMs });
    await page.goto(`${pagesUrl}${shot.address}`);
    await shot.pose(page);
    await settle(page);
    await expectNoAxeViolations(page);
    const file = path.join(folder, `${shot.name}-${format}.png`);
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    const y = shot.from === undefined ? 0 : await topOf(page, shot.from);
    await page.screenshot({
      path: file,
      fullPage: true,
      clip: { x: 0, y, width, height: Math.min(height - y, shot.windowOnly ? windowHeight : tallest) },
    });
    const { size } = await stat(file);
    if (size > largestBytes) throw new Error(`${file} has ${size} bytes; show less of the page.`);
    console.log(`${path.relative(process.cwd(), file)}  ${Math.round(size / 1024)} KB`);
    await page.context().close();
  }
};
