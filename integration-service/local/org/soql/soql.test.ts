import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from 'jsforce';
import type { EngineOperations, QueryRecord } from '../engine/engine.ts';
import { idOf, startTestOrg, type TestOrg } from '../test-org.ts';

/** Friday noon in California: date literals are seen from there, the admin's time zone. */
const NOW = new Date('2026-11-20T20:00:00Z');

let org: TestOrg;
let admin: EngineOperations;
let connection: Connection;
let accountId: string;

beforeAll(async () => {
  org = await startTestOrg({ clock: () => NOW });
  admin = await org.as('admin');
  connection = await org.connect('admin');
  accountId = idOf(await admin.insert('Account', [{ Name: 'Zürich AG', BillingCity: 'Zürich' }]));
  const beta = idOf(await admin.insert('Account', [{ Name: 'Beta', ParentId: accountId }]));
  const deal = (name: string, rest: object) => ({
    Name: name,
    StageName: 'Prospecting',
    CloseDate: '2026-11-20',
    ...rest,
  });
  await admin.insert('Opportunity', [
    deal('First', { AccountId: accountId, Amount: 100, CloseDate: '2026-11-20', Strategy__c: 'x\\' }),
    deal('Second', { AccountId: accountId, Amount: 300, CloseDate: '2026-10-01', StageName: 'Closed Won' }),
    deal('Third', { AccountId: beta, CloseDate: '2026-12-31', StageName: 'Negotiation/Review' }),
  ]);
  await admin.insert('Contact', [{ LastName: 'Lee', FirstName: 'Ann', AccountId: beta }]);
  await admin.insert('Project__c', [
    { Title__c: 'red', Tags__c: 'red', Code__c: 'P1', Due__c: '2026-11-19' },
    { Title__c: 'red and blue', Tags__c: 'red;blue', Code__c: 'P2', StartsAt__c: '2026-11-20T07:59:59Z' },
    { Title__c: 'none', Code__c: '100%', StartsAt__c: '2026-11-20T08:00:00Z' },
  ]);
});
afterAll(() => org.end());

const query = async (soql: string): Promise<{ records: QueryRecord[] }> =>
  (await connection.query(soql)) as unknown as { records: QueryRecord[] };

/** Values of the asked columns, row by row, as the wire gives them to jsforce. */
const rowsOf = async (soql: string): Promise<unknown[][]> => {
  const { records } = await query(soql);
  return records.map((record) =>
    Object.entries(record)
      .filter(([name]) => name !== 'attributes')
      .map(([, value]) => flat(value)),
  );
};

const flat = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('records' in value) return (value.records as QueryRecord[]).map((each) => flat(each));
  const { attributes: _attributes, ...rest } = value as Record<string, unknown>;
  return Object.values(rest).map(flat);
};

