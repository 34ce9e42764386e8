import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runPathCase, pathCases, type PathCase } from '../support/path-driver.ts';
import { correctionPoints, filingPoints } from '../support/path-points.ts';
import { expectFiledOnce, referralsOf, requestRow, untilFiled } from '../support/referral-checks.ts';
import { seededSample } from '../support/seeded-sample.ts';
import { until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

const filings = seededSample(pathCases(filingPoints), 5);
const corrections = seededSample(pathCases(correctionPoints), 1);
const nameOf = ({ strike, point, partner }: PathCase): string =>
  `${strike === 'kill' ? 'killed' : 'frozen and woken'} at ${point}, AWS ${partner}`;

let world: TestWorld;
/** Deals of all cases: a process woken late might still spoil one that was right. */
const deals: string[] = [];

beforeAll(async () => {
  world = await openWorld({ processes: 2 });
}, 120_000);
afterAll(async () => {
  await world?.close();
}, 60_000);

describe(`a process of the service goes down while it files (${filings.name})`, () => {
  test.each(filings.items.map((one) => [nameOf(one), one] as const))(
    '%s',
    async (_name, one) => {
      const deal = await world.makeDeal();
      deals.push(deal);
      await runPathCase(
        world,
        one,
        deal,
        () => world.click(deal),
        (request) => untilFiled(world, deal, [request]),
      );
      await expectFiledOnce(world, deal);
    },
    120_000,
  );
});

describe(`a process of the service goes down while it corrects (${corrections.name})`, () => {
  const clear = 'Dispatchers plan from overnight reports and need dock and fleet data within a minute.';

  test.each(corrections.items.map((one) => [nameOf(one), one] as const))(
    '%s',
    async (_name, one) => {
      const deal = await world.makeDeal({
        opportunity: { CustomerProblem__c: 'The customer is not sure yet which of the nine plants comes first.' },
      });
      const first = await world.click(deal);
      const asked = await until('AWS asks for a correction', async () => {
        const [row] = await referralsOf(world, deal);
        const { State__c } = await requestRow(world, first);
        return row?.State__c === 'action-required' && State__c === 'done' && row;
      });
      await runPathCase(
        world,
        one,
        deal,
        () =>
          world.desk.request(
            'correct',
            { Opportunity__c: deal, Referral__c: asked.Id },
            {
              version: 1,
              shown: { fields: ['Project.CustomerBusinessProblem'] },
              answers: { 'Project.CustomerBusinessProblem': clear },
            },
          ),
        (request) => untilFiled(world, deal, [request]),
      );
      const [held, ...more] = await world.ace.opportunitiesFor(deal);
      expect(more).toEqual([]);
      expect(held?.body.Project?.CustomerBusinessProblem).toBe(clear);
      expect((await referralsOf(world, deal)).map(({ NetworkId__c }) => NetworkId__c)).toEqual([held?.id]);
      await world.verifyLedger();
    },
    120_000,
  );
});

describe('after all that', () => {
  test('the path has no point that is not among the cases', () => {
    const passed = new Set(world.fleet.passed().map((line) => line.split(' ')[1] ?? ''));
    expect(passed.size).toBeGreaterThan(0);
    expect([...passed.difference(new Set([...filingPoints, ...correctionPoints]))]).toEqual([]);
  });

  test('every deal stands at AWS once and every review has come to its record', async () => {
    for (const deal of deals) {
      await until('the review is on the record', async () => {
        const [row] = await referralsOf(world, deal);
        return row?.State__c === 'approved';
      });
      await expectFiledOnce(world, deal);
    }
  }, 300_000);
});
