import { createHash } from 'node:crypto';
import type { EngineOperations, FieldValue, InputRow, QueryRecord, SaveResult } from '../engine/engine.ts';
import { OrgError, type RowError } from '../engine/errors.ts';
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import { represent, type FieldRepresentation } from './field-values.ts';
import { quoted } from './soql-text.ts';

/** The record type of objects that have none of their own. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

/** A record as the UI API answers it. */
export interface RecordRepresentation {
  readonly apiName: string;
  readonly childRelationships: Readonly<Record<string, never>>;
  readonly eTag: string;
  readonly fields: Readonly<
    Record<string, FieldRepresentation | { displayValue: string | null; value: RecordRepresentation | null }>
  >;
  readonly id: string;
  readonly lastModifiedById: string | null;
  readonly lastModifiedDate: string | null;
  readonly recordTypeId: string | null;
  readonly recordTypeInfo: null;
  readonly systemModstamp: string | null;
  /** SystemModstamp in epoch milliseconds. */
  readonly weakEtag: number;
}

/** Bookkeeping that every record answer has, whatever fields were asked for. */
const BOOKKEEPING = ['LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

const text = (value: unknown): string | null => (typeof value === 'string' ? value.replace(/\+0000$/, 'Z') : null);

/** Which fields of a record are wanted, parents by path: `Name`, `Owner.Name`. */
export interface WantedFields {
  readonly object: ObjectSchema;
  readonly paths: readonly string[];
}

const readableName = (object: ObjectSchema, record: QueryRecord): string | null =>
  object.nameField ? text(record[object.nameField]) : null;

/** Turns a queried record into the UI API's shape: the fields of `paths`, parents nested. */
export const toRepresentation = (
  schema: OrgSchema,
  object: ObjectSchema,
  record: QueryRecord,
  paths: readonly string[],
): RecordRepresentation => {
  const own = new Set(paths.filter((path) => !path.includes('.')));
  const parents = new Map<string, string[]>();
  for (const path of paths.filter((entry) => entry.includes('.'))) {
    const [head = '', ...rest] = path.split('.');
    parents.set(head, [...(parents.get(head) ?? []), rest.join('.')]);
  }
  const fields: Record<string, RecordRepresentation['fields'][string]> = {};
  for (const name of own) {
    const field = object.field(name);
    if (field) fields[field.name] = represent(field, (record[field.name] ?? null) as FieldValue);
  }
  for (const [name, inner] of parents) {
    const value = record[name] as QueryRecord | null | undefined;
    // Behind a polymorphic reference the query answers type Name; the id tells which object it is.
    const parent = value && (schema.object(value.attributes.type) ?? schema.objectOfId(String(value['Id'])));
    fields[name] = parent
      ? { displayValue: readableName(parent, value), value: toRepresentation(schema, parent, value, inner) }
      : { displayValue: null, value: null };
  }
  const modstamp = text(record['SystemModstamp']);
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: createHash('md5')
      .update(JSON.stringify([record, paths]))
      .digest('hex'),
    fields,
    id: String(record['Id']),
    lastModifiedById: text(record['LastModifiedById']),
    lastModifiedDate: text(record['LastModifiedDate']),
    recordTypeId: MASTER_RECORD_TYPE,
    recordTypeInfo: null,
    systemModstamp: modstamp,
    weakEtag: modstamp ? Date.parse(modstamp) : 0,
  };
};

/** SELECT list for the paths: bookkeeping of the record itself, ids and names of parents besides. */
export const columnsFor = (schema: OrgSchema, { object, paths }: WantedFields): string[] => {
  const columns = new Set(['Id', ...BOOKKEEPING.filter((name) => object.field(name)), ...paths]);
  for (const path of paths) {
    let current: ObjectSchema | undefined = object;
    const heads = path.split('.').slice(0, -1);
    heads.forEach((head, depth) => {
      const targets: readonly string[] = current?.parent(head)?.reference?.to ?? [];
      current = targets.length === 1 ? schema.object(targets[0] ?? '') : undefined;
      const prefix = heads.slice(0, depth + 1).join('.');
      columns.add(`${prefix}.Id`);
      if (current?.nameField) columns.add(`${prefix}.${current.nameField}`);
    });
  }
  return [...columns];
};

