import { writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Connection } from 'jsforce';
import type { AnswerSheet } from './answer-sheet.ts';
import type { ImportRow, ImportTable, RejectedRow } from './read-tables.ts';

/** What the org refuses to save a row without, so it has to be known, or asked, before loading. */
const requiredFields: Readonly<Record<string, readonly { field: string; question: string; parent?: string }[]>> = {
  Account: [{ field: 'Name', question: 'What is the account called?' }],
  Contact: [{ field: 'LastName', question: 'What is the contact’s last name?' }],
  Opportunity: [
    { field: 'Name', question: 'What is the deal called?' },
    { field: 'StageName', question: 'Which stage is the deal in?' },
    { field: 'CloseDate', question: 'When is the deal expected to close (YYYY-MM-DD)?' },
    // The org saves a deal without an account, but nobody can be referred without one.
    {
      field: 'AccountId',
      question: 'Which account is the deal with (its name in the accounts file)?',
      parent: 'Account',
    },
  ],
};

export interface LoadedRow {
  readonly object: string;
  readonly key: string;
  readonly id: string;
}

export interface LoadResult {
  readonly loaded: readonly LoadedRow[];
  readonly rejected: readonly RejectedRow[];
}

/** How often the job is asked for its state, in milliseconds; Bulk API 2.0 has no other way of saying that it is done. */
const pollMs = 250;

const scopeOf = (object: string): 'account' | 'deal' => (object === 'Opportunity' ? 'deal' : 'account');

const complete = (
  table: ImportTable,
  row: ImportRow,
  sheet: AnswerSheet,
  ids: Map<string, string>,
  accounts: ImportTable | undefined,
  wanted: boolean,
): { fields: Record<string, string> } | { reason: string } => {
  const fields: Record<string, string> = { ...row.fields };
  const lookups = { ...row.lookups };
  const unanswered: string[] = [];
  for (const { field, question, parent } of requiredFields[table.mapping.object] ?? []) {
    if (fields[field] !== undefined || lookups[field] !== undefined) continue;
    if (!wanted)
      return { reason: `${field} is blank; the deal is not among those to be referred, so nobody was asked` };
    const answer = sheet.answer({
      scope: scopeOf(table.mapping.object),
      key: row.key,
      field: `${table.mapping.object}.${field}`,
      question,
      allowed: parent ? (accounts?.rows.map(({ key }) => key).join(' | ') ?? '') : '',
    });
    if (answer === undefined) unanswered.push(`${field} is blank and nobody has answered: ${question}`);
    else if (parent && accounts) lookups[field] = { file: accounts.mapping.file, key: answer };
    else fields[field] = answer;
  }
  // All that is missing is asked at once, so that one sheet goes to the person and not one for each field.
  if (unanswered.length > 0) return { reason: unanswered.join(' ') };
  for (const [field, target] of Object.entries(lookups)) {
    const id = ids.get(`${target.file}\n${target.key}`);
    if (!id) return { reason: `${field} names "${target.key}", which was not loaded from ${target.file}` };
    fields[field] = id;
  }
  return { fields };
};

