import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** Delimiters that Bulk API 2.0 knows, by the name used in job settings. */
export const DELIMITERS = {
  COMMA: ',',
  SEMICOLON: ';',
  TAB: '\t',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`',
} as const;

export type ColumnDelimiter = keyof typeof DELIMITERS;
export type LineEnding = 'LF' | 'CRLF';

export interface CsvShape {
  readonly columnDelimiter: ColumnDelimiter;
  readonly lineEnding: LineEnding;
}

export interface CsvTable {
  readonly columns: readonly string[];
  /** Every row has as many cells as there are columns. */
  readonly rows: readonly (readonly string[])[];
}

/** Data that a job cannot be started on; the text becomes the job's `errorMessage`. */
export class CsvProblem extends Error {}

/** Line ends outside quotes, which must all be what the job says. */
const lineEndings = (text: string): Set<LineEnding> => {
  const outside = text.replace(/"(?:[^"]|"")*"/g, '""');
  return new Set([...outside.matchAll(/\r?\n/g)].map(([found]) => (found === '\r\n' ? 'CRLF' : 'LF')));
};

/** Reads uploaded rows. Throws {@link CsvProblem} for wrong line ends, a missing header or uneven rows. */
export const readCsv = (text: string, { columnDelimiter, lineEnding }: CsvShape): CsvTable => {
  const found = lineEndings(text);
  if (found.size > 0 && !(found.size === 1 && found.has(lineEnding)))
    throw new CsvProblem(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
    );
  try {
    const [columns, ...rows] = parse(text, {
      delimiter: DELIMITERS[columnDelimiter],
      record_delimiter: lineEnding === 'CRLF' ? '\r\n' : '\n',
      bom: true,
      skip_empty_lines: true,
    });
    if (!columns || columns.length === 0) throw new CsvProblem('InvalidBatch : The file has no header line');
    return { columns: columns.map((name) => name.trim()), rows };
  } catch (error) {
    if (error instanceof CsvProblem) throw error;
    throw new CsvProblem(`ClientInputError : ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** Writes rows as Bulk results are written: every cell in quotes. */
export const writeCsv = ({ columns, rows }: CsvTable, { columnDelimiter, lineEnding }: CsvShape): string =>
  stringify([[...columns], ...rows.map((row) => [...row])], {
    delimiter: DELIMITERS[columnDelimiter],
    record_delimiter: lineEnding === 'CRLF' ? '\r\n' : '\n',
    quoted: true,
    quoted_empty: true,
  });
