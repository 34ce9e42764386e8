import { isBlank, isNationalSecurity, rule } from './rule.ts';
import type { BusinessRule } from './rule.ts';
import {
  apnPrograms,
  isCustomerUseCase,
  marketingUseCases,
  reviewStatusReasons,
  unitedStatesRegions,
} from './vocabularies.ts';

const required = (field: string): string => `Field ${field} is required.`;
const amountFormat = String.raw`(?:(?:[1-9](\.\d+)?|\d{2,15}(\.\d+)?|1000000000000000(\.\d+)?)|0\.(?!0+$)\d+)`;
const amountPattern = new RegExp(`^${amountFormat}$`);

/**
 * AWS's website pattern, `((http|https)://)??(www[.])??([a-zA-Z0-9]|-)+?([.][a-zA-Z0-9(-|/|=|?)??]+?)+?`, without its nested
 * repetition: the class holds the dot (its `(-|` is a range), so the last group is one dot and any run of the class.
 */
const websitePattern = /^(https?:\/\/)?(www[.])?[a-zA-Z0-9-]+[.][a-zA-Z0-9(-|?]+$/;

const years = (date: string, count: number): string => `${Number(date.slice(0, 4)) + count}${date.slice(4)}`;

/** Fields that CreateOpportunity refuses to be without (the API model itself asks for Catalog and ClientToken only). */
export const requiredToCreate: readonly BusinessRule[] = [
  rule('company-name', 'Customer.Account.CompanyName', 'DM', 'REQUIRED_FIELD_MISSING', ({ Customer }) =>
    isBlank(Customer?.Account?.CompanyName) ? required('Customer.Account.CompanyName') : undefined,
  ),
  rule('industry', 'Customer.Account.Industry', 'DM', 'REQUIRED_FIELD_MISSING', ({ Customer }) =>
    Customer?.Account?.Industry === undefined ? required('Customer.Account.Industry') : undefined,
  ),
  rule('website', 'Customer.Account.WebsiteUrl', 'DM', 'REQUIRED_FIELD_MISSING', (opportunity) =>
    isBlank(opportunity.Customer?.Account?.WebsiteUrl) && !isNationalSecurity(opportunity)
      ? required('Customer.Account.WebsiteUrl')
      : undefined,
  ),
  rule('country', 'Customer.Account.Address.CountryCode', 'DM', 'REQUIRED_FIELD_MISSING', ({ Customer }) =>
    Customer?.Account?.Address?.CountryCode === undefined
      ? required('Customer.Account.Address.CountryCode')
      : undefined,
  ),
  rule('title', 'Project.Title', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }) =>
    isBlank(Project?.Title) ? required('Project.Title') : undefined,
  ),
  rule('business-problem', 'Project.CustomerBusinessProblem', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }) =>
    isBlank(Project?.CustomerBusinessProblem) ? required('Project.CustomerBusinessProblem') : undefined,
  ),
  rule('spend', 'Project.ExpectedCustomerSpend', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }) =>
    isBlank(Project?.ExpectedCustomerSpend) ? required('Project.ExpectedCustomerSpend') : undefined,
  ),
  rule('target-close-date', 'LifeCycle.TargetCloseDate', 'DM', 'REQUIRED_FIELD_MISSING', ({ LifeCycle }) =>
    LifeCycle?.TargetCloseDate === undefined ? required('LifeCycle.TargetCloseDate') : undefined,
  ),
];

/** What UpdateOpportunity needs besides. */
export const requiredToUpdate: readonly BusinessRule[] = [
  ...requiredToCreate,
  rule('stage', 'LifeCycle.Stage', 'DM', 'REQUIRED_FIELD_MISSING', ({ LifeCycle }) =>
    LifeCycle?.Stage === undefined
      ? 'Stage must be one of the following values: Prospect; Qualified; Technical Validation; Business Validation; Committed; Launched; Closed Lost'
      : undefined,
  ),
];

