import type { Engine, RequestContext } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import type { ObjectSchema } from '../schema/types.ts';
import { listCondition, listInfo, type ListView } from './list-views.ts';
import { columnsFor, objectOfId, toRepresentation, type RecordRepresentation, type WantedFields } from './records.ts';
import { quoted } from './soql-text.ts';
import { wantedFields } from './wanted-fields.ts';
import { visibleObject } from './object-info.ts';

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 2000;

/** How a list is asked for, whatever list it is. */
export interface ListQuery {
  readonly fields: readonly string[];
  readonly optionalFields: readonly string[];
  /** Fields, descending with a leading `-`; with or without the object's name in front. */
  readonly sortBy: readonly string[];
  readonly pageSize: number | undefined;
  readonly pageToken: string | undefined;
}

interface Page {
  readonly count: number;
  readonly currentPageToken: string;
  readonly nextPageToken: string | null;
  readonly pageSize: number;
  readonly previousPageToken: string | null;
  readonly records: readonly RecordRepresentation[];
}

const bad = (message: string): OrgError => new OrgError('ILLEGAL_QUERY_PARAMETER_VALUE', message);

const sortClause = (object: ObjectSchema, sortBy: readonly string[], fallback: string): string => {
  const parts = sortBy.map((entry) => {
    const [, direction = '', name = ''] = /^(-?)(.+)$/.exec(entry) ?? [];
    const path = name.replace(new RegExp(`^${object.name}\\.`, 'i'), '');
    if (!/^[A-Za-z][\w.]*$/.test(path)) throw bad(`'${entry}' cannot be sorted by`);
    return `${path} ${direction ? 'DESC' : 'ASC'} NULLS ${direction ? 'LAST' : 'FIRST'}`;
  });
  return parts.join(', ') || fallback;
};

const readPage = async (
  engine: Engine,
  context: RequestContext,
  wanted: WantedFields,
  query: ListQuery,
  condition: string,
  fallbackOrder: string,
): Promise<Page> => {
  const size = query.pageSize ?? DEFAULT_PAGE;
  const offset = Number(query.pageToken ?? '0');
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) throw bad(`pageSize must be 1 to ${LARGEST_PAGE}`);
  if (!Number.isInteger(offset) || offset < 0) throw bad(`pageToken ${query.pageToken} is not one of ours`);
  const order = sortClause(wanted.object, query.sortBy, fallbackOrder);
  const { records } = await engine
    .as(context)
    .query(
      `SELECT ${columnsFor(engine.schema, wanted).join(', ')} FROM ${wanted.object.name}` +
        `${condition ? ` WHERE ${condition}` : ''} ORDER BY ${order} LIMIT ${size + 1} OFFSET ${offset}`,
    );
  const page = records.slice(0, size);
  return {
    count: page.length,
    currentPageToken: String(offset),
    nextPageToken: records.length > size ? String(offset + size) : null,
    pageSize: size,
    previousPageToken: offset > 0 ? String(Math.max(0, offset - size)) : null,
    records: page.map((record) => toRepresentation(engine.schema, wanted.object, record, wanted.paths)),
  };
};

/** Translates a filter in GraphQL syntax for the asking user. */
export type FilterFromText = (context: RequestContext, object: ObjectSchema, text: string) => Promise<string>;

const childOf = async (
  engine: Engine,
  context: RequestContext,
  parent: ObjectSchema,
  relatedList: string,
): Promise<{ child: ObjectSchema; field: string; relationship: string }> => {
  const relationship = parent.child(relatedList, context.defaultNamespace);
  if (!relationship?.relationshipName)
    throw new OrgError('INVALID_RELATED_LIST', `${parent.name} has no related list ${relatedList}`, {
      httpStatus: 404,
    });
  const { object } = await visibleObject(engine, context, relationship.childObject);
  return { child: object, field: relationship.field, relationship: relationship.relationshipName };
};

/** `related-list-records/{parent}/{list}`: children of a record that the user can see. */
export const relatedListRecords = async (
  engine: Engine,
  context: RequestContext,
  asked: { parentId: string; relatedList: string; where: string | undefined; filter: FilterFromText },
  query: ListQuery,
): Promise<object> => {
  const parent = objectOfId(engine.schema, asked.parentId);
  const [visible] = await engine.as(context).read(parent.name, [asked.parentId], ['Id']);
  if (!visible) throw new OrgError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });
  const { child, field, relationship } = await childOf(engine, context, parent, asked.relatedList);
  const wanted = await wantedFields(engine, context, child, query);
  const filter = asked.where ? await asked.filter(context, child, asked.where) : '';
  const condition = `${field} = ${quoted(asked.parentId)}${filter ? ` AND (${filter})` : ''}`;
  return {
    ...(await readPage(engine, context, wanted, query, condition, 'CreatedDate DESC, Id DESC')),
    fields: query.fields,
    listReference: {
      inContextOfRecordId: asked.parentId,
      parentObjectApiName: parent.name,
      recordTypeId: null,
      relatedListId: relationship,
      type: 'relatedList',
    },
    optionalFields: query.optionalFields,
    sortBy: query.sortBy,
  };
};

/** `related-list-info/{object}` and `…/{list}`. */
export const relatedListInfo = async (
  engine: Engine,
  context: RequestContext,
  parentName: string,
  relatedList: string,
): Promise<object> => {
  const { object: parent } = await visibleObject(engine, context, parentName);
  const { child, field, relationship } = await childOf(engine, context, parent, relatedList);
  return {
    fieldApiName: field,
    label: child.labelPlural,
    listReference: {
      parentObjectApiName: parent.name,
      recordTypeId: null,
      relatedListId: relationship,
      type: 'relatedList',
    },
    objectApiNames: [child.name],
  };
};

/** `list-records/{object}/{view}`: the rows of a list view, as the user's sharing lets them be seen. */
export const listViewRecords = async (
  engine: Engine,
  context: RequestContext,
  view: ListView,
  query: ListQuery,
): Promise<object> => {
  const columns = view.columns.map(({ path }) => `${view.object.name}.${path}`);
  const wanted = await wantedFields(engine, context, view.object, {
    fields: query.fields,
    optionalFields: [...columns, ...query.optionalFields],
  });
  const fallback = `${view.columns[0]?.path ?? 'Id'} ASC NULLS FIRST`;
  const info = listInfo(view) as { eTag: string; listReference: object };
  return {
    ...(await readPage(engine, context, wanted, query, listCondition(view, context.userId), fallback)),
    fields: columns,
    listInfoETag: info.eTag,
    listReference: info.listReference,
    optionalFields: query.optionalFields,
    sortBy: query.sortBy,
  };
};
