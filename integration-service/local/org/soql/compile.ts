import type { FieldType as SelectItem, OrderByClause, Query, QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import { notOfferedHere, OrgError } from '../engine/errors.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import { quoted } from '../engine/store.ts';
import { conditionTree } from './condition-tree.ts';
import { compileConditions } from './conditions.ts';
import { invalidField, malformed, noSuchChildren, noSuchObject } from './errors.ts';
import { compileFunction, type FunctionCall } from './functions.ts';
import { tableOf } from '../engine/store.ts';
import { outputSql, Scope, type Compilation } from './scope.ts';

/** How the columns of a result become records. */
export interface Shape {
  readonly object: ObjectSchema;
  readonly aggregate: boolean;
  /** Column of the record's id; absent in aggregates. */
  readonly idColumn: string | undefined;
  readonly items: readonly ShapeItem[];
  /** Parents on the way of the items: path → columns of their id and object name. */
  readonly parents: ReadonlyMap<string, { readonly id: string; readonly type: string }>;
}

export type ShapeItem =
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly column: string }
  | { readonly kind: 'children'; readonly name: string; readonly column: string; readonly shape: Shape };

export interface CompiledQuery {
  readonly sql: string;
  readonly shape: Shape;
  /** `SELECT COUNT()`: the answer is a total without records. */
  readonly countOnly: boolean;
}

const MAX_OFFSET = 2000;
const MAX_FIELDS_LIMIT = 200;

export const compileQuery = (compilation: Compilation, query: Query): CompiledQuery => {
  const object = objectNamed(compilation, query.sObject ?? '');
  const scope = new Scope(compilation, object, [
    query.sObject ?? '',
    ...(query.sObjectAlias ? [query.sObjectAlias] : []),
  ]);
  const countOnly =
    query.fields?.length === 1 &&
    query.fields[0]?.type === 'FieldFunctionExpression' &&
    query.fields[0].rawValue?.replace(/\s/g, '').toUpperCase() === 'COUNT()';
  const { sql, shape } = compileSelect(compilation, scope, query, []);
  return { sql, shape, countOnly };
};

const objectNamed = (compilation: Compilation, name: string): ObjectSchema => {
  const object = compilation.schema.object(name, compilation.defaultNamespace);
  if (object === undefined || !compilation.access.object(object).readable) throw noSuchObject(compilation.soql, name);
  return object;
};

const refuseUnsupported = (query: QueryBase): void => {
  if (query.withSecurityEnforced || query.withAccessLevel !== undefined || query.withDataCategory !== undefined)
    throw malformed("unexpected token: 'WITH'");
  if (query.for !== undefined) throw notOfferedHere(`FOR ${query.for}`);
  if (query.update !== undefined) throw notOfferedHere(`UPDATE ${query.update}`);
  if (query.usingScope !== undefined && !['everything', 'mine'].includes(query.usingScope.toLowerCase()))
    throw notOfferedHere(`USING SCOPE ${query.usingScope}`);
  if ((query.offset ?? 0) > MAX_OFFSET)
    throw new OrgError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
};

const compileSelect = (
  compilation: Compilation,
  scope: Scope,
  query: QueryBase,
  extraConditions: readonly string[],
): { sql: string; shape: Shape } => {
  refuseUnsupported(query);
  const select = new SelectList(compilation, scope, query);
  const conditions = [scope.visible, ...extraConditions];
  if (query.usingScope?.toLowerCase() === 'mine') {
    if (!scope.object.owned) throw notOfferedHere(`USING SCOPE mine on ${scope.object.name}`);
    conditions.push(`${scope.alias}."OwnerId" = ${compilation.parameters.add(compilation.access.userId)}`);
  }
  const semiJoin = semiJoins(compilation, scope.object);
  if (query.where !== undefined)
    conditions.push(compileConditions(compilation, scope, conditionTree(query.where), semiJoin, false));
  const having =
    query.having === undefined
      ? ''
      : ` HAVING ${compileConditions(compilation, scope, conditionTree(query.having), semiJoin, true)}`;
  const order = orderBy(scope, query.orderBy, select);
  const parentColumns = select.finish();
  const group = select.groups.length > 0 ? ` GROUP BY ${select.groups.join(', ')}` : '';
  const columns = [...select.columns, ...parentColumns];
  const sql = `SELECT ${columns.join(', ')} FROM ${tableOf(scope.object)} ${scope.alias} ${scope.joins}
    WHERE ${conditions.join(' AND ')}${group}${having}${order}${
      query.limit === undefined ? '' : ` LIMIT ${Math.trunc(query.limit)}`
    }${query.offset === undefined ? '' : ` OFFSET ${Math.trunc(query.offset)}`}`;
  return { sql, shape: select.shape };
};