/** What must hold of every value written, created or updated. */
export const validWhenWritten: readonly BusinessRule[] = [
  rule('website-format', 'Customer.Account.WebsiteUrl', 'DM', 'INVALID_STRING_FORMAT', ({ Customer }) => {
    const website = Customer?.Account?.WebsiteUrl;
    return website !== undefined && !websitePattern.test(website)
      ? 'Field Customer.Account.WebsiteUrl does not match the required format of a website address.'
      : undefined;
  }),
  rule('state-required', 'Customer.Account.Address.StateOrRegion', 'DM', 'REQUIRED_FIELD_MISSING', (opportunity) => {
    const address = opportunity.Customer?.Account?.Address;
    return address?.CountryCode === 'US' && isBlank(address.StateOrRegion) && !isNationalSecurity(opportunity)
      ? "Field Customer.Account.Address.StateOrRegion is required when Customer.Account.Address.CountryCode is 'US'"
      : undefined;
  }),
  rule('state-known', 'Customer.Account.Address.StateOrRegion', 'DM', 'INVALID_VALUE', ({ Customer }) => {
    const address = Customer?.Account?.Address;
    return address?.CountryCode === 'US' && address.StateOrRegion && !unitedStatesRegions.has(address.StateOrRegion)
      ? 'Field Customer.Account.Address.StateOrRegion must be one of the allowed US states or territories.'
      : undefined;
  }),
  rule('close-date-range', 'LifeCycle.TargetCloseDate', 'DM', 'VALUE_OUT_OF_RANGE', ({ LifeCycle }, { today }) => {
    const date = LifeCycle?.TargetCloseDate;
    return date !== undefined && (date < today || date > years(today, 60))
      ? 'Invalid date selection. Please select a date within an acceptable range.'
      : undefined;
  }),
  rule('closed-lost-reason', 'LifeCycle.ClosedLostReason', 'DM', 'REQUIRED_FIELD_MISSING', ({ LifeCycle }) =>
    LifeCycle?.Stage === 'Closed Lost' && LifeCycle.ClosedLostReason === undefined
      ? "Field LifeCycle.ClosedLostReason is required when LifeCycle.Stage is 'Closed Lost'."
      : undefined,
  ),
  rule('review-status-reason', 'LifeCycle.ReviewStatusReason', 'DM', 'INVALID_ENUM_VALUE', ({ LifeCycle }) =>
    LifeCycle?.ReviewStatusReason !== undefined && !reviewStatusReasons.has(LifeCycle.ReviewStatusReason)
      ? 'Member must satisfy enum value set'
      : undefined,
  ),
  rule('use-case-known', 'Project.CustomerUseCase', 'DM', 'INVALID_VALUE', ({ Project }) =>
    Project?.CustomerUseCase !== undefined && !isCustomerUseCase(Project.CustomerUseCase)
      ? 'Field Project.CustomerUseCase must be one of the published use cases.'
      : undefined,
  ),
  rule('apn-programs-known', 'Project.ApnPrograms', 'DM', 'INVALID_ENUM_VALUE', ({ Project }) =>
    Project?.ApnPrograms?.some((program) => !apnPrograms.has(program))
      ? `Member must satisfy enum value set: ${[...apnPrograms].join('; ')}`
      : undefined,
  ),
  rule('other-competitor', 'Project.OtherCompetitorNames', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }) =>
    Project?.CompetitorName === '*Other' && isBlank(Project.OtherCompetitorNames)
      ? "Field Project.OtherCompetitorNames is required when Project.CompetitorNames contains 'Other'."
      : undefined,
  ),
  rule('parent-exists', 'Project.RelatedOpportunityIdentifier', 'DM', 'INVALID_VALUE', (opportunity, facts) => {
    const parent = opportunity.Project?.RelatedOpportunityIdentifier;
    return parent !== undefined && opportunity.OpportunityType !== 'Net New Business' && !facts.parentExists
      ? `Resource with Identifier ${parent} does not exist or is not accessible`
      : undefined;
  }),
  rule('renewal-parent', 'Project.RelatedOpportunityIdentifier', 'S3', 'REQUIRED_FIELD_MISSING', (opportunity) =>
    opportunity.OpportunityType === 'Flat Renewal' && opportunity.Project?.RelatedOpportunityIdentifier === undefined
      ? "Field Project.RelatedOpportunityIdentifier is required when OpportunityType is 'Flat Renewal'."
      : undefined,
  ),
  rule('national-security-industry', 'Customer.Account.Industry', 'DM', 'INVALID_VALUE', (opportunity) =>
    isNationalSecurity(opportunity) && opportunity.Customer?.Account?.Industry !== 'Government'
      ? "When National Security is 'Yes' - Industry MUST be Government"
      : undefined,
  ),
];

