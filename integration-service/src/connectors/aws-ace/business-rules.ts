import type { FieldProblem } from '../../domain/decisions/effect.ts';
import { COUNTRY_NAMES } from './countries.ts';
import { COUNTRIES_WITHOUT_POSTAL_CODES, POSTAL_CODE_FORMS } from './postal-codes.ts';
import { labelOf } from './problems.ts';
import { US_STATES } from './states.ts';
import { CUSTOMER_USE_CASES, WEBSITE_PATTERN } from './vocabularies.ts';
import type { OpportunityBody } from './wire.ts';

/** What a rule looks at besides the opportunity itself. */
export interface RuleContext {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** How it is, or will be, submitted. */
  readonly submission: { readonly InvolvementType: string; readonly Visibility?: string | undefined } | null;
  /** Ids of our solutions that are, or will be, attached. */
  readonly solutions: readonly string[];
}

/** A rule of AWS's business validation (ACE data model): what is wrong and what to do, or null. */
interface BusinessRule {
  readonly target: string;
  readonly code: string;
  readonly check: (body: OpportunityBody, context: RuleContext) => string | null;
}

const rule = (target: string, code: string, check: BusinessRule['check']): BusinessRule => ({ target, code, check });

const REQUIRED = 'REQUIRED_FIELD_MISSING';
const needed = 'is missing. AWS needs it.';
const isBlank = (value: string | readonly unknown[] | undefined): boolean =>
  value === undefined || value.length === 0 || (typeof value === 'string' && value.trim() === '');
const isSecret = ({ NationalSecurity }: OpportunityBody): boolean => NationalSecurity === 'Yes';

const required = (target: string, read: (body: OpportunityBody) => string | readonly unknown[] | undefined) =>
  rule(target, REQUIRED, (body) => (isBlank(read(body)) ? needed : null));

/** AWS's amounts: above 0, at most 10¹⁵. Written as AWS writes it, for it excludes forms such as `05`. */
const amountForm = /^(?:(?:[1-9](\.\d+)?|\d{2,15}(\.\d+)?|1000000000000000(\.\d+)?)|0\.(?!0+$)\d+)$/;

const yearsLater = (date: string, years: number): string => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;

const account = (body: OpportunityBody) => body.Customer?.Account;
const address = (body: OpportunityBody) => body.Customer?.Account?.Address;

