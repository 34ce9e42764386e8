/** Rows of the canned org: one deal that needs no question, under as many ids as are asked for. */

export type Row = Readonly<Record<string, unknown>>;

export const orgId = '00DBench0000001AAA';
export const userId = '005Bench0000001AAA';
const accountId = '001Bench0000001AAA';
/** Ids of the canned org's rows in their long form: a key prefix and a number. */
export const idOf = (prefix: string, number: number): string => `${prefix}${String(number).padStart(12, '0')}AAA`;

/** AWS takes a day from today on. */
const closeDate = new Date(Date.now() + 62 * 86_400_000).toISOString().slice(0, 10);

export const organization: Row = {
  Id: orgId,
  IsSandbox: true,
  OrganizationType: 'Enterprise Edition',
  DefaultCurrencyIsoCode: 'USD',
};

export const dealOf = (id: string): Row => ({
  Id: id,
  Name: 'Harbor Logistics: warehouse analytics',
  OwnerId: userId,
  Owner: { FirstName: 'Sally', LastName: 'Seller', Email: 'sally.seller@example.com' },
  AccountId: accountId,
  Account: {
    OwnerId: userId,
    Name: 'Harbor Logistics',
    Industry: 'Transportation',
    Website: 'https://harbor-logistics.example.com',
    BillingCountry: 'United States',
    BillingState: 'Washington',
    BillingPostalCode: '98101',
    BillingCity: 'Seattle',
    BillingStreet: '1201 Alaskan Way',
  },
  StageName: 'Proposal/Price Quote',
  Type: 'New Customer',
  Amount: 184_000,
  CloseDate: closeDate,
  NextStep: 'Architecture review with operations',
  Description: null,
  IsClosed: false,
  IsWon: false,
  TandemTracked__c: false,
  CustomerProblem__c:
    'Dispatchers plan from overnight reports. They need dock and fleet data within a minute so that late trucks are re-slotted the same hour.',
  UseCase__c: 'Big Data: Data Warehouse/Data Integration/ETL/Data Lake/BI',
  DeliveryModel__c: null,
  PartnerNeeds__c: null,
  PartnerMonthlySpend__c: 12_500,
  PartnerSolution__c: null,
  OpportunityLineItems: {
    totalSize: 1,
    done: true,
    records: [
      {
        Product2: { Name: 'Northwind Analytics Cloud', ProductCode: 'NW-ANALYTICS', Family: 'SaaS' },
      },
    ],
  },
  OpportunityContactRoles: {
    totalSize: 1,
    done: true,
    records: [
      {
        ContactId: '003Bench0000001AAA',
        Contact: {
          FirstName: 'Dana',
          LastName: 'Whitfield',
          Title: 'VP Operations',
          Email: 'dana.whitfield@example.com',
          Phone: '+12065550143',
        },
      },
    ],
  },
});

/** As the REST API writes an instant: `2026-11-21T10:00:00.000+0000`. */
const salesforceInstant = (date: Date): string => date.toISOString().replace('Z', '+0000');

/** A request as a query shows it, from the fields that it was inserted with. */
export const requestOf = (id: string, fields: Row): Row => ({
  Id: id,
  // Of this moment: an old click makes the service ask AWS first whether it has the deal, which a fresh one does not need.
  CreatedDate: salesforceInstant(new Date()),
  CreatedById: userId,
  CreatedBy: { Name: 'Sally Seller' },
  Kind__c: 'refer',
  State__c: 'new',
  Referral__c: null,
  Referral__r: null,
  Surface__c: 'panel',
  ClickedAt__c: null,
  Input__c: null,
  ...fields,
});

export const accessTo = (id: string): Row => ({ RecordId: id, HasEditAccess: true });

/** Objects that the deal is made of, each with a row that has all its fields. */
const sampleOf = (object: string): Row => {
  const { Account, Owner, OpportunityLineItems, OpportunityContactRoles, ...opportunity } = dealOf('006') as Deal;
  const [item] = OpportunityLineItems.records;
  const [role] = OpportunityContactRoles.records;
  const samples: Readonly<Record<string, Row | undefined>> = {
    Opportunity: { ...opportunity, Account, Owner },
    Account,
    User: Owner,
    OpportunityLineItem: item,
    Product2: item?.Product2,
    Contact: role?.Contact,
  };
  return samples[object] ?? {};
};

interface Deal extends Row {
  readonly Account: Row;
  readonly Owner: Row;
  readonly OpportunityLineItems: { readonly records: readonly { readonly Product2: Row }[] };
  readonly OpportunityContactRoles: { readonly records: readonly { readonly Contact: Row }[] };
}

const referenced: Readonly<Record<string, string>> = { Owner: 'User' };

/** Fields as a description tells them: all of them open to everybody, so that no permission is looked for. */
export const describedFields = (object: string): readonly Row[] =>
  Object.entries(sampleOf(object)).map(([name, value]) => {
    const isParent = typeof value === 'object' && value !== null;
    return {
      name: isParent ? `${name}Id` : name,
      type: isParent ? 'reference' : 'string',
      permissionable: false,
      compoundFieldName: null,
      relationshipName: isParent ? name : null,
      referenceTo: isParent ? [referenced[name] ?? name] : [],
    };
  });

/** Objects that everybody may read. */
export const readableObjects: readonly Row[] = ['Account', 'Contact', 'Opportunity', 'Product2'].map((SobjectType) => ({
  SobjectType,
}));
