import type { LayoutSection, ObjectPages } from './page-model.ts';

/**
 * Standard objects bring their own pages in an org; these follow the layouts of a new Developer Edition org, cut to the
 * fields that the dev org has. A field that the reader may not see is left out when the page is shown.
 */
const twoColumns = (label: string, left: string[], right: string[]): LayoutSection => ({
  label,
  columns: [left, right].map((fields) => fields.map((field) => ({ field, readOnly: false, required: false }))),
});

type StandardPages = Pick<ObjectPages, 'icon' | 'highlights' | 'sections' | 'relatedLists' | 'listViews'>;

/** The fields that the package adds to Opportunity, as an admin puts them on the layout. */
const partnerFields = twoColumns(
  'Partner referral',
  ['CustomerProblem__c', 'UseCase__c', 'PartnerSolution__c'],
  ['DeliveryModel__c', 'PartnerNeeds__c', 'PartnerMonthlySpend__c', 'TandemTracked__c'],
);

/** How the standard objects of the main job are shown. */
export const standardPages: Record<string, StandardPages> = {
  Account: {
    icon: 'standard:account',
    highlights: ['Type', 'Phone', 'Website', 'OwnerId', 'Industry'],
    sections: [
      twoColumns(
        'Account information',
        ['Name', 'Website', 'Phone', 'Industry'],
        ['OwnerId', 'Type', 'NumberOfEmployees', 'AnnualRevenue'],
      ),
      twoColumns(
        'Address information',
        ['BillingStreet', 'BillingCity', 'BillingState'],
        ['BillingPostalCode', 'BillingCountry'],
      ),
      twoColumns('Description', ['Description'], []),
    ],
    relatedLists: [
      { relationship: 'Opportunities', fields: ['Name', 'StageName', 'Amount', 'CloseDate'] },
      { relationship: 'Contacts', fields: ['Name', 'Title', 'Email', 'Phone'] },
    ],
    listViews: [
      { name: 'AllAccounts', label: 'All Accounts' },
      { name: 'MyAccounts', label: 'My Accounts' },
    ],
  },
  Contact: {
    icon: 'standard:contact',
    highlights: ['AccountId', 'Title', 'Email', 'Phone'],
    sections: [
      twoColumns('Contact information', ['FirstName', 'LastName', 'Title', 'AccountId'], ['OwnerId', 'Email', 'Phone']),
    ],
    relatedLists: [],
    listViews: [],
  },
  Opportunity: {
    icon: 'standard:opportunity',
    highlights: ['AccountId', 'CloseDate', 'Amount', 'StageName', 'OwnerId'],
    sections: [
      twoColumns(
        'Opportunity information',
        ['Name', 'AccountId', 'Type', 'LeadSource', 'NextStep'],
        ['OwnerId', 'CloseDate', 'StageName', 'Probability', 'Amount'],
      ),
      partnerFields,
      twoColumns('Description', ['Description'], []),
    ],
    relatedLists: [
      { relationship: 'OpportunityContactRoles', fields: ['ContactId', 'Role', 'IsPrimary'] },
      { relationship: 'Referrals__r', fields: ['Name', 'Partner__c', 'State__c', 'NetworkId__c'] },
    ],
    listViews: [
      { name: 'AllOpportunities', label: 'All Opportunities' },
      { name: 'MyOpportunities', label: 'My Opportunities' },
    ],
  },
};
