/**
 * The part of Salesforce's standard objects that this project refers to: field names with their kind, and parents.
 * A reference to a standard field that is not here is refused; look it up in the Object Reference and add it.
 */
export interface StandardObject {
  /** Fields whose access a permission set can grant. */
  grantable: string[];
  /** Fields everyone with access to the record sees: required or system fields; no permission set may name them. */
  always: string[];
  /** Relationship name → parent object. */
  parents: Record<string, string>;
  /** Child relationship names usable in related lists. */
  childRelationships?: string[];
  /** Column names that list views use instead of API names. */
  columns?: Record<string, string>;
}

const SYSTEM = [
  'Id',
  'CreatedById',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
  'SystemModstamp',
  'IsDeleted',
];

export const STANDARD_OBJECTS: Record<string, StandardObject> = {
  Account: {
    grantable: [
      'AnnualRevenue',
      'BillingAddress',
      'BillingCity',
      'BillingCountry',
      'BillingCountryCode',
      'BillingPostalCode',
      'BillingState',
      'BillingStateCode',
      'BillingStreet',
      'Description',
      'Industry',
      'NumberOfEmployees',
      'ParentId',
      'Phone',
      'Type',
      'Website',
    ],
    always: [...SYSTEM, 'Name', 'OwnerId'],
    parents: { Owner: 'User', Parent: 'Account' },
  },
  Contact: {
    grantable: ['AccountId', 'Department', 'Email', 'MailingAddress', 'MobilePhone', 'Phone', 'Title'],
    always: [...SYSTEM, 'Name', 'FirstName', 'LastName', 'OwnerId'],
    parents: { Account: 'Account', Owner: 'User' },
  },
  Lead: {
    grantable: ['Email', 'Industry', 'Phone', 'Title', 'Website'],
    always: [...SYSTEM, 'Name', 'Company', 'LastName', 'OwnerId', 'Status'],
    parents: { Owner: 'User' },
  },
  Opportunity: {
    grantable: [
      'AccountId',
      'Amount',
      'CampaignId',
      'ContactId',
      'Description',
      'ExpectedRevenue',
      'IsPrivate',
      'LeadSource',
      'NextStep',
      'Probability',
      'Type',
    ],
    always: [
      ...SYSTEM,
      'Name',
      'CloseDate',
      'StageName',
      'OwnerId',
      'IsClosed',
      'IsWon',
      'ForecastCategoryName',
      'CurrencyIsoCode',
    ],
    parents: { Account: 'Account', Owner: 'User', Campaign: 'Campaign', Contact: 'Contact' },
    childRelationships: ['OpportunityContactRoles', 'OpportunityLineItems', 'OpportunityTeamMembers'],
    columns: {
      'OPPORTUNITY.NAME': 'Name',
      'OPPORTUNITY.AMOUNT': 'Amount',
      'OPPORTUNITY.CLOSE_DATE': 'CloseDate',
      'OPPORTUNITY.STAGE_NAME': 'StageName',
      'OPPORTUNITY.CLOSED': 'IsClosed',
      'OPPORTUNITY.WON': 'IsWon',
      'OPPORTUNITY.NEXT_STEP': 'NextStep',
      'ACCOUNT.NAME': 'AccountId',
      'CORE.USERS.ALIAS': 'OwnerId',
      'OPPORTUNITY.CREATED_DATE': 'CreatedDate',
    },
  },
  OpportunityContactRole: {
    grantable: [],
    always: [...SYSTEM, 'ContactId', 'OpportunityId', 'IsPrimary', 'Role'],
    parents: { Contact: 'Contact', Opportunity: 'Opportunity' },
  },
  OpportunityLineItem: {
    grantable: ['Description', 'Discount', 'ServiceDate'],
    always: [...SYSTEM, 'Name', 'OpportunityId', 'Product2Id', 'ProductCode', 'Quantity', 'TotalPrice', 'UnitPrice'],
    parents: { Opportunity: 'Opportunity', Product2: 'Product2' },
  },
  Task: {
    grantable: ['ActivityDate', 'Description', 'Subject', 'Type', 'WhatId', 'WhoId'],
    always: [...SYSTEM, 'OwnerId', 'Status', 'Priority', 'IsClosed'],
    parents: { Owner: 'User' },
  },
  Product2: {
    grantable: ['Description', 'Family', 'ProductCode'],
    always: [...SYSTEM, 'Name', 'IsActive'],
    parents: {},
  },
  User: {
    grantable: [],
    always: [
      ...SYSTEM,
      'Name',
      'FirstName',
      'LastName',
      'Email',
      'Username',
      'Alias',
      'Title',
      'Phone',
      'IsActive',
      'ProfileId',
      'UserRoleId',
    ],
    parents: { UserRole: 'UserRole', Profile: 'Profile' },
  },
};

/** What every custom object has besides its own fields. `OwnerId` is missing on the detail side of a master-detail. */
export const CUSTOM_OBJECT_SYSTEM_FIELDS = [
  ...SYSTEM,
  'Name',
  'OwnerId',
  'CurrencyIsoCode',
  'LastViewedDate',
  'LastReferencedDate',
];

/** Column names of list views and related lists on custom objects. */
export const CUSTOM_OBJECT_COLUMNS: Record<string, string> = {
  NAME: 'Name',
  'OWNER.ALIAS': 'OwnerId',
  'OWNER.FIRST_NAME': 'OwnerId',
  'OWNER.LAST_NAME': 'OwnerId',
  CREATED_DATE: 'CreatedDate',
  CREATEDBY_USER: 'CreatedById',
  'CREATEDBY_USER.ALIAS': 'CreatedById',
  LAST_UPDATE: 'LastModifiedDate',
  UPDATEDBY_USER: 'LastModifiedById',
  'UPDATEDBY_USER.ALIAS': 'LastModifiedById',
};

/** Tabs of the platform that an app may show. */
export const STANDARD_TABS = new Set([
  'standard-home',
  'standard-Account',
  'standard-Contact',
  'standard-Opportunity',
  'standard-Lead',
  'standard-Task',
]);
