import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { until } from '../../../test/support/until.ts';
import { listenToOrg } from '../subscriptions/org-changes.ts';

/** An org's event deliveries and API calls of a day are a budget that its other apps live on too. */
let world: WorkingOrg;
const stopping = new AbortController();
let listening: Promise<unknown>;
beforeAll(async () => {
  world = await openWorkingOrg();
  listening = listenToOrg(world.open.runtime, world.open.bus, world.open.topic, stopping.signal);
});
afterAll(async () => {
  stopping.abort();
  await listening;
  await world.close();
});

/** Events delivered so far. They come in order: when this click is heard of, so is everything written before it. */
const delivered = async (): Promise<number> => {
  const database = world.room.database(world.org.orgId);
  const [partner] = await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`);
  const click = { Kind__c: 'refer', Opportunity__c: await world.makeDeal(), Partner__c: partner?.Id ?? '' };
  const mark = await world.org.insert('sally', 'Request__c', click);
  await until('the mark is heard of, and not worked', async () => {
    const known = await database.run(sql`update inbox set state = 'done' where target = ${mark} returning id`);
    return known.length > 0;
  });
  return (await database.run(sql`select 1 from events_raw`)).length;
};

const composites = async (): Promise<number> => {
  const { values } = await world.open.runtime.metrics.crmCalls.get();
  return values.filter(({ labels }) => labels.kind === 'composite').reduce((sum, { value }) => sum + value, 0);
};

test('a referral without questions costs two deliveries at most, and three calls of Salesforce', async () => {
  await world.refer(await world.makeDeal());
  const deal = await world.makeDeal();
  const before = { events: await delivered(), calls: await composites() };
  await world.refer(deal);
  const calls = (await composites()) - before.calls;
  const events = (await delivered()) - before.events - 1;
  expect(await world.referral(deal, ['State__c'])).toEqual({ State__c: 'submitted' });
  expect(events).toBeGreaterThan(0);
  expect(events).toBeLessThanOrEqual(2);
  expect(calls).toBe(3);
});