describe('SOQL that the org answers', () => {
  test.each<[string, unknown[][]]>([
    ["SELECT Name FROM Opportunity WHERE Name = 'FIRST'", [['First']]],
    ["SELECT Name FROM Account WHERE Name LIKE 'zÜr%'", [['Zürich AG']]],
    ["SELECT Name FROM Account WHERE Name LIKE '_eta'", [['Beta']]],
    ["SELECT Code__c FROM Project__c WHERE Code__c LIKE '100\\%'", [['100%']]],
    ["SELECT Name FROM Opportunity WHERE Strategy__c = 'x\\\\'", [['First']]],
    ["SELECT Name FROM Opportunity WHERE Strategy__c != 'x\\\\' ORDER BY Name", [['Second'], ['Third']]],
    ["SELECT Name FROM Opportunity WHERE NOT Strategy__c = 'x\\\\' ORDER BY Name", [['Second'], ['Third']]],
    ['SELECT Name FROM Opportunity WHERE Amount > 100 OR Amount = null ORDER BY Name', [['Second'], ['Third']]],
    ["SELECT Name FROM Opportunity WHERE (Amount = 100 OR Amount = 300) AND (NOT Name = 'First')", [['Second']]],
    ["SELECT Name FROM Opportunity WHERE Name NOT IN ('First', 'third')", [['Second']]],
    [
      'SELECT Name, Amount FROM Opportunity ORDER BY Amount',
      [
        ['Third', null],
        ['First', 100],
        ['Second', 300],
      ],
    ],
    ['SELECT Name FROM Opportunity ORDER BY Amount DESC NULLS LAST LIMIT 1 OFFSET 1', [['First']]],
    ['SELECT StageName FROM Opportunity ORDER BY StageName', [['Prospecting'], ['Negotiation/Review'], ['Closed Won']]],
    [
      "SELECT Name, Account.Parent.Name FROM Opportunity WHERE Account.Parent.Name = 'zürich ag'",
      [['Third', [['Zürich AG']]]],
    ],
    ["SELECT o.Name, o.Account.Name FROM Opportunity o WHERE o.Account.Name = 'Beta'", [['Third', ['Beta']]]],
    [
      'SELECT Name, (SELECT Name FROM Opportunities ORDER BY Name), (SELECT Name FROM Contacts) FROM Account ORDER BY Name',
      [
        ['Beta', [['Third']], [['Ann Lee']]],
        ['Zürich AG', [['First'], ['Second']], null],
      ],
    ],
    [
      "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE StageName = 'Closed Won')",
      [['Zürich AG']],
    ],
    ['SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)', [['Zürich AG']]],
    [
      'SELECT Account.Name, COUNT(Id) deals, SUM(Amount), MAX(CloseDate) latest FROM Opportunity GROUP BY Account.Name ORDER BY COUNT(Id) DESC',
      [
        ['Zürich AG', 2, 400, '2026-11-20'],
        ['Beta', 1, null, '2026-12-31'],
      ],
    ],
    ['SELECT StageName FROM Opportunity GROUP BY StageName HAVING SUM(Amount) > 150', [['Closed Won']]],
    ['SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate)', [[2026, 3]]],
    ["SELECT Title__c FROM Project__c WHERE Tags__c INCLUDES ('red;blue', 'green')", [['red and blue']]],
    ["SELECT Title__c FROM Project__c WHERE Tags__c EXCLUDES ('blue') ORDER BY Title__c", [['none'], ['red']]],
    ['SELECT Name FROM Opportunity WHERE CloseDate = TODAY', [['First']]],
    ['SELECT Name FROM Opportunity WHERE CloseDate = LAST_MONTH', [['Second']]],
    ['SELECT Name FROM Opportunity WHERE CloseDate > TODAY', [['Third']]],
    ['SELECT Name FROM Opportunity WHERE CloseDate = NEXT_N_DAYS:41', [['Third']]],
    ['SELECT Name FROM Opportunity WHERE CloseDate = NEXT_N_DAYS:40', []],
    [
      'SELECT Name FROM Opportunity WHERE CloseDate >= 2026-11-20 AND CloseDate <= THIS_QUARTER ORDER BY Name',
      [['First'], ['Third']],
    ],
    ['SELECT Title__c FROM Project__c WHERE StartsAt__c = TODAY', [['none']]],
    ['SELECT Title__c FROM Project__c WHERE StartsAt__c < 2026-11-20T00:00:00-08:00', [['red and blue']]],
    ['SELECT Title__c FROM Project__c WHERE Due__c = YESTERDAY', [['red']]],
    ["SELECT Owner.Name, Owner.Type FROM Project__c WHERE Code__c = 'p1'", [[['admin Test', 'User']]]],
    ['SELECT Name FROM Opportunity USING SCOPE mine WHERE Amount = 100', [['First']]],
    ['SELECT DAY_ONLY(CreatedDate) d, COUNT(Id) FROM Account GROUP BY DAY_ONLY(CreatedDate)', [['2026-11-20', 2]]],
    [
      'SELECT BillingAddress FROM Account WHERE BillingCity != null',
      [[[null, 'Zürich', null, null, null, null, null, null]]],
    ],
  ])('%s', async (soql, expected) => {
    expect(await rowsOf(soql)).toEqual(expected);
  });

  test('an id in 15 characters is the one in 18', async () => {
    expect(await rowsOf(`SELECT Name FROM Account WHERE Id = '${accountId.slice(0, 15)}'`)).toEqual([['Zürich AG']]);
  });

  test('COUNT() is a total without records', async () => {
    expect(await connection.query('SELECT COUNT() FROM Opportunity')).toMatchObject({ totalSize: 3, records: [] });
  });

  test('FIELDS(ALL) gives every field once', async () => {
    const { records } = await query('SELECT FIELDS(ALL) FROM Project__c LIMIT 1');
    expect(Object.keys(records[0] ?? {})).toEqual(
      expect.arrayContaining(['Id', 'Name', 'Title__c', 'Secret__c', 'OwnerId']),
    );
  });

  test('records carry type and address', async () => {
    const { records } = await query("SELECT Id FROM Account WHERE Name = 'Beta'");
    expect(records[0]?.attributes).toEqual({
      type: 'Account',
      url: `/services/data/v66.0/sobjects/Account/${String(records[0]?.Id)}`,
    });
  });

  test('UserRecordAccess tells what the user may do', async () => {
    const soql = `SELECT RecordId, HasReadAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = '${org.userId('admin')}' AND RecordId = '${accountId}'`;
    expect(await rowsOf(soql)).toEqual([[accountId, true, 'All']]);
  });

  test('UserRecordAccess tells of others too, of records that whoever asks may read', async () => {
    const of = (user: string, record: string): string =>
      `SELECT RecordId, HasReadAccess, HasEditAccess FROM UserRecordAccess WHERE UserId = '${user}' AND RecordId = '${record}'`;
    expect(await rowsOf(of(org.userId('reader'), accountId))).toEqual([[accountId, false, false]]);
    expect(await rowsOf(of('005000000000999AAA', accountId))).toEqual([]);
  });
});