/** Money: what the customer is expected to spend, each entry. */
export const spendRules: readonly BusinessRule[] = [
  // An estimate's address may stand in for the amount: AWS's own deal-sizing sample sends a null amount with one.
  rule('spend-amount', 'Project.ExpectedCustomerSpend.Amount', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }) =>
    Project?.ExpectedCustomerSpend?.some((entry) => isBlank(entry.Amount) && entry.EstimationUrl === undefined)
      ? 'Project.ExpectedCustomerSpend.Amount is required.'
      : undefined,
  ),
  rule('spend-amount-format', 'Project.ExpectedCustomerSpend.Amount', 'DM', 'INVALID_STRING_FORMAT', ({ Project }) =>
    Project?.ExpectedCustomerSpend?.some((entry) => entry.Amount && !amountPattern.test(entry.Amount))
      ? `Please provide a value in ${amountFormat} format for project.expectedCustomerSpend.amount`
      : undefined,
  ),
  rule('spend-currency', 'Project.ExpectedCustomerSpend.CurrencyCode', 'DM', 'INVALID_VALUE', ({ Project }) => {
    const currency = Project?.AwsPartition === 'aws-eusc' ? 'EUR' : 'USD';
    const at = Project?.ExpectedCustomerSpend?.findIndex((entry) => entry.CurrencyCode !== currency) ?? -1;
    return at >= 0
      ? `Value at 'project.expectedCustomerSpend.${at + 1}.member.currencyCode' failed to satisfy constraint: Member must satisfy regular expression pattern: ${currency}`
      : undefined;
  }),
  rule('spend-company', 'Project.ExpectedCustomerSpend.TargetCompany', 'DM', 'INVALID_VALUE', ({ Project }) =>
    Project?.ExpectedCustomerSpend?.some(
      ({ TargetCompany }) =>
        TargetCompany !== 'AWS' && !(TargetCompany === 'Self' && Project.ExpectedContractDuration !== undefined),
    )
      ? "Field Project.ExpectedCustomerSpend.TargetCompany must be 'AWS'."
      : undefined,
  ),
  rule('contract-duration', 'Project.ExpectedContractDuration.Value', 'API', 'VALUE_OUT_OF_RANGE', ({ Project }) => {
    const months = Project?.ExpectedContractDuration?.Value;
    return months !== undefined && !(/^[1-9]\d{0,2}$/.test(months) && Number(months) <= 144)
      ? 'Field Project.ExpectedContractDuration.Value must be a whole number of months from 1 to 144.'
      : undefined;
  }),
];

const notFromMarketing =
  'marketing.useCases , marketing.campaignName , marketing.awsFundingUsed cannot have values if marketing.source is set to No';

