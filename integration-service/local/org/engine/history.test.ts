import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { idOf, startTestOrg, type TestOrg } from '../test-org.ts';
import type { EngineOperations } from './engine.ts';

let org: TestOrg;
let sally: EngineOperations;
let accountId: string;

beforeAll(async () => {
  org = await startTestOrg();
  sally = await org.as('sally');
  accountId = idOf(await sally.insert('Account', [{ Name: 'Acme' }]));
});
afterAll(() => org.end());

const deal = (more: Readonly<Record<string, unknown>> = {}) => ({
  Name: 'Roof',
  AccountId: accountId,
  StageName: 'Prospecting',
  CloseDate: '2026-12-31',
  ...more,
});

const makeDeal = async (more: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  idOf(await sally.insert('Opportunity', [deal(more)]));

const change = async (id: string, values: Readonly<Record<string, unknown>>): Promise<void> => {
  const [result] = await sally.update('Opportunity', [{ Id: id, ...values }]);
  expect(result?.errors).toEqual([]);
};

const courseOf = async (id: string): Promise<readonly unknown[]> => {
  const { records } = await sally.query(
    `SELECT StageName, Amount, ExpectedRevenue, CloseDate, Probability, ForecastCategory, PrevAmount, PrevCloseDate
     FROM OpportunityHistory WHERE OpportunityId = '${id}' ORDER BY Id`,
  );
  return records.map(({ attributes: _, ...row }) => row);
};

const fieldsOf = async (id: string, who: EngineOperations = sally): Promise<readonly unknown[]> => {
  const { records } = await who.query(
    `SELECT Field, DataType, OldValue, NewValue FROM OpportunityFieldHistory WHERE OpportunityId = '${id}' ORDER BY Id`,
  );
  return records.map(({ Field, DataType, OldValue, NewValue }) => [Field, DataType, OldValue, NewValue]);
};

describe('the course of a deal', () => {
  test('has a row for its creation and for each change of stage, amount, probability or close date', async () => {
    const id = await makeDeal({ Amount: 1000 });
    await change(id, { StageName: 'Qualification', Amount: 2000.5 });
    await change(id, { CloseDate: '2027-01-31' });
    await change(id, { Name: 'Another name' });
    expect(await courseOf(id)).toEqual([
      {
        StageName: 'Prospecting',
        Amount: 1000,
        ExpectedRevenue: 100,
        CloseDate: '2026-12-31',
        Probability: 10,
        ForecastCategory: 'Pipeline',
        PrevAmount: null,
        PrevCloseDate: null,
      },
      expect.objectContaining({ StageName: 'Qualification', Amount: 2000.5, PrevAmount: 1000, Probability: 10 }),
      expect.objectContaining({ CloseDate: '2027-01-31', PrevCloseDate: '2026-12-31', PrevAmount: 2000.5 }),
    ]);
  });

  test('tells who and when, and is reached from the deal and leads to it', async () => {
    const id = await makeDeal();
    const { records } = await sally.query(
      `SELECT CreatedById, CreatedDate, Opportunity.Name FROM OpportunityHistory WHERE Opportunity.Name = 'Roof'
         AND OpportunityId = '${id}'`,
    );
    expect(records).toEqual([
      expect.objectContaining({
        CreatedById: org.userId('sally'),
        Opportunity: expect.objectContaining({ Name: 'Roof' }),
      }),
    ]);
    const [parent] = (
      await sally.query(
        `SELECT Id, (SELECT StageName FROM OpportunityHistories), (SELECT Field FROM Histories) FROM Opportunity WHERE Id = '${id}'`,
      )
    ).records;
    expect(parent?.OpportunityHistories).toMatchObject({ totalSize: 1 });
    expect(parent?.Histories).toMatchObject({ totalSize: 1, records: [{ Field: 'created' }] });
  });

  test('grows when the products of a deal change its amount', async () => {
    const admin = await org.as('admin');
    const id = await makeDeal();
    const product = idOf(await admin.insert('Product2', [{ Name: 'Tile', IsActive: true }]));
    const [book] = (await admin.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true')).records;
    const entry = idOf(
      await admin.insert('PricebookEntry', [
        { Pricebook2Id: book?.Id, Product2Id: product, UnitPrice: 3, IsActive: true },
      ]),
    );
    idOf(
      await admin.insert('OpportunityLineItem', [
        { OpportunityId: id, PricebookEntryId: entry, Quantity: 2, UnitPrice: 3 },
      ]),
    );
    expect(await courseOf(id)).toEqual([
      expect.objectContaining({ Amount: null }),
      expect.objectContaining({ Amount: 6, PrevAmount: null }),
    ]);
  });
});

describe('the history of fields', () => {
  test('tells of tracked fields alone, values in their own types', async () => {
    const admin = await org.as('admin');
    const id = await makeDeal({ Amount: 1000 });
    const changes = { Amount: 1500, StageName: 'Qualification', LeadSource: 'Web', CustomerOwn__c: 'x' };
    await admin.update('Opportunity', [{ Id: id, ...changes }]);
    await admin.update('Opportunity', [{ Id: id, CustomerOwn__c: null }]);
    expect(await fieldsOf(id, admin)).toEqual([
      ['created', 'Text', null, null],
      ['StageName', 'DynamicEnum', 'Prospecting', 'Qualification'],
      ['Amount', 'Currency', 1000, 1500],
      ['CustomerOwn__c', 'Text', null, 'x'],
      ['CustomerOwn__c', 'Text', 'x', null],
    ]);
  });

  test('tells a lookup by name and by id, and of a long text only that it changed', async () => {
    const admin = await org.as('admin');
    const id = await makeDeal();
    await change(id, { Description: 'a long story' });
    await admin.update('Opportunity', [{ Id: id, OwnerId: org.userId('omar') }]);
    expect((await fieldsOf(id, admin)).slice(1)).toEqual([
      ['Description', 'StringPlusClob', null, null],
      ['Owner', 'Text', 'sally Test', 'omar Test'],
      ['Owner', 'EntityId', org.userId('sally'), org.userId('omar')],
    ]);
  });

  test('is seen by whoever sees the deal, without fields hidden from them', async () => {
    const id = await makeDeal();
    await change(id, { NextStep: 'Call', Amount: 5 });
    expect(await fieldsOf(id, await org.as('omar'))).toEqual([]);
    expect(await fieldsOf(id, await org.as('auditor'))).toEqual([
      ['created', 'Text', null, null],
      ['Amount', 'Currency', null, 5],
    ]);
  });

  test('cannot be searched by value, and goes with its deal', async () => {
    await expect(sally.query("SELECT Id FROM OpportunityFieldHistory WHERE NewValue = 'Call'")).rejects.toThrow(
      'can not be filtered',
    );
    const id = await makeDeal();
    expect(await sally.delete([id])).toMatchObject([{ success: true }]);
    expect(await courseOf(id)).toEqual([]);
  });
});

test('nobody writes the past', async () => {
  const admin = await org.as('loader');
  const id = await makeDeal();
  const [row] = (await admin.query(`SELECT Id FROM OpportunityHistory WHERE OpportunityId = '${id}'`)).records;
  const refusals = [
    await admin.insert('OpportunityHistory', [{ OpportunityId: id, StageName: 'Prospecting' }]),
    await admin.insert('OpportunityFieldHistory', [{ OpportunityId: id, Field: 'Amount' }]),
    await admin.update('OpportunityHistory', [{ Id: row?.Id, StageName: 'Closed Won' }]),
    await admin.delete([String(row?.Id)]),
  ].flatMap((results) => results.flatMap(({ errors }) => errors.map(({ statusCode }) => statusCode)));
  expect(refusals).toEqual([
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'INSUFFICIENT_ACCESS_OR_READONLY',
  ]);
});

describe('audit fields', () => {
  const past = { CreatedDate: '2024-11-22T10:00:00Z', LastModifiedDate: '2024-11-23T10:00:00Z' };

  test('are set on creation by whoever has the permission, and date the first row of the past', async () => {
    const loader = await org.as('loader');
    const id = idOf(await loader.insert('Opportunity', [deal({ ...past, CreatedById: org.userId('omar') })]));
    const [row] = await loader.read('Opportunity', [id]);
    expect(row).toMatchObject({
      CreatedDate: '2024-11-22T10:00:00.000+0000',
      LastModifiedDate: '2024-11-23T10:00:00.000+0000',
      CreatedById: org.userId('omar'),
      LastModifiedById: org.userId('loader'),
    });
    const { records } = await loader.query(
      `SELECT CreatedDate, CreatedById FROM OpportunityHistory WHERE OpportunityId = '${id}'`,
    );
    expect(records).toMatchObject([{ CreatedDate: '2024-11-22T10:00:00.000+0000', CreatedById: org.userId('omar') }]);
  });

  test.each([
    ['admin', past, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
    ['sally', past, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
    ['loader', { CreatedDate: '2999-01-01T00:00:00Z' }, 'FIELD_INTEGRITY_EXCEPTION'],
    ['loader', { ...past, LastModifiedDate: '2024-11-21T10:00:00Z' }, 'FIELD_INTEGRITY_EXCEPTION'],
  ])('are refused to %s as %j', async (who, given, statusCode) => {
    const [result] = await (await org.as(who)).insert('Opportunity', [deal(given)]);
    expect(result?.errors).toMatchObject([{ statusCode }]);
  });

  test('are refused on change and on upsert', async () => {
    const loader = await org.as('loader');
    const id = await makeDeal();
    const [changed] = await loader.update('Opportunity', [{ Id: id, CreatedDate: past.CreatedDate }]);
    const [upserted] = await loader.upsert('Opportunity', 'Id', [deal(past)]);
    expect([changed, upserted]).toMatchObject([
      { errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] },
      { errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] },
    ]);
  });
});

test('a record that was put there has the past of one that lived here', async () => {
  const by = org.userId('sally');
  const moments = [
    deal({ Amount: 1000, OwnerId: by }),
    { StageName: 'Qualification', NextStep: 'Call' },
    { Amount: 500, CloseDate: '2026-11-30', Description: 'a long story' },
    { StageName: 'Closed Won' },
  ] as const;
  const lived = idOf(await sally.insert('Opportunity', [moments[0]]));
  for (const values of moments.slice(1)) await change(lived, values);
  const [restored = ''] = await org.restore((put) =>
    put('Opportunity', [
      [
        { at: '2025-01-10T09:00:00Z', by, values: moments[0] },
        ...moments.slice(1).map((values, index) => ({ at: `2025-01-1${index + 1}T09:00:00Z`, by, values })),
      ],
    ]),
  );
  expect(await courseOf(restored)).toEqual(await courseOf(lived));
  expect(await fieldsOf(restored)).toEqual(await fieldsOf(lived));
  const dated = await sally.query(`SELECT CreatedDate FROM OpportunityHistory WHERE OpportunityId = '${restored}'`);
  expect(dated.records.map(({ CreatedDate }) => String(CreatedDate).slice(0, 10))).toEqual([
    '2025-01-10',
    '2025-01-11',
    '2025-01-12',
    '2025-01-13',
  ]);
  const values = [
    'StageName',
    'Amount',
    'Probability',
    'ExpectedRevenue',
    'IsWon',
    'FiscalQuarter',
    'ForecastCategory',
  ];
  expect(await sally.read('Opportunity', [restored], values)).toEqual(await sally.read('Opportunity', [lived], values));
});
