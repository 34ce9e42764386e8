import { gql } from 'lightning/graphql';

/** What an import of `@salesforce/schema/Object__c` gives, as far as queries need it. */
export interface ObjectId {
  objectApiName: string;
}
/** What an import of `@salesforce/schema/Object__c.Field__c` gives; a path may go through parents (`Partner__r.Name`). */
export interface FieldId extends ObjectId {
  fieldApiName: string;
}
/** Fields by the plain name we use for them, so that a namespace never changes the keys of an answer. */
export type FieldMap = Readonly<Record<string, FieldId>>;
/** One record of an answer, by the names of its field map. */
export type Row<Fields extends FieldMap = FieldMap> = { id: string } & { [Name in keyof Fields]: unknown };

/** Every level of a path is aliased to this, so an answer can be read without knowing the path. */
const LEVEL = 'level';

/** The GraphQL selection for a field map: `state: ns__State__c { value }`. */
export function selectFields(fields: FieldMap): string {
  return Object.entries(fields)
    .map(([name, { fieldApiName }]) => {
      const steps = fieldApiName.split('.');
      const leaf = steps.pop() ?? '';
      // An id is the one field that the API hands over bare.
      const inner = leaf === 'Id' ? leaf : `${leaf} { value }`;
      return `${name}: ${steps.reduceRight((below, step) => `${step} { ${LEVEL}: ${below} }`, inner)}`;
    })
    .join(' ');
}

/** One aliased connection of a UI API query; `filter` is the text between the round brackets. */
export function selectRows(alias: string, object: ObjectId, fields: FieldMap, filter: string): string {
  return `${alias}: ${object.objectApiName}(${filter}) { edges { node { Id ${selectFields(fields)} } } }`;
}

/** As `selectRows`, and beside the rows how many there are in all, whether more follow, and where they begin. */
export function selectPage(alias: string, object: ObjectId, fields: FieldMap, filter: string): string {
  const page = 'totalCount pageInfo { hasNextPage endCursor }';
  return `${alias}: ${object.objectApiName}(${filter}) { ${page} edges { node { Id ${selectFields(fields)} } } }`;
}

/** A whole UI API query with its name, its declared variables (`$recordId: ID`) and its connections. */
export function uiApiQuery(name: string, variables: string, connections: readonly string[]): string {
  const declared = variables === '' ? '' : `(${variables})`;
  return `query ${name}${declared} { uiapi { query { ${connections.join(' ')} } } }`;
}

/** What the GraphQL wire takes. A new value makes the wire ask again, so keep it where it does not change. */
export function asQuery(queryText: string): unknown {
  return gql`
    ${queryText}
  `;
}

interface Connection {
  totalCount?: number | null;
  pageInfo?: { hasNextPage?: boolean; endCursor?: string | null } | null;
  edges?: ({ node?: Record<string, unknown> | null } | null)[] | null;
}

function connectionOf(data: unknown, alias: string): Connection | undefined {
  return (data as { uiapi?: { query?: Record<string, Connection> } } | undefined)?.uiapi?.query?.[alias];
}

/** How many records an alias that was read with `selectPage` has in all, and whether more follow the ones read. */
export function readExtent(data: unknown, alias: string): { total: number; hasMore: boolean } {
  const connection = connectionOf(data, alias);
  return {
    total: connection?.totalCount ?? connection?.edges?.length ?? 0,
    hasMore: connection?.pageInfo?.hasNextPage === true,
  };
}

/** Where the next page of an alias that was read with `selectPage` begins, for its `after`; empty where nothing was read. */
export function readCursor(data: unknown, alias: string): string {
  return connectionOf(data, alias)?.pageInfo?.endCursor ?? '';
}

/** The records under an alias, flattened to plain values; an empty list when the answer has none. */
export function readRows<Fields extends FieldMap>(data: unknown, alias: string, fields: Fields): Row<Fields>[] {
  return (connectionOf(data, alias)?.edges ?? []).flatMap((edge) => {
    const node = edge?.node;
    if (!node) {
      return [];
    }
    const values = Object.keys(fields).map((name) => [name, leafOf(node[name])] as const);
    return [{ id: String(node.Id), ...Object.fromEntries(values) } as Row<Fields>];
  });
}

function leafOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value ?? undefined;
  }
  return LEVEL in value ? leafOf(value[LEVEL]) : (value as { value?: unknown }).value;
}

/** The namespace in front of our names, with its underscores; empty in an org that holds the source itself. */
export function namespacePrefix({ objectApiName }: ObjectId): string {
  return /^[A-Za-z][A-Za-z0-9]*?__(?=[A-Za-z0-9_]+__c$)/.exec(objectApiName)?.[0] ?? '';
}

/** A value as text; what is missing is the empty string. */
export function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** The JSON a text field carries, if it is a list; anything else is an empty list, as a hand-edited field must not break a page. */
export function jsonList(value: unknown): unknown[] {
  const parsed = json(value);
  return Array.isArray(parsed) ? parsed : [];
}

/** The JSON a text field carries, if it is an object; anything else is an empty one. */
export function jsonObject(value: unknown): Record<string, unknown> {
  const parsed = json(value);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? (parsed as Record<string, unknown>)
    : {};
}

function json(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
}