/** Whether the deal came from marketing. AWS's samples show that Channels may stay empty, whatever an error text says. */
export const marketingRules: readonly BusinessRule[] = [
  rule('marketing-funding', 'Marketing.AwsFundingUsed', 'DM', 'REQUIRED_FIELD_MISSING', ({ Marketing }) =>
    Marketing?.Source === 'Marketing Activity' && Marketing.AwsFundingUsed === undefined
      ? 'marketing.awsFundingUsed is required when marketing.source is Yes'
      : undefined,
  ),
  rule('marketing-use-cases-known', 'Marketing.UseCases', 'DM', 'INVALID_VALUE', ({ Marketing }) =>
    Marketing?.UseCases?.some((useCase) => !marketingUseCases.has(useCase))
      ? `Field Marketing.UseCases must be one of the following values: ${[...marketingUseCases].join('; ')}`
      : undefined,
  ),
  ...(['CampaignName', 'UseCases', 'AwsFundingUsed', 'Channels'] as const).map((member) =>
    rule(`no-marketing-${member}`, `Marketing.${member}`, 'DM', 'INVALID_VALUE', ({ Marketing }) =>
      Marketing?.Source === 'None' && !isBlank(Marketing[member])
        ? member === 'Channels'
          ? "Field Marketing.Channels must be null when Marketing.Source is 'None'."
          : notFromMarketing
        : undefined,
    ),
  ),
];

const revenueMembers = ['DeliveryModel', 'Value', 'EffectiveDate', 'ExpirationDate'] as const;

/** Software revenue of a launched SaaS deal (SRRP). */
export const softwareRevenueRules: readonly BusinessRule[] = [
  rule('revenue-dates', 'SoftwareRevenue.ExpirationDate', 'DM', 'INVALID_VALUE', ({ SoftwareRevenue }) => {
    const { EffectiveDate: from, ExpirationDate: to } = SoftwareRevenue ?? {};
    return from !== undefined && to !== undefined && from > to
      ? 'Effective Date must be less than or equal to the expiration date'
      : undefined;
  }),
];

/** Asked only of accounts in the SaaS revenue recognition program, when a deal is launched. */
export const softwareRevenueAtLaunch: readonly BusinessRule[] = revenueMembers.map((member) =>
  rule(
    `revenue-${member}`,
    `SoftwareRevenue.${member}`,
    'DM',
    'REQUIRED_FIELD_MISSING',
    ({ LifeCycle, SoftwareRevenue }) =>
      LifeCycle?.Stage === 'Launched' && SoftwareRevenue?.[member] === undefined
        ? `Field SoftwareRevenue.${member} is required for special program opportunities when stage is 'Launched'.`
        : undefined,
  ),
);

/** Asked only of consulting partners, when a deal is launched. */
export const accountIdAtLaunch: readonly BusinessRule[] = [
  rule(
    'launched-account',
    'Customer.Account.AwsAccountId',
    'DM',
    'REQUIRED_FIELD_MISSING',
    ({ LifeCycle, Customer }) =>
      LifeCycle?.Stage === 'Launched' && isBlank(Customer?.Account?.AwsAccountId)
        ? "Field Customer.Account.AwsAccountId is required when LifeCycle.Stage is 'Launched'."
        : undefined,
  ),
];

/** A deal that is won needs a real solution, not a description of another one. */
export const solutionWhenWon: readonly BusinessRule[] = [
  rule(
    'solution-when-won',
    'RelatedEntityIdentifiers.Solutions',
    'DM',
    'INVALID_VALUE',
    ({ LifeCycle }, { related }) =>
      (LifeCycle?.Stage === 'Committed' || LifeCycle?.Stage === 'Launched') &&
      ['Solutions', 'AwsMarketplaceSolutions', 'AwsMarketplaceProducts'].every((kind) => isBlank(related[kind]))
        ? "Solution offered cannot be 'Other' when Opportunity stage is Committed or Launched"
        : undefined,
  ),
];

export const rulesForCreate: readonly BusinessRule[] = [
  ...requiredToCreate,
  ...validWhenWritten,
  ...spendRules,
  ...marketingRules,
  ...softwareRevenueRules,
];

export const rulesForUpdate: readonly BusinessRule[] = [
  ...requiredToUpdate,
  ...validWhenWritten,
  ...spendRules,
  ...marketingRules,
  ...softwareRevenueRules,
  ...solutionWhenWon,
];
