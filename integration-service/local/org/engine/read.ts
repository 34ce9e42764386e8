import { toId18 } from '../schema/ids.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import { Parameters, sharingCondition } from '../security/sharing.ts';
import type { UserAccess } from '../security/directory.ts';
import type { OrgTransaction } from './core.ts';
import type { FieldValue, RecordAccess, Row } from './engine.ts';
import { OrgError } from './errors.ts';
import { rowFromJson, tableOf } from './store.ts';

/** Visible rows in the order of `ids`, reduced to `fields` or to all that the user may read. */
export const readRows = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  ids: readonly string[],
  fields: readonly string[] | undefined,
): Promise<(Row | null)[]> => {
  const { core, access, connection } = transaction;
  const powers = access.object(object);
  const wanted: FieldSchema[] =
    fields === undefined
      ? object.fields.filter((field) => powers.field(field.name).readable)
      : fields.map((name) => {
          const field = object.field(name, transaction.context.defaultNamespace);
          if (field === undefined || !powers.field(field.name).readable)
            throw new OrgError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
          return field;
        });
  const parameters = new Parameters();
  const list = ids.map((id) => toId18(id));
  const condition = sharingCondition(core.schema, object, 't', 'read', access, parameters);
  const rows = await connection.query<{ row: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS row FROM ${tableOf(object)} t
     WHERE t."Id" = ANY(${parameters.add(list.filter((id) => id !== undefined))}) AND NOT t."IsDeleted" AND ${condition}`,
    parameters.values,
  );
  const byId = new Map(rows.map(({ row }) => [String(row.Id), rowFromJson(object, row)]));
  return list.map((id) => {
    const row = id === undefined ? undefined : byId.get(id);
    return row === undefined ? null : pick(row, wanted);
  });
};

const pick = (row: Row, fields: readonly FieldSchema[]): Row =>
  Object.fromEntries(
    fields.map((field) => [
      field.name,
      (field.compound === undefined ? (row[field.name] ?? null) : compoundValue(field, row)) as FieldValue,
    ]),
  );

/** An address as the API gives it: its parts, or null when all are blank. */
export const compoundValue = (
  field: FieldSchema,
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> | null => {
  const parts = Object.entries(field.compound ?? {}).map(([role, name]) => [role, row[name] ?? null] as const);
  if (parts.every(([, value]) => value === null)) return null;
  return {
    ...Object.fromEntries(parts),
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
  };
};

/** What the user may do with each record, object permissions and sharing together. */
export const recordAccessOf = async (
  transaction: OrgTransaction,
  ids: readonly string[],
  access: UserAccess = transaction.access,
): Promise<RecordAccess[]> => {
  const { core, connection } = transaction;
  const rights = new Map<string, { read: boolean; edit: boolean; all: boolean }>();
  const byObject = new Map<ObjectSchema, string[]>();
  for (const given of ids) {
    const id = toId18(given);
    const object = id === undefined ? undefined : core.schema.objectOfId(id);
    if (id !== undefined && object !== undefined) byObject.set(object, [...(byObject.get(object) ?? []), id]);
  }
  for (const [object, list] of byObject) {
    const parameters = new Parameters();
    const condition = (level: 'read' | 'edit' | 'all'): string =>
      sharingCondition(core.schema, object, 't', level, access, parameters);
    const idList = parameters.add(list);
    const rows = await connection.query<{ id: string; read: boolean; edit: boolean; all: boolean }>(
      `SELECT t."Id" AS id, ${condition('read')} AS read, ${condition('edit')} AS edit, ${condition('all')} AS all
       FROM ${tableOf(object)} t WHERE t."Id" = ANY(${idList}) AND NOT t."IsDeleted"`,
      parameters.values,
    );
    for (const row of rows) rights.set(row.id, row);
  }
  return ids.map((given) => {
    const id = toId18(given) ?? given;
    const object = core.schema.objectOfId(id);
    const powers = object === undefined ? undefined : access.object(object);
    const right = rights.get(id) ?? { read: false, edit: false, all: false };
    const remove = object?.sharing === 'parent' ? right.edit : right.all;
    return {
      recordId: id,
      hasReadAccess: right.read && powers?.readable === true,
      hasEditAccess: right.edit && powers?.updateable === true,
      hasDeleteAccess: remove && powers?.deletable === true,
      hasTransferAccess: right.all && powers?.updateable === true && object?.owned === true,
      hasAllAccess: right.all && powers?.updateable === true && powers.deletable,
    };
  });
};