/** One Bulk API 2.0 ingest job for one object; gives back ids by row and refusals with the org's own words. */
const ingest = async (
  connection: Connection,
  object: string,
  rows: readonly { key: string; line: number; fields: Record<string, string> }[],
): Promise<{ ids: Map<string, string>; refused: Map<string, string> }> => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.fields)))].sort();
  const csv = stringify(
    rows.map((row) => columns.map((column) => row.fields[column] ?? '')),
    { header: true, columns },
  );
  const job = connection.bulk2.createJob({ operation: 'insert', object });
  await job.open();
  await job.uploadData(csv);
  await job.close();
  await job.poll(pollMs, 600_000);
  const ids = new Map<string, string>();
  const refused = new Map<string, string>();
  const byContent = new Map<string, { key: string }[]>();
  // The results come back with the columns that were sent and in no promised order: rows are found again by content.
  const content = (fields: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(columns.map((column) => String(fields[column] ?? '')));
  for (const row of rows) byContent.set(content(row.fields), [...(byContent.get(content(row.fields)) ?? []), row]);
  const take = (fields: Readonly<Record<string, unknown>>): string | undefined =>
    byContent.get(content(fields))?.shift()?.key;
  const rowsOf = async (results: unknown): Promise<Record<string, unknown>[]> =>
    typeof results === 'string' ? parse(results, { columns: true }) : (results as Record<string, unknown>[]);
  for (const row of await rowsOf(await job.getSuccessfulResults())) {
    const key = take(row);
    if (key !== undefined) ids.set(key, String(row.sf__Id));
  }
  for (const row of await rowsOf(await job.getFailedResults())) {
    const key = take(row);
    if (key !== undefined) refused.set(key, String(row.sf__Error));
  }
  for (const row of rows)
    if (!ids.has(row.key) && !refused.has(row.key)) refused.set(row.key, 'the org did not process the row');
  return { ids, refused };
};

/** Ids of rows that an earlier import left in the org, so that a second run loads nothing twice. */
const alreadyThere = async (
  connection: Connection,
  object: string,
  names: readonly string[],
): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  if (object === 'Contact') return found;
  const quoted = (name: string): string => `'${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  for (let start = 0; start < names.length; start += 100) {
    const part = names.slice(start, start + 100).map(quoted);
    if (part.length === 0) continue;
    const answer = await connection.query<{ Id: string; Name: string }>(
      `SELECT Id, Name FROM ${object} WHERE Name IN (${part.join(',')})`,
    );
    for (const record of answer.records) found.set(record.Name, record.Id);
  }
  return found;
};

/**
 * Loads the tables into the org through Bulk API 2.0, parents first. What the org requires and the files lack is taken
 * from the answer sheet, for accounts and for the first `dealsWanted` deals; a row that stays incomplete, or that the org refuses, is rejected with its reason.
 */
export const bulkLoad = async (
  connection: Connection,
  tables: readonly ImportTable[],
  sheet: AnswerSheet,
  dealsWanted: number,
  progress: (object: string, done: number, total: number) => void,
): Promise<LoadResult> => {
  const ids = new Map<string, string>();
  const loaded: LoadedRow[] = [];
  const rejected: RejectedRow[] = tables.flatMap((table) => table.rejected);
  const accounts = tables.find((table) => table.mapping.object === 'Account');
  for (const table of tables) {
    const { object, file } = table.mapping;
    const there = await alreadyThere(
      connection,
      object,
      table.rows.flatMap((row) => row.fields.Name ?? []),
    );
    const fresh: { key: string; line: number; fields: Record<string, string> }[] = [];
    const keep = (key: string, id: string): void => {
      ids.set(`${file}\n${key}`, id);
      loaded.push({ object, key, id });
    };
    for (const [index, row] of table.rows.entries()) {
      const known = there.get(row.fields.Name ?? '');
      if (known) {
        keep(row.key, known);
        continue;
      }
      const made = complete(table, row, sheet, ids, accounts, object !== 'Opportunity' || index < dealsWanted);
      if ('reason' in made) rejected.push({ file, line: row.line, key: row.key, reason: made.reason });
      else fresh.push({ key: row.key, line: row.line, fields: made.fields });
    }
    progress(object, 0, table.rows.length);
    if (fresh.length > 0) {
      const { ids: saved, refused } = await ingest(connection, object, fresh);
      for (const [key, id] of saved) keep(key, id);
      for (const row of fresh) {
        const reason = refused.get(row.key);
        if (reason !== undefined) rejected.push({ file, line: row.line, key: row.key, reason });
      }
    }
    progress(object, table.rows.length, table.rows.length);
  }
  return { loaded, rejected };
};

/** Writes the rejected rows with file, line, key and reason; a person mends the file and loads it again. */
export const writeRejected = (file: string, rejected: readonly RejectedRow[]): void =>
  writeFileSync(file, stringify([...rejected], { header: true, columns: ['file', 'line', 'key', 'reason'] }));
