import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineOperations, SaveResult } from '../engine/engine.ts';
import { idOf, startTestOrg, type TestOrg } from '../test-org.ts';

let org: TestOrg;
const users: Record<string, EngineOperations> = {};
let accountId: string;
let dealId: string;
let projectId: string;

const as = (name: string): EngineOperations => {
  const operations = users[name];
  if (operations === undefined) throw new Error(`no user ${name}`);
  return operations;
};

beforeAll(async () => {
  org = await startTestOrg();
  for (const name of ['admin', 'sally', 'omar', 'boss', 'reader', 'auditor', 'nobody', 'system'])
    users[name] = await org.as(name);
  accountId = idOf(await as('sally').insert('Account', [{ Name: 'Acme' }]));
  dealId = idOf(
    await as('sally').insert('Opportunity', [
      { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', AccountId: accountId, Amount: 5 },
    ]),
  );
  projectId = idOf(await as('sally').insert('Project__c', [{ Title__c: 'Secret work', Opportunity__c: dealId }]));
});
afterAll(() => org.end());

const codeOf = (results: readonly SaveResult[]): string => results[0]?.errors[0]?.statusCode ?? 'ok';
const refusedWith = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error as { statusCode?: string }).statusCode ?? String(error),
  );

describe('object permissions', () => {
  test.each<[string, string, string, string, string]>([
    ['sally', 'ok', 'ok', 'ok', 'ok'],
    [
      'reader',
      'ok',
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'INSUFFICIENT_ACCESS_OR_READONLY',
    ],
    [
      'auditor',
      'ok',
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'INSUFFICIENT_ACCESS_OR_READONLY',
    ],
    ['nobody', 'INVALID_TYPE', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
    ['admin', 'ok', 'ok', 'ok', 'ok'],
  ])('%s: query %s, insert %s, update %s, delete %s', async (name, query, insert, update, remove) => {
    const id = idOf(await as('system').insert('Project__c', [{ Title__c: 'T', OwnerId: org.userId('sally') }]));
    const user = as(name);
    expect(await refusedWith(user.query('SELECT Id FROM Project__c'))).toBe(query);
    const outcome = (work: Promise<SaveResult[]>): Promise<string> =>
      work.then(codeOf, (error: unknown) => (error as { statusCode: string }).statusCode);
    expect(await outcome(user.insert('Project__c', [{ Title__c: 'T' }]))).toBe(insert);
    expect(await outcome(user.update('Project__c', [{ Id: id, Title__c: 'U' }]))).toBe(update);
    expect(await outcome(user.delete([id]))).toBe(remove);
  });

  test('a packaged permission set loses standard objects and user permissions, an unpackaged one keeps them', async () => {
    const { records } = await as('admin').query(
      "SELECT Parent.Name, SobjectType FROM ObjectPermissions WHERE Parent.Name IN ('ProjectWriter', 'ProjectAuditor') ORDER BY Parent.Name, SobjectType",
    );
    expect(records.map((row) => `${(row.Parent as { Name: string }).Name} ${String(row.SobjectType)}`)).toEqual([
      'ProjectAuditor Account',
      'ProjectAuditor Opportunity',
      'ProjectAuditor Project__c',
      'ProjectWriter Gadget__c',
      'ProjectWriter Milestone__c',
      'ProjectWriter Project__c',
    ]);
    const sets = await as('admin').query(
      "SELECT Name, PermissionsApiEnabled, PermissionsViewAllData FROM PermissionSet WHERE Name LIKE 'Project%' ORDER BY Name",
    );
    expect(sets.records.map((row) => [row.Name, row.PermissionsApiEnabled, row.PermissionsViewAllData])).toEqual([
      ['ProjectAuditor', true, false],
      ['ProjectReader', false, false],
      ['ProjectReopener', false, false],
      ['ProjectWriter', false, false],
    ]);
  });

  test('nobody but an administrator touches users and permissions', async () => {
    const sally = as('sally');
    expect(codeOf(await sally.update('User', [{ Id: org.userId('sally'), Title: 'Queen' }]))).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    const [set] = (await sally.query("SELECT Id FROM PermissionSet WHERE Name = 'ProjectAuditor'")).records;
    const assignment = { AssigneeId: org.userId('sally'), PermissionSetId: set?.Id };
    expect(codeOf(await sally.insert('PermissionSetAssignment', [assignment]))).toBe(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    );
    expect(codeOf(await sally.insert('ObjectPermissions', [{ ParentId: set?.Id, SobjectType: 'Project__c' }]))).toBe(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    );
  });

  test('a custom permission opens what a rule leaves to it', async () => {
    const id = idOf(await as('omar').insert('Project__c', [{ Title__c: 'T', Status__c: 'done' }]));
    const reopen = { Id: id, Status__c: 'running' };
    expect(codeOf(await as('omar').update('Project__c', [reopen]))).toBe('FIELD_CUSTOM_VALIDATION_EXCEPTION');
    const [set] = (await as('admin').query("SELECT Id FROM PermissionSet WHERE Name = 'ProjectReopener'")).records;
    const [assigned] = await as('admin').insert('PermissionSetAssignment', [
      { AssigneeId: org.userId('omar'), PermissionSetId: set?.Id },
    ]);
    expect(codeOf(await as('omar').update('Project__c', [reopen]))).toBe('ok');
    await as('admin').delete([assigned?.id ?? '']);
    expect(codeOf(await as('omar').update('Project__c', [{ Id: id, Status__c: 'done' }]))).toBe('ok');
    expect(codeOf(await as('omar').update('Project__c', [reopen]))).toBe('FIELD_CUSTOM_VALIDATION_EXCEPTION');
  });

  test('who holds a custom permission is asked as in an org: entity access of the permission sets of a user', async () => {
    const sally = as('sally');
    const ids = async (soql: string, field: string): Promise<unknown[]> =>
      (await sally.query(soql)).records.map((row) => row[field]);
    const [set] = await ids("SELECT Id FROM PermissionSet WHERE Name = 'ProjectReopener'", 'Id');
    const assigned = idOf(
      await as('admin').insert('PermissionSetAssignment', [{ AssigneeId: org.userId('omar'), PermissionSetId: set }]),
    );
    const held = await ids(
      `SELECT SetupEntityId FROM SetupEntityAccess WHERE SetupEntityType = 'CustomPermission' AND ParentId IN
       (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${org.userId('omar')}')`,
      'SetupEntityId',
    );
    expect(
      await ids(`SELECT DeveloperName FROM CustomPermission WHERE Id = '${String(held[0])}'`, 'DeveloperName'),
    ).toEqual(['ReopenProjects']);
    expect(
      await ids(
        "SELECT Parent.Name FROM SetupEntityAccess WHERE SetupEntityId IN (SELECT Id FROM CustomPermission WHERE DeveloperName = 'ReopenProjects')",
        'Parent',
      ),
    ).toMatchObject([{ Name: 'ProjectReopener' }]);
    expect(await refusedWith(as('nobody').query('SELECT Id FROM CustomPermission'))).toBe('INVALID_TYPE');
    expect(await refusedWith(as('nobody').query('SELECT Id FROM SetupEntityAccess'))).toBe('INVALID_TYPE');
    expect(await refusedWith(sally.query('SELECT SetupEntity.DeveloperName FROM SetupEntityAccess'))).toBe(
      'INVALID_FIELD',
    );
    expect(codeOf(await as('admin').delete([String(held[0])]))).not.toBe('ok');
    await as('admin').delete([assigned]);
  });
});

describe('field permissions', () => {
  const hidden = 'SELECT Id FROM Project__c';

  test.each([
    'SELECT Secret__c FROM Project__c',
    "SELECT Id FROM Project__c WHERE Secret__c = 'x'",
    'SELECT Id FROM Project__c ORDER BY Secret__c',
    'SELECT COUNT(Id) FROM Project__c GROUP BY Secret__c',
    'SELECT Project__r.Secret__c FROM Milestone__c',
    "SELECT Id FROM Account WHERE Id IN (SELECT Opportunity__c FROM Project__c WHERE Secret__c = 'x')",
    'SELECT (SELECT Secret__c FROM Projects__r) FROM Opportunity',
    'SELECT MAX(Secret__c) FROM Project__c',
  ])('a hidden field is unknown: %s', async (soql) => {
    expect(await refusedWith(as('sally').query(soql))).toBe('INVALID_FIELD');
    expect(await refusedWith(as('admin').query(soql))).not.toBe('INVALID_TYPE');
  });

  test('a hidden field can be neither read nor written, and all-fields leaves it out', async () => {
    const sally = as('sally');
    expect(await refusedWith(sally.read('Project__c', [projectId], ['Secret__c']))).toBe('INVALID_FIELD');
    expect(Object.keys((await sally.read('Project__c', [projectId]))[0] ?? {})).not.toContain('Secret__c');
    expect(codeOf(await sally.insert('Project__c', [{ Title__c: 'T', Secret__c: 's' }]))).toBe('INVALID_FIELD');
    expect(codeOf(await sally.update('Project__c', [{ Id: projectId, Secret__c: 's' }]))).toBe('INVALID_FIELD');
    expect((await sally.query(hidden)).totalSize).toBeGreaterThan(0);
  });

  test('a field that may be read but not edited refuses to be written', async () => {
    const id = idOf(await as('system').insert('Project__c', [{ Title__c: 'T', OwnerId: org.userId('reader') }]));
    expect((await as('reader').read('Project__c', [id], ['Status__c']))[0]).toEqual({ Status__c: 'draft' });
    expect(await refusedWith(as('reader').read('Project__c', [id], ['Budget__c']))).toBe('INVALID_FIELD');
    const access = await org.engine.accessOf(await org.engine.contextFor('reader@test.example.com'), 'Project__c');
    expect(access.field('Status__c')).toEqual({ readable: true, createable: false, updateable: false });
    expect(access.field('Title__c')).toEqual({ readable: true, createable: false, updateable: false });
    expect(access.field('Secret__c')).toEqual({ readable: false, createable: false, updateable: false });
  });

  test('a custom field on a standard object needs a grant even for a standard user', async () => {
    expect(await refusedWith(as('sally').query('SELECT Strategy__c FROM Opportunity'))).toBe('ok');
    expect(await refusedWith(as('reader').query('SELECT Strategy__c FROM Opportunity'))).toBe('INVALID_FIELD');
    expect(await refusedWith(as('sally').query('SELECT CustomerOwn__c FROM Opportunity'))).toBe('INVALID_FIELD');
  });
});

describe('record sharing', () => {
  const sees = async (name: string, object: string, id: string): Promise<boolean> =>
    (await as(name).query(`SELECT Id FROM ${object} WHERE Id = '${id}'`)).totalSize === 1;

  test.each<[string, boolean, string]>([
    ['sally', true, 'ok'],
    ['boss', true, 'ok'],
    ['omar', false, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'],
    ['auditor', true, 'INSUFFICIENT_ACCESS_OR_READONLY'],
    ['admin', true, 'ok'],
  ])('%s: sees a private record of Sally’s %s, edits it: %s', async (name, visible, edit) => {
    expect(await sees(name, 'Project__c', projectId)).toBe(visible);
    expect((await as(name).read('Project__c', [projectId], ['Id']))[0] !== null).toBe(visible);
    expect(codeOf(await as(name).update('Project__c', [{ Id: projectId, Title__c: 'Secret work' }]))).toBe(edit);
  });

  test('a share opens a record to read, then to edit, never to delete; taken away it is closed again', async () => {
    const omar = as('omar');
    const [share] = await as('sally').insert('Project__Share', [
      { ParentId: projectId, UserOrGroupId: org.userId('omar'), AccessLevel: 'Read' },
    ]);
    expect(share?.errors).toEqual([]);
    expect(await sees('omar', 'Project__c', projectId)).toBe(true);
    const [again] = await as('sally').insert('Project__Share', [
      { ParentId: projectId, UserOrGroupId: org.userId('omar'), AccessLevel: 'Read' },
    ]);
    expect(again).toEqual(share);
    expect(codeOf(await omar.update('Project__c', [{ Id: projectId, Title__c: 'Mine' }]))).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    expect(codeOf(await as('sally').update('Project__Share', [{ Id: share?.id, AccessLevel: 'Edit' }]))).toBe('ok');
    expect(codeOf(await omar.update('Project__c', [{ Id: projectId, Region__c: 'apac' }]))).toBe('ok');
    expect(codeOf(await omar.delete([projectId]))).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
    expect(
      codeOf(
        await omar.insert('Project__Share', [
          { ParentId: projectId, UserOrGroupId: org.userId('reader'), AccessLevel: 'Read' },
        ]),
      ),
    ).toBe('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
    expect(codeOf(await as('sally').delete([share?.id ?? '']))).toBe('ok');
    expect(await sees('omar', 'Project__c', projectId)).toBe(false);
  });

  test('a group’s members see what is shared with the group', async () => {
    const group = idOf(await as('admin').insert('Group', [{ Name: 'Readers' }]));
    await as('admin').insert('GroupMember', [{ GroupId: group, UserOrGroupId: org.userId('reader') }]);
    expect(await sees('reader', 'Project__c', projectId)).toBe(false);
    await as('sally').insert('Project__Share', [{ ParentId: projectId, UserOrGroupId: group, AccessLevel: 'Read' }]);
    expect(await sees('reader', 'Project__c', projectId)).toBe(true);
    expect(await sees('omar', 'Project__c', projectId)).toBe(false);
  });

  test('a detail is seen and edited with its master', async () => {
    const milestone = idOf(await as('sally').insert('Milestone__c', [{ Name: 'M', Project__c: projectId }]));
    expect(await sees('boss', 'Milestone__c', milestone)).toBe(true);
    expect(await sees('omar', 'Milestone__c', milestone)).toBe(false);
    expect(codeOf(await as('omar').insert('Milestone__c', [{ Name: 'N', Project__c: projectId }]))).toBe(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    );
  });

  test('whoever sees a deal sees its account, and nobody else does', async () => {
    const account = idOf(await as('system').insert('Account', [{ Name: 'Shared', OwnerId: org.userId('omar') }]));
    expect(await sees('sally', 'Account', account)).toBe(false);
    await as('system').insert('Opportunity', [
      {
        Name: 'D',
        StageName: 'Prospecting',
        CloseDate: '2026-12-31',
        AccountId: account,
        OwnerId: org.userId('sally'),
      },
    ]);
    expect(await sees('sally', 'Account', account)).toBe(true);
    expect(codeOf(await as('sally').update('Account', [{ Id: account, Site: 'x' }]))).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    expect(await sees('reader', 'Account', account)).toBe(false);
  });

  test('a lookup shows its target only to those who see the target, and cannot point at what one does not see', async () => {
    const [row] = (await as('sally').query(`SELECT Opportunity__r.Name FROM Project__c WHERE Id = '${projectId}'`))
      .records;
    expect(row).toMatchObject({ Opportunity__r: { Name: 'Deal' } });
    const shared = idOf(await as('sally').insert('Project__c', [{ Title__c: 'Handed over', Opportunity__c: dealId }]));
    await as('system').update('Project__c', [{ Id: shared, OwnerId: org.userId('omar') }]);
    const [seen] = (await as('omar').query(`SELECT Opportunity__r.Name FROM Project__c WHERE Id = '${shared}'`))
      .records;
    expect(seen).toMatchObject({ Opportunity__r: null });
    expect((await as('omar').query("SELECT Id FROM Project__c WHERE Opportunity__r.Name = 'Deal'")).totalSize).toBe(0);
    expect(codeOf(await as('omar').insert('Project__c', [{ Title__c: 'T', Opportunity__c: dealId }]))).toBe(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    );
  });

  test('public read-only records are read by all and edited by their owners', async () => {
    const gadget = idOf(await as('sally').insert('Gadget__c', [{ Name: 'G' }]));
    expect(await sees('reader', 'Gadget__c', gadget)).toBe(true);
    expect(codeOf(await as('omar').update('Gadget__c', [{ Id: gadget, Name: 'H' }]))).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    expect(codeOf(await as('boss').update('Gadget__c', [{ Id: gadget, Name: 'H' }]))).toBe('ok');
  });

  test('a transfer needs full access, an active owner who may read, and ends manual shares', async () => {
    const id = idOf(await as('sally').insert('Project__c', [{ Title__c: 'Moves' }]));
    await as('sally').insert('Project__Share', [
      { ParentId: id, UserOrGroupId: org.userId('reader'), AccessLevel: 'Read' },
    ]);
    expect(codeOf(await as('sally').update('Project__c', [{ Id: id, OwnerId: org.userId('nobody') }]))).toBe(
      'TRANSFER_REQUIRES_READ',
    );
    expect(codeOf(await as('sally').update('Project__c', [{ Id: id, OwnerId: org.userId('omar') }]))).toBe('ok');
    expect(await sees('sally', 'Project__c', id)).toBe(false);
    expect(await sees('reader', 'Project__c', id)).toBe(false);
  });

  test('UserRecordAccess agrees with what happens', async () => {
    const access = async (name: string): Promise<unknown> => (await as(name).recordAccess([dealId]))[0];
    expect(await access('sally')).toMatchObject({ hasReadAccess: true, hasEditAccess: true, hasDeleteAccess: true });
    expect(await access('auditor')).toMatchObject({
      hasReadAccess: true,
      hasEditAccess: false,
      hasDeleteAccess: false,
    });
    expect(await access('omar')).toMatchObject({ hasReadAccess: false, hasEditAccess: false, hasDeleteAccess: false });
  });

  test('an aggregate counts only what one may see', async () => {
    const count = async (name: string): Promise<number> =>
      (await as(name).query(`SELECT COUNT() FROM Project__c WHERE Id = '${projectId}'`)).totalSize;
    expect(await count('sally')).toBe(1);
    expect(await count('omar')).toBe(0);
  });
});
