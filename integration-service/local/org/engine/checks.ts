import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import { Parameters, sharingCondition, type Level } from '../security/sharing.ts';
import type { OrgTransaction } from './core.ts';
import type { Draft } from './drafts.ts';
import type { FieldValue } from './engine.ts';
import { OrgError } from './errors.ts';
import { evaluate, parentPathsOf, type FormulaContext } from './formulas.ts';
import { keySql, keyText, keyTextSql, quoted, storedFields, tableOf } from './store.ts';
import { checkValue } from './values.ts';

const alive = (drafts: readonly Draft[]): Draft[] => drafts.filter((draft) => draft.error === undefined);

const changed = (draft: Draft, name: string): boolean =>
  draft.before === null ? draft.after[name] !== null : draft.before[name] !== draft.after[name];

/** Required fields, lengths, ranges and picklists of each draft. */
export const checkFields = (object: ObjectSchema, drafts: readonly Draft[]): void => {
  const fields = storedFields(object);
  for (const draft of alive(drafts)) {
    const missing = fields
      .filter((field) => field.required && draft.after[field.name] === null)
      .map((field) => field.name);
    if (missing.length > 0) {
      draft.error = new OrgError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, {
        fields: missing,
      });
      continue;
    }
    try {
      for (const field of fields) if (changed(draft, field.name)) checkValue(field, draft.after[field.name] ?? null);
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      draft.error = error;
    }
  }
};

/** Every new reference must lead to a live row that the user may see (for a master: may edit). One query for all. */
export const checkReferences = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  const wanted = new Map<string, { target: ObjectSchema; level: Level; ids: string[] }>();
  const references = object.fields.filter(
    (field) => field.reference !== undefined && !['CreatedById', 'LastModifiedById'].includes(field.name),
  );
  for (const draft of alive(drafts))
    for (const field of references) {
      const id = draft.after[field.name];
      if (typeof id !== 'string' || !changed(draft, field.name)) continue;
      const target = transaction.core.schema.objectOfId(id);
      if (target === undefined) continue;
      const level = levelNeeded(object, field);
      const key = `${target.name} ${level}`;
      const entry = wanted.get(key) ?? { target, level, ids: [] };
      entry.ids.push(id);
      wanted.set(key, entry);
    }
  if (wanted.size === 0) return;
  const found = await findTargets(transaction, [...wanted.values()]);
  for (const draft of alive(drafts))
    for (const field of references) {
      const id = draft.after[field.name];
      if (draft.error !== undefined || typeof id !== 'string' || !changed(draft, field.name)) continue;
      const target = found.get(`${id} ${levelNeeded(object, field)}`);
      if (target === undefined)
        draft.error = new OrgError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', {
          fields: [field.name],
        });
      else if (target.deleted)
        draft.error = new OrgError('ENTITY_IS_DELETED', 'entity is deleted', { httpStatus: 400 });
      else if (!target.reachable)
        draft.error = new OrgError(
          'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
          `insufficient access rights on cross-reference id: ${id}`,
          { fields: [field.name] },
        );
    }
};

const levelNeeded = (object: ObjectSchema, field: FieldSchema): Level => {
  if (object.sharedObject !== undefined && field.name !== 'UserOrGroupId') return 'all';
  const isMaster = field.name === object.masterField || field.reference?.masterDetail === true;
  return isMaster && field.reference?.writeRequiresMasterRead !== true ? 'edit' : 'read';
};

const findTargets = async (
  transaction: OrgTransaction,
  wanted: readonly { target: ObjectSchema; level: Level; ids: string[] }[],
): Promise<Map<string, { deleted: boolean; reachable: boolean }>> => {
  const { core, access, connection } = transaction;
  const parameters = new Parameters();
  const parts = wanted.map(({ target, level, ids }) => {
    const powers = access.object(target);
    const open =
      level === 'read' ? powers.readable : level === 'edit' ? powers.updateable || !target.updateable : powers.readable;
    const condition = open ? sharingCondition(core.schema, target, 't', level, access, parameters) : 'FALSE';
    return `SELECT t."Id" AS id, '${level}' AS level, t."IsDeleted" AS deleted, ${condition} AS reachable
      FROM ${tableOf(target)} t WHERE t."Id" = ANY(${parameters.add(ids)})`;
  });
  const rows = await connection.query<{ id: string; level: string; deleted: boolean; reachable: boolean }>(
    parts.join(' UNION ALL '),
    parameters.values,
  );
  return new Map(rows.map((row) => [`${row.id} ${row.level}`, row]));
};

