import { expect } from '@jest/globals';
import { sql } from 'kysely';
import { until } from './until.ts';
import type { TestWorld } from './world-kit.ts';

/** What stands on the record of a referral, as an administrator sees it. */
export interface ReferralRow {
  readonly Id: string;
  readonly Key__c: string;
  readonly State__c: string;
  readonly NetworkId__c: string | null;
  readonly Message__c: string | null;
  readonly NextAction__c: string | null;
  readonly BlockedBy__c: string | null;
  readonly ReviewStatus__c: string | null;
  readonly Questions__c: string | null;
}

/** AWS has it, and nothing is left for us or the seller to do. */
const filed = new Set(['submitted', 'in-review', 'approved']);

export const referralsOf = ({ query }: TestWorld, deal: string): Promise<readonly ReferralRow[]> =>
  query<ReferralRow>(
    `SELECT Id, Key__c, State__c, NetworkId__c, Message__c, NextAction__c, BlockedBy__c, ReviewStatus__c, Questions__c FROM Referral__c WHERE Opportunity__c = '${deal}'`,
  );

export interface RequestRow {
  readonly Id: string;
  readonly State__c: string;
  readonly Message__c: string | null;
}

export const requestRow = async ({ query }: TestWorld, id: string): Promise<RequestRow> => {
  const [row] = await query<RequestRow>(`SELECT Id, State__c, Message__c FROM Request__c WHERE Id = '${id}'`);
  if (!row) throw new Error(`The request ${id} is not there any more.`);
  return row;
};

/** Whether the service has come to the end of everything that was asked about a deal. */
export const isAtRest = async ({ database }: TestWorld, deal: string): Promise<boolean> => {
  const [row] = await database.run(sql<{ open: string; all: string }>`
    select count(*) filter (where state in ('waiting', 'working')) as open, count(*) as all from inbox
    where org = ${database.org} and deal = ${deal}`);
  return row !== undefined && row.open === '0' && row.all !== '0';
};

/** The deal's referral once its record says that AWS has it, the request is answered, and nothing is left to do. */
export const untilFiled = (
  world: TestWorld,
  deal: string,
  requests: readonly string[],
  timeoutMs = 50_000,
): Promise<ReferralRow> => {
  let seen = '';
  return until(
    'the referral is filed and its request answered',
    async () => {
      const rows = await referralsOf(world, deal);
      const asked = await Promise.all(requests.map((request) => requestRow(world, request)));
      const rests = await isAtRest(world, deal);
      seen = JSON.stringify({ rows, asked, rests });
      const [row] = rows;
      return rests && row && filed.has(row.State__c) && asked.every(({ State__c }) => State__c === 'done') && row;
    },
    { timeoutMs, lastSeen: () => `Last seen: ${seen}` },
  );
};

/**
 * Fails unless the deal stands at AWS exactly once, its one record says so, and every effect that AWS did not refuse is
 * done: `steps`, sorted.
 */
export const expectFiledOnce = async (
  world: TestWorld,
  deal: string,
  steps: readonly string[] = ['associate', 'create', 'submit'],
): Promise<void> => {
  const atAws = await world.ace.opportunitiesFor(deal);
  expect(atAws.map(({ id, reviewStatus }) => ({ id, submitted: reviewStatus !== 'Pending Submission' }))).toEqual([
    { id: expect.any(String), submitted: true },
  ]);
  // Whoever woke too late may just have written over the record, which is then written again.
  const rows = await until('the record says that AWS has it', async () => {
    const found = await referralsOf(world, deal);
    return filed.has(found[0]?.State__c ?? '') && found;
  });
  expect(rows.map(({ Key__c, NetworkId__c }) => ({ Key__c, NetworkId__c }))).toEqual([
    { Key__c: `${deal}:aws:1`, NetworkId__c: atAws[0]?.id },
  ]);
  const { database } = world;
  const effects = await database.run(sql<{ step: string; state: string }>`
    select step, state from effects
    where org = ${database.org} and decision like ${`${deal}:%`} and state <> 'refused' order by step`);
  expect(effects).toEqual(steps.map((step) => ({ step, state: 'done' })));
  expect(await world.verifyLedger()).toBeGreaterThan(0);
};
