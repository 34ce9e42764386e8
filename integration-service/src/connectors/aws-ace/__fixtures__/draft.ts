import type { PortalSolution, ReferralDraftInput } from '../../../ports/partner-portal/partner-portal.ts';

/** The day all fixtures live on. */
export const TODAY = '2026-11-21';

export const SOLUTIONS: readonly PortalSolution[] = [
  { id: 'S-1234567', name: 'Northwind Analytics Cloud', category: 'Software Product', active: true },
  { id: 'S-1234569', name: 'Northwind Reporting Classic', category: 'Software Product', active: false },
];

/** A referral AWS takes as it stands, by target. */
export const VALUES: ReferralDraftInput['values'] = {
  'Customer.Account.CompanyName': 'Fabrikam Retail Group',
  'Customer.Account.Industry': 'Retail',
  'Customer.Account.WebsiteUrl': 'https://www.fabrikam.example.com',
  'Customer.Account.Address.CountryCode': 'US',
  'Customer.Account.Address.StateOrRegion': 'Washington',
  'Customer.Account.Address.PostalCode': '98101',
  'Customer.Account.Address.City': 'Seattle',
  'Customer.Contacts.FirstName': 'Kim',
  'Customer.Contacts.LastName': 'Abercrombie',
  'Customer.Contacts.Email': 'kim.abercrombie@example.com',
  'Project.Title': 'Store analytics',
  'Project.CustomerBusinessProblem': 'Store managers see the sales of a day two days late.',
  'Project.CustomerUseCase': 'AI Machine Learning and Analytics',
  'Project.DeliveryModels': ['SaaS or PaaS'],
  'Project.SalesActivities': ['Customer has shown interest in solution'],
  'Project.ExpectedCustomerSpend.Amount': '12500',
  'Project.ExpectedCustomerSpend.CurrencyCode': 'USD',
  'Project.ExpectedCustomerSpend.Frequency': 'Monthly',
  'Project.ExpectedCustomerSpend.TargetCompany': 'AWS',
  PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
  OpportunityType: 'Net New Business',
  'LifeCycle.Stage': 'Qualified',
  'LifeCycle.TargetCloseDate': '2027-06-30',
  'OpportunityTeam.FirstName': 'Sally',
  'OpportunityTeam.LastName': 'Seller',
  'OpportunityTeam.Email': 'sally.seller@example.com',
  'OpportunityTeam.BusinessTitle': 'PartnerAccountManager',
  Origin: 'Partner Referral',
  'Marketing.Source': 'None',
  'AwsSubmission.InvolvementType': 'Co-Sell',
  'AwsSubmission.Visibility': 'Full',
  'RelatedEntityIdentifiers.Solutions': 'S-1234567',
};

/** The same for a deal of its own, with some values changed; `undefined` leaves one out. */
export const draftFor = (
  opportunityId: string,
  changes: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): ReferralDraftInput => {
  const values: Record<string, string | readonly string[]> = { ...VALUES, PartnerOpportunityIdentifier: opportunityId };
  for (const [target, value] of Object.entries(changes)) {
    if (value === undefined) Reflect.deleteProperty(values, target);
    else values[target] = value;
  }
  return {
    opportunityId,
    values,
    personal: ['Customer.Contacts.FirstName', 'Customer.Contacts.LastName', 'Customer.Contacts.Email'],
    solutions: SOLUTIONS,
    today: TODAY,
  };
};
