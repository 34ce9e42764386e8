import type { Locator, Page } from 'playwright-core';
import { expectNoAxeViolations } from './browser.ts';
import { until } from './until.ts';

/** The referral panel on an opportunity's page, found as a person finds it: by roles and words. */
export class ReferralPanel {
  readonly page: Page;
  readonly root: Locator;
  readonly #examine: (page: Page) => Promise<void>;

  /** `examine` looks for faults of the page as it stands. */
  constructor(page: Page, examine: (page: Page) => Promise<void> = expectNoAxeViolations) {
    this.page = page;
    this.root = page.locator('c-referral-panel');
    this.#examine = examine;
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name });
  }

  field(label: string | RegExp): Locator {
    return this.root.getByLabel(label);
  }

  /** The partner's number of the deal, a link from the moment it exists. */
  get networkLink(): Locator {
    return this.root.getByRole('link', { name: /^O\d+ at AWS/ });
  }

  /** Waits until the panel says that the referral stands so. */
  async says(headline: string | RegExp): Promise<void> {
    await this.root.getByRole('heading', { level: 3, name: headline }).waitFor();
  }

  async shows(text: string | RegExp): Promise<void> {
    await this.root.getByText(text).first().waitFor();
  }

  /** Waits for the number AWS gave, and gives it back. */
  async networkId(): Promise<string> {
    return (await this.networkLink.innerText()).trim();
  }

  /** Refers the deal with one click, and waits until AWS reviews it. Gives AWS's number. */
  async referToAws(): Promise<string> {
    await this.button('Refer to AWS').click();
    await this.says('AWS is reviewing this deal');
    return this.networkId();
  }

  /** The page as it stands has no accessibility fault, and nothing hangs out of it sideways. */
  async looksRight(): Promise<void> {
    await this.#examine(this.page);
    await expectNoSidewaysScroll(this.page);
  }
}

/** Waits until a page is as wide as its window: nothing on it has to be scrolled to sideways. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  let seen: number[] = [];
  // After a window has changed its width, a tab bar first has to measure which of its tabs still fit.
  await until(
    `${page.url()} fits its window`,
    async () => {
      seen = await page.evaluate<number[]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      return (seen[0] ?? 0) <= (seen[1] ?? 0);
    },
    { timeoutMs: 5_000, lastSeen: () => `It is ${seen[0] ?? 0} px wide in a window of ${seen[1] ?? 0} px.` },
  );
};
