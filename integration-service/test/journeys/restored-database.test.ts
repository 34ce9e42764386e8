import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DatabaseCopy, copyDatabase } from '../support/database-copies.ts';
import { expectFiledOnce, isAtRest, referralsOf, untilFiled } from '../support/referral-checks.ts';
import { seededSample } from '../support/seeded-sample.ts';
import { until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

const points = seededSample(
  ['create-after-send', 'associate-before-intended', 'submit-after-send', 'before-link-saved'],
  2,
);

let world: TestWorld;
let copy: DatabaseCopy;

beforeAll(async () => {
  world = await openWorld({ reviewer: { mode: 'manual' } });
  await world.fleet.stopAll();
  copy = await copyDatabase(world.world.databaseUrl);
}, 120_000);
afterAll(async () => {
  await world?.close();
  await copy?.drop();
}, 60_000);

/** The service begins as it was before any click; org and AWS know what happened since. */
const begin = async (): Promise<void> => {
  await world.fleet.stopAll();
  await copy.restore();
  await world.fleet.start();
};

describe(`a database restored to before the click (${points.name})`, () => {
  test('a referral under review is followed again, and nothing is filed twice', async () => {
    await begin();
    const deal = await world.makeDeal();
    const request = await world.click(deal);
    const { NetworkId__c } = await untilFiled(world, deal, [request]);

    await begin();
    await until('the service has heard of the click again', () => isAtRest(world, deal));
    expect(await world.ace.opportunitiesFor(deal)).toHaveLength(1);
    await world.ace.decide(NetworkId__c ?? '');
    await until('the decision is on the record', async () => {
      const [row] = await referralsOf(world, deal);
      return row?.State__c === 'approved';
    });
    expect(await referralsOf(world, deal)).toMatchObject([{ NetworkId__c, State__c: 'approved' }]);
    await world.verifyLedger();
  }, 120_000);

  test.each(points.items)(
    'a filing that stopped at %s is brought to its end',
    async (point) => {
      await begin();
      const deal = await world.makeDeal();
      world.fleet.arm(point, 'kill');
      const request = await world.click(deal);
      await world.fleet.kill(await world.fleet.struck(() => world.fleet.passed().slice(-10).join(', ')));

      await begin();
      await untilFiled(world, deal, [request]);
      await expectFiledOnce(world, deal);
    },
    120_000,
  );
});
