import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runPathCase, pathCases, type PathCase } from '../support/path-driver.ts';
import { approval, correction, filing, inGovernance, inIntelligence, resubmission } from '../support/path-points.ts';
import {
  expectFiledOnce,
  isAtRest,
  type ReferralRow,
  referralsOf,
  requestRow,
  untilFiled,
} from '../support/referral-checks.ts';
import { seededSample } from '../support/seeded-sample.ts';
import { until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

const filings = seededSample(pathCases(filing), 3);
const corrections = seededSample(pathCases(correction), 1);
const resubmissions = seededSample(pathCases(resubmission), 1);
const approvals = seededSample(pathCases(approval), 1);

const named = (cases: readonly PathCase[]): readonly (readonly [string, PathCase])[] =>
  cases.map((one) => {
    const struck = one.strike === 'kill' ? 'killed' : 'frozen and woken';
    return [`${struck} at ${one.point}, AWS ${one.partner}`, one];
  });

let world: TestWorld;
/** Deals of all cases, and what was done for each: a process woken late might still spoil one that was right. */
const deals: { readonly deal: string; readonly steps: readonly string[] }[] = [];

beforeAll(async () => {
  world = await openWorld({ processes: 2 });
}, 120_000);
afterAll(async () => {
  await world?.close();
}, 60_000);

const expectRight = async (deal: string, ...more: readonly string[]): Promise<void> => {
  const steps = ['associate', 'create', 'submit', ...more].sort();
  deals.push({ deal, steps });
  await expectFiledOnce(world, deal, steps);
};

/** The deal's referral once it stands there and nothing more is done about it. */
const untilState = (deal: string, state: string): Promise<ReferralRow> =>
  until(`the referral is ${state}`, async () => {
    const [row] = await referralsOf(world, deal);
    return row?.State__c === state && (await isAtRest(world, deal)) && row;
  });

describe(`a process of the service goes down while it files (${filings.name})`, () => {
  test.each(named(filings.items))(
    '%s',
    async (_name, one) => {
      const deal = await world.makeDeal();
      await runPathCase(
        world,
        one,
        deal,
        () => world.click(deal),
        (request) => untilFiled(world, deal, [request]),
      );
      await expectRight(deal);
    },
    120_000,
  );
});

describe(`a process of the service goes down while it corrects (${corrections.name})`, () => {
  const clear = 'Dispatchers plan from overnight reports and need dock and fleet data within a minute.';

  test.each(named(corrections.items))(
    '%s',
    async (_name, one) => {
      const deal = await world.makeDeal({
        opportunity: { CustomerProblem__c: 'The customer is not sure yet which of the nine plants comes first.' },
      });
      await world.click(deal);
      const asked = await untilState(deal, 'action-required');
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
      const [held] = await world.ace.opportunitiesFor(deal);
      expect(held?.body.Project?.CustomerBusinessProblem).toBe(clear);
      await expectRight(deal, 'update');
    },
    120_000,
  );
});

describe(`a process of the service goes down while it submits anew (${resubmissions.name})`, () => {
  test.each(named(resubmissions.items))(
    '%s',
    async (_name, one) => {
      const deal = await world.makeDeal();
      world.ace.faults.add({ kind: 'refused', operation: 'StartEngagementFromOpportunityTask' });
      await world.click(deal);
      const failed = await untilState(deal, 'failed');
      const name = 'Renamed before it was tried again';
      await world.admin.sobject('Opportunity').update({ Id: deal, Name: name });
      await runPathCase(
        world,
        one,
        deal,
        () => world.click(deal),
        (request) => untilFiled(world, deal, [request]),
      );
      expect(await world.ace.opportunitiesFor(deal)).toMatchObject([
        { id: failed.NetworkId__c, body: { Project: { Title: name } } },
      ]);
      await expectRight(deal, 'associate', 'update');
    },
    120_000,
  );
});

describe(`a process of the service goes down while a guardrail stops it (${approvals.name})`, () => {
  test.each(named(approvals.items))(
    '%s',
    async (_name, one) => {
      const deal = await world.makeDeal();
      await runPathCase(
        world,
        one,
        deal,
        () => world.click(deal, 'panel', []),
        async (request) => {
          await until('the record says that it waits for a yes', async () => {
            const { State__c } = await requestRow(world, request);
            return State__c === 'refused' && (await isAtRest(world, deal));
          });
          expect(await referralsOf(world, deal)).toMatchObject([
            { State__c: 'waiting-approval', BlockedBy__c: 'consent', NetworkId__c: null },
          ]);
          expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
          await untilFiled(world, deal, [await world.click(deal)]);
        },
      );
      await expectRight(deal);
    },
    120_000,
  );
});

/** Each look walks the whole ledger, and the long run leaves hundreds of deals. */
const wholeMs = process.env.TANDEM_FULL === '1' ? 1_800_000 : 300_000;

describe('after all that', () => {
  test('the service has passed no point that is not among the cases', () => {
    const passed = new Set(world.fleet.passed().map((line) => line.split(' ')[1] ?? ''));
    expect(passed.size).toBeGreaterThan(0);
    const struck = new Set([
      ...[filing, correction, resubmission, approval].flatMap(({ points }) => points),
      ...inGovernance,
      ...inIntelligence,
    ]);
    expect([...passed.difference(struck)]).toEqual([]);
  });

  test(
    'every deal stands at AWS once and every review has come to its record',
    async () => {
      for (const { deal, steps } of deals) {
        await until('the review is on the record', async () => {
          const [row] = await referralsOf(world, deal);
          return row?.State__c === 'approved';
        });
        await expectFiledOnce(world, deal, steps);
      }
    },
    wholeMs,
  );
});