/** The SELECT clause: columns in SQL, and how they become a record. */
class SelectList {
  readonly columns: string[] = [];
  readonly groups: string[] = [];
  readonly aggregate: boolean;
  /** SQL of aliases, which ORDER BY may name. */
  readonly aliases = new Map<string, string>();
  readonly #compilation: Compilation;
  readonly #scope: Scope;
  readonly #items: ShapeItem[] = [];
  readonly #parents = new Map<string, { id: string; type: string }>();
  readonly #seen = new Set<string>();
  readonly #groupedPaths = new Map<string, string>();
  #expressions = 0;
  #idColumn: string | undefined;

  constructor(compilation: Compilation, scope: Scope, query: QueryBase) {
    this.#compilation = compilation;
    this.#scope = scope;
    const fields = query.fields ?? [];
    const groups = query.groupBy === undefined ? [] : Array.isArray(query.groupBy) ? query.groupBy : [query.groupBy];
    this.aggregate = groups.length > 0 || fields.some((item) => this.#isAggregate(item));
    for (const group of groups) {
      const resolved = 'fn' in group ? compileFunction(scope, rollupRefused(group.fn)) : scope.resolve(group.field);
      if (!('fn' in group) && !resolved.field.filterable)
        throw malformed(`field '${resolved.field.name}' can not be grouped in a query call`);
      this.groups.push(resolved.sql);
      this.#groupedPaths.set(resolved.sql, resolved.sql);
    }
    for (const item of fields) this.#add(item, query);
    if (!this.aggregate) this.#idColumn = this.#column(`${scope.alias}."Id"`);
  }

  get shape(): Shape {
    return {
      object: this.#scope.object,
      aggregate: this.aggregate,
      idColumn: this.#idColumn,
      items: this.#items,
      parents: this.#parents,
    };
  }

  /** Columns that tell whether a parent is there and what it is; to be called when all joins are known. */
  finish(): string[] {
    if (this.aggregate) return [];
    const paths = new Set<string>();
    for (const item of this.#items)
      if (item.kind === 'value')
        for (let depth = 1; depth < item.path.length; depth += 1) paths.add(item.path.slice(0, depth).join('.'));
    const before = this.columns.length;
    for (const path of paths) {
      const join = this.#scope.join(path);
      if (join !== undefined)
        this.#parents.set(path, { id: this.#column(`${join.alias}."Id"`), type: this.#column(join.typeSql) });
    }
    return this.columns.splice(before);
  }

  #column(sql: string): string {
    const name = `c${this.columns.length}`;
    this.columns.push(`${sql} AS ${name}`);
    return name;
  }

  #isAggregate(item: SelectItem): boolean {
    return (
      item.type === 'FieldFunctionExpression' && /^(COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX)$/i.test(item.functionName)
    );
  }