/** What AWS wants when an opportunity is created and at every change. */
const whenWritten: readonly BusinessRule[] = [
  required('Customer.Account.CompanyName', (body) => account(body)?.CompanyName),
  required('Customer.Account.Industry', (body) => account(body)?.Industry),
  rule('Customer.Account.WebsiteUrl', REQUIRED, (body) =>
    isBlank(account(body)?.WebsiteUrl) && !isSecret(body) ? needed : null,
  ),
  rule('Customer.Account.WebsiteUrl', 'INVALID_STRING_FORMAT', (body) => {
    const url = account(body)?.WebsiteUrl;
    return url === undefined || new RegExp(`^${WEBSITE_PATTERN}$`).test(url)
      ? null
      : 'is not a web address that AWS takes. Give it in the form https://www.example.com.';
  }),
  required('Customer.Account.Address.CountryCode', (body) => address(body)?.CountryCode),
  required('Project.Title', ({ Project }) => Project?.Title),
  required('Project.CustomerBusinessProblem', ({ Project }) => Project?.CustomerBusinessProblem),
  required('Project.ExpectedCustomerSpend', ({ Project }) => Project?.ExpectedCustomerSpend),
  required('LifeCycle.TargetCloseDate', ({ LifeCycle }) => LifeCycle?.TargetCloseDate),
  rule('LifeCycle.TargetCloseDate', 'VALUE_OUT_OF_RANGE', ({ LifeCycle }, { today }) => {
    const date = LifeCycle?.TargetCloseDate;
    if (date === undefined) return null;
    if (date < today) return `${date} is in the past. Give today or a later day.`;
    return date > yearsLater(today, 60) ? `${date} is more than 60 years ahead. Give an earlier day.` : null;
  }),
  rule('Customer.Account.Address.StateOrRegion', REQUIRED, (body) =>
    address(body)?.CountryCode === 'US' && isBlank(address(body)?.StateOrRegion) && !isSecret(body)
      ? 'is missing. AWS needs it for customers in the United States.'
      : null,
  ),
  rule('Customer.Account.Address.StateOrRegion', 'INVALID_VALUE', (body) => {
    const { CountryCode, StateOrRegion = '' } = address(body) ?? {};
    return CountryCode !== 'US' || StateOrRegion === '' || US_STATES.includes(StateOrRegion)
      ? null
      : `“${StateOrRegion}” is not a state in AWS’s spelling. Pick one of its list.`;
  }),
  rule('Customer.Account.OtherIndustry', REQUIRED, (body) =>
    account(body)?.Industry === 'Other' && isBlank(account(body)?.OtherIndustry)
      ? 'is missing. AWS wants the industry in words when it is “Other”.'
      : null,
  ),
  rule('Customer.Account.Industry', 'INVALID_VALUE', (body) =>
    isSecret(body) && account(body)?.Industry !== 'Government'
      ? 'must be Government for a deal of national security.'
      : null,
  ),
  rule('Project.CustomerUseCase', 'INVALID_VALUE', ({ Project }) => {
    const useCase = Project?.CustomerUseCase;
    return useCase === undefined || CUSTOMER_USE_CASES.includes(withoutStrayBlanks(useCase))
      ? null
      : `“${useCase}” is not one of AWS’s use cases. Pick one of its list.`;
  }),
  rule('Project.ExpectedCustomerSpend.Amount', 'INVALID_STRING_FORMAT', ({ Project }) => {
    const wrong = Project?.ExpectedCustomerSpend?.find(({ Amount }) => !amountForm.test(Amount ?? ''));
    return wrong === undefined
      ? null
      : `“${wrong.Amount ?? ''}” is not an amount above 0. Give a plain number such as 12500.`;
  }),
  rule('Project.ExpectedCustomerSpend.CurrencyCode', 'INVALID_VALUE', ({ Project }) => {
    const currency = Project?.AwsPartition === 'aws-eusc' ? 'EUR' : 'USD';
    return Project?.ExpectedCustomerSpend?.some(({ CurrencyCode }) => CurrencyCode !== currency) === true
      ? `must be ${currency}.`
      : null;
  }),
  rule('Project.ExpectedCustomerSpend.TargetCompany', 'INVALID_VALUE', ({ Project }) =>
    Project?.ExpectedCustomerSpend?.some(
      ({ TargetCompany }) =>
        TargetCompany !== 'AWS' && !(TargetCompany === 'Self' && Project.ExpectedContractDuration !== undefined),
    ) === true
      ? 'must be AWS, or Self together with a contract duration.'
      : null,
  ),
  rule('Project.ExpectedContractDuration.Value', 'VALUE_OUT_OF_RANGE', ({ Project }) => {
    const months = Project?.ExpectedContractDuration?.Value;
    return months === undefined || (/^[1-9]\d{0,2}$/.test(months) && Number(months) <= 144)
      ? null
      : 'must be a whole number of months from 1 to 144.';
  }),
  rule('Project.OtherCompetitorNames', REQUIRED, ({ Project }) =>
    Project?.CompetitorName === '*Other' && isBlank(Project.OtherCompetitorNames)
      ? 'is missing. Name the competitor.'
      : null,
  ),
  rule('LifeCycle.ClosedLostReason', REQUIRED, ({ LifeCycle }) =>
    LifeCycle?.Stage === 'Closed Lost' && LifeCycle.ClosedLostReason === undefined
      ? 'is missing. A lost deal needs a reason.'
      : null,
  ),
  rule('SoftwareRevenue.ExpirationDate', 'INVALID_VALUE', ({ SoftwareRevenue }) => {
    const { EffectiveDate = '', ExpirationDate = '9999' } = SoftwareRevenue ?? {};
    return EffectiveDate > ExpirationDate ? 'must not be before the effective date.' : null;
  }),
  rule('Marketing.AwsFundingUsed', REQUIRED, ({ Marketing }) =>
    Marketing?.Source === 'Marketing Activity' && Marketing.AwsFundingUsed === undefined
      ? 'is missing. AWS asks for it when the deal comes from a marketing activity.'
      : null,
  ),
  ...(['CampaignName', 'UseCases', 'AwsFundingUsed', 'Channels'] as const).map((member) =>
    rule(`Marketing.${member}`, 'INVALID_VALUE', ({ Marketing }) =>
      Marketing?.Source === 'None' && !isBlank(Marketing[member])
        ? 'must be empty when the deal does not come from marketing.'
        : null,
    ),
  ),
];

