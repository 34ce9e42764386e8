import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../model/explain-problems.ts';
import type { OpportunityBody } from '../model/opportunity.ts';
import { sampleOpportunity } from '../testing/sample-opportunity.ts';
import { afterLaunch, changedFields, editProblems, editabilityByReviewStatus } from './editability.ts';

const before: OpportunityBody = parseRequest('CreateOpportunity', sampleOpportunity({ ClientToken: 'edit' }));

const changed = (
  change: (body: OpportunityBody & { LifeCycle: NonNullable<OpportunityBody['LifeCycle']> }) => void,
): OpportunityBody => {
  const { LifeCycle = {}, ...rest } = structuredClone(before);
  const copy = { ...rest, LifeCycle };
  change(copy);
  return copy;
};
const address = (body: OpportunityBody) => {
  if (!body.Customer?.Account?.Address) throw new Error('The sample has an address.');
  return body.Customer.Account.Address;
};
const project = (body: OpportunityBody) => {
  if (!body.Project) throw new Error('The sample has a project.');
  return body.Project;
};

const city = changed((body) => (address(body).City = 'Tacoma'));
const country = changed((body) => (address(body).CountryCode = 'CA'));
const title = changed((body) => (project(body).Title = 'Another title'));
const spend = changed((body) => {
  const [entry] = project(body).ExpectedCustomerSpend ?? [];
  if (entry) entry.Amount = '13000';
});
const stage = changed((body) => (body.LifeCycle.Stage = 'Committed'));
const closeDate = changed((body) => (body.LifeCycle.TargetCloseDate = '2027-07-31'));
const identifier = changed((body) => (body.PartnerOpportunityIdentifier = '006000000000001AAA'));
const omitted = changed((body) => delete project(body).SalesActivities);

describe('what may be changed', () => {
  test.each([
    ['Pending Submission', title, []],
    ['Action Required', city, []],
    ['Action Required', country, []],
    ['Action Required', spend, []],
    ['Action Required', closeDate, []],
    ['Action Required', identifier, []],
    ['Action Required', title, ['Project.Title']],
    ['Action Required', stage, ['LifeCycle.Stage']],
    ['Action Required', omitted, ['Project.SalesActivities']],
    ['Approved', city, []],
    ['Approved', spend, []],
    ['Approved', stage, []],
    ['Approved', omitted, []],
    ['Approved', country, ['Customer.Account.Address.CountryCode']],
    ['Approved', title, ['Project.Title']],
    ['Approved', identifier, ['PartnerOpportunityIdentifier']],
    ['Submitted', city, ['LifeCycle.ReviewStatus']],
    ['In review', city, ['LifeCycle.ReviewStatus']],
    ['Rejected', city, ['LifeCycle.ReviewStatus']],
  ] as const)('%s', (status, after, refused) => {
    const problems = editProblems(status, before, after);
    expect(problems.map(({ FieldName }) => FieldName)).toEqual(refused);
    expect(problems.every(({ Code }) => Code === 'ACTION_NOT_PERMITTED')).toBe(true);
  });

  test('every review status of the API has its row', async () => {
    const { ReviewStatus } = await import('../model/enumerations.ts');
    expect(Object.keys(editabilityByReviewStatus).sort()).toEqual(Object.values(ReviewStatus).sort());
  });

  test('an empty list and an absent one are the same, and AWS’s own fields are never a change', () => {
    const emptied = changed((body) => {
      project(body).ApnPrograms = [];
      body.LifeCycle.ReviewStatus = 'Approved';
      body.LifeCycle.ReviewComments = 'fine';
    });
    expect(changedFields(before, emptied)).toEqual([]);
  });

  test('after launch a few fields are stored and the rest ignored', () => {
    const update = changed((body) => {
      project(body).Title = 'Another title';
      project(body).AdditionalComments = 'In use by all stores.';
      project(body).ExpectedCustomerSpend = [];
      body.SoftwareRevenue = { DeliveryModel: 'Contract' };
    });
    const stored = afterLaunch(before, update);
    expect(changedFields(before, stored).sort()).toEqual([
      'Project.AdditionalComments',
      'SoftwareRevenue.DeliveryModel',
    ]);
  });
});
