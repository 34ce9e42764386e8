import { describe, expect, jest, test } from '@jest/globals';
import { SETUP_QUERY, readFitRules, readMapping, readPartners } from 'c/referralSetup';
import * as records from '../../../../../../config/jest/support/referral-records';

const named = (fieldApiName?: string): object => ({
  __esModule: true,
  default: { objectApiName: 'tandem__Partner__c', ...(fieldApiName && { fieldApiName }) },
});
jest.mock('@salesforce/schema/Partner__c', () => named(), { virtual: true });
jest.mock('@salesforce/schema/Partner__c.Active__c', () => named('tandem__Active__c'), { virtual: true });
jest.mock('@salesforce/schema/Partner__c.Key__c', () => named('tandem__Key__c'), { virtual: true });

const answer = (alias: string, rows: Record<string, unknown>[]): unknown => {
  const edges = rows.map(({ id, ...fields }) => ({
    node: { Id: id, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])) },
  }));
  return { uiapi: { query: { [alias]: { edges } } } };
};

describe('partners and mapping', () => {
  test('are asked for under plain names, whatever the namespace', () => {
    expect(SETUP_QUERY).toContain('partners: tandem__Partner__c(where: { tandem__Active__c: { eq: true } }');
    expect(SETUP_QUERY).toContain('key: tandem__Key__c { value }');
  });

  test('partners come with the rules that can be read', () => {
    const [aws] = readPartners(answer('partners', [records.aws]));
    expect(aws).toMatchObject({ id: records.AWS_ID, key: 'aws', network: 'aws-ace' });
    expect(aws?.fitRules).toHaveLength(2);
    expect(readFitRules('[{"field":"Opportunity.Amount","op":"between","reason":"?","weight":1}, null]')).toEqual([]);
    expect(readFitRules('not JSON')).toEqual([]);
  });

  test('a mapping row that cannot be used is left out', () => {
    const broken = { ...records.mapping[0], id: 'a99', Rule__c: 'guess' };
    const rows = readMapping(answer('mapping', [...records.mapping, broken]));
    expect(rows.map(({ target }) => target)).toEqual(records.mapping.map(({ Target__c }) => Target__c));
  });
});
