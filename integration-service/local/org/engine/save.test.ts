import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { idOf, startTestOrg, type TestOrg } from '../test-org.ts';
import type { CommittedTransaction, EngineOperations, InputRow } from './engine.ts';

let org: TestOrg;
let sally: EngineOperations;
let accountId: string;

beforeAll(async () => {
  org = await startTestOrg();
  sally = await org.as('sally');
  accountId = idOf(await sally.insert('Account', [{ Name: 'Acme' }]));
});
afterAll(() => org.end());

const refusal = async (row: InputRow): Promise<unknown> => {
  const [result] = await sally.insert('Project__c', [{ Title__c: 'T', ...row }]);
  const [error] = result?.errors ?? [];
  return error === undefined ? undefined : [error.statusCode, error.message, error.fields];
};

describe('a row that is saved', () => {
  test('has its defaults, auto-number, system fields and formula', async () => {
    const id = idOf(await sally.insert('Project__c', [{ Title__c: 'Roof', Budget__c: 100, Spent__c: 40.555 }]));
    const [row] = await sally.read('Project__c', [id]);
    expect(row).toMatchObject({
      Id: id,
      Name: expect.stringMatching(/^PRJ-\d{4}$/) as unknown,
      Status__c: 'draft',
      Active__c: true,
      Region__c: 'emea',
      Spent__c: 40.56,
      Remaining__c: 59.44,
      OwnerId: org.userId('sally'),
      CreatedById: org.userId('sally'),
      IsDeleted: false,
    });
    expect(row?.CreatedDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    expect(row?.CreatedDate).toBe(row?.SystemModstamp);
  });

  test('a field that is given as null keeps its default away', async () => {
    const id = idOf(await sally.insert('Project__c', [{ Title__c: 'T', Region__c: null }]));
    expect((await sally.read('Project__c', [id], ['Region__c']))[0]).toEqual({ Region__c: null });
  });

  test('values are brought to their stored form', async () => {
    const id = idOf(
      await sally.insert('Project__c', [
        {
          title__c: '  Roof ',
          Tags__c: 'blue;red;blue',
          Due__c: '2026-02-28',
          StartsAt__c: '2026-02-28T12:00:00+02:00',
          Active__c: 'false',
          Budget__c: '12.345',
          Notes__c: 'one\r\ntwo',
        },
      ]),
    );
    expect((await sally.read('Project__c', [id]))[0]).toMatchObject({
      Title__c: 'Roof',
      Tags__c: 'red;blue',
      Due__c: '2026-02-28',
      StartsAt__c: '2026-02-28T10:00:00.000+0000',
      Active__c: false,
      Budget__c: 12.35,
      Notes__c: 'one\ntwo',
    });
  });
});

describe('a row that is refused', () => {
  test.each<[string, InputRow, unknown]>([
    [
      'missing title',
      { Title__c: null },
      ['REQUIRED_FIELD_MISSING', 'Required fields are missing: [Title__c]', ['Title__c']],
    ],
    [
      'title of blanks',
      { Title__c: '   ' },
      ['REQUIRED_FIELD_MISSING', 'Required fields are missing: [Title__c]', ['Title__c']],
    ],
    [
      'title too long',
      { Title__c: 'x'.repeat(21) },
      ['STRING_TOO_LONG', `Title: data value too large: ${'x'.repeat(21)} (max length=20)`, ['Title__c']],
    ],
    [
      'status outside the list',
      { Status__c: 'Draft' },
      [
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        'Status: bad value for restricted picklist field: Draft',
        ['Status__c'],
      ],
    ],
    [
      'tag outside the list',
      { Tags__c: 'red;pink' },
      ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Tags: bad value for restricted picklist field: pink', ['Tags__c']],
    ],
    [
      'budget out of range',
      { Budget__c: 1_000_000 },
      ['NUMBER_OUTSIDE_VALID_RANGE', 'Budget: value outside of valid range on numeric field: 1000000', ['Budget__c']],
    ],
    [
      'no address',
      { Contact__c: 'nobody' },
      ['INVALID_EMAIL_ADDRESS', 'Contact Address: invalid email address: nobody', ['Contact__c']],
    ],
    [
      'id of another object',
      { Opportunity__c: '001000000000001AAA' },
      ['MALFORMED_ID', 'Opportunity: id value of incorrect type: 001000000000001AAA', ['Opportunity__c']],
    ],
    [
      'opportunity that is not there',
      { Opportunity__c: '006000000000001AAA' },
      ['INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['Opportunity__c']],
    ],
    ['unknown field', { Nope__c: 1 }, ['INVALID_FIELD', "No such column 'Nope__c' on sobject of type Project__c", []]],
    [
      'formula field',
      { Remaining__c: 1 },
      [
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        'Unable to create/update fields: Remaining__c. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
        ['Remaining__c'],
      ],
    ],
    [
      'its own id',
      { Id: '006000000000001AAA' },
      ['INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']],
    ],
    [
      'validation rule',
      { Budget__c: 10, Spent__c: 11 },
      ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Spend within the budget.', ['Spent__c']],
    ],
    [
      'day that does not exist',
      { Due__c: '2026-02-30' },
      [
        'JSON_PARSER_ERROR',
        'Cannot deserialize instance of date from VALUE_STRING value 2026-02-30 or request may be missing a required field at Due__c',
        ['Due__c'],
      ],
    ],
    [
      'text for a number',
      { Budget__c: 'ten' },
      [
        'JSON_PARSER_ERROR',
        'Cannot deserialize instance of double from VALUE_STRING value ten or request may be missing a required field at Budget__c',
        ['Budget__c'],
      ],
    ],
  ])('%s', async (_, row, expected) => {
    expect(await refusal(row)).toEqual(expected);
  });

  test('a value that another row has, whatever its case, and twice in one call', async () => {
    const id = idOf(await sally.insert('Project__c', [{ Title__c: 'T', Code__c: 'Alpha' }]));
    expect(await refusal({ Code__c: 'ALPHA' })).toEqual([
      'DUPLICATE_VALUE',
      `duplicate value found: Code__c duplicates value on record with id: ${id}`,
      [],
    ]);
    const results = await sally.insert('Project__c', [
      { Title__c: 'T', Code__c: 'beta' },
      { Title__c: 'T', Code__c: 'Beta' },
    ]);
    expect(results.map((result) => result.success)).toEqual([true, false]);
  });

  test('a case-sensitive value differs by case', async () => {
    const results = await sally.insert('Gadget__c', [{ Key__c: 'k' }, { Key__c: 'K' }, { Key__c: 'k' }]);
    expect(results.map((result) => result.success)).toEqual([true, true, false]);
  });

  test('two callers race for one unique value: one gets it, the other learns who has it', async () => {
    const results = await Promise.all(
      Array.from({ length: 12 }, () => sally.insert('Project__c', [{ Title__c: 'T', Code__c: 'race' }])),
    );
    const saved = results.flat().filter((result) => result.success);
    expect(saved).toHaveLength(1);
    const refused = results.flat().filter((result) => !result.success);
    expect(new Set(refused.map((result) => result.errors[0]?.message))).toEqual(
      new Set([`duplicate value found: Code__c duplicates value on record with id: ${saved[0]?.id}`]),
    );
  });
});

describe('many rows', () => {
  test('without all-or-none the good ones stay', async () => {
    const results = await sally.insert('Project__c', [{ Title__c: 'A' }, {}, { Title__c: 'C' }]);
    expect(results.map((result) => result.success)).toEqual([true, false, true]);
  });

  test('with all-or-none none stays, and the good ones say why', async () => {
    const before = await sally.query('SELECT COUNT() FROM Project__c');
    const results = await sally.insert('Project__c', [{ Title__c: 'A' }, {}], { allOrNone: true });
    expect(results.map((result) => result.errors[0]?.statusCode)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'REQUIRED_FIELD_MISSING',
    ]);
    expect((await sally.query('SELECT COUNT() FROM Project__c')).totalSize).toBe(before.totalSize);
  });

  test('upsert makes what is new and updates what is there; a parent is named by its key', async () => {
    await sally.insert('Gadget__c', [{ Name: 'Drill', Key__c: 'drill' }]);
    const rows = [
      { Code__c: 'up-1', Title__c: 'One', Gadget__r: { Key__c: 'drill' } },
      { Code__c: 'up-2', Title__c: 'Two' },
    ];
    expect((await sally.upsert('Project__c', 'Code__c', rows)).map((result) => result.created)).toEqual([true, true]);
    const again = await sally.upsert('Project__c', 'Code__c', [{ Code__c: 'UP-1', Title__c: 'Uno' }]);
    expect(again).toMatchObject([{ success: true, created: false }]);
    const { records } = await sally.query("SELECT Title__c, Gadget__r.Name FROM Project__c WHERE Code__c = 'up-1'");
    expect(records).toMatchObject([{ Title__c: 'Uno', Gadget__r: { Name: 'Drill' } }]);
  });

  test('a key is the same in every spelling that the database folds alike', async () => {
    const spellings = ['straße İ Σ', 'STRAßE İ σ'];
    const results = await sally.upsert('Project__c', 'Code__c', [{ Code__c: spellings[0], Title__c: 'One' }]);
    const again = await sally.upsert('Project__c', 'Code__c', [{ Code__c: spellings[1], Title__c: 'Two' }]);
    expect(again).toMatchObject([{ id: results[0]?.id, success: true, created: false }]);
  });

  test('upsert refuses the same key twice, and a parent key that nobody has', async () => {
    const results = await sally.upsert('Project__c', 'Code__c', [
      { Code__c: 'twice', Title__c: 'a' },
      { Code__c: 'Twice', Title__c: 'b' },
      { Code__c: 'lost', Title__c: 'c', Gadget__r: { Key__c: 'nowhere' } },
    ]);
    expect(results.map((result) => result.errors[0]?.statusCode)).toEqual([
      'DUPLICATE_VALUE',
      'DUPLICATE_VALUE',
      'INVALID_FIELD',
    ]);
  });
});

