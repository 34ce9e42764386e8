import { standardObject, type ObjectDefinition } from '../definition.ts';
import { address, field, lookup, picklist, systemField, text } from '../fields.ts';
import type { FieldSchema } from '../types.ts';

const INDUSTRIES = [
  'Agriculture',
  'Apparel',
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Entertainment',
  'Environmental',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Machinery',
  'Manufacturing',
  'Media',
  'Not For Profit',
  'Other',
  'Recreation',
  'Retail',
  'Shipping',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
] as const;

const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'] as const;
const RATINGS = ['Hot', 'Warm', 'Cold'] as const;

/** Name of a person: the compound is derived from its parts on every save. */
export const personName = (lastNameRequired = true): FieldSchema[] => [
  text('LastName', 'Last Name', 80, { required: lastNameRequired }),
  // Parts of the compound Name, which everybody who sees the record sees: no field permission of their own.
  text('FirstName', 'First Name', 40, { permissionable: false }),
  systemField('Name', 'Full Name', 'string', { length: 121, isNameField: true }),
];

const activityDates = (): FieldSchema[] => [
  systemField('LastActivityDate', 'Last Activity', 'date'),
  systemField('LastViewedDate', 'Last Viewed Date', 'datetime'),
  systemField('LastReferencedDate', 'Last Referenced Date', 'datetime'),
];

const account = standardObject(
  'Account',
  '001',
  ['Account', 'Accounts'],
  [
    text('Name', 'Account Name', 255, { required: true, isNameField: true }),
    picklist('Type', 'Account Type', ['Prospect', 'Customer - Direct', 'Customer - Channel', 'Partner', 'Other']),
    lookup('ParentId', 'Parent Account ID', 'Account', 'Parent', 'ChildAccounts'),
    ...address('Billing', 'Billing'),
    ...address('Shipping', 'Shipping'),
    field('Phone', 'Account Phone', 'phone', { length: 40 }),
    field('Fax', 'Account Fax', 'phone', { length: 40 }),
    text('AccountNumber', 'Account Number', 40),
    field('Website', 'Website', 'url', { length: 255 }),
    text('Sic', 'SIC Code', 20),
    picklist('Industry', 'Industry', INDUSTRIES),
    field('AnnualRevenue', 'Annual Revenue', 'currency', { precision: 18, scale: 0 }),
    field('NumberOfEmployees', 'Employees', 'int', { precision: 8, scale: 0 }),
    picklist('Ownership', 'Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
    text('TickerSymbol', 'Ticker Symbol', 20),
    field('Description', 'Account Description', 'textarea', { length: 32000 }),
    picklist('Rating', 'Account Rating', RATINGS),
    text('Site', 'Account Site', 80),
    picklist('AccountSource', 'Account Source', LEAD_SOURCES),
    ...activityDates(),
  ],
);

const contact = standardObject(
  'Contact',
  '003',
  ['Contact', 'Contacts'],
  [
    ...personName(),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'], { permissionable: false }),
    lookup('AccountId', 'Account ID', 'Account', 'Account', 'Contacts', { onDelete: 'cascade' }),
    lookup('ReportsToId', 'Reports To ID', 'Contact', 'ReportsTo'),
    ...address('Mailing', 'Mailing'),
    ...address('Other', 'Other'),
    field('Phone', 'Business Phone', 'phone', { length: 40 }),
    field('MobilePhone', 'Mobile Phone', 'phone', { length: 40 }),
    field('HomePhone', 'Home Phone', 'phone', { length: 40 }),
    field('Fax', 'Business Fax', 'phone', { length: 40 }),
    field('Email', 'Email', 'email', { length: 80 }),
    text('Title', 'Title', 128),
    text('Department', 'Department', 80),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
    field('Birthdate', 'Birthdate', 'date'),
    field('Description', 'Contact Description', 'textarea', { length: 32000 }),
    field('DoNotCall', 'Do Not Call', 'boolean'),
    field('HasOptedOutOfEmail', 'Email Opt Out', 'boolean'),
    ...activityDates(),
  ],
);

/** Sales stages with what each implies; the standard set of a new org. */
export const OPPORTUNITY_STAGES: readonly {
  readonly name: string;
  readonly probability: number;
  readonly forecast: string;
  readonly closed: boolean;
  readonly won: boolean;
}[] = [
  { name: 'Prospecting', probability: 10, forecast: 'Pipeline', closed: false, won: false },
  { name: 'Qualification', probability: 10, forecast: 'Pipeline', closed: false, won: false },
  { name: 'Needs Analysis', probability: 20, forecast: 'Pipeline', closed: false, won: false },
  { name: 'Value Proposition', probability: 50, forecast: 'Pipeline', closed: false, won: false },
  { name: 'Id. Decision Makers', probability: 60, forecast: 'Pipeline', closed: false, won: false },
  { name: 'Perception Analysis', probability: 70, forecast: 'Pipeline', closed: false, won: false },
  { name: 'Proposal/Price Quote', probability: 75, forecast: 'Pipeline', closed: false, won: false },
  { name: 'Negotiation/Review', probability: 90, forecast: 'Pipeline', closed: false, won: false },
  { name: 'Closed Won', probability: 100, forecast: 'Closed', closed: true, won: true },
  { name: 'Closed Lost', probability: 0, forecast: 'Omitted', closed: true, won: false },
];

const opportunity = standardObject(
  'Opportunity',
  '006',
  ['Opportunity', 'Opportunities'],
  [
    text('Name', 'Name', 120, { required: true, isNameField: true }),
    lookup('AccountId', 'Account ID', 'Account', 'Account', 'Opportunities', { onDelete: 'cascade' }),
    field('Description', 'Description', 'textarea', { length: 32000 }),
    picklist(
      'StageName',
      'Stage',
      OPPORTUNITY_STAGES.map((stage) => stage.name),
      { required: true },
    ),
    field('Amount', 'Amount', 'currency', { precision: 18, scale: 2 }),
    field('Probability', 'Probability (%)', 'percent', { precision: 3, scale: 0 }),
    systemField('ExpectedRevenue', 'Expected Amount', 'currency', { precision: 18, scale: 2, permissionable: true }),
    field('TotalOpportunityQuantity', 'Quantity', 'double', { precision: 18, scale: 2 }),
    field('CloseDate', 'Close Date', 'date', { required: true }),
    picklist('Type', 'Opportunity Type', ['Existing Business', 'New Business']),
    text('NextStep', 'Next Step', 255),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
    systemField('IsClosed', 'Closed', 'boolean'),
    systemField('IsWon', 'Won', 'boolean'),
    systemField('ForecastCategory', 'Forecast Category', 'picklist', {
      length: 40,
      picklist: {
        restricted: true,
        values: ['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'].map((value) => ({
          value,
          label: value,
          active: true,
          isDefault: false,
        })),
      },
    }),
    picklist('ForecastCategoryName', 'Forecast Category', [
      'Omitted',
      'Pipeline',
      'Best Case',
      'Most Likely',
      'Commit',
      'Closed',
    ]),
    lookup('CampaignId', 'Campaign ID', 'Campaign', 'Campaign', 'Opportunities'),
    systemField('HasOpportunityLineItem', 'Has Line Item', 'boolean'),
    lookup('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Pricebook2', 'Opportunities', { onDelete: 'restrict' }),
    lookup('ContactId', 'Contact ID', 'Contact', 'Contact', undefined, { updateable: false }),
    systemField('FiscalYear', 'Fiscal Year', 'int', { precision: 9 }),
    systemField('FiscalQuarter', 'Fiscal Quarter', 'int', { precision: 9 }),
    systemField('LastStageChangeDate', 'Last Stage Change Date', 'datetime'),
    ...activityDates(),
  ],
);

const contactRole = standardObject(
  'OpportunityContactRole',
  '00K',
  ['Opportunity Contact Role', 'Opportunity Contact Roles'],
  [
    lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'Opportunity', 'OpportunityContactRoles', {
      required: true,
      updateable: false,
      onDelete: 'cascade',
    }),
    lookup('ContactId', 'Contact ID', 'Contact', 'Contact', 'OpportunityContactRoles', {
      required: true,
      onDelete: 'cascade',
    }),
    picklist(
      'Role',
      'Role',
      [
        'Business User',
        'Decision Maker',
        'Economic Buyer',
        'Economic Decision Maker',
        'Evaluator',
        'Executive Sponsor',
        'Influencer',
        'Technical Buyer',
        'Other',
      ],
      { permissionable: false },
    ),
    // Who may see the deal may see who plays which part in it: the object's own fields have no field permissions.
    field('IsPrimary', 'Primary', 'boolean', { permissionable: false }),
  ],
  { sharing: 'parent', masterField: 'OpportunityId', owned: false },
);

