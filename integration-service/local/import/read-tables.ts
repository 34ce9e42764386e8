import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { FieldSource, ImportMapping, TableMapping } from './import-mapping.ts';

/** One row of a file on its way into the org. */
export interface ImportRow {
  /** The file's own name for the row; unique within its file. */
  readonly key: string;
  /** Line in the file, counting the header as 1. */
  readonly line: number;
  /** Field → text as the org takes it; blank fields are absent. */
  readonly fields: Readonly<Record<string, string>>;
  /** Field → the row in another file that it points at. */
  readonly lookups: Readonly<Record<string, { readonly file: string; readonly key: string }>>;
}

export interface ImportTable {
  readonly mapping: TableMapping;
  readonly rows: readonly ImportRow[];
  readonly rejected: readonly RejectedRow[];
}

export interface RejectedRow {
  readonly file: string;
  readonly line: number;
  readonly key: string;
  readonly reason: string;
}

type Record_ = Record<string, string>;

const parseCsv = (path: string): Record_[] =>
  parse(readFileSync(path), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
    relax_column_count: false,
  });

/** Column names of a CSV file in a folder. */
export const readHeaders = (folder: string, file: string): string[] => {
  const rows: string[][] = parse(readFileSync(join(folder, file)), { to: 1, bom: true, trim: true });
  return rows[0] ?? [];
};

const dateForms: Record<string, { pattern: RegExp; order: readonly [number, number, number] }> = {
  'YYYY-MM-DD': { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})$/, order: [1, 2, 3] },
  'M/D/YYYY': { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, order: [3, 1, 2] },
  'D.M.YYYY': { pattern: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, order: [3, 2, 1] },
};

const isoDate = (text: string, form: string): string => {
  const match = dateForms[form]?.pattern.exec(text);
  const [year, month, day] = (dateForms[form]?.order ?? [1, 2, 3]).map((place) => match?.[place] ?? '');
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const real = match && !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
  if (!real) throw new Error(`"${text}" is not a date written as ${form}`);
  return date;
};

const valueOf = (source: FieldSource, row: Record_): string => {
  const raw = source.template
    ? source.template
        .replace(/\{([^}]+)\}/g, (_all, column: string) => row[column] ?? '')
        .replace(/\s+/g, ' ')
        .trim()
    : (row[source.column ?? ''] ?? '');
  if (raw === '') return '';
  const worded = source.values?.[raw] ?? raw;
  if (source.date) return isoDate(worded, source.date);
  if (source.multiply !== undefined) {
    const number = Number(worded.replaceAll(',', ''));
    if (!Number.isFinite(number)) throw new Error(`"${worded}" is not a number`);
    return String(Math.round(number * source.multiply * 100) / 100);
  }
  return worded;
};

const readTable = (folder: string, mapping: TableMapping): ImportTable => {
  const path = join(folder, mapping.file);
  if (!existsSync(path)) throw new Error(`${path} is missing, which the mapping names.`);
  const columns = new Set(readHeaders(folder, mapping.file));
  const wanted = [mapping.key, ...Object.values(mapping.fields).flatMap((source) => source.column ?? [])];
  const absent = wanted.find((column) => !columns.has(column));
  if (absent)
    throw new Error(`${path} has no column "${absent}", which the mapping names; it has ${[...columns].join(', ')}.`);
  const rows: ImportRow[] = [];
  const rejected: RejectedRow[] = [];
  const seen = new Set<string>();
  parseCsv(path).forEach((row, index) => {
    const line = index + 2;
    const key = row[mapping.key] ?? '';
    const reject = (reason: string): void => void rejected.push({ file: mapping.file, line, key, reason });
    if (key === '') return reject(`column ${mapping.key} is blank, so the row has no name`);
    if (seen.has(key)) return reject(`"${key}" stands in the file twice`);
    const fields: Record<string, string> = {};
    const lookups: Record<string, { file: string; key: string }> = {};
    try {
      for (const [field, source] of Object.entries(mapping.fields)) {
        const value = valueOf(source, row);
        if (value === '') continue;
        if (source.lookup) lookups[field] = { file: source.lookup, key: value };
        else fields[field] = value;
      }
    } catch (error) {
      return reject(error instanceof Error ? error.message : String(error));
    }
    seen.add(key);
    rows.push({ key, line, fields, lookups });
  });
  return { mapping, rows, rejected };
};

/** Every table of the mapping, parents first; rows that cannot be read are listed with file, line and reason. */
export const readTables = (folder: string, mapping: ImportMapping): ImportTable[] =>
  mapping.tables.map((table) => readTable(folder, table));
