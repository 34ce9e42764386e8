import { expect, test } from '@jest/globals';
import type { BrowserWorld, Person } from '../browser-world.ts';

/** Takes a permission set from a person. Gives what gives it back. */
const withoutPermissionSet = async (
  { admin }: BrowserWorld,
  person: Person,
  name: string,
): Promise<() => Promise<void>> => {
  const { records } = await admin.query<{ Id: string; AssigneeId: string; PermissionSetId: string }>(
    `SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = '${person}@tandem.example.com' AND PermissionSet.Name = '${name}'`,
  );
  const [assignment] = records;
  if (!assignment) throw new Error(`${person} does not have the permission set ${name}.`);
  const { Id, AssigneeId, PermissionSetId } = assignment;
  await admin.sobject('PermissionSetAssignment').delete(Id);
  return async () => {
    await admin.sobject('PermissionSetAssignment').create({ AssigneeId, PermissionSetId });
  };
};

/** What permissions and sharing keep from people, on the page and behind it. */
export const rightsJourneys = (world: () => BrowserWorld): void => {
  test('without the permission there is no button, and no way round it', async () => {
    const { admin, custom, connect, desk, makeDeal, openDeal } = world();
    const deal = await makeDeal({ owner: 'omar.other' });
    const giveBack = await withoutPermissionSet(world(), 'omar.other', 'TandemSeller');
    try {
      const panel = await openDeal('omar.other', deal, { another: true });
      await panel.shows(/Ask your administrator for the permission set Tandem Seller/);
      expect(await panel.root.getByRole('button').count()).toBe(0);
      await panel.looksRight();
      const omar = await connect('omar.other');
      const request = {
        [custom('Kind__c')]: 'refer',
        [custom('Opportunity__c')]: deal,
        [custom('Partner__c')]: await desk.partnerId('aws'),
        [custom('Surface__c')]: 'api',
      };
      await expect(omar.sobject(custom('Request__c')).create(request)).rejects.toThrow();
      await expect(
        omar.requestPost('/ui-api/records', { apiName: custom('Request__c'), fields: request }),
      ).rejects.toThrow();
      const { totalSize } = await admin.query(
        `SELECT Id FROM ${custom('Request__c')} WHERE ${custom('Opportunity__c')} = '${deal}'`,
      );
      expect(totalSize).toBe(0);
    } finally {
      await giveBack();
    }
  });

  test('a colleague outside the deal sees neither the deal nor its referral', async () => {
    const { connect, custom, desk, makeDeal, open, openDeal } = world();
    const deal = await makeDeal();
    const panel = await openDeal('sally.seller', deal);
    await panel.referToAws();
    const referral = await desk.newest(deal);

    const page = await open('omar.other', `/lightning/r/Opportunity/${deal}/view`);
    await page
      .getByText(/does not exist|no access|not available|may not see/i)
      .first()
      .waitFor();
    expect(await page.locator('c-referral-panel').count()).toBe(0);
    const story = await open('omar.other', `/lightning/r/${custom('Referral__c')}/${referral?.id ?? ''}/view`);
    await story
      .getByText(/does not exist|no access|not available|may not see/i)
      .first()
      .waitFor();
    const omar = await connect('omar.other');
    const { totalSize } = await omar.query(
      `SELECT Id FROM ${custom('Referral__c')} WHERE ${custom('Opportunity__c')} = '${deal}'`,
    );
    expect(totalSize).toBe(0);
  });
};
