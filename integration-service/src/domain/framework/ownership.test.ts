import { describe, expect, test } from '@jest/globals';
import { ownershipOf, zoneOfField } from './ownership.ts';

describe('who controls what in co-selling', () => {
  test.each([
    ['Customer.Account.CompanyName', 'jointly-managed'],
    ['Customer', 'jointly-managed'],
    ['LifeCycle.Stage', 'jointly-managed'],
    ['LifeCycle.ReviewStatus', 'partner-controlled'],
    ['LifeCycle.ReviewStatusReason', 'partner-controlled'],
    ['AwsOpportunitySummary.Insights.EngagementScore', 'partner-controlled'],
    ['PartnerOpportunityIdentifier', 'vendor-controlled'],
    ['Opportunity.UseCase__c', 'vendor-controlled'],
    ['Account.Website', 'vendor-controlled'],
    ['Referral__c.State__c', 'vendor-controlled'],
    ['Referral__c.PartnerStage__c', 'partner-controlled'],
    ['Customers.Account', null],
    ['Opportunities', null],
    ['', null],
  ])('%s: %s', (field, zone) => {
    expect(zoneOfField(field)).toBe(zone);
  });

  test.each([
    ['refer-to-partner', 'jointly-managed'],
    ['correct-referral', 'jointly-managed'],
    ['read-review', 'partner-controlled'],
    ['delete-referral', null],
  ])('the action of %s: %s', (useCase, zone) => {
    expect(ownershipOf(useCase, []).action).toBe(zone);
  });

  test('names each field once, in an order that does not depend on who asked', () => {
    const fields = ['Project.Title', 'Account.Website', 'Project.Title'];
    expect(ownershipOf('refer-to-partner', fields)).toEqual({
      action: 'jointly-managed',
      writes: [
        { field: 'Account.Website', zone: 'vendor-controlled' },
        { field: 'Project.Title', zone: 'jointly-managed' },
      ],
    });
  });
});
