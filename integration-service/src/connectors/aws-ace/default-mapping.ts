import type { MappingRow } from '../../domain/referrals/draft.ts';
import { DeliveryModel, Industry, OpportunityType, PrimaryNeedFromAws, SalesActivity } from './client.ts';
import { COUNTRY_ALIASES, COUNTRY_NAMES } from './countries.ts';
import { COUNTRIES_WITHOUT_POSTAL_CODES, POSTAL_CODE_FORMS } from './postal-codes.ts';
import { US_STATE_ALIASES, US_STATES } from './states.ts';
import { CUSTOMER_USE_CASES, REFERABLE_STAGES, WEBSITE_PATTERN } from './vocabularies.ts';

type RowText = Partial<Omit<MappingRow, 'key' | 'network' | 'target' | 'label' | 'sortOrder'>>;

const NETWORK = 'aws-ace';

/** A row of the mapping; what is not said is empty, optional and not personal. The order in the list is the sort order. */
const row = (target: string, label: string, said: RowText): Omit<MappingRow, 'sortOrder'> => ({
  key: `${NETWORK}:${target}`,
  network: NETWORK,
  target,
  label,
  source: '',
  rule: 'copy',
  settings: {},
  requirement: 'optional',
  personal: false,
  question: '',
  reason: '',
  answerHome: '',
  ...said,
});

const constant = (target: string, label: string, value: string | string[]): Omit<MappingRow, 'sortOrder'> =>
  row(target, label, { rule: 'constant', settings: { value }, requirement: 'create' });

const COUNTRY = 'Customer.Account.Address.CountryCode';

const customer = [
  row('Customer.Account.CompanyName', 'Customer', {
    source: 'Opportunity.Account.Name',
    settings: { min: 1, max: 120 },
    requirement: 'create',
    question: 'What is the name of the customer?',
    reason: 'AWS must know which company the deal is with.',
  }),
  row('Customer.Account.Industry', 'Industry', {
    source: 'Opportunity.Account.Industry',
    rule: 'map',
    settings: {
      ruleName: 'industry',
      allowed: Object.values(Industry),
      // Salesforce's standard industries and words that CRMs use. Those that fit several of AWS's are left out: asked.
      map: {
        Apparel: Industry.CONSUMER_GOODS,
        Banking: Industry.FINANCIAL_SERVICES,
        Biotechnology: Industry.LIFE_SCIENCES,
        Chemicals: Industry.MANUFACTURING,
        Communications: Industry.TELECOMMUNICATIONS,
        Construction: Industry.REALESTATE_CONSTRUCTION,
        Consulting: Industry.PROFESSIONAL_SERVICES,
        Electronics: Industry.COMPUTERS_ELECTRONICS,
        Entertainment: Industry.MEDIA_ENTERTAINMENT,
        Finance: Industry.FINANCIAL_SERVICES,
        'Food & Beverage': Industry.CONSUMER_GOODS,
        Insurance: Industry.FINANCIAL_SERVICES,
        Machinery: Industry.MANUFACTURING,
        Marketing: Industry.MARKETING_ADVERTISING,
        Media: Industry.MEDIA_ENTERTAINMENT,
        Medical: Industry.HEALTHCARE,
        'Not For Profit': Industry.NON_PROFIT_ORGANIZATION,
        Pharmaceuticals: Industry.LIFE_SCIENCES,
        'Real Estate': Industry.REALESTATE_CONSTRUCTION,
        Shipping: Industry.TRANSPORTATION_LOGISTICS,
        Software: Industry.SOFTWARE_INTERNET,
        Technology: Industry.SOFTWARE_INTERNET,
        Transportation: Industry.TRANSPORTATION_LOGISTICS,
        Utilities: Industry.ENERGY_POWER_UTILITIES,
      },
    },
    requirement: 'create',
    question: 'Which of AWS’s industries is the customer in?',
    reason: 'AWS routes the deal to a team of that industry.',
  }),
  row('Customer.Account.OtherIndustry', 'Other industry', {
    settings: { when: { target: 'Customer.Account.Industry', is: 'Other' }, min: 1, max: 255 },
    requirement: 'create',
    question: 'Which industry is the customer in?',
    reason: 'AWS asks for it in words when the industry is “Other”.',
  }),
  row('Customer.Account.WebsiteUrl', 'Website', {
    source: 'Opportunity.Account.Website',
    rule: 'url',
    settings: {
      min: 4,
      max: 255,
      pattern: WEBSITE_PATTERN,
      patternHelp:
        'AWS does not take this web address. Give it without special signs, such as https://www.example.com.',
    },
    requirement: 'create',
    question: 'What is the customer’s website?',
    reason: 'AWS recognises the customer by its website.',
    answerHome: 'Account.Website',
  }),
  row(COUNTRY, 'Country', {
    source: 'Opportunity.Account.BillingCountry',
    rule: 'map',
    settings: { ruleName: 'country', names: COUNTRY_NAMES, map: COUNTRY_ALIASES },
    requirement: 'create',
    question: 'Which country is the customer in?',
    reason: 'AWS routes the deal to a team in the customer’s country.',
    answerHome: 'Account.BillingCountry',
  }),
  row('Customer.Account.Address.StateOrRegion', 'State', {
    source: 'Opportunity.Account.BillingState',
    rule: 'map',
    settings: { ruleName: 'state', when: { target: COUNTRY, is: 'US' }, allowed: US_STATES, map: US_STATE_ALIASES },
    requirement: 'create',
    question: 'Which state is the customer in?',
    reason: 'AWS needs the state of customers in the United States.',
    answerHome: 'Account.BillingState',
  }),
  row('Customer.Account.Address.PostalCode', 'Postal code', {
    source: 'Opportunity.Account.BillingPostalCode',
    rule: 'postal-code',
    settings: {
      countryTarget: COUNTRY,
      formats: POSTAL_CODE_FORMS,
      none: COUNTRIES_WITHOUT_POSTAL_CODES,
      max: 20,
    },
    requirement: 'submit',
    question: 'What is the customer’s postal code?',
    reason: 'AWS checks it against the form of the customer’s country.',
    answerHome: 'Account.BillingPostalCode',
  }),
  row('Customer.Account.Address.City', 'City', {
    source: 'Opportunity.Account.BillingCity',
    settings: { max: 255 },
  }),
  row('Customer.Account.Address.StreetAddress', 'Street', {
    source: 'Opportunity.Account.BillingStreet',
    settings: { max: 255 },
  }),
];

