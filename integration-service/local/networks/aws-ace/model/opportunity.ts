import { z } from 'zod';
import * as values from './enumerations.ts';
import {
  awsAccount,
  date,
  dateTime,
  email,
  lengthBetween,
  matching,
  monetaryAmount,
  opportunityId,
  phone,
} from './primitives.ts';

/** Shapes of an opportunity in the API model (partnercentral-selling 2022-07-26). Unknown members are dropped, as AWS does. */

export const contact = z.object({
  Email: email.optional(),
  FirstName: lengthBetween(0, 80).optional(),
  LastName: lengthBetween(0, 80).optional(),
  BusinessTitle: lengthBetween(0, 80).optional(),
  Phone: phone.optional(),
});

const address = z.object({
  City: lengthBetween(0, 255).optional(),
  PostalCode: lengthBetween(0, 20).optional(),
  StateOrRegion: z.string().optional(),
  CountryCode: z.enum(values.CountryCode).optional(),
  StreetAddress: lengthBetween(0, 255).optional(),
});

const account = z.object({
  Industry: z.enum(values.Industry).optional(),
  OtherIndustry: lengthBetween(0, 255).optional(),
  CompanyName: lengthBetween(0, 120),
  WebsiteUrl: lengthBetween(4, 255).optional(),
  AwsAccountId: awsAccount.optional(),
  Address: address.optional(),
  Duns: matching(/[0-9]{9}/).optional(),
});

const customer = z.object({ Account: account.optional(), Contacts: z.array(contact).optional() });

const expectedCustomerSpend = z.object({
  Amount: matching(/((0|([1-9][0-9]{0,30}))(\.[0-9]{0,2})?)?/).optional(),
  CurrencyCode: z.enum(values.CurrencyCode),
  Frequency: z.enum(values.PaymentFrequency),
  TargetCompany: lengthBetween(1, 80),
  EstimationUrl: matching(
    /https:\/\/(calculator\.aws|pricing\.calculator\.aws\.eu)\/#\/estimate\?id=[a-f0-9]{32,64}/,
  ).optional(),
});

const project = z.object({
  DeliveryModels: z.array(z.enum(values.DeliveryModel)).optional(),
  ExpectedCustomerSpend: z.array(expectedCustomerSpend).max(10).optional(),
  ExpectedContractDuration: z
    .object({ Term: z.enum(values.ExpectedContractDurationTerm), Value: z.string() })
    .optional(),
  Title: lengthBetween(0, 255).optional(),
  ApnPrograms: z.array(z.string()).optional(),
  CustomerBusinessProblem: lengthBetween(20, 2000).optional(),
  CustomerUseCase: z.string().optional(),
  RelatedOpportunityIdentifier: opportunityId.optional(),
  SalesActivities: z.array(z.enum(values.SalesActivity)).optional(),
  CompetitorName: z.enum(values.CompetitorName).optional(),
  OtherCompetitorNames: lengthBetween(0, 255).optional(),
  OtherSolutionDescription: lengthBetween(0, 255).optional(),
  // From 1, unlike its neighbours: an empty comment is refused.
  AdditionalComments: lengthBetween(1, 255).optional(),
  AwsPartition: z.enum(values.AwsPartition).optional(),
});

const marketing = z.object({
  CampaignName: z.string().optional(),
  Source: z.enum(values.MarketingSource).optional(),
  UseCases: z.array(z.string()).optional(),
  Channels: z.array(z.enum(values.Channel)).optional(),
  AwsFundingUsed: z.enum(values.AwsFundingUsed).optional(),
});

const softwareRevenue = z.object({
  DeliveryModel: z.enum(values.RevenueModel).optional(),
  Value: z.object({ Amount: monetaryAmount, CurrencyCode: z.enum(values.CurrencyCode) }).optional(),
  EffectiveDate: date.optional(),
  ExpirationDate: date.optional(),
});

const lifeCycle = z.object({
  Stage: z.enum(values.Stage).optional(),
  ClosedLostReason: z.enum(values.ClosedLostReason).optional(),
  NextSteps: lengthBetween(0, 255).optional(),
  TargetCloseDate: date.optional(),
  ReviewStatus: z.enum(values.ReviewStatus).optional(),
  ReviewComments: z.string().optional(),
  ReviewStatusReason: z.string().optional(),
  NextStepsHistory: z
    .array(z.object({ Value: z.string(), Time: dateTime }))
    .max(50)
    .optional(),
});

/** What CreateOpportunity and UpdateOpportunity both carry; an update replaces all of it. */
export const opportunityFields = {
  PrimaryNeedsFromAws: z.array(z.enum(values.PrimaryNeedFromAws)).optional(),
  NationalSecurity: z.enum(values.NationalSecurity).optional(),
  PartnerOpportunityIdentifier: lengthBetween(0, 64).optional(),
  Customer: customer.optional(),
  Project: project.optional(),
  OpportunityType: z.enum(values.OpportunityType).optional(),
  Marketing: marketing.optional(),
  SoftwareRevenue: softwareRevenue.optional(),
  LifeCycle: lifeCycle.optional(),
};

export type Contact = z.infer<typeof contact>;
export type OpportunityBody = z.infer<z.ZodObject<typeof opportunityFields>>;
