import type { Contact, OpportunityBody } from '../model/opportunity.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { opportunityArn } from './context.ts';
import type { Call } from './context.ts';

/** AWS answers with explicit nulls where nothing is known, and with empty lists of associations. */
const orNull = <Value>(value: Value | undefined): Value | null => value ?? null;

const contactView = (contact: Contact): Record<string, unknown> => ({
  BusinessTitle: orNull(contact.BusinessTitle),
  Email: orNull(contact.Email),
  FirstName: orNull(contact.FirstName),
  LastName: orNull(contact.LastName),
  Phone: orNull(contact.Phone),
});

const spendView = (body: OpportunityBody): Record<string, unknown>[] =>
  (body.Project?.ExpectedCustomerSpend ?? []).map((entry) => ({
    Amount: orNull(entry.Amount),
    CurrencyCode: entry.CurrencyCode,
    EstimationUrl: orNull(entry.EstimationUrl),
    Frequency: entry.Frequency,
    TargetCompany: entry.TargetCompany,
  }));

const customerView = ({ Customer }: OpportunityBody): Record<string, unknown> | null => {
  if (!Customer) return null;
  const account = Customer.Account;
  return {
    Account: account
      ? {
          Address: {
            City: orNull(account.Address?.City),
            CountryCode: orNull(account.Address?.CountryCode),
            PostalCode: orNull(account.Address?.PostalCode),
            StateOrRegion: orNull(account.Address?.StateOrRegion),
            StreetAddress: orNull(account.Address?.StreetAddress),
          },
          AwsAccountId: orNull(account.AwsAccountId),
          CompanyName: account.CompanyName,
          Duns: orNull(account.Duns),
          Industry: orNull(account.Industry),
          OtherIndustry: orNull(account.OtherIndustry),
          WebsiteUrl: orNull(account.WebsiteUrl),
        }
      : null,
    Contacts: (Customer.Contacts ?? []).map(contactView),
  };
};

const lifeCycleView = ({ body, reviewStatus, reviewComments, reviewReason }: Opportunity): Record<string, unknown> => ({
  ClosedLostReason: orNull(body.LifeCycle?.ClosedLostReason),
  NextSteps: orNull(body.LifeCycle?.NextSteps),
  NextStepsHistory: orNull(body.LifeCycle?.NextStepsHistory),
  ReviewComments: reviewComments,
  ReviewStatus: reviewStatus,
  ReviewStatusReason: reviewReason,
  Stage: orNull(body.LifeCycle?.Stage),
  TargetCloseDate: orNull(body.LifeCycle?.TargetCloseDate),
});

const projectView = (body: OpportunityBody): Record<string, unknown> | null => {
  const { Project } = body;
  if (!Project) return null;
  return {
    AdditionalComments: orNull(Project.AdditionalComments),
    ApnPrograms: orNull(Project.ApnPrograms),
    AwsPartition: orNull(Project.AwsPartition),
    CompetitorName: orNull(Project.CompetitorName),
    CustomerBusinessProblem: orNull(Project.CustomerBusinessProblem),
    CustomerUseCase: orNull(Project.CustomerUseCase),
    DeliveryModels: orNull(Project.DeliveryModels),
    ExpectedContractDuration: orNull(Project.ExpectedContractDuration),
    ExpectedCustomerSpend: spendView(body),
    OtherCompetitorNames: orNull(Project.OtherCompetitorNames),
    OtherSolutionDescription: orNull(Project.OtherSolutionDescription),
    RelatedOpportunityIdentifier: orNull(Project.RelatedOpportunityIdentifier),
    SalesActivities: orNull(Project.SalesActivities),
    Title: orNull(Project.Title),
  };
};

const marketingView = ({ Marketing }: OpportunityBody): Record<string, unknown> | null =>
  Marketing
    ? {
        AwsFundingUsed: orNull(Marketing.AwsFundingUsed),
        CampaignName: orNull(Marketing.CampaignName),
        Channels: orNull(Marketing.Channels),
        Source: orNull(Marketing.Source),
        UseCases: orNull(Marketing.UseCases),
      }
    : null;

/** The answer of GetOpportunity. */
export const opportunityView = (call: Call, opportunity: Opportunity): Record<string, unknown> => {
  const { body, related } = opportunity;
  return {
    Arn: opportunityArn(call, opportunity),
    Catalog: opportunity.catalog,
    CreatedDate: opportunity.createdAt.toISOString(),
    Customer: customerView(body),
    Id: opportunity.id,
    LastModifiedDate: opportunity.modifiedAt.toISOString(),
    LifeCycle: lifeCycleView(opportunity),
    Marketing: marketingView(body),
    NationalSecurity: orNull(body.NationalSecurity),
    OpportunityTeam: opportunity.team.map(contactView),
    OpportunityType: orNull(body.OpportunityType),
    PartnerOpportunityIdentifier: orNull(body.PartnerOpportunityIdentifier),
    PrimaryNeedsFromAws: orNull(body.PrimaryNeedsFromAws),
    Project: projectView(body),
    RelatedEntityIdentifiers: {
      AwsMarketplaceOfferSets: related.AwsMarketplaceOfferSets ?? [],
      AwsMarketplaceOffers: related.AwsMarketplaceOffers ?? [],
      AwsMarketplaceProducts: related.AwsMarketplaceProducts ?? [],
      AwsMarketplaceSolutions: related.AwsMarketplaceSolutions ?? [],
      AwsProducts: related.AwsProducts ?? [],
      Solutions: related.Solutions ?? [],
    },
    SoftwareRevenue: orNull(body.SoftwareRevenue),
  };
};

/** An element of ListOpportunities' answer. */
export const opportunitySummary = (call: Call, opportunity: Opportunity): Record<string, unknown> => {
  const { body } = opportunity;
  const account = body.Customer?.Account;
  const { NextStepsHistory: _history, ...lifeCycle } = lifeCycleView(opportunity);
  return {
    Arn: opportunityArn(call, opportunity),
    Catalog: opportunity.catalog,
    CreatedDate: opportunity.createdAt.toISOString(),
    Customer: {
      Account: account
        ? {
            Address: {
              City: orNull(account.Address?.City),
              CountryCode: orNull(account.Address?.CountryCode),
              PostalCode: orNull(account.Address?.PostalCode),
              StateOrRegion: orNull(account.Address?.StateOrRegion),
            },
            CompanyName: account.CompanyName,
            Industry: orNull(account.Industry),
            OtherIndustry: orNull(account.OtherIndustry),
            WebsiteUrl: orNull(account.WebsiteUrl),
          }
        : null,
    },
    Id: opportunity.id,
    LastModifiedDate: opportunity.modifiedAt.toISOString(),
    LifeCycle: lifeCycle,
    OpportunityType: orNull(body.OpportunityType),
    PartnerOpportunityIdentifier: orNull(body.PartnerOpportunityIdentifier),
    Project: {
      DeliveryModels: orNull(body.Project?.DeliveryModels),
      ExpectedContractDuration: orNull(body.Project?.ExpectedContractDuration),
      ExpectedCustomerSpend: spendView(body),
    },
  };
};

export { contactView, spendView };
