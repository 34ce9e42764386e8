import { afterAll, afterEach, beforeAll, describe, jest } from '@jest/globals';
import { filingJourneys } from '../support/browser-journeys/filing.ts';
import { bulkJourneys } from '../support/browser-journeys/hands.ts';
import { reviewJourneys } from '../support/browser-journeys/review.ts';
import { rightsJourneys } from '../support/browser-journeys/rights.ts';
import { openBrowserWorld, type BrowserWorld } from '../support/browser-world.ts';

jest.setTimeout(120_000);

describe('in a browser, the package installed under the namespace "tandem"', () => {
  let world: BrowserWorld;
  beforeAll(async () => {
    world = await openBrowserWorld('tandem');
  });
  afterEach(() => world?.endJourney());
  afterAll(() => world?.close());

  filingJourneys(() => world);
  reviewJourneys(() => world);
  rightsJourneys(() => world);
  bulkJourneys(() => world);
});
