import { toId18 } from '../schema/ids.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import { AUDIT_FIELDS } from '../security/directory.ts';
import { Parameters, shareParentField, sharingCondition } from '../security/sharing.ts';
import type { OrgTransaction } from './core.ts';
import { asOrgError, emptyRow, failed, readInput, type Draft, type GivenValues } from './drafts.ts';
import type { FieldValue, InputRow, Row, SaveResult } from './engine.ts';
import { OrgError } from './errors.ts';
import { keySql, keyText, keyTextSql, quoted, rowFromJson, tableOf } from './store.ts';
import { applyDefaults, saveDrafts } from './write.ts';

const succeeded = (id: string): SaveResult => ({ id, success: true, errors: [] });

/** The object by name as this caller may write it, or the error for an object that does not exist for them. */
export const objectFor = (transaction: OrgTransaction, name: string): ObjectSchema => {
  const object = transaction.core.schema.object(name, transaction.context.defaultNamespace);
  if (object === undefined || !transaction.access.object(object).readable)
    throw new OrgError('NOT_FOUND', `The requested resource does not exist: sObject type '${name}' is not supported.`);
  return object;
};

export const insertRows = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  rows: readonly InputRow[],
): Promise<SaveResult[]> => {
  if (!transaction.access.object(object).createable)
    return rows.map(() =>
      failed(new OrgError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`)),
    );
  const inputs = rows.map((row) => read(() => readNew(transaction, object, row)));
  await resolveParents(transaction, inputs);
  const there = object.sharedObject === undefined ? null : await sharesThere(transaction, object, inputs);
  const drafts = inputs.map((input, index): Draft => {
    const values = input.given?.values ?? {};
    const before = there?.get(index) ?? null;
    return {
      index,
      before,
      after: { ...(before ?? emptyRow(object)), ...values },
      given: new Set(Object.keys(values)),
      error: input.error,
    };
  });
  const good = drafts.filter((draft) => draft.error === undefined);
  await applyDefaults(
    transaction,
    object,
    good.filter(({ before }) => before === null),
  );
  await saveDrafts(transaction, object, good);
  return drafts.map((draft) => (draft.error === undefined ? succeeded(String(draft.after.Id)) : failed(draft.error)));
};

/**
 * Shares that are there already, by their place in the list: creating one that matches changes that row and answers with
 * it (object reference, AccountShare).
 */
const sharesThere = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  inputs: readonly Input[],
): Promise<ReadonlyMap<number, Row>> => {
  const parent = quoted(shareParentField(object));
  const wanted = inputs.flatMap(({ given }, index) =>
    given ? [{ index, parent: given.values[shareParentField(object)], user: given.values.UserOrGroupId }] : [],
  );
  const rows = await transaction.connection.query<{ index: number; row: Record<string, unknown> }>(
    `SELECT w.index, to_jsonb(t) AS row FROM ${tableOf(object)} t
      JOIN jsonb_to_recordset($1::jsonb) AS w(index int, parent text, "user" text)
        ON t.${parent} = w.parent AND t."UserOrGroupId" = w."user"
      WHERE t."RowCause" = 'Manual' AND NOT t."IsDeleted"`,
    [JSON.stringify(wanted)],
  );
  return new Map(rows.map(({ index, row }) => [index, rowFromJson(object, row)]));
};

const readNew = (transaction: OrgTransaction, object: ObjectSchema, row: InputRow): GivenValues => {
  if (Object.entries(row).some(([name, value]) => name.toLowerCase() === 'id' && value !== null && value !== ''))
    throw new OrgError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', { fields: ['Id'] });
  return readInput(transaction, object, row, 'insert', new Set(['id']));
};

interface Input {
  given: GivenValues | undefined;
  error: OrgError | undefined;
}

const read = (work: () => GivenValues): Input => {
  try {
    return { given: work(), error: undefined };
  } catch (error) {
    return { given: undefined, error: asOrgError(error) };
  }
};

/** Turns parents named by external id into their ids. */
const resolveParents = async (transaction: OrgTransaction, inputs: readonly Input[]): Promise<void> => {
  for (const input of inputs)
    for (const { field, keys } of input.given?.parents ?? []) {
      try {
        const id = await findParent(transaction, field, keys);
        input.given = { parents: [], values: { ...input.given?.values, [field.name]: id } };
      } catch (error) {
        input.error = asOrgError(error);
      }
    }
};

const findParent = async (
  transaction: OrgTransaction,
  field: FieldSchema,
  keys: Readonly<Record<string, unknown>>,
): Promise<string> => {
  const given = Object.entries(keys).filter(([name]) => name !== 'attributes');
  const target = transaction.core.schema.object(field.reference?.to.at(-1) ?? '');
  const [name, value] = given[0] ?? [];
  const key = name === undefined ? undefined : target?.field(name, transaction.context.defaultNamespace);
  if (target === undefined || key === undefined || given.length !== 1 || !isReadableKey(transaction, target, key))
    throw new OrgError(
      'INVALID_FIELD',
      `The parent ${field.reference?.relationshipName} must be named by exactly one external id field.`,
    );
  const found = await findByKey(transaction, target, key, [String(value)]);
  const ids = found[0] ?? [];
  if (ids.length !== 1)
    throw new OrgError(
      'INVALID_FIELD',
      `Foreign key external ID: ${String(value).toLowerCase()} not found for field ${key.name} in entity ${target.name}`,
    );
  return ids[0] ?? '';
};

const isReadableKey = (transaction: OrgTransaction, object: ObjectSchema, field: FieldSchema): boolean =>
  (field.externalId || field.type === 'id' || (field.unique && !field.custom)) &&
  transaction.access.object(object).field(field.name).readable;

/** Ids of the rows that hold each value, by the value's place in the list. */
const findByKey = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  key: FieldSchema,
  values: readonly string[],
): Promise<string[][]> => {
  const { store } = transaction.core;
  if (
    ['double', 'currency', 'percent', 'int'].includes(key.type) &&
    values.some((value) => Number.isNaN(Number(value)))
  )
    throw new OrgError('INVALID_FIELD', `${key.name} takes numbers only.`, { fields: [key.name] });
  const rows = await transaction.connection.query<{ id: string; position: string }>(
    `SELECT t."Id" AS id, w.position FROM unnest($1::text[]) WITH ORDINALITY w(value, position)
     JOIN ${tableOf(object)} t ON NOT t."IsDeleted" AND w.value <> ''
       AND ${keySql(store, key, `t.${quoted(key.name)}`)} = ${keyTextSql(store, key, 'w.value')} ORDER BY t."Id"`,
    [values],
  );
  const found: string[][] = values.map(() => []);
  for (const row of rows) found[Number(row.position) - 1]?.push(row.id);
  return found;
};

interface Target {
  readonly id: string;
  readonly row: InputRow;
}

export const updateRows = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  rows: readonly InputRow[],
): Promise<SaveResult[]> => {
  const targets = rows.map((row): Target | OrgError => {
    const given = Object.entries(row).find(([name]) => name.toLowerCase() === 'id')?.[1];
    if (given === undefined || given === null || given === '')
      return new OrgError('MISSING_ARGUMENT', 'Id not specified in an update call');
    const id = toId18(String(given));
    return id !== undefined && id.startsWith(object.keyPrefix)
      ? { id, row }
      : new OrgError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${String(given)}`, {
          fields: ['Id'],
        });
  });
  return updateTargets(transaction, object, targets);
};

