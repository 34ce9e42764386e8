import { afterAll, afterEach, beforeAll, describe, jest } from '@jest/globals';
import { filingJourneys } from '../support/browser-journeys/filing.ts';
import { governanceJourneys } from '../support/browser-journeys/governance.ts';
import { bulkJourneys, handsJourneys, keyboardJourneys } from '../support/browser-journeys/hands.ts';
import { looksJourneys } from '../support/browser-journeys/looks.ts';
import { reviewJourneys } from '../support/browser-journeys/review.ts';
import { rightsJourneys } from '../support/browser-journeys/rights.ts';
import { waitsJourneys } from '../support/browser-journeys/waits.ts';
import { openBrowserWorld, type BrowserWorld } from '../support/browser-world.ts';

jest.setTimeout(120_000);

describe('in a browser, the package installed without a namespace', () => {
  let world: BrowserWorld;
  beforeAll(async () => {
    world = await openBrowserWorld('');
  });
  afterEach(() => world?.endJourney());
  afterAll(() => world?.close());

  filingJourneys(() => world);
  reviewJourneys(() => world);
  rightsJourneys(() => world);
  handsJourneys(() => world);
  keyboardJourneys(() => world);
  bulkJourneys(() => world);
  looksJourneys(() => world);
  waitsJourneys(() => world);
  governanceJourneys(() => world);
});
