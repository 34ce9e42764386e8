import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allowedHost } from './client.ts';
import { inFieldType } from './mapping.ts';
import { Namespace } from './namespace.ts';
import { dealQuery } from './queries.ts';
import { fieldPath, idLiteral, literal } from './soql.ts';

describe('SOQL text', () => {
  test.each([
    ["O'Neil", "'O\\'Neil'"],
    ['x\\', "'x\\\\'"],
    ["\\' OR Name != '", "'\\\\\\' OR Name != \\''"],
  ])('escapes %s, backslash first', (value, expected) => {
    expect(literal(value)).toBe(expected);
  });

  test('never lets a value end its own literal', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const inside = literal(value).slice(1, -1).replaceAll(/\\./g, '');
        expect(inside).not.toContain("'");
        expect(inside).not.toContain('\\');
      }),
    );
  });

  test('refuses what is not a field or an id', () => {
    expect(() => fieldPath('Name FROM Account')).toThrow('is not a field');
    expect(() => idLiteral("006' OR Id != '")).toThrow('is not a record id');
  });
});

describe('the namespace', () => {
  const space = new Namespace('tandem');

  test('is learned from the objects that are there', () => {
    expect(Namespace.learn(['Account', 'x__PartnerGrant__c', 'x__Referral__c', 'x__Request__c']).prefix).toBe('x');
    expect(Namespace.learn(['PartnerGrant__c', 'Referral__c', 'Request__c']).prefix).toBe('');
    expect(() => Namespace.learn(['Account', 'Other__Referral__c'])).toThrow('install the package');
  });

  test('goes on what is ours and on nothing else', () => {
    expect(space.object('Referral__c')).toBe('tandem__Referral__c');
    expect(space.object('Opportunity')).toBe('Opportunity');
    expect(space.object('TandemChannel__chn')).toBe('tandem__TandemChannel__chn');
    expect(space.field('Opportunity', 'UseCase__c')).toBe('tandem__UseCase__c');
    expect(space.field('Opportunity', 'Their_Field__c')).toBe('Their_Field__c');
    expect(space.field('Referral__c', 'OwnerId')).toBe('OwnerId');
  });

  test('comes off every key of an answer, at every depth', () => {
    const answer = {
      attributes: {},
      tandem__Key__c: 'k',
      tandem__Values__r: { records: [{ tandem__Target__c: 't' }] },
    };
    expect(space.strip(answer)).toEqual({ Key__c: 'k', Values__r: { records: [{ Target__c: 't' }] } });
  });

  test('stands in the query of a deal, whose contacts and line items are read along', () => {
    const query = dealQuery(
      space,
      ['006000000000001AAA'],
      [
        'Opportunity.UseCase__c',
        'Opportunity.Account.Website',
        'Opportunity.OpportunityLineItems[].Product2.Name',
        'Contacts[0].Email',
      ],
    );
    expect(query).toContain('tandem__UseCase__c, Account.Website');
    expect(query).toContain('(SELECT Product2.Name FROM OpportunityLineItems)');
    expect(query).toContain('(SELECT Contact.Email, ContactId FROM OpportunityContactRoles ORDER BY IsPrimary DESC');
    expect(() => dealQuery(space, ['006000000000001AAA'], ['Solutions[0].Name'])).toThrow('neither of the deal');
  });
});

describe('what is written and where it goes', () => {
  test.each([
    ['1500', 'currency', 1_500],
    ['1,500.50', 'double', 1_500.5],
    ['', 'double', ''],
    ['many', 'double', 'many'],
    ['true', 'boolean', true],
    ['0123', 'string', '0123'],
  ])('%s in a field of type %s', (value, type, expected) => {
    expect(inFieldType(value, type)).toBe(expected);
  });

  test.each([
    ['https://company.my.salesforce.com', true],
    ['https://login.example.com', true],
    ['https://salesforce.com.example.org', false],
    ['http://company.my.salesforce.com', false],
    ['http://127.0.0.1:8080', false],
  ])('a token for login.example.com goes to %s: %s', (url, allowed) => {
    expect(allowedHost(url, 'https://login.example.com')).toBe(allowed);
  });
});