const updateTargets = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  targets: readonly (Target | OrgError)[],
): Promise<SaveResult[]> => {
  if (!transaction.access.object(object).updateable)
    return targets.map(() =>
      failed(new OrgError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id')),
    );
  const found = await lockRows(
    transaction,
    object,
    targets.flatMap((target) => (target instanceof OrgError ? [] : [target.id])),
  );
  const inputs = targets.map((target): Input => {
    if (target instanceof OrgError) return { given: undefined, error: target };
    return read(() => readInput(transaction, object, target.row, 'update', new Set(['id'])));
  });
  await resolveParents(transaction, inputs);
  const drafts = targets.map((target, index): Draft => {
    const { given, error } = inputs[index] ?? { given: undefined, error: undefined };
    const row = target instanceof OrgError ? undefined : found.get(target.id);
    const before = row?.values ?? null;
    const values = given?.values ?? {};
    return {
      index,
      before,
      after: { ...(before ?? {}), ...values },
      given: new Set(Object.keys(values)),
      error: error ?? refusalOf(row, values),
    };
  });
  const repeated = new Set<FieldValue>();
  for (const draft of drafts) {
    if (draft.error !== undefined) continue;
    const id = draft.before?.Id ?? null;
    if (repeated.has(id)) draft.error = new OrgError('DUPLICATE_VALUE', `Duplicate id in list: ${String(id)}`);
    repeated.add(id);
  }
  await saveDrafts(transaction, object, drafts);
  return drafts.map((draft, index) => {
    const target = targets[index];
    const id = target === undefined || target instanceof OrgError ? null : target.id;
    return draft.error === undefined ? succeeded(String(id)) : failed(draft.error, id);
  });
};

/** A locked row, with what this user may do with it. */
interface LockedRow {
  readonly values: Row;
  readonly visible: boolean;
  readonly editable: boolean;
  readonly all: boolean;
}

/** Locks rows against other writers, in id order so that two writers never wait for each other. */
export const lockRows = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  ids: readonly string[],
): Promise<Map<string, LockedRow>> => {
  if (ids.length === 0) return new Map();
  const { core, access, connection } = transaction;
  const parameters = new Parameters();
  const condition = (level: 'read' | 'edit' | 'all'): string =>
    sharingCondition(core.schema, object, 't', level, access, parameters);
  const idList = parameters.add([...ids]);
  const rows = await connection.query<{
    row: Record<string, unknown>;
    visible: boolean;
    editable: boolean;
    all: boolean;
  }>(
    `SELECT to_jsonb(t) AS row, ${condition('read')} AS visible, ${condition('edit')} AS editable, ${condition('all')} AS all
     FROM ${tableOf(object)} t WHERE t."Id" = ANY(${idList}) ORDER BY t."Id" FOR UPDATE OF t`,
    parameters.values,
  );
  return new Map(
    rows.map(({ row, ...rights }) => {
      const values = rowFromJson(object, row);
      return [String(values.Id), { values, ...rights }];
    }),
  );
};