  #add(item: SelectItem, query: QueryBase): void {
    switch (item.type) {
      case 'Field':
        return this.#addPath(
          'rawValue' in item && typeof item.rawValue === 'string' ? item.rawValue : item.field,
          item.alias,
        );
      case 'FieldRelationship':
        return this.#addPath(
          item.rawValue ?? [...item.relationships, item.field].join('.'),
          'alias' in item ? (item.alias as string) : undefined,
        );
      case 'FieldFunctionExpression':
        return item.functionName.toUpperCase() === 'FIELDS' ? this.#addFields(item, query) : this.#addFunction(item);
      case 'FieldSubquery':
        return this.#addChildren(item.subquery);
      case 'FieldTypeof':
        throw notOfferedHere('TYPEOF');
    }
  }

  #addPath(path: string, alias: string | undefined): void {
    const resolved = this.#scope.resolve(path);
    const key = resolved.path.join('.').toLowerCase();
    if (this.#seen.has(key)) throw invalidField(`duplicate field selected: ${path}`);
    this.#seen.add(key);
    if (!this.aggregate) {
      if (alias !== undefined) throw malformed(`only aggregate expressions use field aliasing: ${alias}`);
      this.#items.push({
        kind: 'value',
        path: resolved.path,
        column: this.#column(outputSql(resolved.field, resolved.sql)),
      });
      return;
    }
    if (!this.#groupedPaths.has(resolved.sql)) throw malformed(`Field must be grouped or aggregated: ${path}`);
    const name = alias ?? resolved.path.at(-1) ?? path;
    this.aliases.set(name.toLowerCase(), resolved.sql);
    this.#items.push({ kind: 'value', path: [name], column: this.#column(outputSql(resolved.field, resolved.sql)) });
  }

  #addFunction(item: FunctionCall & { readonly alias?: string }): void {
    const compiled = compileFunction(this.#scope, item);
    if (!compiled.aggregate && !this.#groupedPaths.has(compiled.sql))
      throw malformed(`Field must be grouped or aggregated: ${item.rawValue}`);
    const name = item.alias ?? `expr${this.#expressions++}`;
    this.aliases.set(name.toLowerCase(), compiled.sql);
    this.#items.push({ kind: 'value', path: [name], column: this.#column(outputSql(compiled.field, compiled.sql)) });
  }

  #addFields(item: FunctionCall, query: QueryBase): void {
    const which = String(item.parameters?.[0]).toUpperCase();
    if (!['ALL', 'STANDARD', 'CUSTOM'].includes(which)) throw malformed(`unexpected token: ${which}`);
    if (which !== 'STANDARD' && (query.limit === undefined || query.limit > MAX_FIELDS_LIMIT))
      throw malformed(`The SOQL FIELDS function must have a LIMIT of at most ${MAX_FIELDS_LIMIT}`);
    const { object } = this.#scope;
    const powers = this.#compilation.access.object(object);
    for (const field of object.fields)
      if (powers.field(field.name).readable && (which === 'ALL' || field.custom === (which === 'CUSTOM')))
        this.#addPath(field.name, undefined);
  }

  #addChildren(subquery: Subquery): void {
    const { soql, schema, access, defaultNamespace } = this.#compilation;
    if (this.aggregate) throw malformed('Aggregate queries have no nested queries');
    const child = this.#scope.object.child(subquery.relationshipName, defaultNamespace);
    const object = child === undefined ? undefined : schema.object(child.childObject);
    if (child === undefined || object === undefined || !access.object(object).field(child.field).readable)
      throw noSuchChildren(soql, subquery.relationshipName);
    if (subquery.fields?.some((field) => field.type === 'FieldSubquery'))
      throw malformed('Nested queries are offered one level deep here');
    const scope = new Scope(this.#compilation, object, [subquery.relationshipName]);
    const { sql, shape } = compileSelect(this.#compilation, scope, subquery, [
      `${scope.alias}.${quoted(child.field)} = ${this.#scope.alias}."Id"`,
    ]);
    if (shape.aggregate) throw malformed('Aggregates are not allowed in nested queries');
    this.#items.push({
      kind: 'children',
      name: child.relationshipName ?? subquery.relationshipName,
      column: this.#column(`(SELECT json_agg(q) FROM (${sql}) q)`),
      shape,
    });
  }
}

const rollupRefused = (call: FunctionCall): FunctionCall => {
  if (['ROLLUP', 'CUBE', 'GROUPING'].includes((call.functionName ?? '').toUpperCase()))
    throw notOfferedHere(`GROUP BY ${call.functionName}`);
  return call;
};

