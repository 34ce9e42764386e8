import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import type { OrgTransaction } from './core.ts';
import type { FieldValue, InputRow, Row, SaveResult } from './engine.ts';
import { OrgError } from './errors.ts';
import { storedFields } from './store.ts';
import { coerce } from './values.ts';

/** A row being saved. Once it has an error, later steps pass it by. */
export interface Draft {
  /** Place in the caller's list. */
  readonly index: number;
  readonly before: Row | null;
  readonly after: Record<string, FieldValue>;
  readonly given: ReadonlySet<string>;
  error: OrgError | undefined;
}

/** Values given for one row, and parents named by external id that still have to be found. */
export interface GivenValues {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly parents: readonly { readonly field: FieldSchema; readonly keys: Readonly<Record<string, unknown>> }[];
}

/**
 * Reads a caller's row: names resolved, security applied, values in stored form. Throws the row error of the first
 * field that cannot be taken.
 */
export const readInput = (
  transaction: OrgTransaction,
  object: ObjectSchema,
  row: InputRow,
  purpose: 'insert' | 'update',
  ignored: ReadonlySet<string> = new Set(),
): GivenValues => {
  const { core, access, context } = transaction;
  const powers = access.object(object);
  const values: Record<string, FieldValue> = {};
  const parents: GivenValues['parents'][number][] = [];
  const locked: string[] = [];
  for (const [name, value] of Object.entries(row)) {
    if (name === 'attributes' || ignored.has(name.toLowerCase())) continue;
    const field = object.field(name, context.defaultNamespace);
    const parent = field === undefined ? object.parent(name, context.defaultNamespace) : undefined;
    const target = field ?? parent;
    const rights = target === undefined ? undefined : powers.field(target.name);
    if (target === undefined || rights?.readable !== true)
      throw new OrgError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    if (!(purpose === 'insert' ? rights.createable : rights.updateable)) {
      locked.push(target.name);
      continue;
    }
    if (parent === undefined) values[target.name] = coerce(core.schema, target, value);
    else if (value === null) values[target.name] = null;
    else if (typeof value === 'object' && !Array.isArray(value))
      parents.push({ field: target, keys: value as Record<string, unknown> });
    else
      throw new OrgError('JSON_PARSER_ERROR', `${name} must be an object that names one external id field.`, {
        fields: [name],
      });
  }
  if (locked.length > 0)
    throw new OrgError(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${locked.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      { fields: locked },
    );
  return { values, parents };
};

/** A row with every stored field null or false. */
export const emptyRow = (object: ObjectSchema): Record<string, FieldValue> => {
  const row: Record<string, FieldValue> = { IsDeleted: false };
  for (const field of storedFields(object)) row[field.name] = field.type === 'boolean' ? false : null;
  return row;
};

export const failed = (error: OrgError, id: string | null = null): SaveResult => ({
  id,
  success: false,
  errors: [error.toRowError()],
});

/** Answers of a refused all-or-none call: the real errors, and the standard one on rows that were fine. */
export const rolledBack = (results: readonly SaveResult[]): SaveResult[] =>
  results.map((result) =>
    result.success
      ? {
          id: null,
          success: false,
          errors: [
            {
              statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
              message:
                'Record rolled back because not all records were valid and the request was using AllOrNone header',
              fields: [],
            },
          ],
        }
      : result,
  );

/** Turns what `work` throws into a row error; anything that is no `OrgError` goes on. */
export const asOrgError = (error: unknown): OrgError => {
  if (error instanceof OrgError) return error;
  throw error;
};
