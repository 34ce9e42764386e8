/**
 * A table of fields by column: fifty thousand rows are a few typed arrays and no objects. Such a table crosses to another
 * thread without being copied.
 *
 * In this folder an index is counted and never found, so elements of typed arrays are read with `as number`: an index
 * out of range would give NaN, which the measures show at once, where a made-up zero would stay hidden.
 */
export type Column = NumberColumn | CategoryColumn;

export interface NumberColumn {
  readonly name: string;
  readonly kind: 'number';
  /** One value a row; NaN is "not given". An infinite value is taken for "not given" too. */
  readonly values: Float64Array;
}

export interface CategoryColumn {
  readonly name: string;
  readonly kind: 'category';
  /** One index into `levels` a row; -1 is "not given". */
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** What came of each row, when it was known, and which rows belong together. */
export interface TrainingTable extends Table {
  /** 1: won, or churned; 0: not. */
  readonly outcome: Uint8Array;
  /** Milliseconds since 1970 at which the row was known (a deal: when it was closed); null: nobody knows. */
  readonly at: Float64Array | null;
  /** Rows with the same number stay in one fold (deals of one account, equal rows); null: each row stands alone. */
  readonly group: Int32Array | null;
}

/** A table that cannot be read. The message names the column and says what is wrong with it. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

/** @throws TableError where lengths, codes or names do not fit together */
export const checkTable = ({ rows, columns }: Table): void => {
  if (!Number.isSafeInteger(rows) || rows < 0) throw new TableError(`the table says it has ${rows} rows`);
  const names = new Set<string>();
  for (const column of columns) {
    if (names.has(column.name)) throw new TableError(`two columns are called "${column.name}"`);
    names.add(column.name);
    const length = column.kind === 'number' ? column.values.length : column.codes.length;
    if (length !== rows) throw new TableError(`column "${column.name}" has ${length} values for ${rows} rows`);
    if (column.kind === 'number') continue;
    for (const code of column.codes)
      if (code < -1 || code >= column.levels.length)
        throw new TableError(`column "${column.name}" has the code ${code} and ${column.levels.length} levels`);
  }
};

/** @throws TableError like `checkTable`, and where outcome, times or groups are not one a row */
export const checkTrainingTable = (table: TrainingTable): void => {
  checkTable(table);
  for (const [what, length] of [
    ['outcomes', table.outcome.length],
    ['times', table.at?.length ?? table.rows],
    ['groups', table.group?.length ?? table.rows],
  ] as const)
    if (length !== table.rows) throw new TableError(`there are ${length} ${what} for ${table.rows} rows`);
  for (const outcome of table.outcome)
    if (outcome > 1) throw new TableError(`an outcome is ${outcome}; it must be 0 or 1`);
  for (const instant of table.at ?? [])
    if (!Number.isFinite(instant)) throw new TableError('a row has no time; leave such rows out, or all times');
};

/** These rows of a column, in this order. */
export const columnRows = (column: Column, rows: Int32Array): Column =>
  column.kind === 'number'
    ? { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) }
    : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) };

/** These rows of a table, in this order. */
export const tableRows = (table: Table, rows: Int32Array): Table => ({
  rows: rows.length,
  columns: table.columns.map((column) => columnRows(column, rows)),
});

/** These rows of a training table, in this order. */
export const trainingRows = (table: TrainingTable, rows: Int32Array): TrainingTable => {
  const { at, group } = table;
  return {
    ...tableRows(table, rows),
    outcome: Uint8Array.from(rows, (row) => table.outcome[row] as number),
    at: at === null ? null : Float64Array.from(rows, (row) => at[row] as number),
    group: group === null ? null : Int32Array.from(rows, (row) => group[row] as number),
  };
};

/** A category column from texts; null and '' are "not given". Levels stand in the order of their code units. */
export const categoryColumn = (name: string, texts: readonly (string | null)[]): CategoryColumn => {
  const levels = [...new Set(texts.filter((text): text is string => text !== null && text !== ''))].sort();
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return { name, kind: 'category', levels, codes: Int32Array.from(texts, (text) => codeOf.get(text ?? '') ?? -1) };
};

/** A number column; null and undefined are "not given". */
export const numberColumn = (name: string, values: readonly (number | null | undefined)[]): NumberColumn => ({
  name,
  kind: 'number',
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
