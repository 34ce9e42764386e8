import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AnswerSheet } from './answer-sheet.ts';
import { findMapping, shippedMappings } from './import-mapping.ts';
import { readHeaders, readTables } from './read-tables.ts';

let folder: string;
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const mappingOf = (named?: string) => findMapping(folder, named, (file) => readHeaders(folder, file));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('files with Salesforce field names', () => {
  test('need no mapping; a deal finds its account by the account’s key', () => {
    put('Account.csv', 'Name,Website\nBright Mills,https://bright.example.com\n');
    put('Opportunity.csv', 'Name,AccountId,StageName,CloseDate\nLooms,Bright Mills,Prospecting,2027-03-01\n');
    const [accounts, deals] = readTables(folder, mappingOf());
    expect(accounts?.rows).toEqual([
      {
        key: 'Bright Mills',
        line: 2,
        fields: { Name: 'Bright Mills', Website: 'https://bright.example.com' },
        lookups: {},
      },
    ]);
    expect(deals?.rows[0]?.lookups).toEqual({ AccountId: { file: 'Account.csv', key: 'Bright Mills' } });
  });

  test('blank cells are absent, not empty text', () => {
    put('Account.csv', 'Name,Website\nBright Mills,\n');
    expect(readTables(folder, mappingOf())[0]?.rows[0]?.fields).toEqual({ Name: 'Bright Mills' });
  });
});

describe('files with a mapping', () => {
  const mapping = {
    tables: [
      {
        file: 'deals.csv',
        object: 'Opportunity',
        key: 'id',
        fields: {
          Name: { template: '{product} for {who} {id}' },
          Amount: { column: 'worth', multiply: 1000 },
          CloseDate: { column: 'closes', date: 'M/D/YYYY' },
          StageName: { column: 'stage', values: { hot: 'Negotiation/Review' } },
        },
      },
    ],
  };

  test('words, units, dates and templates become the org’s', () => {
    put('mapping.json', JSON.stringify(mapping));
    put('deals.csv', 'id,product,who,worth,closes,stage\nD1,Looms,,2.5,3/9/2027,hot\n');
    expect(readTables(folder, mappingOf())[0]?.rows[0]?.fields).toEqual({
      Name: 'Looms for D1',
      Amount: '2500',
      CloseDate: '2027-03-09',
      StageName: 'Negotiation/Review',
    });
  });

  test('a row that cannot be read is rejected with line and reason, the others are kept', () => {
    put('mapping.json', JSON.stringify(mapping));
    put(
      'deals.csv',
      'id,product,who,worth,closes,stage\nD1,a,b,x,,hot\nD2,a,b,1,2/30/2027,hot\n,a,b,1,,hot\nD4,a,b,1,,hot\nD4,a,b,1,,hot\n',
    );
    const [deals] = readTables(folder, mappingOf());
    expect(deals?.rows.map((row) => row.key)).toEqual(['D4']);
    expect(deals?.rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '2: "x" is not a number',
      '3: "2/30/2027" is not a date written as M/D/YYYY',
      '4: column id is blank, so the row has no name',
      '6: "D4" stands in the file twice',
    ]);
  });

  test('a mapping that is wrong, or names a missing column, says where', () => {
    put('mapping.json', JSON.stringify({ tables: [{ file: 'deals.csv', object: 'Deal', key: 'id', fields: {} }] }));
    expect(() => mappingOf()).toThrow(/is wrong at tables\.0\.object/);
    put('mapping.json', JSON.stringify(mapping));
    put('deals.csv', 'id,product\n');
    expect(() => readTables(folder, mappingOf())).toThrow(
      /has no column "worth", which the mapping names; it has id, product/,
    );
  });

  test('without any mapping the message names what would help', () => {
    expect(() => mappingOf()).toThrow(/add "--mapping NAME" \(maven-crm/);
    expect(() => mappingOf('nonsense')).toThrow(/There is no mapping "nonsense"/);
  });

  test.each(shippedMappings())('the shipped mapping %s can be read', (name) => {
    expect(mappingOf(name).tables.length).toBeGreaterThan(0);
  });
});

describe('the answer sheet', () => {
  const website = {
    scope: 'account',
    key: 'Bright Mills',
    field: 'Account.Website',
    question: 'Website?',
    allowed: '',
  } as const;

  test('counts an answer once however many deals need it, and leaves what is blank open', () => {
    put('answers.csv', 'scope,key,field,answer\naccount,Bright Mills,Account.Website,https://bright.example.com\n');
    const sheet = AnswerSheet.read(join(folder, 'answers.csv'));
    expect([sheet.answer(website), sheet.answer(website)]).toEqual([
      'https://bright.example.com',
      'https://bright.example.com',
    ]);
    expect(sheet.answer({ ...website, scope: 'deal', key: 'Looms', field: 'Opportunity.CloseDate' })).toBeUndefined();
    expect([sheet.answered, sheet.open.length]).toEqual([1, 1]);
  });

  test('open questions are written so that the file can be filled in and given back', () => {
    const sheet = AnswerSheet.read(undefined);
    sheet.answer(website);
    const file = join(folder, 'questions.csv');
    sheet.writeOpen(file);
    writeFileSync(file, readFileSync(file, 'utf8').replace('Website?,,', 'Website?,,https://bright.example.com'));
    expect(AnswerSheet.read(file).answer(website)).toBe('https://bright.example.com');
  });

  test('a sheet that is missing or wrong is refused with line and column', () => {
    expect(() => AnswerSheet.read(join(folder, 'none.csv'))).toThrow(/are not there: give the file with --answers/);
    put('answers.csv', 'scope,key,field,answer\nfirm,a,b,c\n');
    expect(() => AnswerSheet.read(join(folder, 'answers.csv'))).toThrow(/line 2: column scope/);
  });
});