/** The primary contact of the deal. Nobody is asked for a contact: AWS takes a referral without one. */
const contact = [
  row('Customer.Contacts.FirstName', 'Contact’s first name', {
    source: 'Contacts[0].FirstName',
    settings: { max: 80 },
    personal: true,
  }),
  row('Customer.Contacts.LastName', 'Contact’s last name', {
    source: 'Contacts[0].LastName',
    settings: { max: 80 },
    personal: true,
  }),
  row('Customer.Contacts.BusinessTitle', 'Contact’s title', {
    source: 'Contacts[0].Title',
    settings: { max: 80 },
    personal: true,
  }),
  row('Customer.Contacts.Email', 'Contact’s e-mail', {
    source: 'Contacts[0].Email',
    rule: 'email',
    settings: { max: 80 },
    personal: true,
  }),
  row('Customer.Contacts.Phone', 'Contact’s phone', {
    source: 'Contacts[0].Phone',
    rule: 'phone',
    // A number without its country code is read only where every number of the country has one length.
    settings: { countryTarget: COUNTRY, national: { US: { code: '1', digits: 10 }, CA: { code: '1', digits: 10 } } },
    personal: true,
  }),
];

/**
 * The one currency that AWS takes for a spend in the partition of our referrals; euros only for its European Sovereign
 * Cloud (`Project.AwsPartition` aws-eusc), which no field of a deal tells.
 */
const SPEND_CURRENCY = 'USD';

