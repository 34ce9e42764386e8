import { expect, test } from '@jest/globals';
import type { BrowserWorld } from '../browser-world.ts';

const clarify = {
  verdict: 'Action Required',
  reason: 'Clarify Solution',
  comments: 'Please describe the problem the customer wants to solve and how the solution will use AWS services.',
} as const;
const refuse = {
  verdict: 'Rejected',
  reason: 'Forecast Conflict',
  comments: 'An opportunity for this customer is already in the pipeline of the AWS account team.',
} as const;
const clearer =
  'Dispatchers plan from overnight reports; with Amazon Redshift they see dock and fleet data within a minute.';

/** What AWS says afterwards, and what a person may do then. */
export const reviewJourneys = (world: () => BrowserWorld): void => {
  test('AWS asks for a change, it is made in the panel, and AWS approves', async () => {
    const { ace, makeDeal, openDeal } = world();
    const deal = await makeDeal();
    const panel = await openDeal('sally.seller', deal);
    const number = await panel.referToAws();

    await ace.decide(number, clarify);
    await panel.says('AWS asks for a correction');
    await panel.shows(clarify.comments);
    await panel.looksRight();
    await panel.field(/Customer’s problem|Customer's problem|Customer problem/).fill(clearer);
    await panel.button('Send to AWS').click();
    await panel.says('AWS is reviewing this deal');
    const [corrected] = await ace.opportunitiesFor(deal);
    expect(corrected?.body.Project?.CustomerBusinessProblem).toBe(clearer);

    await ace.decide(number);
    await panel.says('AWS approved this deal');
    await panel.looksRight();
    expect(await panel.networkId()).toBe(number);
  });

  test('AWS does not take the deal; it is referred again as a second attempt', async () => {
    const { ace, custom, admin, makeDeal, openDeal } = world();
    const deal = await makeDeal();
    const panel = await openDeal('sally.seller', deal);
    const first = await panel.referToAws();

    await ace.decide(first, refuse);
    await panel.says('AWS did not take this deal');
    await panel.shows(refuse.comments);
    await panel.looksRight();
    await panel.button('Refer again').click();
    await panel.says('AWS is reviewing this deal');
    const second = await panel.networkId();

    expect(second).not.toBe(first);
    const { records } = await admin.query<Record<string, unknown>>(
      `SELECT ${custom('Attempt__c')}, ${custom('NetworkId__c')}, ${custom('State__c')} FROM ${custom('Referral__c')} WHERE ${custom('Opportunity__c')} = '${deal}' ORDER BY ${custom('Attempt__c')}`,
    );
    expect(
      records.map((row) => [row[custom('Attempt__c')], row[custom('NetworkId__c')], row[custom('State__c')]]),
    ).toEqual([
      [1, first, 'rejected'],
      [2, second, 'in-review'],
    ]);
  });
};
