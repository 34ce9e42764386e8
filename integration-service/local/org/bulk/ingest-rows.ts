import type { EngineOperations, FieldValue, InputRow, SaveResult } from '../engine/engine.ts';
import type { FieldSchema, ObjectSchema, OrgSchema } from '../schema/types.ts';
import { CsvProblem, type CsvTable } from './csv.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete';

/** Set in a cell to empty a field; an empty cell leaves the field as it is. */
const SET_NULL = '#N/A';

const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);

const cellValue = (field: FieldSchema, cell: string): FieldValue => {
  if (cell === SET_NULL) return null;
  if (field.type === 'boolean' && /^(?:true|false|1|0)$/i.test(cell))
    return cell === '1' || cell.toLowerCase() === 'true';
  if (NUMBERS.has(field.type) && cell.trim() !== '' && Number.isFinite(Number(cell))) return Number(cell);
  return cell;
};

/** Where a column's cells go in a row. */
interface Column {
  readonly name: string;
  readonly put: (row: Record<string, unknown>, cell: string) => void;
}

/** Finds what each column means: a field, or a parent by external id (`Partner__r.Key__c`). */
const columnsOf = (
  schema: OrgSchema,
  object: ObjectSchema,
  table: CsvTable,
  defaultNamespace: string | undefined,
): Column[] =>
  table.columns.map((name) => {
    const [head = '', ...rest] = name.split('.');
    const field = object.field(head, defaultNamespace);
    if (rest.length === 0 && field)
      return { name, put: (row, cell) => void (cell === '' || (row[field.name] = cellValue(field, cell))) };
    const reference = object.parent(head, defaultNamespace)?.reference;
    const parent = schema.object(reference?.to[0] ?? '');
    const key = parent?.field(rest.join('.'), defaultNamespace);
    const path = reference?.relationshipName;
    if (!key || path === undefined) throw new CsvProblem(`InvalidBatch : Field name not found : ${name}`);
    return { name, put: (row, cell) => void (cell === '' || (row[path] = { [key.name]: cellValue(key, cell) })) };
  });

export interface IngestPlan {
  readonly object: ObjectSchema;
  readonly operation: IngestOperation;
  readonly externalIdField: string | undefined;
  readonly rows: readonly InputRow[];
}

/** Reads a table as rows for the engine. Throws {@link CsvProblem} for columns the object does not have. */
export const planIngest = (
  schema: OrgSchema,
  object: ObjectSchema,
  table: CsvTable,
  job: { operation: IngestOperation; externalIdField: string | undefined; defaultNamespace: string | undefined },
): IngestPlan => {
  const columns = columnsOf(schema, object, table, job.defaultNamespace);
  const needed = job.operation === 'upsert' ? job.externalIdField : job.operation === 'insert' ? undefined : 'Id';
  if (needed !== undefined && !columns.some(({ name }) => name.toLowerCase() === needed.toLowerCase()))
    throw new CsvProblem(`InvalidBatch : Field name not found : ${needed}`);
  if (job.operation === 'delete' && columns.length > 1)
    throw new CsvProblem('InvalidBatch : Records to be deleted must only contain the Id column');
  const rows = table.rows.map((cells) => {
    const row: Record<string, unknown> = {};
    columns.forEach((column, index) => column.put(row, cells[index] ?? ''));
    return row;
  });
  return { object, operation: job.operation, externalIdField: job.externalIdField, rows };
};

/** Saves some rows of a plan, each for itself, as the calling user. */
export const ingest = (
  operations: EngineOperations,
  plan: IngestPlan,
  rows: readonly InputRow[],
): Promise<readonly SaveResult[]> => {
  switch (plan.operation) {
    case 'insert':
      return operations.insert(plan.object.name, rows);
    case 'update':
      return operations.update(plan.object.name, rows);
    case 'upsert':
      return operations.upsert(plan.object.name, plan.externalIdField ?? 'Id', rows);
    case 'delete':
      return operations.delete(rows.map((row) => String(row['Id'] ?? '')));
  }
};