const project = [
  row('Project.Title', 'Title', {
    source: 'Opportunity.Name',
    settings: { min: 1, max: 255 },
    requirement: 'create',
    question: 'What is the deal called?',
    reason: 'AWS lists the deal under this title.',
  }),
  row('Project.CustomerBusinessProblem', 'Customer’s problem', {
    source: 'Opportunity.CustomerProblem__c',
    settings: { fallbacks: ['Opportunity.Description'], min: 20, max: 2000, long: true },
    requirement: 'create',
    question: 'Which problem does the customer want to solve?',
    reason: 'AWS decides by it whether and how it helps.',
    answerHome: 'Opportunity.CustomerProblem__c',
  }),
  row('Project.CustomerUseCase', 'Use case', {
    source: 'Opportunity.UseCase__c',
    rule: 'map',
    settings: { allowed: CUSTOMER_USE_CASES },
    requirement: 'submit',
    question: 'Which use case fits best?',
    reason: 'AWS picks its specialists by the use case.',
    answerHome: 'Opportunity.UseCase__c',
  }),
  row('Project.DeliveryModels', 'Delivery models', {
    source: 'Opportunity.DeliveryModel__c',
    rule: 'map',
    settings: {
      ruleName: 'delivery model',
      multiple: true,
      allowed: Object.values(DeliveryModel),
      fallbacks: ['Opportunity.OpportunityLineItems[].Product2.Family'],
      map: {
        SaaS: DeliveryModel.SAAS_OR_PAAS,
        PaaS: DeliveryModel.SAAS_OR_PAAS,
        'Software as a Service': DeliveryModel.SAAS_OR_PAAS,
        Subscription: DeliveryModel.SAAS_OR_PAAS,
        AMI: DeliveryModel.BYOL_OR_AMI,
        License: DeliveryModel.BYOL_OR_AMI,
        Services: DeliveryModel.PROFESSIONAL_SERVICES,
        Consulting: DeliveryModel.PROFESSIONAL_SERVICES,
        Reselling: DeliveryModel.RESELL,
      },
    },
    requirement: 'submit',
    question: 'How is our solution delivered to this customer?',
    reason: 'AWS needs at least one delivery model before it reviews the deal.',
    answerHome: 'Opportunity.DeliveryModel__c',
  }),
  row('Project.SalesActivities', 'Sales activities', {
    source: 'Opportunity.StageName',
    rule: 'map',
    settings: {
      ruleName: 'sales activities',
      multiple: true,
      allowed: Object.values(SalesActivity),
      map: {
        Prospecting: SalesActivity.INITIALIZED_DISCUSSIONS_WITH_CUSTOMER,
        Qualification: SalesActivity.CUSTOMER_HAS_SHOWN_INTEREST,
        'Needs Analysis': SalesActivity.CUSTOMER_HAS_SHOWN_INTEREST,
        'Value Proposition': SalesActivity.IN_EVALUATION_PLANNING_STAGE,
        'Id. Decision Makers': SalesActivity.IN_EVALUATION_PLANNING_STAGE,
        'Perception Analysis': SalesActivity.IN_EVALUATION_PLANNING_STAGE,
        'Proposal/Price Quote': SalesActivity.AGREED_ON_SOLUTION_TO_BUSINESS_PROBLEM,
        'Negotiation/Review': SalesActivity.AGREED_ON_SOLUTION_TO_BUSINESS_PROBLEM,
      },
    },
    requirement: 'submit',
    question: 'What has been done with the customer so far?',
    reason: 'AWS judges by it how far the deal is.',
  }),
  row('Project.ExpectedCustomerSpend.Amount', 'Monthly spend on AWS (USD)', {
    source: 'Opportunity.PartnerMonthlySpend__c',
    rule: 'amount',
    settings: { max: 1_000_000_000_000_000, currency: SPEND_CURRENCY },
    requirement: 'create',
    question: 'How much will the customer spend on AWS each month, in US dollars?',
    reason: 'AWS requires an estimate. It is not the amount of the deal, so it cannot be taken from there.',
    answerHome: 'Opportunity.PartnerMonthlySpend__c',
  }),
  constant('Project.ExpectedCustomerSpend.CurrencyCode', 'Currency of the spend', SPEND_CURRENCY),
  constant('Project.ExpectedCustomerSpend.Frequency', 'Frequency of the spend', 'Monthly'),
  constant('Project.ExpectedCustomerSpend.TargetCompany', 'Company of the spend', 'AWS'),
];

