import type { FieldSchema, ObjectSchema, OrgSchema } from '../schema/types.ts';

/** Names that list view metadata has for fields whose API name it cannot say. */
const SPECIAL: Readonly<Record<string, string>> = {
  NAME: 'Name',
  'OWNER.ALIAS': 'Owner.Alias',
  'OWNER.FIRST_NAME': 'Owner.FirstName',
  'OWNER.LAST_NAME': 'Owner.LastName',
  'CORE.USERS.ALIAS': 'Owner.Alias',
  'CORE.USERS.FULL_NAME': 'Owner.Name',
  CREATED_DATE: 'CreatedDate',
  CREATEDBY_USER: 'CreatedBy.Name',
  'CREATEDBY_USER.ALIAS': 'CreatedBy.Alias',
  LAST_UPDATE: 'LastModifiedDate',
  UPDATEDBY_USER: 'LastModifiedBy.Name',
  'UPDATEDBY_USER.ALIAS': 'LastModifiedBy.Alias',
  'ACCOUNT.NAME': 'Account.Name',
  'OPPORTUNITY.CLOSED': 'IsClosed',
  'OPPORTUNITY.WON': 'IsWon',
  'ACCOUNT.PHONE1': 'Phone',
  'ACCOUNT.URL': 'Website',
  'ACCOUNT.ADDRESS1_CITY': 'BillingCity',
  'ACCOUNT.ADDRESS1_STATE': 'BillingState',
  'ACCOUNT.ADDRESS1_COUNTRY': 'BillingCountry',
};

/** A column or filter field of a list view, found in the schema. */
export interface ListColumn {
  /** Path in the record: `Name`, `Account.Name`, `Opportunity__r.Name` for a lookup. */
  readonly path: string;
  readonly field: FieldSchema;
  /** Heading: a lookup shows the name of what it points at under its own label. */
  readonly label: string;
}

const camel = (words: string): string =>
  words
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const apiPath = (object: ObjectSchema, name: string): string => {
  if (name === 'ACCOUNT.NAME' && object.name === 'Account') return 'Name';
  const special = SPECIAL[name];
  if (special) return special;
  const last = name.split('.').at(-1) ?? name;
  return name === name.toUpperCase() && !name.endsWith('__C') ? camel(last) : name;
};

const follow = (
  schema: OrgSchema,
  object: ObjectSchema,
  path: string,
): { names: string[]; field: FieldSchema } | undefined => {
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const field = object.field(head, schema.namespace);
    return field && { names: [field.name], field };
  }
  const reference = object.parent(head, schema.namespace);
  // An owner may be a queue besides: what lists show of it, users have.
  const targets = reference?.reference?.to ?? [];
  const parent = schema.object(targets.includes('User') ? 'User' : (targets[0] ?? ''));
  const inner = parent && follow(schema, parent, rest.join('.'));
  return inner && { names: [reference?.reference?.relationshipName ?? head, ...inner.names], field: inner.field };
};

/** The field that list view metadata means. Throws with the name when the object has none. */
export const listColumn = (schema: OrgSchema, object: ObjectSchema, name: string): ListColumn => {
  const found = follow(schema, object, apiPath(object, name));
  if (!found) throw new Error(`list view of ${object.name}: there is no field ${name}`);
  return { path: found.names.join('.'), field: found.field, label: found.field.label };
};

/** The same for a column: a lookup is shown by the name of the record it points at. */
export const shownColumn = (schema: OrgSchema, object: ObjectSchema, name: string): ListColumn => {
  const column = listColumn(schema, object, name);
  const { reference } = column.field;
  const target = reference && schema.object(reference.to.includes('User') ? 'User' : (reference.to[0] ?? ''));
  const shown = target?.nameField ? target.field(target.nameField) : undefined;
  if (!reference?.relationshipName || !shown) return column;
  const parents = column.path.split('.').slice(0, -1);
  return { path: [...parents, reference.relationshipName, shown.name].join('.'), field: shown, label: column.label };
};