describe('SOQL that the org refuses', () => {
  test.each<[string, string, string]>([
    ['SELECT Id, Foo FROM Account', 'INVALID_FIELD', "No such column 'Foo' on entity 'Account'."],
    ['SELECT Id FROM Account WHERE Foo = 1', 'INVALID_FIELD', "No such column 'Foo' on entity 'Account'."],
    ['SELECT Foo__r.Name FROM Account', 'INVALID_FIELD', "Didn't understand relationship 'Foo__r' in field path."],
    ['SELECT Id FROM Foo__c', 'INVALID_TYPE', "sObject type 'Foo__c' is not supported."],
    [
      'SELECT (SELECT Id FROM Foos) FROM Account',
      'INVALID_TYPE',
      "Didn't understand relationship 'Foos' in FROM part of query call.",
    ],
    ['SELECT Id, Id FROM Account', 'INVALID_FIELD', 'duplicate field selected: Id'],
    [
      "SELECT Id FROM Account WHERE Name = 'a' AND Site = 'b' OR Sic = 'c'",
      'MALFORMED_QUERY',
      "unexpected token: 'OR'",
    ],
    ['SELECT FROM Account', 'MALFORMED_QUERY', 'unexpected token'],
    ['SELECT Id FROM Account ALL ROWS', 'MALFORMED_QUERY', 'unexpected token'],
    ['SELECT Id FROM Account WHERE Name = :name', 'MALFORMED_QUERY', 'unexpected token'],
    [
      'SELECT Id FROM Account WHERE Name = 5',
      'INVALID_FIELD',
      'must be of type string and should be enclosed in quotes',
    ],
    [
      "SELECT Id FROM Opportunity WHERE Amount = '5'",
      'INVALID_FIELD',
      "'Amount' must be of type currency and should not be enclosed in quotes",
    ],
    ["SELECT Id FROM Opportunity WHERE CloseDate = '2026-01-01'", 'INVALID_FIELD', 'must be of type date'],
    ['SELECT Id FROM Opportunity WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD', 'must be of type dateTime'],
    ["SELECT Id FROM Account WHERE Id = 'nonsense'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: nonsense'],
    ["SELECT Id FROM Account WHERE Id LIKE '001%'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on id field'],
    [
      "SELECT Id FROM Account WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Account ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', 'must have a LIMIT of at most 200'],
    [
      "SELECT Id FROM Account WHERE Name INCLUDES ('a')",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on string field',
    ],
    [
      'SELECT Id FROM Account WHERE Name IN (SELECT AccountId FROM Contact)',
      'MALFORMED_QUERY',
      'cannot be used in a semi join',
    ],
    ['SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)', 'MALFORMED_QUERY', 'can only query id fields'],
    [
      "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
      'MALFORMED_QUERY',
      'only allowed at the top level WHERE',
    ],
    [
      "SELECT Id FROM Account WHERE Name != 'x' AND (Name = 'y' OR Id NOT IN (SELECT AccountId FROM Contact))",
      'MALFORMED_QUERY',
      'only allowed at the top level WHERE',
    ],
    [
      'SELECT Id FROM Account WHERE (NOT Id IN (SELECT AccountId FROM Contact))',
      'MALFORMED_QUERY',
      'only allowed at the top level WHERE',
    ],
    [
      'SELECT Id FROM Contact WHERE Account.Id IN (SELECT AccountId FROM Opportunity)',
      'MALFORMED_QUERY',
      'left operand field',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Account.Id FROM Contact)',
      'MALFORMED_QUERY',
      'exactly one field, of its own object',
    ],
    ['SELECT Id FROM Account WHERE ParentId IN (SELECT Id FROM Account)', 'MALFORMED_QUERY', 'same object type'],
    ['SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 1)', 'MALFORMED_QUERY', 'LIMIT'],
    ['SELECT Id FROM Account WHERE Id IN (SELECT WhatId FROM Task)', 'MALFORMED_QUERY', "Entity 'Task'"],
    ['SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account', 'MALFORMED_QUERY', 'more than 5 levels'],
    ['SELECT toLabel(StageName) FROM Opportunity', 'NOT_OFFERED_HERE', 'toLabel() is not offered here'],
    ['SELECT TYPEOF What WHEN Account THEN Phone END FROM Event', 'NOT_OFFERED_HERE', 'TYPEOF is not offered here'],
    ['SELECT Id FROM Account WITH SECURITY_ENFORCED', 'MALFORMED_QUERY', 'WITH'],
    ['SELECT SUM(Name) FROM Account', 'MALFORMED_QUERY', 'does not support aggregate operator SUM'],
    ["SELECT Id FROM Account WHERE Name = 'a\\q'", 'MALFORMED_QUERY', 'Illegal character sequence'],
  ])('%s', async (soql, code, message) => {
    await expect(connection.query(soql)).rejects.toMatchObject({
      errorCode: code,
      message: expect.stringContaining(message) as unknown,
    });
  });
});

describe('injection', () => {
  const escape = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

  test('whatever text is looked for, an escaped literal finds exactly the rows that hold it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }), async (text) => {
        const value = text.replaceAll('\u0000', '').trim();
        fc.pre(value !== '' && value.isWellFormed() && !/[\ud800-\udfff]/.test(value));
        const id = idOf(await admin.insert('Account', [{ Name: value.slice(0, 60) }]));
        const found = await admin.query(`SELECT Id FROM Account WHERE Name = '${escape(value.slice(0, 60))}'`);
        await admin.delete([id]);
        expect(found.records.map((record) => record.Id)).toContain(id);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test.each([
    `'; DROP TABLE data."Account"; --`,
    `x' OR '1' = '1`,
    `$1`,
    `"Id"`,
    `%' OR Name LIKE '%`,
    `\\' OR Name != null OR Name = \\'`,
  ])('%s is text and nothing else', async (text) => {
    const { totalSize } = await admin.query(`SELECT Id FROM Account WHERE Name = '${escape(text)}'`);
    expect(totalSize).toBe(0);
    expect((await admin.query('SELECT COUNT() FROM Account')).totalSize).toBe(2);
  });

  test.each([
    'SELECT "Id" FROM Account',
    'SELECT Id FROM Account; DELETE FROM Account',
    `SELECT Id FROM data."Account"`,
    'SELECT Id FROM Account WHERE 1 = 1',
    'SELECT Id, (SELECT version()) FROM Account',
    'SELECT Id FROM Account LIMIT 1; SELECT 1',
  ])('%s is no query', async (soql) => {
    await expect(admin.query(soql)).rejects.toMatchObject({ name: 'OrgError' });
  });
});
