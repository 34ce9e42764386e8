import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SOURCE_FOLDERS, startSurfaces, type SurfacesUnderTest } from '../org/contract/surfaces-under-test.ts';
import { COMPANY_FOLDER, COMPANY_USERS, loadHistory, type LoadedHistory } from './load-history.ts';

const wishes = { today: '2026-11-22', accounts: 20, closed: 120, open: 8 };

let org: SurfacesUnderTest;
let history: LoadedHistory;
let commitsBefore: number;

beforeAll(async () => {
  org = await startSurfaces({
    sourceFolders: [...SOURCE_FOLDERS, COMPANY_FOLDER],
    users: COMPANY_USERS,
  });
  commitsBefore = await org.engine.lastCommitNumber();
  const loaded = await loadHistory(org, wishes);
  if (loaded === null) throw new Error('a new org has no history');
  history = loaded;
});
afterAll(() => org.stop());

const query = async (soql: string): Promise<readonly Record<string, unknown>[]> =>
  (await org.engine.as(await org.context('integration')).query(soql)).records;

describe('a history that was put into an org', () => {
  test('is seen by the integration user as any other records are, and put there once', async () => {
    const [counted] = await query('SELECT COUNT(Id) n FROM Opportunity WHERE IsClosed = true');
    expect(counted).toMatchObject({ n: 120 });
    expect(await loadHistory(org, { ...wishes, today: '2026-11-23' })).toBeNull();
  });

  test('has each deal as it lived', async () => {
    const index = history.deals.findIndex(({ state, facts }) => state === 'lost' && facts.pushes > 1);
    const deal = history.deals[index];
    const id = history.dealIds[index];
    const [row] = await query(
      `SELECT Name, StageName, IsWon, Amount, CreatedDate, LastModifiedDate, CloseDate, TouchCount__c FROM Opportunity WHERE Id = '${id}'`,
    );
    expect(row).toMatchObject({
      Name: deal?.name,
      StageName: 'Closed Lost',
      IsWon: false,
      Amount: deal?.amount,
      CloseDate: deal?.closedOn,
    });
    expect(String(row?.CreatedDate).slice(0, 10)).toBe(deal?.moments[0].day);
    expect(String(row?.LastModifiedDate).slice(0, 10)).toBe(deal?.closedOn);
    const course = await query(
      `SELECT StageName, CloseDate, CreatedDate FROM OpportunityHistory WHERE OpportunityId = '${id}' ORDER BY CreatedDate`,
    );
    expect(course[0]).toMatchObject({ StageName: 'Prospecting' });
    expect(course.at(-1)).toMatchObject({ StageName: 'Closed Lost', CloseDate: deal?.closedOn });
    const days = course.map(({ CreatedDate }) => String(CreatedDate));
    expect(days).toEqual([...days].sort());
    expect(new Set(course.map(({ CloseDate }) => CloseDate)).size).toBeGreaterThan(2);
  });

  test('tells of fields when they were filled in: leaks at the end, the others before', async () => {
    const rows = await query(
      `SELECT OpportunityId, Field, CreatedDate FROM OpportunityFieldHistory WHERE Field IN ('ClosedReason__c', 'Competitor__c')`,
    );
    const closedOn = new Map(history.dealIds.map((id, index) => [id, history.deals[index]?.closedOn]));
    const atClose = (field: string): number => {
      const some = rows.filter(
        ({ Field, OpportunityId }) => Field === field && closedOn.get(String(OpportunityId)) !== null,
      );
      const late = some.filter(
        ({ OpportunityId, CreatedDate }) => String(CreatedDate).slice(0, 10) === closedOn.get(String(OpportunityId)),
      );
      return late.length / some.length;
    };
    expect(atClose('ClosedReason__c')).toBe(1);
    expect(atClose('Competitor__c')).toBeLessThan(0.05);
  });

  test('has partners with managers, referrals with outcomes, and lines that add up', async () => {
    expect(
      await query("SELECT Id FROM Partner__c WHERE ManagerUser__r.Username = 'max.manager@tandem.example.com'"),
    ).toHaveLength(40);
    const referrals = await query('SELECT State__c, Partner__r.Key__c, Opportunity__r.Name FROM Referral__c');
    expect(referrals).toHaveLength(history.deals.filter(({ referral }) => referral !== null).length);
    expect(await query('SELECT Id FROM OpportunityLineItem')).toHaveLength(128);
  });

  test('is heard by nobody', async () => {
    expect(await org.engine.lastCommitNumber()).toBe(commitsBefore);
  });
});

test('a record that the org could not hold is refused, and takes all others along', async () => {
  const before = await query('SELECT Id FROM Account');
  await expect(
    org.restore(async (put) => {
      const [account = ''] = await put('Account', [
        [
          {
            at: '2025-01-01T09:00:00Z',
            by: org.users['integration@tandem.example.com'] ?? '',
            values: { Name: 'Gone' },
          },
        ],
      ]);
      await put('Opportunity', [
        [{ at: '2025-01-01T09:00:00Z', by: '', values: { Name: 'No stage', AccountId: account } }],
      ]);
    }),
  ).rejects.toThrow('Required fields are missing');
  expect(await query('SELECT Id FROM Account')).toHaveLength(before.length);
});
