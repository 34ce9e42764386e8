import { writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Connection } from 'jsforce';
import { findAgain, stillThere } from './already-there.ts';
import type { AnswerSheet } from './answer-sheet.ts';
import type { ImportMemory } from './import-memory.ts';
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

/** A row with all that the org wants, its lookups as ids. */
interface RowToLoad {
  readonly key: string;
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

interface Ingested {
  /** Row key → id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Row key → the org's own words. */
  readonly refused: ReadonlyMap<string, string>;
}

const nothingLoaded: Ingested = { ids: new Map(), refused: new Map() };

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
const ingest = async (connection: Connection, object: string, rows: readonly RowToLoad[]): Promise<Ingested> => {
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

/** Ids of the table's rows that earlier runs loaded and the org still has, by key. */
const remembered = async (
  connection: Connection,
  table: ImportTable,
  memory: ImportMemory,
): Promise<Map<string, string>> => {
  const known = table.rows.flatMap(({ key }): [string, string][] => {
    const id = memory.idOf(table.mapping, key);
    return id === undefined ? [] : [[key, id]];
  });
  const there = await stillThere(
    connection,
    table.mapping.object,
    known.map(([, id]) => id),
  );
  return new Map(known.filter(([, id]) => there.has(id)));
};

/**
 * Loads the tables into the org through Bulk API 2.0, parents first. What the org requires and the files lack is taken
 * from the answer sheet, for accounts and for the first `dealsWanted` deals; a row that stays incomplete, that the org
 * refuses, or that could be several records there, is rejected with its reason. A row that `memory` knows, or that is
 * found in the org beyond doubt, is not loaded again.
 */
export const bulkLoad = async (
  connection: Connection,
  tables: readonly ImportTable[],
  sheet: AnswerSheet,
  memory: ImportMemory,
  dealsWanted: number,
  progress: (object: string, done: number, total: number) => void,
): Promise<LoadResult> => {
  const ids = new Map<string, string>();
  const loaded: LoadedRow[] = [];
  const rejected: RejectedRow[] = tables.flatMap((table) => table.rejected);
  const accounts = tables.find((table) => table.mapping.object === 'Account');
  for (const table of tables) {
    const { object, file } = table.mapping;
    const reject = ({ key, line }: RowToLoad, reason: string): void => void rejected.push({ file, line, key, reason });
    const known = await remembered(connection, table, memory);
    const whole: RowToLoad[] = [];
    for (const [index, row] of table.rows.entries()) {
      if (known.has(row.key)) continue;
      const made = complete(table, row, sheet, ids, accounts, object !== 'Opportunity' || index < dealsWanted);
      if ('reason' in made) reject({ ...row, fields: {} }, made.reason);
      else whole.push({ key: row.key, line: row.line, fields: made.fields });
    }
    const found = await findAgain(connection, object, whole, new Set(known.values()));
    const fresh = whole.filter(({ key }) => !found.ids.has(key) && !found.ambiguous.has(key));
    progress(object, 0, table.rows.length);
    const { ids: saved, refused } = fresh.length > 0 ? await ingest(connection, object, fresh) : nothingLoaded;
    for (const { key } of table.rows) {
      const id = known.get(key) ?? found.ids.get(key) ?? saved.get(key);
      if (id === undefined) continue;
      ids.set(`${file}\n${key}`, id);
      loaded.push({ object, key, id });
      memory.keep(table.mapping, key, id);
    }
    memory.save();
    for (const row of whole) {
      const reason = found.ambiguous.get(row.key) ?? refused.get(row.key);
      if (reason !== undefined) reject(row, reason);
    }
    progress(object, table.rows.length, table.rows.length);
  }
  return { loaded, rejected };
};

/** Writes the rejected rows with file, line, key and reason; a person mends the file and loads it again. */
export const writeRejected = (file: string, rejected: readonly RejectedRow[]): void =>
  writeFileSync(file, stringify([...rejected], { header: true, columns: ['file', 'line', 'key', 'reason'] }));
