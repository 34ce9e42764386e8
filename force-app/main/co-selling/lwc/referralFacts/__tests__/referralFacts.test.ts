import { describe, expect, jest, test } from '@jest/globals';
import { childrenQuery, dealFacts, recordFields } from 'c/referralFacts';

const ours = (name: string): object => ({
  __esModule: true,
  default: { objectApiName: 'Opportunity', fieldApiName: `tandem__${name}` },
});
jest.mock('@salesforce/schema/Opportunity.CustomerProblem__c', () => ours('CustomerProblem__c'), { virtual: true });
jest.mock('@salesforce/schema/Opportunity.UseCase__c', () => ours('UseCase__c'), { virtual: true });

const PATHS = [
  'Opportunity.Account.Website',
  'Opportunity.CustomerProblem__c',
  'Opportunity.Region__c',
  'Opportunity.Id',
  'Contacts[0].Email',
  'Contacts[0].Id',
  'Opportunity.OpportunityLineItems[].Product2.Name',
];

describe('facts of the live deal in an org with a namespace', () => {
  test('our own fields carry the namespace, the customer’s do not', () => {
    expect(recordFields(PATHS)).toEqual([
      'Opportunity.Account.Website',
      'Opportunity.Id',
      'Opportunity.Region__c',
      'Opportunity.tandem__CustomerProblem__c',
    ]);
  });

  test('contacts and products are asked for by name only, the primary contact first', () => {
    const query = childrenQuery(PATHS);
    expect(query).toContain('orderBy: { IsPrimary: { order: DESC }, CreatedDate: { order: ASC } }');
    expect(query).toContain('Email: Contact { level: Email { value } } Id: Contact { level: Id }');
    expect(query).toContain('Product2_dot_Name: Product2 { level: Name { value } }');
  });

  test('nothing is asked for when no path reads children', () => {
    expect(childrenQuery(['Opportunity.Name'])).toBeUndefined();
  });

  test('the facts have plain names and nest as the paths read them', () => {
    const account = { id: '001', apiName: 'Account', fields: { Website: { value: 'https://initech.example' } } };
    const record = {
      id: '006',
      apiName: 'Opportunity',
      fields: { tandem__CustomerProblem__c: { value: 'A problem.' }, Account: { value: account } },
    };
    const contact = { Id: '00K', Email: { level: { value: 'ann@initech.example' } }, Phone: null };
    const item = { Id: '00k', Product2_dot_Name: { level: { value: 'Cloud' } } };
    const edges = (node: object): object => ({ edges: [{ node }] });
    const children = { uiapi: { query: { contacts: edges(contact), lineItems: edges(item) } } };

    const facts = dealFacts('006', record, children, PATHS);
    expect(facts.Opportunity).toEqual({
      Id: '006',
      CustomerProblem__c: 'A problem.',
      Account: { Website: 'https://initech.example' },
      OpportunityLineItems: [{ Product2: { Name: 'Cloud' } }],
    });
    expect(facts.Contacts).toMatchObject([{ Email: 'ann@initech.example' }]);
  });

  test('what may not be seen is simply not there', () => {
    expect(dealFacts('006', undefined, undefined, PATHS)).toEqual({
      Opportunity: { Id: '006', OpportunityLineItems: [] },
      Contacts: [],
      Organization: { DefaultCurrencyIsoCode: 'USD' },
    });
  });
});
