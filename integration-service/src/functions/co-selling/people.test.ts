import { describe, expect, test } from '@jest/globals';
import { peopleByEmail, peopleOfDeal, personAt, personAtTarget } from './people.ts';

const deal = {
  Opportunity: {
    Id: '006000000000001AAA',
    OwnerId: '005000000000001AAA',
    Owner: { FirstName: 'Sally', Email: 'sally@example.com' },
    CreatedBy: { Name: 'Nobody whose id was read' },
    Account: { Name: 'Northwind', OwnerId: '005000000000002AAA', Owner: { Email: 'omar@example.com' } },
  },
  Contacts: [{ Id: '003000000000001AAA', Email: 'pat@example.com' }, { Email: 'no record of ours' }],
};

describe('the people of a deal', () => {
  const people = peopleOfDeal(deal);

  test('are its contacts and the users that its records name, where their ids are known', () => {
    expect(people).toEqual([
      { path: 'Opportunity.Owner', person: '005000000000001AAA' },
      { path: 'Opportunity.Account.Owner', person: '005000000000002AAA' },
      { path: 'Contacts.0', person: '003000000000001AAA' },
    ]);
  });

  test.each([
    ['Contacts[0].Email', '003000000000001AAA'],
    ['Opportunity.Owner.Email', '005000000000001AAA'],
    ['Opportunity.Account.Owner.Email', '005000000000002AAA'],
    ['Opportunity.Account.Website', undefined],
    ['Contacts[1].Email', undefined],
    ['', undefined],
  ])('a mapping row that reads %s is about %s', (source, person) => {
    expect(personAt(source, people)).toBe(person);
  });
});

describe('the people of a network’s record', () => {
  const people = peopleByEmail({
    Customer: { Account: { CompanyName: 'Northwind' }, Contacts: [{ Email: 'pat@example.com', Phone: '+1' }] },
    OpportunityTeam: [{ Email: 'sally@example.com' }],
  });

  test('are known by their e-mail addresses', () => {
    expect(people).toEqual([
      { path: 'Customer.Contacts.0', person: 'pat@example.com' },
      { path: 'OpportunityTeam.0', person: 'sally@example.com' },
    ]);
  });

  test.each([
    ['Customer.Contacts.Phone', 'pat@example.com'],
    ['OpportunityTeam.Email', 'sally@example.com'],
    ['Customer.Account.CompanyName', undefined],
  ])('a value at %s is about %s', (target, person) => {
    expect(personAtTarget(target, people)).toBe(person);
  });
});
