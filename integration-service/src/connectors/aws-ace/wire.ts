import { z } from 'zod';
import {
  AwsFundingUsed,
  AwsPartition,
  Channel,
  ClosedLostReason,
  CompetitorName,
  CountryCode,
  CurrencyCode,
  DeliveryModel,
  ExpectedContractDurationTerm,
  Industry,
  MarketingSource,
  NationalSecurity,
  OpportunityOrigin,
  OpportunityType,
  PaymentFrequency,
  PrimaryNeedFromAws,
  RelatedEntityType,
  RevenueModel,
  ReviewStatus,
  SalesActivity,
  SalesInvolvementType,
  Stage,
  Visibility,
} from './client.ts';

/**
 * The requests and answers of AWS Partner Central Selling (2022-07-26), with every constraint of the API model. Lengths
 * count characters, not code units, as the model's patterns do. Requests are strict: an unknown member is our mistake.
 */

const characters = (min: number, max: number) =>
  z.string().superRefine((text, context) => {
    const length = [...text].length;
    if (length < min)
      context.addIssue({
        code: 'too_small',
        origin: 'string',
        minimum: min,
        input: text,
        message: atLeast(min, length),
      });
    if (length > max)
      context.addIssue({ code: 'too_big', origin: 'string', maximum: max, input: text, message: atMost(max, length) });
  });

const atLeast = (min: number, length: number): string => `has ${length} characters; at least ${min} are needed`;
const atMost = (max: number, length: number): string => `has ${length} characters; at most ${max} are allowed`;

const form = (pattern: RegExp, help: string) => z.string().regex(pattern, help);