describe('updates and deletes', () => {
  test('rules see what was before', async () => {
    const id = idOf(await sally.insert('Project__c', [{ Title__c: 'T', Status__c: 'done' }]));
    const [result] = await sally.update('Project__c', [{ Id: id, Status__c: 'draft' }]);
    expect(result?.errors[0]).toMatchObject({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'A project that is done stays done.',
    });
    expect((await sally.update('Project__c', [{ Id: id, Title__c: 'U' }]))[0]?.success).toBe(true);
  });

  test('a deleted row is gone for all but queryAll, and can be neither changed nor deleted again', async () => {
    const id = idOf(await sally.insert('Project__c', [{ Title__c: 'Gone' }]));
    expect((await sally.delete([id]))[0]?.success).toBe(true);
    expect(await sally.read('Project__c', [id])).toEqual([null]);
    const soql = `SELECT Id, IsDeleted FROM Project__c WHERE Id = '${id}'`;
    expect((await sally.query(soql)).totalSize).toBe(0);
    expect((await sally.query(soql, { includeDeleted: true })).records).toMatchObject([{ IsDeleted: true }]);
    expect((await sally.update('Project__c', [{ Id: id, Title__c: 'U' }]))[0]?.errors[0]?.statusCode).toBe(
      'ENTITY_IS_DELETED',
    );
    expect((await sally.delete([id]))[0]?.errors[0]?.statusCode).toBe('ENTITY_IS_DELETED');
  });

  test('details go with their master, lookups are emptied, restricted lookups hold their target', async () => {
    const gadget = idOf(await sally.insert('Gadget__c', [{ Name: 'Held' }]));
    const deal = idOf(
      await sally.insert('Opportunity', [
        { Name: 'D', StageName: 'Prospecting', CloseDate: '2026-12-31', AccountId: accountId },
      ]),
    );
    const project = idOf(
      await sally.insert('Project__c', [{ Title__c: 'M', Gadget__c: gadget, Opportunity__c: deal }]),
    );
    const milestone = idOf(await sally.insert('Milestone__c', [{ Name: 'First', Project__c: project }]));
    expect((await (await org.as('admin')).delete([gadget]))[0]?.errors[0]?.statusCode).toBe('DELETE_FAILED');
    await sally.delete([deal]);
    expect((await sally.read('Project__c', [project], ['Opportunity__c']))[0]).toEqual({ Opportunity__c: null });
    await sally.delete([project]);
    expect(await sally.read('Milestone__c', [milestone])).toEqual([null]);
  });

  test('an account that holds a deal of somebody else is not deleted by its owner, and neither is the deal', async () => {
    const admin = await org.as('admin');
    const account = idOf(await sally.insert('Account', [{ Name: 'Shared ground' }]));
    const deal = idOf(
      await admin.insert('Opportunity', [
        {
          Name: 'Of Omar',
          StageName: 'Prospecting',
          CloseDate: '2026-12-31',
          AccountId: account,
          OwnerId: org.userId('omar'),
        },
      ]),
    );
    expect((await sally.delete([account]))[0]?.errors[0]).toMatchObject({
      statusCode: 'DELETE_FAILED',
      message: expect.stringContaining(deal),
    });
    expect((await admin.read('Opportunity', [deal]))[0]).not.toBeNull();
    expect((await admin.delete([account]))[0]?.success).toBe(true);
    expect(await admin.read('Opportunity', [deal])).toEqual([null]);
  });

  test('nobody gives a record to the automated process', async () => {
    const admin = await org.as('admin');
    const [process] = (await admin.query("SELECT Id FROM User WHERE UserType = 'AutomatedProcess'")).records;
    const account = idOf(await sally.insert('Account', [{ Name: 'Kept' }]));
    const given = await admin.update('Account', [{ Id: account, OwnerId: String(process?.Id) }]);
    expect(given[0]?.errors[0]).toMatchObject({
      statusCode: 'OP_WITH_INVALID_USER_TYPE_EXCEPTION',
      fields: ['OwnerId'],
    });
  });

  test('standard objects derive what the platform derives', async () => {
    const deal = idOf(
      await sally.insert('Opportunity', [
        { Name: 'D', StageName: 'Closed Won', CloseDate: '2026-05-31', Amount: 200, AccountId: accountId },
      ]),
    );
    const fields = ['IsClosed', 'IsWon', 'Probability', 'ForecastCategoryName', 'ExpectedRevenue', 'FiscalQuarter'];
    expect((await sally.read('Opportunity', [deal], fields))[0]).toEqual({
      IsClosed: true,
      IsWon: true,
      Probability: 100,
      ForecastCategoryName: 'Closed',
      ExpectedRevenue: 200,
      FiscalQuarter: 2,
    });
    const person = idOf(await sally.insert('Contact', [{ FirstName: 'Ann', LastName: 'Lee', AccountId: accountId }]));
    expect((await sally.read('Contact', [person], ['Name']))[0]).toEqual({ Name: 'Ann Lee' });
  });
});

