import { z } from 'zod';
import type { FieldAccess } from '../../ports/crm/crm.ts';
import type { Descriptions, DescribedField } from './descriptions.ts';
import { isCurrency } from './org-currency.ts';
import { fieldPath, idLiteral, literals } from './soql.ts';

/** A field by object and name in this org, whose permission decides on the last or an earlier step of a path. */
interface Governing {
  readonly object: string;
  readonly field: string;
  readonly permissionable: boolean;
}

/** Rows of the permission sets that a person has, the one that the profile owns among them. */
export interface PermissionRows {
  readonly fields: readonly unknown[];
  readonly objects: readonly unknown[];
}

const fieldRow = z.object({ Field: z.string(), PermissionsEdit: z.boolean() });
const objectRow = z.object({ SobjectType: z.string() });

/** Objects without permissions of their own: everybody sees users, and lines belong to their opportunity. */
const followAnother = new Set(['User', 'OpportunityLineItem']);

const assignedTo = (userId: string): string =>
  `ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${idLiteral(userId)})`;

/**
 * What somebody's permission sets open, profile included: every profile owns a permission set that is assigned to whoever
 * has it, and a field without a row is hidden (object reference, FieldPermissions). Reading these needs View Setup and
 * Configuration.
 */
export const permissionQueries = (
  userId: string,
  objects: readonly string[],
): Record<keyof PermissionRows, string> => ({
  fields:
    `SELECT Field, PermissionsEdit FROM FieldPermissions WHERE PermissionsRead = TRUE ` +
    `AND SobjectType IN (${literals(objects)}) AND ${assignedTo(userId)}`,
  objects:
    `SELECT SobjectType FROM ObjectPermissions WHERE PermissionsRead = TRUE ` +
    `AND SobjectType IN (${literals(objects)}) AND ${assignedTo(userId)}`,
});

/**
 * The fields along a path of the mapping: `Opportunity.Account.Website` is seen by whoever sees the deal's account and
 * the account's website. Null when the service itself does not find its way.
 */
const governingOf = async (path: string, describe: Descriptions): Promise<readonly Governing[] | null> => {
  const [start = '', ...steps] = path.replace(/\[\d*\]/g, '').split('.');
  const roots: Readonly<Record<string, string>> = { Opportunity: 'Opportunity', Contacts: 'Contact' };
  let object = roots[start];
  if (object === undefined) return null;
  const found: Governing[] = [];
  for (const [index, step] of steps.entries()) {
    if (object === 'Opportunity' && step === 'OpportunityLineItems') {
      object = 'OpportunityLineItem';
      continue;
    }
    fieldPath(step);
    const isLast = index === steps.length - 1;
    const field = await describe.find(
      object,
      ({ name, relationshipName }) => describe.plain((isLast ? name : relationshipName) ?? '') === step,
    );
    if (field === null) return null;
    found.push(await governing(object, field, describe));
    if (isLast) return found;
    object = field.referenceTo.includes('User') ? 'User' : field.referenceTo[0];
    if (object === undefined) return null;
  }
  return null;
};

/** A part of an address or a name takes the permission of the whole. */
const governing = async (object: string, field: DescribedField, describe: Descriptions): Promise<Governing> => {
  const { compoundFieldName } = field;
  const whole =
    compoundFieldName === null ? null : await describe.find(object, ({ name }) => name === compoundFieldName);
  const decides = whole ?? field;
  return { object, field: decides.name, permissionable: decides.permissionable };
};

/** Which of the paths a person's field security hides, and which it shows and does not let them change. */
export const readFieldAccess = async (
  paths: readonly string[],
  readAt: string,
  describe: Descriptions,
  query: (objects: readonly string[]) => Promise<PermissionRows>,
): Promise<FieldAccess> => {
  const secured = paths.filter((path) => !isCurrency(path));
  const ways = await Promise.all(secured.map(async (path) => [path, await governingOf(path, describe)] as const));
  const objects = [...new Set(ways.flatMap(([, way]) => way ?? []).map(({ object }) => object))].sort();
  if (objects.length === 0) return { readAt, hidden: [...secured], locked: [] };
  const rows = await query(objects);
  const editable = new Map<string, boolean>();
  for (const { Field, PermissionsEdit } of rows.fields.map((row) => fieldRow.parse(row)))
    editable.set(Field, PermissionsEdit || (editable.get(Field) ?? false));
  const readable = new Set(rows.objects.map((row) => objectRow.parse(row).SobjectType));
  const sees = ({ object, field, permissionable }: Governing): boolean =>
    (followAnother.has(object) || readable.has(object)) && (!permissionable || editable.has(`${object}.${field}`));
  const hidden: string[] = [];
  const locked: string[] = [];
  for (const [path, way] of ways) {
    const last = way?.at(-1);
    if (!way || !last || !way.every(sees)) hidden.push(path);
    else if (last.permissionable && editable.get(`${last.object}.${last.field}`) !== true) locked.push(path);
  }
  return { readAt, hidden, locked };
};
