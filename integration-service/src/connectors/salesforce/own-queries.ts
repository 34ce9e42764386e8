import { z } from 'zod';
import type { FieldValue } from '../../ports/crm/crm.ts';
import type { OwnObject, OwnQuery, OwnRecord } from '../../ports/crm/own-rows.ts';
import type { DescribedField } from './descriptions.ts';
import { fieldName } from './mapping.ts';
import type { Namespace } from './namespace.ts';
import { fieldPath, idLiteral, instantLiteral, literal } from './soql.ts';

/** A field in our names, with the type the org gives it. */
export type Column = Pick<DescribedField, 'name' | 'type'>;

/** A query stands in an address, and addresses end at 16 KB (REST API guide, "Status Codes": 414): keys take half of that. */
const keysPerQuery = 8_000;
const mostRows = 10_000;

const ownColumns = new Set(['Name', 'OwnerId', 'LastModifiedById', 'LastModifiedDate']);

/** What is read of a record: fields of ours, and who owns and last wrote it. */
export const columnsOf = (space: Namespace, fields: readonly DescribedField[]): readonly Column[] =>
  fields
    .map(({ name, type }) => ({ name: space.plain(name), type }))
    .filter(({ name }) => name.endsWith('__c') || ownColumns.has(name));

/** The queries for these records, one for as many keys as fit; none where nothing can match. */
export const ownQueries = (
  space: Namespace,
  object: OwnObject,
  columns: readonly Column[],
  { keys, where = {}, limit }: OwnQuery,
): readonly string[] => {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  if (Object.values(where).some((value) => Array.isArray(value) && value.length === 0)) return [];
  const conditions = Object.entries(where).map(([noun, value]) => condition(space, object, types, noun, value));
  const names = columns.map(({ name }) => fieldPath(space.field(object, name)));
  const select = `SELECT ${['Id', ...names].join(', ')} FROM ${space.object(object)}`;
  const tail = limit === undefined ? '' : ` ORDER BY CreatedDate DESC, Id DESC LIMIT ${rowLimit(limit)}`;
  const query = (more: readonly string[]): string =>
    `${select}${more.length > 0 ? ` WHERE ${more.join(' AND ')}` : ''}${tail}`;
  if (keys === undefined) return [query(conditions)];
  const key = space.field(object, 'Key__c');
  return inParts(keys).map((some) => query([`${key} IN (${some.map(literal).join(', ')})`, ...conditions]));
};

const inParts = (keys: readonly string[]): readonly (readonly string[])[] => {
  const parts: string[][] = [];
  let length = 0;
  for (const key of new Set(keys)) {
    const own = encodeURIComponent(literal(key)).length + 6;
    if (parts.length === 0 || length + own > keysPerQuery) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(key);
    length += own;
  }
  return parts;
};

const rowLimit = (limit: number): number => Math.min(mostRows, Math.max(1, Math.trunc(limit)));

const recordNames: Readonly<Record<string, string>> = { id: 'Id', name: 'Name', owner: 'OwnerId' };

const condition = (
  space: Namespace,
  object: OwnObject,
  types: ReadonlyMap<string, string>,
  noun: string,
  value: FieldValue | readonly FieldValue[],
): string => {
  const plain = recordNames[noun] ?? fieldName(noun);
  const field = fieldPath(space.field(object, plain));
  const type = plain === 'Id' ? 'id' : (types.get(plain) ?? 'string');
  const values: readonly FieldValue[] = isList(value) ? value : [value];
  const said = values.filter((one) => one !== null).map((one) => valueLiteral(type, one));
  const alternatives = [
    ...(said.length === 1 ? [`${field} = ${said.join('')}`] : []),
    ...(said.length > 1 ? [`${field} IN (${said.join(', ')})`] : []),
    ...(values.includes(null) ? [`${field} = NULL`] : []),
  ];
  return alternatives.length === 1 ? alternatives.join('') : `(${alternatives.join(' OR ')})`;
};

const isList = (value: FieldValue | readonly FieldValue[]): value is readonly FieldValue[] => Array.isArray(value);

/** A value as SOQL writes it for a field of that type; a text is never anything but a text, an id or a date. */
const valueLiteral = (type: string, value: string | number | boolean): string => {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${value} is no number that a record could hold`);
    return String(value);
  }
  if (type === 'id' || type === 'reference') return idLiteral(value);
  if (type === 'datetime') return instantLiteral(value);
  if (type === 'date') return instantLiteral(value).slice(0, 10);
  return literal(value);
};

/** `ReviewStatus__c` → `reviewStatus`: the way back from `fieldName`. */
const nounOf = (name: string): string => {
  const plain = name.replace(/__c$/, '');
  return `${plain.charAt(0).toLowerCase()}${plain.slice(1)}`;
};

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const systemRow = z.object({
  Id: z.string(),
  Key__c: z.string(),
  Name: z.string().nullish(),
  OwnerId: z.string().nullish(),
  LastModifiedById: z.string(),
  LastModifiedDate: z.string(),
});

export const toOwnRecord = (columns: readonly Column[], row: Readonly<Record<string, unknown>>): OwnRecord => {
  const { Id, Key__c, Name, OwnerId, LastModifiedById, LastModifiedDate } = systemRow.parse(row);
  const fields = columns
    .filter(({ name }) => name.endsWith('__c') && name !== 'Key__c')
    .map(({ name, type }) => [nounOf(name), inOurForm(type, scalar.parse(row[name] ?? null))] as const);
  return {
    id: Id,
    key: Key__c,
    name: Name ?? null,
    fields: Object.fromEntries(fields),
    ownerId: OwnerId ?? null,
    modifiedById: LastModifiedById,
    modifiedAt: new Date(LastModifiedDate).toISOString(),
  };
};

const inOurForm = (type: string, value: FieldValue): FieldValue =>
  type === 'datetime' && typeof value === 'string' ? new Date(value).toISOString() : value;
