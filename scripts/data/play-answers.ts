// Run when a pipeline is tried whose owner is not at hand: fills the open lines of an answer sheet in a person's place.
// Usage: node scripts/data/play-answers.ts FOLDER MAPPING QUESTIONS.csv ANSWERS.csv
// The answers are played, and say so: addresses under example.com, the first fitting allowed answer, a close date after
// today. They show that the questions can be answered; they are nobody's answers.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { SheetLine } from '../../integration-service/local/import/answer-sheet.ts';
import { findMapping } from '../../integration-service/local/import/import-mapping.ts';
import { readHeaders, readTables } from '../../integration-service/local/import/read-tables.ts';

/** The same number for the same key, so that two runs play alike. */
const numberFor = (key: string, below: number): number =>
  createHash('sha256').update(key).digest().readUInt32BE(0) % Math.max(1, below);

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** A postal code of the right form for each country that the public sample pipelines name. */
const postalCodes: Readonly<Record<string, string>> = {
  'United States': '10001',
  Belgium: '1000',
  Brazil: '01310-100',
  China: '100000',
  Germany: '10115',
  Italy: '00118',
  Japan: '100-0005',
  Jordan: '11110',
  Kenya: '00100',
  Norway: '0150',
  Panama: '0801',
  Philippines: '1000',
  Poland: '00-001',
  Romania: '010011',
  'South Korea': '03051',
};

const play = (line: SheetLine, today: string, countryOf: (account: string) => string): string => {
  const allowed = line.allowed.split(' | ').filter((one) => one !== '');
  switch (line.field) {
    case 'Opportunity.CloseDate':
      return new Date(Date.parse(today) + (30 + numberFor(line.key, 120)) * 86_400_000).toISOString().slice(0, 10);
    case 'Account.Website':
      return `https://${slug(line.key)}.example.com`;
    case 'Account.BillingPostalCode':
      return postalCodes[countryOf(line.key)] ?? '';
    case 'Account.BillingState':
      return 'New York';
    case 'Opportunity.CustomerProblem__c':
      return `Played answer: the customer of deal ${line.key} replaces ageing hardware and wants its reports in the cloud.`;
    case 'Opportunity.PartnerMonthlySpend__c':
      return String(500 + numberFor(line.key, 95) * 100);
    default:
      return allowed[numberFor(line.key, allowed.length)] ?? '';
  }
};

const [folder, mappingName, questionsFile, answersFile] = process.argv.slice(2);
if (!folder || !mappingName || !questionsFile || !answersFile) {
  console.error('Usage: node scripts/data/play-answers.ts FOLDER MAPPING QUESTIONS.csv ANSWERS.csv');
  process.exit(2);
}
const tables = readTables(
  folder,
  findMapping(folder, mappingName, (file) => readHeaders(folder, file)),
);
const accounts = tables.find((table) => table.mapping.object === 'Account')?.rows ?? [];
const countries = new Map(accounts.map((row) => [row.key, row.fields.BillingCountry ?? '']));
const lines: SheetLine[] = parse(readFileSync(questionsFile), { columns: true, bom: true, skip_empty_lines: true });
const today = new Date().toISOString().slice(0, 10);
const filled = lines.map((line) =>
  line.answer === '' ? { ...line, answer: play(line, today, (account) => countries.get(account) ?? '') } : line,
);
writeFileSync(
  answersFile,
  stringify(filled, { header: true, columns: ['scope', 'key', 'field', 'question', 'allowed', 'answer'] }),
);
const unplayed = filled.filter((line) => line.answer === '').length;
console.log(`${filled.length - unplayed} answers in ${answersFile}, played and nobody’s; ${unplayed} left open.`);
