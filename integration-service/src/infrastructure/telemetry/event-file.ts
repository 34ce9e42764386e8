import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** One row of a file: its number as people count (a CSV's header is line 1), and its columns. */
export interface FileRow {
  readonly line: number;
  readonly columns: Readonly<Record<string, unknown>>;
}

const rowsAtOnce = 10_000;

/** The rows of a CSV file with a header. A row whose columns do not match the header's comes without any. */
async function* csvRows(path: string): AsyncGenerator<FileRow> {
  const reader = parse({
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
    relax_column_count: true,
    info: true,
  });
  const rows: AsyncIterable<{
    readonly record: Record<string, string>;
    readonly info: { readonly lines: number; readonly error?: unknown };
  }> = createReadStream(path).pipe(reader);
  for await (const { record, info } of rows)
    yield { line: info.lines, columns: info.error === undefined ? record : {} };
}

/** The rows of a Parquet file, so many at a time: memory is that of one row group, however long the file. */
async function* parquetRows(path: string): AsyncGenerator<FileRow> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const count = Number(metadata.num_rows);
  for (let from = 0; from < count; from += rowsAtOnce) {
    const rows = await parquetReadObjects({
      file,
      metadata,
      compressors,
      rowStart: from,
      rowEnd: Math.min(count, from + rowsAtOnce),
    });
    for (const [index, columns] of rows.entries()) yield { line: from + index + 1, columns };
  }
}

/** The rows of a file by its ending: `.parquet`, or CSV. */
export const fileRows = (path: string): AsyncGenerator<FileRow> =>
  path.toLowerCase().endsWith('.parquet') ? parquetRows(path) : csvRows(path);
