import { afterAll, afterEach, beforeAll, describe, jest } from '@jest/globals';
import { filingJourneys } from '../support/browser-journeys/filing.ts';
import { bulkJourneys } from '../support/browser-journeys/hands.ts';
import { reviewJourneys } from '../support/browser-journeys/review.ts';
import { rightsJourneys } from '../support/browser-journeys/rights.ts';
import { openBrowserWorld, type BrowserWorld } from '../support/browser-world.ts';
import { seededSample } from '../support/seeded-sample.ts';

jest.setTimeout(120_000);

/** Under a namespace the names differ and nothing else: one group beside the filing, and all of them in the long run. */
const others = seededSample([reviewJourneys, rightsJourneys, bulkJourneys], 1);

describe(`in a browser, the package installed under the namespace "tandem" (${others.name} of the other journeys)`, () => {
  let world: BrowserWorld;
  beforeAll(async () => {
    world = await openBrowserWorld('tandem');
  });
  afterEach(() => world?.endJourney());
  afterAll(() => world?.close());

  for (const journeys of [filingJourneys, ...others.items]) journeys(() => world);
});
