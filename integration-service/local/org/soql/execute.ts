import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import type { OrgTransaction } from '../engine/core.ts';
import type { QueryRecord, QueryResult } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { Parameters } from '../security/sharing.ts';
import { compileQuery, type Shape } from './compile.ts';
import { dayIn } from './date-literals.ts';
import { malformed } from './errors.ts';
import { userRecordAccess } from './user-record-access.ts';

const MAX_LENGTH = 100_000;

/** Parses SOQL; what the parser cannot read is `MALFORMED_QUERY`. */
export const parseSoql = (soql: string): Query => {
  if (soql.length > MAX_LENGTH) throw new OrgError('QUERY_TOO_COMPLICATED', 'Query is longer than 100,000 characters');
  try {
    return parseQuery(soql, { ignoreParseErrors: false });
  } catch (error) {
    const found = /found: '?([^'\n]*)'?/.exec(error instanceof Error ? error.message : '')?.[1];
    throw malformed(
      found === undefined ? `unexpected token in: ${soql.slice(0, 200)}` : `unexpected token: '${found}'`,
    );
  }
};

/** Runs a SOQL query as the transaction's user. */
export const runQuery = async (
  transaction: OrgTransaction,
  soql: string,
  includeDeleted: boolean,
): Promise<QueryResult> => {
  const { core, access, connection, context } = transaction;
  const query = parseSoql(soql);
  if (query.sObject?.toLowerCase() === 'userrecordaccess') return userRecordAccess(transaction, query);
  const timeZone = String(access.user.TimeZoneSidKey ?? 'UTC');
  const parameters = new Parameters();
  let aliases = 0;
  const compiled = compileQuery(
    {
      soql,
      schema: core.schema,
      store: core.store,
      access,
      defaultNamespace: context.defaultNamespace,
      parameters,
      today: dayIn(timeZone, transaction.now),
      timeZone,
      includeDeleted,
      nextAlias: () => `t${aliases++}`,
    },
    query,
  );
  const rows = await connection.query<Record<string, unknown>>(compiled.sql, parameters.values);
  if (compiled.countOnly) return { totalSize: Number(rows[0]?.c0 ?? 0), records: [] };
  const hydrate = hydrator(context.origin.split('/').at(-1) ?? '', context.defaultNamespace);
  return { totalSize: rows.length, records: rows.map((row) => hydrate(row, compiled.shape)) };
};

/** Turns result rows into records. With a default namespace its prefix is left out of names, as the org does. */
const hydrator = (
  version: string,
  defaultNamespace: string | undefined,
): ((row: Readonly<Record<string, unknown>>, shape: Shape) => QueryRecord) => {
  const prefix = defaultNamespace === undefined ? undefined : `${defaultNamespace}__`;
  const shown = (name: string): string =>
    prefix !== undefined && name.toLowerCase().startsWith(prefix.toLowerCase()) ? name.slice(prefix.length) : name;
  const attributes = (type: string, id: unknown): QueryRecord['attributes'] => ({
    type: shown(type),
    url: `/services/data/v${version}/sobjects/${shown(type)}/${String(id)}`,
  });
  const hydrate = (row: Readonly<Record<string, unknown>>, shape: Shape): QueryRecord => {
    const record: QueryRecord = {
      attributes: shape.aggregate
        ? { type: 'AggregateResult' }
        : attributes(shape.object.name, row[shape.idColumn ?? '']),
    };
    for (const item of shape.items) {
      if (item.kind === 'children') {
        const children = row[item.column] as Record<string, unknown>[] | null;
        record[shown(item.name)] =
          children === null
            ? null
            : { totalSize: children.length, done: true, records: children.map((child) => hydrate(child, item.shape)) };
        continue;
      }
      let holder: Record<string, unknown> | null = record;
      for (let depth = 1; depth < item.path.length && holder !== null; depth += 1)
        holder = parentOf(holder, row, shape, item.path.slice(0, depth));
      if (holder !== null) holder[shown(item.path.at(-1) ?? '')] = row[item.column] ?? null;
    }
    return record;
  };
  const parentOf = (
    holder: Record<string, unknown>,
    row: Readonly<Record<string, unknown>>,
    shape: Shape,
    path: readonly string[],
  ): Record<string, unknown> | null => {
    const name = shown(path.at(-1) ?? '');
    const known = holder[name];
    if (known !== undefined) return known as Record<string, unknown> | null;
    const columns = shape.parents.get(path.join('.'));
    const id = columns === undefined ? null : (row[columns.id] ?? null);
    const parent =
      columns === undefined || id === null ? null : { attributes: attributes(String(row[columns.type]), id) };
    holder[name] = parent;
    return parent;
  };
  return hydrate;
};