const opportunityId = form(/^O[0-9]{1,19}$/, 'must be an AWS opportunity id such as O1234567');
const day = form(/^[1-9][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$/, 'must be a date such as 2030-12-31');
const instant = form(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, 'must be an instant in ISO 8601');
const money = form(/^(0|([1-9][0-9]{0,30}))(\.[0-9]{0,2})?$/, 'must be an amount such as 12500 or 12500.50');
const catalog = form(/^[a-zA-Z]+$/, 'must be Sandbox or AWS');
const clientToken = form(/^.{1,255}$/u, 'must have 1 to 255 characters');

const emailPattern =
  /^(?=.{0,80}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

const contact = z.strictObject({
  Email: form(emailPattern, 'must be an e-mail address in lower case, at most 80 characters').optional(),
  FirstName: characters(0, 80).optional(),
  LastName: characters(0, 80).optional(),
  BusinessTitle: characters(0, 80).optional(),
  Phone: form(/^\+[1-9]\d{1,14}$/, 'must be + and 2 to 15 digits, such as +14155550123').optional(),
});

const address = z.strictObject({
  City: characters(0, 255).optional(),
  PostalCode: characters(0, 20).optional(),
  StateOrRegion: z.string().optional(),
  CountryCode: z.enum(CountryCode).optional(),
  StreetAddress: characters(0, 255).optional(),
});

const account = z.strictObject({
  Industry: z.enum(Industry).optional(),
  OtherIndustry: characters(0, 255).optional(),
  CompanyName: characters(0, 120),
  WebsiteUrl: characters(4, 255).optional(),
  AwsAccountId: form(/^([0-9]{12}|\w{1,12})$/, 'must be 12 digits, or up to 12 letters and digits').optional(),
  Address: address.optional(),
  Duns: form(/^[0-9]{9}$/, 'must be 9 digits').optional(),
});

const spend = z.strictObject({
  Amount: form(/^((0|([1-9][0-9]{0,30}))(\.[0-9]{0,2})?)?$/, 'must be an amount such as 12500 or 12500.50').optional(),
  CurrencyCode: z.enum(CurrencyCode),
  Frequency: z.enum(PaymentFrequency),
  TargetCompany: characters(1, 80),
  EstimationUrl: form(
    /^https:\/\/(calculator\.aws|pricing\.calculator\.aws\.eu)\/#\/estimate\?id=[a-f0-9]{32,64}$/,
    'must be the link of an AWS pricing estimate',
  ).optional(),
});

const project = z.strictObject({
  DeliveryModels: z.array(z.enum(DeliveryModel)).optional(),
  ExpectedCustomerSpend: z.array(spend).max(10, 'may have at most 10 entries').optional(),
  ExpectedContractDuration: z
    .strictObject({ Term: z.enum(ExpectedContractDurationTerm), Value: z.string() })
    .optional(),
  Title: characters(0, 255).optional(),
  ApnPrograms: z.array(z.string()).optional(),
  CustomerBusinessProblem: characters(20, 2000).optional(),
  CustomerUseCase: z.string().optional(),
  RelatedOpportunityIdentifier: opportunityId.optional(),
  SalesActivities: z.array(z.enum(SalesActivity)).optional(),
  CompetitorName: z.enum(CompetitorName).optional(),
  OtherCompetitorNames: characters(0, 255).optional(),
  OtherSolutionDescription: characters(0, 255).optional(),
  AdditionalComments: characters(1, 255).optional(),
  AwsPartition: z.enum(AwsPartition).optional(),
});

const marketing = z.strictObject({
  CampaignName: z.string().optional(),
  Source: z.enum(MarketingSource).optional(),
  UseCases: z.array(z.string()).optional(),
  Channels: z.array(z.enum(Channel)).optional(),
  AwsFundingUsed: z.enum(AwsFundingUsed).optional(),
});

const softwareRevenue = z.strictObject({
  DeliveryModel: z.enum(RevenueModel).optional(),
  Value: z.strictObject({ Amount: money, CurrencyCode: z.enum(CurrencyCode) }).optional(),
  EffectiveDate: day.optional(),
  ExpirationDate: day.optional(),
});

const lifeCycle = z.strictObject({
  Stage: z.enum(Stage).optional(),
  ClosedLostReason: z.enum(ClosedLostReason).optional(),
  NextSteps: characters(0, 255).optional(),
  TargetCloseDate: day.optional(),
  ReviewStatus: z.enum(ReviewStatus).optional(),
  ReviewComments: z.string().optional(),
  ReviewStatusReason: z.string().optional(),
  NextStepsHistory: z
    .array(z.strictObject({ Value: z.string(), Time: instant }))
    .max(50, 'may have at most 50 entries')
    .optional(),
});

const tagText = (min: number, max: number) =>
  form(
    new RegExp(`^(?=.{${min},${max}}$)([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$`, 'u'),
    `must have ${min} to ${max} letters, digits, spaces or _.:/=+-@`,
  );

const tags = z
  .array(z.strictObject({ Key: tagText(1, 128), Value: tagText(0, 256) }))
  .min(1, 'needs at least 1 tag')
  .max(200, 'may have at most 200 tags');

/** What a new and a changed opportunity share; an update replaces all of it. */
const opportunity = {
  Catalog: catalog,
  PrimaryNeedsFromAws: z.array(z.enum(PrimaryNeedFromAws)).optional(),
  NationalSecurity: z.enum(NationalSecurity).optional(),
  PartnerOpportunityIdentifier: characters(0, 64).optional(),
  Customer: z.strictObject({ Account: account.optional(), Contacts: z.array(contact).optional() }).optional(),
  Project: project.optional(),
  OpportunityType: z.enum(OpportunityType).optional(),
  Marketing: marketing.optional(),
  SoftwareRevenue: softwareRevenue.optional(),
  LifeCycle: lifeCycle.optional(),
};

export const createOpportunityRequest = z.strictObject({
  ...opportunity,
  ClientToken: clientToken,
  Origin: z.enum(OpportunityOrigin).optional(),
  OpportunityTeam: z.array(contact).max(10, 'may have at most 10 members').optional(),
  Tags: tags.optional(),
});

export const updateOpportunityRequest = z.strictObject({
  ...opportunity,
  Identifier: opportunityId,
  LastModifiedDate: instant,
});

export const associateOpportunityRequest = z.strictObject({
  Catalog: catalog,
  OpportunityIdentifier: opportunityId,
  RelatedEntityType: z.enum(RelatedEntityType),
  RelatedEntityIdentifier: characters(1, 255),
});

export const startEngagementRequest = z.strictObject({
  Catalog: catalog,
  ClientToken: clientToken,
  Identifier: opportunityId,
  AwsSubmission: z.strictObject({
    InvolvementType: z.enum(SalesInvolvementType),
    Visibility: z.enum(Visibility).optional(),
  }),
  Tags: tags.optional(),
});

/** The body of an opportunity, new or changed, as the business rules see it. */
export type OpportunityBody = Partial<Omit<z.infer<typeof createOpportunityRequest>, 'ClientToken' | 'Catalog'>>;