/** What AWS wants on top of it before it reviews a deal. */
const whenSubmitted: readonly BusinessRule[] = [
  required('Project.CustomerUseCase', ({ Project }) => Project?.CustomerUseCase),
  required('Project.DeliveryModels', ({ Project }) => Project?.DeliveryModels),
  required('Project.SalesActivities', ({ Project }) => Project?.SalesActivities),
  rule('PrimaryNeedsFromAws', REQUIRED, ({ PrimaryNeedsFromAws }, { submission }) =>
    submission?.InvolvementType === 'Co-Sell' && isBlank(PrimaryNeedsFromAws)
      ? 'is missing. A co-sell needs at least one need.'
      : null,
  ),
  rule('PrimaryNeedsFromAws', 'ACTION_NOT_PERMITTED', ({ PrimaryNeedsFromAws }, { submission }) =>
    submission?.InvolvementType === 'For Visibility Only' && !isBlank(PrimaryNeedsFromAws)
      ? 'must be empty for a deal shared for visibility only.'
      : null,
  ),
  rule('AwsSubmission.Visibility', 'INVALID_VALUE', (body, { submission }) =>
    isSecret(body) && submission?.Visibility === 'Limited' ? 'must be Full for a deal of national security.' : null,
  ),
  rule('LifeCycle.Stage', 'INVALID_RESOURCE_STATE', ({ LifeCycle }) => {
    if (LifeCycle?.Stage === 'Closed Lost') return 'is Closed Lost. AWS reviews no lost deals.';
    return LifeCycle?.Stage === 'Prospect'
      ? 'is Prospect. AWS reviews deals from Qualified on; give the stage the deal has reached.'
      : null;
  }),
  rule('RelatedEntityIdentifiers.Solutions', REQUIRED, ({ Project }, { solutions }) =>
    isBlank(solutions) && isBlank(Project?.OtherSolutionDescription)
      ? 'is missing. AWS reviews a deal only with one of our solutions attached.'
      : null,
  ),
  rule('RelatedEntityIdentifiers.Solutions', 'INVALID_VALUE', ({ LifeCycle }, { solutions }) =>
    isBlank(solutions) && (LifeCycle?.Stage === 'Committed' || LifeCycle?.Stage === 'Launched')
      ? 'must be one of our solutions once the deal is committed; a description is not enough.'
      : null,
  ),
  rule('Customer.Account.Address.PostalCode', 'INVALID_VALUE', (body) => {
    const { CountryCode: country = '', PostalCode: code = '' } = address(body) ?? {};
    return code !== '' && COUNTRIES_WITHOUT_POSTAL_CODES.includes(country)
      ? `must be empty: ${nameOf(country)} has no postal codes.`
      : null;
  }),
  rule('Customer.Account.Address.PostalCode', REQUIRED, (body) => {
    const { CountryCode: country = '', PostalCode: code = '' } = address(body) ?? {};
    return code === '' && country in POSTAL_CODE_FORMS && !(isSecret(body) && country === 'US')
      ? `is missing. AWS needs it for ${nameOf(country)}.`
      : null;
  }),
  rule('Customer.Account.Address.PostalCode', 'INVALID_STRING_FORMAT', (body) => {
    const { CountryCode: country = '', PostalCode: code = '' } = address(body) ?? {};
    const forms = POSTAL_CODE_FORMS[country] ?? [];
    return code === '' || forms.length === 0 || forms.some((mask) => patternOf(mask).test(code))
      ? null
      : `“${code}” is not a postal code of ${nameOf(country)}. Its form is ${forms.map(shownMask).join(' or ')}.`;
  }),
];

/** What an update needs besides: AWS would take an absent stage as none. */
const whenChanged: readonly BusinessRule[] = [required('LifeCycle.Stage', ({ LifeCycle }) => LifeCycle?.Stage)];

const withoutStrayBlanks = (text: string): string => text.replace(/\s+/g, ' ').replace(/ ?\/ ?/g, '/');
const nameOf = (country: string): string => COUNTRY_NAMES[country] ?? country;
const signs: Readonly<Record<string, string>> = { '#': '\\d', '@': '[A-Z]', '*': '[A-Z0-9]' };
const patternOf = (mask: string): RegExp => new RegExp(`^${[...mask].map((sign) => signs[sign] ?? sign).join('')}$`);
const shownMask = (mask: string): string => mask.replaceAll('#', '9').replaceAll('@', 'A').replaceAll('*', 'X');

const judge = (rules: readonly BusinessRule[], body: OpportunityBody, context: RuleContext): readonly FieldProblem[] =>
  rules.flatMap(({ target, code, check }) => {
    const what = check(body, context);
    return what === null ? [] : [{ target, code, message: `${labelOf(target)} ${what}` }];
  });

/** Everything AWS would say no to when this opportunity is created and then submitted. */
export const creationProblems = (body: OpportunityBody, context: RuleContext): readonly FieldProblem[] =>
  judge([...whenWritten, ...(context.submission === null ? [] : whenSubmitted)], body, context);

/** Everything AWS would say no to when this opportunity is changed; submitted deals stay fit for review. */
export const changeProblems = (body: OpportunityBody, context: RuleContext): readonly FieldProblem[] =>
  judge([...whenChanged, ...whenWritten, ...(context.submission === null ? [] : whenSubmitted)], body, context);
