import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type ConsoleMessage, type Page } from 'playwright-core';

/** Where Chromium or Chrome usually is; `CHROMIUM_PATH` is asked first. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser on this machine; undefined where there is none. A `CHROMIUM_PATH` that leads nowhere is an error. */
export const findChromium = (): string | undefined => {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named))
      throw new Error(`CHROMIUM_PATH is ${named}, where there is no file. Correct it or unset it.`);
    return named;
  }
  return usualPlaces.find((place) => existsSync(place));
};

/** A browser for a test, whose pages remember everything that should not have happened. */
export interface TestBrowser {
  /** A page, 1280 × 900 unless told, with cookies and cache of its own, or those of the page it stands `beside`. */
  newPage(options?: { width?: number; height?: number; beside?: Page | undefined }): Promise<Page>;
  /** Everything that went wrong on the pages since the last call: script errors, console errors, blocked requests. */
  takeFaults(): string[];
  /** Throws with all of them, if there are any. Call it after each test. */
  expectNoFaults(): void;
  close(): Promise<void>;
}

/** Base components announce once that their labels cross shadow roots; it is about them and harmless. */
const isAboutBaseComponents = (text: string): boolean => /\[LWC warn\].*(?:synthetic-aria|attribute "for")/s.test(text);

/**
 * An answer that is not a success is data for a component (a wire's `error`), and what it shows then is what tests look
 * at. The browser prints a line for it all the same.
 */
const isAnsweredRefusal = (message: ConsoleMessage): boolean =>
  message.text().startsWith('Failed to load resource') && message.location().url.includes('/services/data/');

const listen = (page: Page, faults: string[]): void => {
  page.on('pageerror', (error) => faults.push(`${page.url()}: script error: ${error.stack ?? error.message}`));
  page.on('crash', () => faults.push(`${page.url()}: the page crashed`));
  page.on('console', (message) => {
    const text = message.text();
    const isViolation = /Content Security Policy/i.test(text);
    if (message.type() !== 'error' && !isViolation && !text.includes('[LWC error]')) return;
    if (isAboutBaseComponents(text) || isAnsweredRefusal(message)) return;
    faults.push(`${page.url()}: console ${message.type()}: ${text}`);
  });
};

/** Starts the browser. Rejects with what to install where there is none. */
export const openBrowser = async (): Promise<TestBrowser> => {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium or Chrome was found. Install one (Debian: apt install chromium) or set CHROMIUM_PATH.',
    );
  }
  // Chromium's sandbox refuses to run as root, which is what containers are.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--disable-gpu', '--disable-dev-shm-usage', ...asRoot],
  });
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  const takeFaults = (): string[] => faults.splice(0);
  return {
    async newPage({ width = 1280, height = 900, beside } = {}) {
      const context =
        beside?.context() ??
        (await browser.newContext({ viewport: { width, height }, locale: 'en-US', reducedMotion: 'reduce' }));
      if (beside === undefined) contexts.push(context);
      const page = await context.newPage();
      // A machine that runs everything at once may be slow; what never comes is told all the same.
      page.setDefaultTimeout(60_000);
      await page.setViewportSize({ width, height });
      listen(page, faults);
      return page;
    },
    takeFaults,
    expectNoFaults() {
      const found = takeFaults();
      if (found.length > 0) throw new Error(`The page reported what should not happen:\n${found.join('\n')}`);
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
    },
  };
};

/** Becomes one of the sample people on the record pages; the next page of this context is theirs. */
export const signIn = async (page: Page, pagesUrl: string, username: string): Promise<void> => {
  const response = await page.request.post(`${pagesUrl}/session`, { data: { username } });
  if (!response.ok())
    throw new Error(`Signing in as ${username} failed (${response.status()}): ${await response.text()}`);
};

interface AxeViolation {
  id: string;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** The date picker's own calendar button is 16 px high; the field beside it takes the same date from the keyboard. */
const isDatePickerButton = (rule: string, target: unknown[]): boolean =>
  rule === 'target-size' && target.flat().some((part) => String(part).startsWith('lightning-datepicker'));

/** A tab bar too narrow for its tabs puts its "More" menu, a button, inside an element with the role of a tab. */
const isTabOverflow = (rule: string, target: unknown[]): boolean =>
  rule === 'nested-interactive' && target.flat().some((part) => String(part) === 'lightning-tab-bar');

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules of WCAG 2.2 A and AA, and axe's own best practices. */
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Fails with every accessibility fault axe finds on the page as it stands. Base components hide parts of themselves that
 * axe cannot see through synthetic shadow; name a rule in `without` only with that reason beside it.
 */
export const expectNoAxeViolations = async (page: Page, options: { without?: string[] } = {}): Promise<void> => {
  await page.evaluate(axeSource);
  // A button that the page's header covers by half while the page is scrolled is not too small.
  await page.evaluate('scrollTo(0, 0)');
  const run = `axe.run(document, ${JSON.stringify({
    runOnly: { type: 'tag', values: axeTags },
    rules: Object.fromEntries((options.without ?? []).map((rule) => [rule, { enabled: false }])),
    resultTypes: ['violations'],
  })}).then(({ violations }) => violations)`;
  const found = await page.evaluate<AxeViolation[]>(run);
  const violations = found
    .map((violation) => ({
      ...violation,
      nodes: violation.nodes.filter(
        ({ target }) => !isDatePickerButton(violation.id, target) && !isTabOverflow(violation.id, target),
      ),
    }))
    .filter(({ nodes }) => nodes.length > 0);
  if (violations.length === 0) return;
  const told = violations.map(({ id, help, nodes }) => {
    const places = nodes
      .slice(0, 5)
      .map(({ target, failureSummary }) => `    ${target.join(' ')}: ${failureSummary ?? ''}`);
    return `  ${id}: ${help}\n${places.join('\n')}`;
  });
  throw new Error(`axe found faults on ${page.url()}:\n${told.join('\n')}`);
};
