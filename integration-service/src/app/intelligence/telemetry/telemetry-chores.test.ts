import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openWorkingOrg, type WorkingOrg } from '../../../../test/support/working-org.ts';
import { dayOf, dayText } from '../../../domain/telemetry/event.ts';
import { comparedWeeks, makeInsights } from './make-insights.ts';
import { readActivity } from './read-activity.ts';

let world: WorkingOrg;
beforeAll(async () => {
  world = await openWorkingOrg();
}, 120_000);
afterAll(() => world.close());

test('referrals are told once as dealings with the partner', async () => {
  const { runtime } = world.open;
  await world.refer(await world.makeDeal());
  await readActivity(runtime);
  await readActivity(runtime);
  await runtime.telemetry.roller.rollAll();
  const today = dayOf(Date.now());
  const rows = await runtime.telemetry.rollups.accountSeries({
    from: dayText(today - 1),
    to: dayText(today),
    by: 'day',
  });
  expect(rows).toMatchObject([{ partner: 'aws', kind: 'partner.referral-sent', count: 1, value: 1 }]);
  expect(rows[0]?.account).toMatch(/^001/);
});

test('what the weeks say stands on a record for the company, changes when they do, and is not written twice', async () => {
  const { runtime } = world.open;
  const { telemetry } = runtime;
  await telemetry.roller.makeHistory(dayOf(Date.now()));
  const source = await telemetry.sources.own();
  const weeks = comparedWeeks(Date.now());
  const tell = (prefix: string, values: readonly number[]) =>
    telemetry.events.store(
      source,
      weeks.map((week, index) => ({
        index,
        id: `${prefix}-${index}`,
        atMs: Date.parse(week),
        kind: 'product.sessions' as const,
        partner: 'aws',
        account: '',
        value: values[index] ?? 0,
        corrects: null,
      })),
    );
  await tell('told', [100, 100, 100, 100, 20, 20, 20, 20]);
  await telemetry.roller.rollAll();
  await makeInsights(runtime);
  const read = () =>
    world.query<Record<string, unknown>>(
      'SELECT Key__c, Kind__c, Audience__c, Says__c, Weight__c, LastModifiedDate FROM TelemetryInsight__c',
    );
  const [row, ...others] = await read();
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    Key__c: 'aws||product.sessions|company',
    Kind__c: 'product.sessions:fell',
    Audience__c: 'company',
    Says__c: 'Sign-ins to the product: down 80 %, from 100 a week to 20.',
  });
  await makeInsights(runtime);
  expect((await read())[0]?.LastModifiedDate).toBe(row?.LastModifiedDate);
  await tell('late', [0, 0, 0, 0, 80, 80, 80, 80]);
  await telemetry.roller.rollAll();
  await makeInsights(runtime);
  expect((await read())[0]).toMatchObject({
    Weight__c: 0,
    Says__c: expect.stringMatching(/^No longer so: /) as unknown,
  });
});