const lead = standardObject(
  'Lead',
  '00Q',
  ['Lead', 'Leads'],
  [
    ...personName(),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'], { permissionable: false }),
    text('Company', 'Company', 255, { required: true }),
    text('Title', 'Title', 128),
    ...address('', ''),
    field('Phone', 'Phone', 'phone', { length: 40 }),
    field('MobilePhone', 'Mobile Phone', 'phone', { length: 40 }),
    field('Email', 'Email', 'email', { length: 80 }),
    field('Website', 'Website', 'url', { length: 255 }),
    field('Description', 'Description', 'textarea', { length: 32000 }),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
    picklist(
      'Status',
      'Status',
      ['*Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
      { required: true },
    ),
    picklist('Industry', 'Industry', INDUSTRIES),
    picklist('Rating', 'Rating', RATINGS),
    field('AnnualRevenue', 'Annual Revenue', 'currency', { precision: 18, scale: 0 }),
    field('NumberOfEmployees', 'Employees', 'int', { precision: 8, scale: 0 }),
    systemField('IsConverted', 'Converted', 'boolean'),
    ...activityDates(),
  ],
);

const campaign = standardObject(
  'Campaign',
  '701',
  ['Campaign', 'Campaigns'],
  [
    text('Name', 'Name', 80, { required: true, isNameField: true }),
    lookup('ParentId', 'Parent Campaign ID', 'Campaign', 'Parent', 'ChildCampaigns'),
    picklist('Type', 'Type', ['Conference', 'Webinar', 'Trade Show', 'Partners', 'Email', 'Other']),
    picklist('Status', 'Status', ['*Planned', 'In Progress', 'Completed', 'Aborted']),
    field('StartDate', 'Start Date', 'date'),
    field('EndDate', 'End Date', 'date'),
    field('IsActive', 'Active', 'boolean'),
    field('Description', 'Description', 'textarea', { length: 32000 }),
    ...activityDates(),
  ],
);

/** Accounts, people and deals. */
export const salesObjects: readonly ObjectDefinition[] = [account, contact, opportunity, contactRole, lead, campaign];
