import type { CreateOpportunityCommandInput } from '@aws-sdk/client-partnercentral-selling';

/** A referral that AWS takes as it stands: every field that creation and submission ask for. */
export const sampleOpportunity = (
  changes: Partial<CreateOpportunityCommandInput> & { readonly ClientToken: string },
): CreateOpportunityCommandInput => ({
  Catalog: 'Sandbox',
  Origin: 'Partner Referral',
  OpportunityType: 'Net New Business',
  NationalSecurity: 'No',
  PrimaryNeedsFromAws: ['Co-Sell - Architectural Validation'],
  Customer: {
    Account: {
      CompanyName: 'Fabrikam Retail Group',
      Industry: 'Retail',
      WebsiteUrl: 'https://www.fabrikam.example.com',
      Address: { CountryCode: 'US', StateOrRegion: 'Washington', PostalCode: '98101', City: 'Seattle' },
    },
    Contacts: [{ FirstName: 'Kim', LastName: 'Abercrombie', Email: 'kim.abercrombie@example.com' }],
  },
  Project: {
    Title: 'Store analytics on AWS',
    CustomerBusinessProblem: 'Store managers see yesterday’s sales two days late and cannot plan their staff.',
    CustomerUseCase: 'AI Machine Learning and Analytics',
    DeliveryModels: ['SaaS or PaaS'],
    SalesActivities: ['Initialized discussions with customer'],
    ExpectedCustomerSpend: [{ Amount: '12500.00', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' }],
  },
  LifeCycle: { Stage: 'Qualified', TargetCloseDate: '2027-06-30', NextSteps: 'Agree on the pilot stores.' },
  Marketing: { Source: 'None' },
  ...changes,
});