const deal = [
  row('PrimaryNeedsFromAws', 'Needs from AWS', {
    source: 'Opportunity.PartnerNeeds__c',
    rule: 'map',
    settings: {
      multiple: true,
      allowed: Object.values(PrimaryNeedFromAws),
      default: PrimaryNeedFromAws.CO_SELL_DEAL_SUPPORT,
      defaultName: 'what we ask of AWS unless the deal says otherwise',
    },
    requirement: 'submit',
    question: 'What should AWS do for this deal?',
    reason: 'AWS needs at least one need for a co-sell.',
    answerHome: 'Opportunity.PartnerNeeds__c',
  }),
  row('OpportunityType', 'Type', {
    source: 'Opportunity.Type',
    rule: 'map',
    // A flat renewal must name the earlier AWS opportunity, which no record holds: left out rather than half said.
    settings: {
      ruleName: 'type',
      allowed: [OpportunityType.NET_NEW_BUSINESS, OpportunityType.EXPANSION],
      map: {
        'New Customer': OpportunityType.NET_NEW_BUSINESS,
        'New Business': OpportunityType.NET_NEW_BUSINESS,
        'Existing Customer - Upgrade': OpportunityType.EXPANSION,
        'Existing Business': OpportunityType.EXPANSION,
      },
    },
  }),
  row('LifeCycle.Stage', 'Stage', {
    source: 'Opportunity.StageName',
    rule: 'map',
    settings: {
      ruleName: 'stage',
      reads: ['Opportunity.IsClosed', 'Opportunity.IsWon'],
      allowed: REFERABLE_STAGES,
      map: {
        Qualification: 'Qualified',
        'Needs Analysis': 'Qualified',
        'Value Proposition': 'Qualified',
        'Id. Decision Makers': 'Technical Validation',
        'Perception Analysis': 'Technical Validation',
        'Proposal/Price Quote': 'Business Validation',
        'Negotiation/Review': 'Business Validation',
      },
    },
    requirement: 'create',
    question: 'Which of AWS’s stages is the deal in?',
    reason: 'AWS reviews deals from stage Qualified on; a prospect must mature first.',
  }),
  row('LifeCycle.TargetCloseDate', 'Close date', {
    source: 'Opportunity.CloseDate',
    rule: 'date',
    settings: { maxYearsAhead: 60 },
    requirement: 'create',
    question: 'When will the deal close?',
    reason: 'AWS takes a day from today on.',
    answerHome: 'Opportunity.CloseDate',
  }),
  row('LifeCycle.NextSteps', 'Next steps', { source: 'Opportunity.NextStep', settings: { max: 255 } }),
  row('PartnerOpportunityIdentifier', 'Our id', {
    source: 'Opportunity.Id',
    settings: { min: 1, max: 64 },
    requirement: 'create',
    reason: 'By this id we recognise the deal at AWS. It cannot be added later.',
  }),
  row('OpportunityTeam.FirstName', 'Seller’s first name', {
    source: 'Opportunity.Owner.FirstName',
    settings: { max: 80 },
    personal: true,
  }),
  row('OpportunityTeam.LastName', 'Seller’s last name', {
    source: 'Opportunity.Owner.LastName',
    settings: { max: 80 },
    personal: true,
  }),
  row('OpportunityTeam.Email', 'Seller’s e-mail', {
    source: 'Opportunity.Owner.Email',
    rule: 'email',
    settings: { max: 80 },
    personal: true,
  }),
  row('OpportunityTeam.BusinessTitle', 'Seller’s role', {
    rule: 'constant',
    settings: { value: 'PartnerAccountManager', when: { target: 'OpportunityTeam.Email', isNot: '' } },
  }),
  constant('Origin', 'Origin', 'Partner Referral'),
  constant('Marketing.Source', 'Marketing source', 'None'),
  constant('AwsSubmission.InvolvementType', 'AWS’s involvement', 'Co-Sell'),
  constant('AwsSubmission.Visibility', 'Visibility', 'Full'),
  row('RelatedEntityIdentifiers.Solutions', 'Our solution', {
    source: 'Opportunity.PartnerSolution__c',
    rule: 'solution',
    settings: {
      productSources: [
        'Opportunity.OpportunityLineItems[].Product2.Name',
        'Opportunity.OpportunityLineItems[].Product2.ProductCode',
        'Opportunity.OpportunityLineItems[].Product2.Family',
      ],
      shownUnmatched: 'Matched with our solutions at AWS when it is sent',
    },
    requirement: 'submit',
    question: 'Which of our solutions at AWS is this deal about?',
    reason: 'AWS reviews a deal only with one of our solutions attached.',
    answerHome: 'Opportunity.PartnerSolution__c',
  }),
];

/** Tandem's mapping from a deal to an AWS referral, seeded as `FieldMapping__c` by key; edits in the org are kept. */
export const DEFAULT_MAPPING: readonly MappingRow[] = [...customer, ...contact, ...project, ...deal].map(
  (said, index) => ({ ...said, sortOrder: (index + 1) * 10 }),
);

/** A row as the fields of a `FieldMapping__c` record (names without namespace), for seeding. */
export const fieldMappingRecord = (said: MappingRow): Readonly<Record<string, string | number | boolean>> => ({
  Key__c: said.key,
  Network__c: said.network,
  Target__c: said.target,
  Label__c: said.label,
  Source__c: said.source,
  Rule__c: said.rule,
  Settings__c: JSON.stringify(said.settings),
  Requirement__c: said.requirement,
  Personal__c: said.personal,
  Question__c: said.question,
  Reason__c: said.reason,
  AnswerHome__c: said.answerHome,
  SortOrder__c: said.sortOrder,
  Active__c: true,
});