/** Unique values already taken, in the batch or in the store. */
export const checkUnique = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  const { store } = transaction.core;
  for (const field of object.fields.filter((each) => each.unique)) {
    const concerned = alive(drafts).filter((draft) => draft.after[field.name] !== null && changed(draft, field.name));
    if (concerned.length === 0) continue;
    // The database compares, so that its unique index and this look agree on every letter.
    const rows = await transaction.connection.query<{ id: string; position: string }>(
      `SELECT t."Id" AS id, w.position FROM unnest($1::text[]) WITH ORDINALITY w(value, position)
       JOIN ${tableOf(object)} t ON NOT t."IsDeleted" AND ${keySql(store, field, `t.${quoted(field.name)}`)} = ${keyTextSql(store, field, 'w.value')}`,
      [concerned.map((draft) => String(draft.after[field.name]))],
    );
    const holders = new Map(rows.map((row) => [Number(row.position) - 1, row.id]));
    const inCall = new Map<string, string>();
    for (const [position, draft] of concerned.entries()) {
      const value = keyText(field, draft.after[field.name]);
      const holder = holders.get(position) ?? inCall.get(value);
      if (holder !== undefined && holder !== draft.after.Id)
        draft.error = new OrgError(
          'DUPLICATE_VALUE',
          `duplicate value found: ${field.name} duplicates value on record with id: ${holder}`,
        );
      else inCall.set(value, String(draft.after.Id));
    }
  }
};

/** Recomputes formula fields of each draft. */
export const computeFormulas = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  for (const field of object.fields)
    if (field.formula !== undefined)
      for (const draft of alive(drafts))
        draft.after[field.name] = evaluate(
          field.formula,
          object,
          draft.after,
          await formulaContext(transaction, object, draft, field.formula),
        );
};

/** Refuses drafts that a validation rule's formula is true for. */
export const checkValidationRules = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  for (const rule of object.validationRules.filter((each) => each.active))
    for (const draft of alive(drafts)) {
      const context = await formulaContext(transaction, object, draft, rule.formula);
      if (evaluate(rule.formula, object, draft.after, context) === true)
        draft.error = new OrgError('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, {
          fields: rule.errorField === undefined ? [] : [rule.errorField],
        });
    }
};

/** What formulas may look at for one draft; parents are read only where a formula names them. */
export const formulaContext = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  draft: Pick<Draft, 'before' | 'after'>,
  formula: string,
): Promise<FormulaContext> => {
  const { access, core } = transaction;
  const parents = new Map<string, { field: FieldSchema; value: FieldValue }>();
  for (const path of parentPathsOf(formula)) {
    const found = await followPath(transaction, object, draft.after, path.split('.'));
    if (found !== undefined) parents.set(path, found);
  }
  return {
    before: draft.before,
    permissions: access.customPermissions,
    parents,
    globals: {
      '$User.Id': access.userId,
      '$User.Username': access.user.Username ?? null,
      '$User.ProfileId': access.user.ProfileId ?? null,
      '$User.UserRoleId': access.user.UserRoleId ?? null,
      '$Profile.Name': access.profileName,
      '$UserRole.Name': access.roleName,
      '$Organization.Id': core.orgId,
    },
  };
};

const followPath = async (
  transaction: OrgTransaction,
  start: ObjectSchema,
  row: Readonly<Record<string, FieldValue>>,
  path: readonly string[],
): Promise<{ field: FieldSchema; value: FieldValue } | undefined> => {
  let object = start;
  let values: Readonly<Record<string, FieldValue>> | undefined = row;
  for (const step of path.slice(0, -1)) {
    const field = object.parent(step);
    const target = transaction.core.schema.object(field?.reference?.to.at(-1) ?? '');
    if (field === undefined || target === undefined) return undefined;
    const id: FieldValue = values?.[field.name] ?? null;
    const [found]: { row: Record<string, FieldValue> }[] =
      id === null
        ? []
        : await transaction.connection.query<{ row: Record<string, FieldValue> }>(
            `SELECT to_jsonb(t) AS row FROM ${tableOf(target)} t WHERE t."Id" = $1`,
            [id],
          );
    object = target;
    values = found?.row;
  }
  const field = object.field(path.at(-1) ?? '');
  return field === undefined ? undefined : { field, value: values?.[field.name] ?? null };
};
