import { describe, expect, test } from '@jest/globals';
import {
  jsonList,
  jsonObject,
  namespacePrefix,
  readExtent,
  readRows,
  selectPage,
  selectRows,
  text,
  uiApiQuery,
} from 'c/recordQuery';

const FIELDS = {
  state: { objectApiName: 'ns__Referral__c', fieldApiName: 'ns__State__c' },
  partnerName: { objectApiName: 'ns__Referral__c', fieldApiName: 'ns__Partner__r.Name' },
};

describe('GraphQL from schema imports', () => {
  test('every name is aliased, so a namespace stays out of the answer', () => {
    const rows = selectRows('referrals', { objectApiName: 'ns__Referral__c' }, FIELDS, 'first: 5');
    expect(uiApiQuery('panel', '$recordId: ID', [rows])).toBe(
      'query panel($recordId: ID) { uiapi { query { referrals: ns__Referral__c(first: 5) { edges { node { Id ' +
        'state: ns__State__c { value } partnerName: ns__Partner__r { level: Name { value } } } } } } } }',
    );
  });

  test('records come back as plain values', () => {
    const node = { Id: 'a01', state: { value: 'queued' }, partnerName: { level: { value: 'AWS' } } };
    const data = { uiapi: { query: { referrals: { edges: [{ node }, null, { node: null }] } } } };
    expect(readRows(data, 'referrals', FIELDS)).toEqual([{ id: 'a01', state: 'queued', partnerName: 'AWS' }]);
  });

  test('a page says how many there are and whether more follow', () => {
    const page = selectPage('referrals', { objectApiName: 'ns__Referral__c' }, FIELDS, 'first: 5');
    expect(page).toContain('(first: 5) { totalCount pageInfo { hasNextPage endCursor } edges {');
    const data = { uiapi: { query: { referrals: { totalCount: 9, pageInfo: { hasNextPage: true }, edges: [] } } } };
    expect(readExtent(data, 'referrals')).toEqual({ total: 9, hasMore: true });
    expect(readExtent(undefined, 'referrals')).toEqual({ total: 0, hasMore: false });
  });

  test('an id is read bare, as the API hands it over', () => {
    const fields = { contactId: { objectApiName: 'OpportunityContactRole', fieldApiName: 'Contact.Id' } };
    const rows = selectRows('contacts', { objectApiName: 'OpportunityContactRole' }, fields, 'first: 1');
    expect(rows).toContain('contactId: Contact { level: Id }');
    const data = { uiapi: { query: { contacts: { edges: [{ node: { Id: '00K', contactId: { level: '003' } } }] } } } };
    expect(readRows(data, 'contacts', fields)).toEqual([{ id: '00K', contactId: '003' }]);
  });

  test('a parent that may not be seen leaves its value out', () => {
    const node = { Id: 'a01', state: { value: null }, partnerName: null };
    const data = { uiapi: { query: { referrals: { edges: [{ node }] } } } };
    expect(readRows(data, 'referrals', FIELDS)).toEqual([{ id: 'a01', state: null, partnerName: undefined }]);
  });

  test.each([undefined, null, {}, { uiapi: { query: {} } }])('no answer (%j) is no record', (data) => {
    expect(readRows(data, 'referrals', FIELDS)).toEqual([]);
  });
});

describe('small readers', () => {
  test.each([
    ['Referral__c', ''],
    ['ns__Referral__c', 'ns__'],
    ['Opportunity', ''],
  ])('the namespace of %s is "%s"', (objectApiName, prefix) => {
    expect(namespacePrefix({ objectApiName })).toBe(prefix);
  });

  test('JSON that cannot be read is empty, never an error', () => {
    expect(jsonList('["a"]')).toEqual(['a']);
    expect(jsonList('{"a":1}')).toEqual([]);
    expect(jsonList('not json')).toEqual([]);
    expect(jsonObject('{"a":1}')).toEqual({ a: 1 });
    expect(jsonObject('[1]')).toEqual({});
    expect(jsonObject(null)).toEqual({});
  });

  test('zero and false are values', () => {
    expect([text(0), text(false), text(null), text(undefined)]).toEqual(['0', 'false', '', '']);
  });
});