describe('the record of commits', () => {
  test('is told after each commit, in order, with one change per record and the automation in it', async () => {
    const told: CommittedTransaction[] = [];
    const stopTelling = org.engine.onCommit((transaction) => told.push(transaction));
    const stopAutomation = org.engine.beforeSave('Project__c', ({ after }) => {
      if (after.Title__c === 'automate') after.Notes__c = 'changed by a customer’s own automation';
    });
    const context = await org.engine.contextFor('sally@test.example.com', { clientName: 'Tandem/1.0' });
    let id = '';
    await org.engine.transaction(context, async (operations) => {
      id = idOf(await operations.insert('Project__c', [{ Title__c: 'automate' }]));
      await operations.update('Project__c', [{ Id: id, Status__c: 'running' }]);
    });
    stopTelling();
    stopAutomation();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      userId: org.userId('sally'),
      clientName: 'Tandem/1.0',
      origin: 'com/salesforce/api/rest/66.0',
    });
    expect(told[0]?.changes).toMatchObject([
      {
        object: 'Project__c',
        id,
        type: 'create',
        before: null,
        after: { Status__c: 'running', Notes__c: 'changed by a customer’s own automation' },
      },
    ]);
    const kept = await org.engine.changesAfter((told[0]?.commitNumber ?? 0) - 1, 10);
    expect(kept).toEqual(told);
  });

  test('a transaction that throws leaves neither rows nor a commit', async () => {
    const before = await org.engine.lastCommitNumber();
    const context = await org.engine.contextFor('sally@test.example.com');
    await expect(
      org.engine.transaction(context, async (operations) => {
        await operations.insert('Project__c', [{ Title__c: 'never' }]);
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await org.engine.lastCommitNumber()).toBe(before);
    expect((await sally.query("SELECT COUNT() FROM Project__c WHERE Title__c = 'never'")).totalSize).toBe(0);
  });

  test('commit numbers have no holes under many writers, and listeners hear them in order', async () => {
    const from = await org.engine.lastCommitNumber();
    const told: number[] = [];
    const stop = org.engine.onCommit((transaction) => told.push(transaction.commitNumber));
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => sally.insert('Project__c', [{ Title__c: `p${index}` }])),
    );
    stop();
    const expected = Array.from({ length: 40 }, (_, index) => from + 1 + index);
    expect(told).toEqual(expected);
    expect((await org.engine.changesAfter(from, 100)).map((each) => each.commitNumber)).toEqual(expected);
  });

  test('two writers of one row take turns, and neither loses the other’s fields', async () => {
    const id = idOf(await sally.insert('Project__c', [{ Title__c: 'turns' }]));
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => sally.update('Project__c', [{ Id: id, Budget__c: index }])),
      sally.update('Project__c', [{ Id: id, Region__c: 'apac' }]),
    ]);
    expect((await sally.read('Project__c', [id], ['Region__c']))[0]).toEqual({ Region__c: 'apac' });
  });
});
