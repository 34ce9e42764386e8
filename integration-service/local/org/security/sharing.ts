import { quoted, tableOf } from '../engine/store.ts';
import { historyName } from '../schema/standard/histories.ts';
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import type { UserAccess } from './directory.ts';

/** Parameters of one SQL statement; equal values share a number. */
export class Parameters {
  readonly values: unknown[] = [];
  readonly #numbers = new Map<unknown, number>();

  /** Adds a value and gives its placeholder. Arrays are told apart by identity, so pass the same array again. */
  add(value: unknown): string {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.values.push(value);
      this.#numbers.set(value, number);
    }
    return `$${number}`;
  }
}

/** How much of a record: to read it, to edit it, or all (delete, transfer, share). */
export type Level = 'read' | 'edit' | 'all';

const LEVELS: Readonly<Record<Level, readonly string[]>> = {
  read: ['Read', 'Edit', 'All'],
  edit: ['Edit', 'All'],
  all: ['All'],
};

/**
 * SQL condition under which `access`'s user has `level` on the row `alias` of `object`: org-wide default, ownership and
 * role hierarchy, share rows, parents. Object permissions are not part of it. `TRUE` where sharing does not restrict.
 */
export const sharingCondition = (
  schema: OrgSchema,
  object: ObjectSchema,
  alias: string,
  level: Level,
  access: UserAccess,
  parameters: Parameters,
): string => {
  const condition = rowCondition(schema, object, alias, level, access, parameters);
  const hidden = hiddenPast(schema, object, access);
  return hidden.length === 0 ? condition : `(${condition} AND ${alias}."Field" <> ALL(${parameters.add(hidden)}))`;
};

/** Field history is kept from whoever may not see the field ("respects field level security on the parent object"). */
const hiddenPast = (schema: OrgSchema, object: ObjectSchema, access: UserAccess): readonly string[] => {
  const parent = object.historyOf === undefined ? undefined : schema.object(object.historyOf);
  if (parent === undefined || object.field('Field') === undefined) return [];
  const powers = access.object(parent);
  return parent.fields.filter((field) => field.tracked && !powers.field(field.name).readable).map(historyName);
};

const rowCondition = (
  schema: OrgSchema,
  object: ObjectSchema,
  alias: string,
  level: Level,
  access: UserAccess,
  parameters: Parameters,
): string => {
  const powers = access.object(object);
  if (access.modifyAllData || powers.modifyAll) return 'TRUE';
  if (level === 'read' && powers.viewAll) return 'TRUE';
  if (object.sharedObject !== undefined)
    return throughParent(
      schema,
      object,
      shareParentField(object),
      alias,
      level === 'read' ? 'read' : 'all',
      access,
      parameters,
    );
  switch (object.sharing) {
    case 'none':
      return 'TRUE';
    case 'parent': {
      const master = object.masterField === undefined ? undefined : object.field(object.masterField);
      if (master === undefined) return 'FALSE';
      const needed = level === 'read' || master.reference?.writeRequiresMasterRead === true ? 'read' : 'edit';
      return throughParent(schema, object, master.name, alias, needed, access, parameters);
    }
    case 'read-write':
      if (level !== 'all' || !object.owned) return 'TRUE';
      break;
    case 'read':
      if (level === 'read') return 'TRUE';
      break;
    case 'private':
      break;
  }
  return `(${[...ownClauses(schema, object, alias, level, access, parameters)].join(' OR ')})`;
};

function* ownClauses(
  schema: OrgSchema,
  object: ObjectSchema,
  alias: string,
  level: Level,
  access: UserAccess,
  parameters: Parameters,
): Generator<string> {
  const principals = parameters.add(access.principals);
  yield `${alias}."OwnerId" = ANY(${principals})`;
  const share = object.shareObject === undefined ? undefined : schema.object(object.shareObject);
  if (share !== undefined) {
    const levelField = object.custom ? 'AccessLevel' : `${object.name}AccessLevel`;
    yield `EXISTS (SELECT 1 FROM ${tableOf(share)} s WHERE s.${quoted(shareParentField(share))} = ${alias}."Id"
      AND NOT s."IsDeleted" AND s."UserOrGroupId" = ANY(${principals})
      AND s.${quoted(levelField)} = ANY(${parameters.add(LEVELS[level])}))`;
  }
  // Whoever sees a deal or a contact sees its account's record too ("implicit parent" sharing).
  if (object.name === 'Account' && level === 'read')
    for (const name of ['Opportunity', 'Contact']) {
      const child = schema.object(name);
      if (child === undefined || child.sharing === 'parent') continue;
      const inner = `${alias}_${name.charAt(0).toLowerCase()}`;
      const condition = [...ownClauses(schema, child, inner, 'read', access, parameters)].join(' OR ');
      yield `EXISTS (SELECT 1 FROM ${tableOf(child)} ${inner} WHERE ${inner}."AccountId" = ${alias}."Id"
        AND NOT ${inner}."IsDeleted" AND (${condition}))`;
    }
}

const throughParent = (
  schema: OrgSchema,
  object: ObjectSchema,
  field: string,
  alias: string,
  level: Level,
  access: UserAccess,
  parameters: Parameters,
): string => {
  const target = object.field(field)?.reference?.to[0];
  const parent = target === undefined ? undefined : schema.object(target);
  if (parent === undefined) return 'FALSE';
  const inner = `${alias}_p`;
  const condition = sharingCondition(schema, parent, inner, level, access, parameters);
  return condition === 'TRUE'
    ? 'TRUE'
    : `EXISTS (SELECT 1 FROM ${tableOf(parent)} ${inner} WHERE ${inner}."Id" = ${alias}.${quoted(field)} AND ${condition})`;
};

/** The field of a share object that names the shared record: `ParentId`, or `AccountId` and the like. */
export const shareParentField = (share: ObjectSchema): string =>
  share.custom || share.name.endsWith('__Share') ? 'ParentId' : `${share.sharedObject}Id`;