const notFound = (): OrgError =>
  new OrgError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });

/** The object that an id belongs to; `NOT_FOUND` for anything else. */
export const objectOfId = (schema: OrgSchema, id: string): ObjectSchema => {
  const object = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id) ? schema.objectOfId(id) : undefined;
  if (!object) throw notFound();
  return object;
};

/** One record; `NOT_FOUND` when it is not there or not visible: whether it exists is nobody's business. */
export const readRecord = async (
  operations: EngineOperations,
  schema: OrgSchema,
  id: string,
  wanted: WantedFields,
): Promise<RecordRepresentation> => {
  const columns = columnsFor(schema, wanted).join(', ');
  const { records } = await operations.query(`SELECT ${columns} FROM ${wanted.object.name} WHERE Id = ${quoted(id)}`);
  if (!records[0]) throw notFound();
  return toRepresentation(schema, wanted.object, records[0], wanted.paths);
};

/** An error of a save as record forms understand it: messages by field, and those of the whole record. */
const recordError = (object: ObjectSchema, verb: 'create' | 'update', errors: readonly RowError[]): RecordSaveError => {
  const entry = (error: RowError, name: string | null) => ({
    constituentField: null,
    duplicateRecordError: null,
    errorCode: error.statusCode,
    field: name,
    fieldLabel: name === null ? null : (object.field(name)?.label ?? null),
    message: error.message,
  });
  const fieldErrors: Record<string, object[]> = {};
  for (const error of errors)
    for (const name of error.fields) fieldErrors[name] = [...(fieldErrors[name] ?? []), entry(error, name)];
  return new RecordSaveError(`An error occurred while trying to ${verb} the record. Please try again.`, {
    errors: errors.filter(({ fields }) => fields.length === 0).map((error) => entry(error, null)),
    fieldErrors,
  });
};

/** Answered with 400 and, besides the message, what is wrong field by field. */
export class RecordSaveError extends Error {
  readonly output: { errors: object[]; fieldErrors: Record<string, object[]> };

  constructor(message: string, output: RecordSaveError['output']) {
    super(message);
    this.name = 'RecordSaveError';
    this.output = output;
  }
}

const savedId = (object: ObjectSchema, verb: 'create' | 'update', [result]: readonly SaveResult[]): string => {
  if (result?.success && result.id) return result.id;
  const errors = result?.errors ?? [];
  const missing = errors.find(({ statusCode }) => statusCode === 'NOT_FOUND' || statusCode === 'ENTITY_IS_DELETED');
  if (missing) throw notFound();
  const denied = errors.find(
    ({ statusCode }) =>
      statusCode.startsWith('INSUFFICIENT_ACCESS') && statusCode !== 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  );
  if (denied) throw new OrgError('INSUFFICIENT_ACCESS', denied.message, { httpStatus: 403 });
  throw recordError(object, verb, errors);
};

/** `POST /ui-api/records`; answers the new id. */
export const createRecord = async (
  operations: EngineOperations,
  object: ObjectSchema,
  fields: InputRow,
): Promise<string> => savedId(object, 'create', await operations.insert(object.name, [fields]));

/** `PATCH /ui-api/records/{id}`. */
export const updateRecord = async (
  operations: EngineOperations,
  object: ObjectSchema,
  id: string,
  fields: InputRow,
): Promise<string> => savedId(object, 'update', await operations.update(object.name, [{ ...fields, Id: id }]));

/** `DELETE /ui-api/records/{id}`. */
export const deleteRecord = async (operations: EngineOperations, id: string): Promise<void> => {
  const [result] = await operations.delete([id]);
  if (result?.success) return;
  const [error] = result?.errors ?? [];
  if (!error || error.statusCode === 'NOT_FOUND' || error.statusCode === 'ENTITY_IS_DELETED') throw notFound();
  throw new OrgError(error.statusCode, error.message, { fields: error.fields });
};
