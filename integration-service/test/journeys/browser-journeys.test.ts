import { afterAll, afterEach, beforeAll, describe, jest } from '@jest/globals';
import { filingJourneys } from '../support/browser-journeys/filing.ts';
import { governanceJourneys } from '../support/browser-journeys/governance.ts';
import { bulkJourneys, handsJourneys, keyboardJourneys } from '../support/browser-journeys/hands.ts';
import { phoneJourneys, ruleJourneys } from '../support/browser-journeys/looks.ts';
import { reviewJourneys } from '../support/browser-journeys/review.ts';
import { rightsJourneys } from '../support/browser-journeys/rights.ts';
import { awayJourneys, colleagueJourneys, lineJourneys, retryJourneys } from '../support/browser-journeys/waits.ts';
import { openBrowserWorld, type BrowserWorld } from '../support/browser-world.ts';
import { seededSample } from '../support/seeded-sample.ts';

jest.setTimeout(120_000);

/** The seller's way, by mouse and by keyboard, with every turn that AWS can give it: walked in every run. */
const always = [filingJourneys, keyboardJourneys, reviewJourneys, rightsJourneys];
/** Other surfaces, other sizes, waits and rules: the long run walks them all. */
const others = seededSample(
  [
    handsJourneys,
    bulkJourneys,
    phoneJourneys,
    ruleJourneys,
    lineJourneys,
    retryJourneys,
    colleagueJourneys,
    awayJourneys,
    governanceJourneys,
  ],
  3,
);

describe(`in a browser, the package installed without a namespace (${others.name} of the other journeys)`, () => {
  let world: BrowserWorld;
  beforeAll(async () => {
    world = await openBrowserWorld('');
  });
  afterEach(() => world?.endJourney());
  afterAll(() => world?.close());

  for (const journeys of [...always, ...others.items]) journeys(() => world);
});