/** Objects whose rows no sub-select of IN may look through. */
const notJoinable = new Set(['Event', 'Task']);

/**
 * At most two sub-selects of IN, each one id column deep and over another object than the query's, as the org has it
 * ("Semi-Joins with IN and Anti-Joins with NOT IN").
 */
const semiJoins = (compilation: Compilation, outer: ObjectSchema): ((query: Query) => string) => {
  let used = 0;
  return (query) => {
    used += 1;
    if (used > 2) throw malformed('At most 2 semi join sub-selects are allowed');
    refuseUnsupported(query);
    const object = objectNamed(compilation, query.sObject ?? '');
    if (object === outer) throw malformed('The inner and outer selects should not be on the same object type');
    if (notJoinable.has(object.name))
      throw malformed(`Entity '${object.name}' is not supported for semi join inner selects`);
    if (query.limit !== undefined || query.orderBy !== undefined || query.for !== undefined)
      throw malformed('ORDER BY, LIMIT and FOR are not allowed in semi join sub-selects');
    const scope = new Scope(compilation, object, [query.sObject ?? '']);
    const [item] = query.fields ?? [];
    if (query.fields?.length !== 1 || item?.type !== 'Field')
      throw malformed('A semi join sub-select names exactly one field, of its own object');
    const { field, sql } = scope.resolve(item.field);
    if (field.type !== 'id' && field.type !== 'reference')
      throw malformed(`Semi join sub-selects can only query id fields, cannot use: '${field.name}'`);
    const conditions = [scope.visible, `${sql} IS NOT NULL`];
    if (query.where !== undefined)
      conditions.push(
        compileConditions(
          compilation,
          scope,
          conditionTree(query.where),
          () => {
            throw malformed('Nesting of semi join sub-selects is not supported');
          },
          false,
        ),
      );
    return `SELECT ${sql} FROM ${tableOf(object)} ${scope.alias} ${scope.joins} WHERE ${conditions.join(' AND ')}`;
  };
};

const orderBy = (
  scope: Scope,
  clause: OrderByClause | readonly OrderByClause[] | undefined,
  select: SelectList,
): string => {
  const clauses =
    clause === undefined ? [] : Array.isArray(clause) ? (clause as OrderByClause[]) : [clause as OrderByClause];
  const terms = clauses.map((each) => {
    const direction = each.order ?? 'ASC';
    const nulls = each.nulls ?? 'FIRST';
    return `${orderTerm(scope, each, select)} ${direction} NULLS ${nulls}`;
  });
  // Rows that tie come in a steady order, so that pages of one query never overlap.
  if (!select.aggregate) terms.push(`${scope.alias}."Id"`);
  return terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`;
};

const orderTerm = (scope: Scope, clause: OrderByClause, select: SelectList): string => {
  if ('fn' in clause) return compileFunction(scope, clause.fn).sql;
  const alias = select.aggregate ? select.aliases.get(clause.field.toLowerCase()) : undefined;
  if (alias !== undefined) return alias;
  const { field, sql } = scope.resolve(clause.field);
  if (!field.sortable) throw invalidField(`field '${field.name}' can not be sorted in a query call`);
  if (select.aggregate && !select.groups.includes(sql))
    throw malformed(`Ordered field must be grouped or aggregated: ${clause.field}`);
  return sortSql(field, sql, select.aggregate);
};

/** Picklists sort by their place in the list, text without case. */
const sortSql = (field: FieldSchema, sql: string, aggregate: boolean): string => {
  if (aggregate) return sql;
  if (field.type === 'picklist' && field.picklist !== undefined && field.picklist.values.length > 0) {
    const list = field.picklist.values.map((value) => `'${value.value.replaceAll("'", "''")}'`).join(', ');
    return `array_position(ARRAY[${list}], ${sql})`;
  }
  return ['string', 'url', 'email', 'phone', 'textarea'].includes(field.type) ? `lower(${sql})` : sql;
};
