import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { startSurfaces, type SurfacesUnderTest } from '../org/contract/surfaces-under-test.ts';
import { AnswerSheet } from './answer-sheet.ts';
import { bulkLoad, type LoadResult } from './bulk-load.ts';
import { findMapping } from './import-mapping.ts';
import { ImportMemory } from './import-memory.ts';
import { readHeaders, readTables } from './read-tables.ts';

let org: SurfacesUnderTest;
let seller: Connection;
let folder: string;
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

/** One run over the folder: what an earlier run left is in the file `memory`. */
const load = (memory = 'imported.json'): Promise<LoadResult> =>
  bulkLoad(
    seller,
    readTables(
      folder,
      findMapping(folder, undefined, (file) => readHeaders(folder, file)),
    ),
    AnswerSheet.read(undefined),
    new ImportMemory(join(folder, memory), org.orgId, folder),
    100,
    () => undefined,
  );

const idsOf = ({ loaded }: LoadResult): Record<string, string> =>
  Object.fromEntries(loaded.map(({ object, key, id }) => [`${object} ${key}`, id]));
const count = async (from: string): Promise<number> => (await seller.query(`SELECT COUNT() FROM ${from}`)).totalSize;
const dealOf = async (id: string | undefined): Promise<unknown> =>
  (await seller.query(`SELECT Name, Account.Name, Amount FROM Opportunity WHERE Id = '${id ?? ''}'`)).records[0];

beforeAll(async () => {
  org = await startSurfaces();
  seller = new Connection({ instanceUrl: org.url, accessToken: await org.token('sally'), version: '66.0' });
});
afterAll(() => org.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-load-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a second run', () => {
  test('finds each deal again by its own key, though two accounts have one of the same name; contacts too', async () => {
    put('Account.csv', 'Id,Name\nA1,Alder Works\nA2,Birch Works\n');
    put('Contact.csv', 'Id,LastName,AccountId\nC1,Vale,A1\n');
    put(
      'Opportunity.csv',
      'Id,Name,AccountId,StageName,CloseDate,Amount\nD1,Renewal,A1,Prospecting,2027-03-01,1\nD2,Renewal,A2,Prospecting,2027-03-01,2\n',
    );
    const first = await load();
    const second = await load();
    expect([first.rejected, second.rejected]).toEqual([[], []]);
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(await dealOf(idsOf(second)['Opportunity D1'])).toMatchObject({
      Amount: 1,
      Account: { Name: 'Alder Works' },
    });
    expect(await dealOf(idsOf(second)['Opportunity D2'])).toMatchObject({
      Amount: 2,
      Account: { Name: 'Birch Works' },
    });
    expect(await count("Contact WHERE LastName = 'Vale'")).toBe(1);
    // What is remembered was lost: the account, and what a contact is, still tell them apart.
    expect(idsOf(await load('lost.json'))).toEqual(idsOf(first));
    expect([await count("Opportunity WHERE Name = 'Renewal'"), await count("Contact WHERE LastName = 'Vale'")]).toEqual(
      [2, 1],
    );
  });

  test('keeps two deals of one name and one account apart, and refuses to guess where nothing is remembered', async () => {
    put('Account.csv', 'Id,Name\nA1,Cedar Works\n');
    put(
      'Opportunity.csv',
      'Id,Name,AccountId,StageName,CloseDate\nD1,Extension,A1,Prospecting,2027-03-01\nD2,Extension,A1,Prospecting,2027-03-01\n',
    );
    const first = await load();
    expect(idsOf(await load())).toEqual(idsOf(first));
    const guessed = await load('lost.json');
    expect(guessed.loaded.map(({ object }) => object)).toEqual(['Account']);
    expect(guessed.rejected.map(({ key, reason }) => `${key}: ${reason}`)).toEqual([
      'D1: the org already has 2 Opportunity records with Name "Extension" and the same account and the file 2; which is meant cannot be told. Give them different names, or take the row out',
      'D2: the org already has 2 Opportunity records with Name "Extension" and the same account and the file 2; which is meant cannot be told. Give them different names, or take the row out',
    ]);
    expect(await count("Opportunity WHERE Name = 'Extension'")).toBe(2);
  });

  test('loads again what was deleted in the org, and follows what was renamed there', async () => {
    put('Account.csv', 'Id,Name\nA1,Dogwood Works\nA2,Elm Works\n');
    const first = idsOf(await load());
    await seller.sobject('Account').destroy(first['Account A1'] ?? '');
    await seller.sobject('Account').update({ Id: first['Account A2'] ?? '', Name: 'Elm and Sons' });
    const second = idsOf(await load());
    expect(second['Account A1']).not.toBe(first['Account A1']);
    expect(second['Account A2']).toBe(first['Account A2']);
  });
});

test('names are compared as the org compares them; a long list of them fits the address of a query', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `Fir “Works” ${'é'.repeat(40)} ${index}`);
  put('Account.csv', `Id,Name\n${names.map((name, index) => `A${index},${name}\n`).join('')}`);
  const first = await load();
  put('Account.csv', `Id,Name\n${names.map((name, index) => `A${index},${name.toUpperCase()}\n`).join('')}`);
  expect(idsOf(await load('lost.json'))).toEqual(idsOf(first));
});

test('what was remembered and cannot be read stops the run rather than load everything twice', async () => {
  put('Account.csv', 'Name\nGorse Works\n');
  put('imported.json', '{"version":1,"rows":[{"org":""}]}');
  await expect(async () => load()).rejects.toThrow(/imported\.json, which says what earlier imports loaded, cannot be/);
});