const refusalOf = (row: LockedRow | undefined, values: Readonly<Record<string, FieldValue>>): OrgError | undefined => {
  if (row === undefined) return new OrgError('NOT_FOUND', 'The requested resource does not exist');
  if (row.values.IsDeleted === true) return new OrgError('ENTITY_IS_DELETED', 'entity is deleted');
  if (!row.visible)
    return new OrgError(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'insufficient access rights on cross-reference id',
    );
  const transfers = values.OwnerId !== undefined && values.OwnerId !== row.values.OwnerId;
  if (!row.editable || (transfers && !row.all))
    return new OrgError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  return undefined;
};

export const upsertRows = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  keyField: string,
  rows: readonly InputRow[],
): Promise<SaveResult[]> => {
  const key = object.field(keyField, transaction.context.defaultNamespace);
  if (key === undefined || !isReadableKey(transaction, object, key))
    throw new OrgError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${keyField}`);
  const values = rows.map((row) => keyOf(row, key, transaction.context.defaultNamespace));
  const folded = values.map((value) => (value === '' || key.type === 'id' ? value : keyText(key, value)));
  const found = key.type === 'id' ? [] : await findByKey(transaction, object, key, values);
  const results: SaveResult[] = new Array<SaveResult>(rows.length);
  const created: { index: number; row: InputRow }[] = [];
  const updated: { index: number; target: Target }[] = [];
  for (const [index, row] of rows.entries()) {
    const value = values[index] ?? '';
    const inOneForm = folded[index] ?? '';
    const ids = key.type === 'id' ? (value === '' ? [] : [toId18(value) ?? value]) : (found[index] ?? []);
    const twice = value !== '' && folded.indexOf(inOneForm) !== folded.lastIndexOf(inOneForm);
    const audit = Object.keys(row).filter((name) => AUDIT_FIELDS.has(object.field(name)?.name ?? ''));
    if (audit.length > 0)
      results[index] = failed(
        new OrgError(
          'INVALID_FIELD_FOR_INSERT_UPDATE',
          `Unable to create/update fields: ${audit.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
          { fields: audit },
        ),
      );
    else if (value === '' && key.type !== 'id')
      results[index] = failed(new OrgError('MISSING_ARGUMENT', `${key.name} not specified`, { fields: [key.name] }));
    else if (twice)
      results[index] = failed(
        new OrgError('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`, { fields: [key.name] }),
      );
    else if (ids.length > 1)
      results[index] = failed(
        new OrgError(
          'DUPLICATE_EXTERNAL_ID',
          `${key.name}: more than one record found for external id field: [${ids.join(', ')}]`,
        ),
      );
    else if (ids[0] === undefined) created.push({ index, row });
    else updated.push({ index, target: { id: ids[0], row: without(row, key, transaction.context.defaultNamespace) } });
  }
  const place = (indexes: readonly number[], saved: readonly SaveResult[], isNew: boolean): void => {
    for (const [position, result] of saved.entries())
      results[indexes[position] ?? 0] = { ...result, created: isNew && result.success };
  };
  if (created.length > 0) {
    const saved = await insertRows(
      transaction,
      object,
      created.map((each) => each.row),
    );
    place(
      created.map((each) => each.index),
      saved,
      true,
    );
  }
  if (updated.length > 0) {
    const saved = await updateTargets(
      transaction,
      object,
      updated.map((each) => each.target),
    );
    place(
      updated.map((each) => each.index),
      saved,
      false,
    );
  }
  return results;
};

const keyOf = (row: InputRow, key: FieldSchema, defaultNamespace: string | undefined): string => {
  const value = Object.entries(row).find(([name]) => isSameName(name, key, defaultNamespace))?.[1];
  if (value === null || value === undefined) return '';
  return String(value).trim();
};

const without = (row: InputRow, key: FieldSchema, defaultNamespace: string | undefined): InputRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !isSameName(name, key, defaultNamespace)));

const isSameName = (name: string, key: FieldSchema, defaultNamespace: string | undefined): boolean =>
  name.toLowerCase() === key.name.toLowerCase() ||
  (defaultNamespace !== undefined && `${defaultNamespace}__${name}`.toLowerCase() === key.name.toLowerCase());
