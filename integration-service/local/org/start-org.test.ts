import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '../../test/support/test-database.ts';
import { FIXTURE_FOLDERS, idOf, startTestOrg } from './test-org.ts';

const REGION_CODE = `<?xml version="1.0" encoding="UTF-8" ?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
  <fullName>RegionCode__c</fullName>
  <label>Region Code</label>
  <length>5</length>
  <type>Text</type>
</CustomField>
`;

describe('a second start', () => {
  test('keeps ids, data, sessions and org, and adds the fields that are new', async () => {
    const database = await createTestDatabase();
    const copy = mkdtempSync(join(tmpdir(), 'tandem-org-'));
    const folders = FIXTURE_FOLDERS.map((folder, index) => ({
      path: join(copy, String(index)),
      packaged: index === 0,
      from: folder,
    }));
    for (const folder of folders) cpSync(folder.from, folder.path, { recursive: true });
    try {
      const first = await startTestOrg({ databaseUrl: database.url, sourceFolders: folders });
      const id = idOf(await (await first.as('admin')).insert('Project__c', [{ Title__c: 'Kept' }]));
      const connection = await first.connect('admin');
      const token = connection.accessToken ?? '';
      const { orgId } = first;
      await first.stop();

      writeFileSync(
        join(folders[0]?.path ?? '', 'main/objects/Project__c/fields/RegionCode__c.field-meta.xml'),
        REGION_CODE,
      );
      const second = await startTestOrg({ databaseUrl: database.url, sourceFolders: folders });
      try {
        expect(second.orgId).toBe(orgId);
        const admin = await second.as('admin');
        expect((await admin.update('Project__c', [{ Id: id, RegionCode__c: 'EU' }]))[0]?.errors).toEqual([]);
        expect((await admin.read('Project__c', [id], ['Title__c', 'RegionCode__c']))[0]).toEqual({
          Title__c: 'Kept',
          RegionCode__c: 'EU',
        });
        const next = idOf(await admin.insert('Project__c', [{ Title__c: 'Next' }]));
        expect(next > id).toBe(true);
        const reply = await fetch(`${second.url}/services/data/v66.0/limits`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(reply.status).toBe(200);
      } finally {
        await second.stop();
      }
    } finally {
      rmSync(copy, { recursive: true });
      await database.drop();
    }
  });

  test('orgs made anew are different orgs', async () => {
    const [one, other] = [await startTestOrg(), await startTestOrg()];
    expect(one.orgId === other.orgId).toBe(false);
    await one.end();
    await other.end();
  });
});

describe('with a namespace', () => {
  test('what the package declares is prefixed everywhere, what it does not is left alone', async () => {
    const org = await startTestOrg({ namespace: 'acme' });
    try {
      const sally = await org.as('sally');
      const id = idOf(
        await sally.insert('acme__Project__c', [
          { acme__Title__c: 'Named', acme__Budget__c: 10, acme__Spent__c: 4, acme__Gadget__c: null },
        ]),
      );
      const { records } = await sally.query(
        `SELECT acme__Remaining__c, acme__Gadget__r.Name, (SELECT Name FROM acme__Milestones__r) FROM acme__Project__c WHERE Id = '${id}'`,
      );
      expect(records).toMatchObject([{ acme__Remaining__c: 6, acme__Gadget__r: null, acme__Milestones__r: null }]);
      const [refused] = await sally.update('acme__Project__c', [{ Id: id, acme__Spent__c: 11 }]);
      expect(refused?.errors[0]).toMatchObject({
        statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        fields: ['acme__Spent__c'],
      });
      await expect(sally.query('SELECT Title__c FROM acme__Project__c')).rejects.toMatchObject({
        statusCode: 'INVALID_FIELD',
      });
      await expect(sally.query('SELECT Id FROM Project__c')).rejects.toMatchObject({ statusCode: 'INVALID_TYPE' });
      const admin = await org.as('admin');
      await expect(admin.query('SELECT acme__Strategy__c, CustomerOwn__c FROM Opportunity')).resolves.toMatchObject({
        totalSize: 0,
      });
      expect(
        idOf(
          await sally.insert('acme__Project__Share', [
            { ParentId: id, UserOrGroupId: org.userId('omar'), AccessLevel: 'Read' },
          ]),
        ),
      ).toMatch(/^b/);
    } finally {
      await org.end();
    }
  });

  test('the defaultNamespace option lets a client leave the prefix out, in and out', async () => {
    const org = await startTestOrg({ namespace: 'acme' });
    try {
      const connection = await org.connect('sally', { client: 'Tandem/1.0', defaultNamespace: 'acme' });
      const created = await connection.sobject('Project__c').create({ Title__c: 'Short', Code__c: 's-1' });
      expect(created.success).toBe(true);
      const { records } = await connection.query(
        "SELECT Title__c, Gadget__r.Name FROM Project__c WHERE Code__c = 's-1'",
      );
      expect(records).toMatchObject([{ attributes: { type: 'Project__c' }, Title__c: 'Short', Gadget__r: null }]);
      expect(await connection.sobject('Project__c').retrieve(created.id ?? '')).toMatchObject({ Title__c: 'Short' });
      expect(
        await connection.sobject('Project__c').upsert([{ Code__c: 's-1', Title__c: 'Again' }], 'Code__c'),
      ).toMatchObject([{ success: true, created: false }]);
    } finally {
      await org.end();
    }
  });
});

describe('a start that cannot be right', () => {
  const withField = async (xml: string): Promise<unknown> => {
    const copy = mkdtempSync(join(tmpdir(), 'tandem-org-'));
    cpSync(FIXTURE_FOLDERS[0] ?? '', copy, { recursive: true });
    writeFileSync(join(copy, 'main/objects/Project__c/fields/Odd__c.field-meta.xml'), xml);
    try {
      const org = await startTestOrg({ sourceFolders: [copy] });
      await org.end();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : error;
    } finally {
      rmSync(copy, { recursive: true });
    }
  };

  test.each([
    [
      'an unknown field type',
      REGION_CODE.replace('Text<', 'Location<'),
      'fields of type Location are not offered here',
    ],
    ['broken XML', REGION_CODE.replace('</label>', ''), 'is not well-formed XML'],
    [
      'a lookup to nowhere',
      REGION_CODE.replace('<length>5</length>', '<referenceTo>Nowhere__c</referenceTo>').replace('Text<', 'Lookup<'),
      'refers to Nowhere__c, which is in none of the source folders',
    ],
  ])('%s stops it with the file or field named', async (_, xml, message) => {
    expect(await withField(xml)).toEqual(expect.stringContaining(message));
  });

  test('a source folder that does not exist stops it', async () => {
    await expect(startTestOrg({ sourceFolders: ['/nowhere/at/all'] })).rejects.toThrow('does not exist');
  });
});
