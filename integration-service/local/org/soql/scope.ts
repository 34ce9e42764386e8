import { notOfferedHere } from '../engine/errors.ts';
import { quoted, tableOf, type Store } from '../engine/store.ts';
import { field as makeField } from '../schema/fields.ts';
import type { FieldSchema, ObjectSchema, OrgSchema } from '../schema/types.ts';
import type { UserAccess } from '../security/directory.ts';
import { sharingCondition, type Parameters } from '../security/sharing.ts';
import { malformed, noSuchColumn, noSuchParent } from './errors.ts';

/** What compiling a query needs to know: who asks, and where its parameters go. */
export interface Compilation {
  readonly soql: string;
  readonly schema: OrgSchema;
  readonly store: Store;
  readonly access: UserAccess;
  readonly defaultNamespace: string | undefined;
  readonly parameters: Parameters;
  /** Today in the running user's time zone. */
  readonly today: string;
  readonly timeZone: string;
  readonly includeDeleted: boolean;
  /** Gives table aliases, different ones for every table of the statement. */
  nextAlias(): string;
}

/** A field reached from a query's object, with the SQL that reads it. */
export interface ResolvedField {
  readonly field: FieldSchema;
  readonly sql: string;
  /** Path of joins passed on the way; empty for own fields. */
  readonly joinPath: string;
  /** API names along the way and the field's own: `['Account', 'Owner', 'Name']`. */
  readonly path: readonly string[];
}

interface Join {
  readonly alias: string;
  /** Absent for a parent of several kinds. */
  readonly object: ObjectSchema | undefined;
  readonly names: readonly string[];
  readonly sql: string;
  /** SQL of the object name behind the row. */
  readonly typeSql: string;
}

const MAX_PARENT_LEVELS = 5;

/** Columns that every parent of several kinds offers; absent ones are null. */
const SHARED_COLUMNS = ['Name', 'FirstName', 'LastName', 'Email', 'Phone', 'Username', 'Alias', 'Title', 'IsActive'];

/** The table of one FROM clause, with the parents its paths join. */
export class Scope {
  readonly object: ObjectSchema;
  readonly alias: string;
  readonly #compilation: Compilation;
  readonly #names: ReadonlySet<string>;
  readonly #joins = new Map<string, Join>();

  /** `names` are prefixes that stand for the object itself: its name and its alias. */
  constructor(compilation: Compilation, object: ObjectSchema, names: readonly string[]) {
    this.#compilation = compilation;
    this.object = object;
    this.alias = compilation.nextAlias();
    this.#names = new Set(names.map((name) => name.toLowerCase()));
  }

  /** Joins made so far, as SQL. */
  get joins(): string {
    return [...this.#joins.values()].map((join) => join.sql).join(' ');
  }

  join(path: string): Join | undefined {
    return this.#joins.get(path);
  }

  /** Condition of row visibility: sharing, and the recycle bin unless it is asked for. */
  get visible(): string {
    const { schema, access, parameters, includeDeleted } = this.#compilation;
    const sharing = sharingCondition(schema, this.object, this.alias, 'read', access, parameters);
    return includeDeleted ? sharing : `NOT ${this.alias}."IsDeleted" AND ${sharing}`;
  }

  /** Resolves `Name`, `Account.Owner.Name` or `alias.Name`; throws the org's error for what is unknown or hidden. */
  resolve(path: string): ResolvedField {
    const { soql, access, defaultNamespace } = this.#compilation;
    const steps = path.split('.');
    if (
      steps.length > 1 &&
      this.#names.has((steps[0] ?? '').toLowerCase()) &&
      this.object.parent(steps[0] ?? '') === undefined
    )
      steps.shift();
    if (steps.length - 1 > MAX_PARENT_LEVELS)
      throw malformed(`The path ${path} has more than ${MAX_PARENT_LEVELS} levels of parents.`);
    const column = steps.pop() ?? '';
    let object: ObjectSchema | undefined = this.object;
    let alias = this.alias;
    let joinPath = '';
    const names: string[] = [];
    for (const step of steps) {
      if (object === undefined) throw notOfferedHere(`Going beyond a parent of several kinds (${path})`);
      const parent = object.parent(step, defaultNamespace);
      if (parent === undefined || !access.object(object).field(parent.name).readable)
        throw noSuchParent(soql, path, step);
      names.push(parent.reference?.relationshipName ?? step);
      joinPath = names.join('.');
      const join: Join = this.#joins.get(joinPath) ?? this.#addJoin(joinPath, alias, parent, names);
      object = join.object;
      alias = join.alias;
    }
    if (object === undefined) return sharedColumn(soql, path, column, alias, joinPath, names);
    const field = object.field(column, defaultNamespace);
    if (field === undefined || !access.object(object).field(field.name).readable)
      throw noSuchColumn(soql, path, column, object.name);
    return { field, sql: columnSql(alias, field), joinPath, path: [...names, field.name] };
  }

  #addJoin(path: string, from: string, parent: FieldSchema, names: readonly string[]): Join {
    const { schema, access, parameters, nextAlias } = this.#compilation;
    const targets = (parent.reference?.to ?? []).flatMap((name) => schema.object(name) ?? []);
    const alias = nextAlias();
    const on = `${alias}."Id" = ${from}.${quoted(parent.name)}`;
    const [only] = targets;
    let join: Join;
    if (targets.length === 1 && only !== undefined) {
      const sharing = access.object(only).readable
        ? sharingCondition(schema, only, alias, 'read', access, parameters)
        : 'FALSE';
      join = {
        alias,
        object: only,
        names: [...names],
        sql: `LEFT JOIN ${tableOf(only)} ${alias} ON ${on} AND ${sharing}`,
        typeSql: `'${only.name}'`,
      };
    } else {
      const branches = targets
        .filter((target) => access.object(target).readable)
        .map((target) => {
          const inner = nextAlias();
          const columns = SHARED_COLUMNS.map((name) => {
            const source = name === 'Name' ? target.nameField : target.field(name)?.name;
            if (source === undefined) return `NULL::${name === 'IsActive' ? 'boolean' : 'text'} AS ${quoted(name)}`;
            return `${inner}.${quoted(source)} AS ${quoted(name)}`;
          });
          return `SELECT ${inner}."Id", '${target.name}' AS "Type", ${columns.join(', ')} FROM ${tableOf(target)} ${inner}
            WHERE ${inner}."Id" = ${from}.${quoted(parent.name)} AND ${sharingCondition(schema, target, inner, 'read', access, parameters)}`;
        });
      join = {
        alias,
        object: undefined,
        names: [...names],
        sql: `LEFT JOIN LATERAL (${branches.join(' UNION ALL ')}) ${alias} ON true`,
        typeSql: `${alias}."Type"`,
      };
    }
    this.#joins.set(path, join);
    return join;
  }
}

const sharedColumn = (
  soql: string,
  path: string,
  column: string,
  alias: string,
  joinPath: string,
  names: readonly string[],
): ResolvedField => {
  const name = ['Id', 'Type', ...SHARED_COLUMNS].find((each) => each.toLowerCase() === column.toLowerCase());
  if (name === undefined) throw noSuchColumn(soql, path, column, 'Name');
  const type = name === 'Id' ? 'id' : name === 'IsActive' ? 'boolean' : 'string';
  return { field: makeField(name, name, type), sql: `${alias}.${quoted(name)}`, joinPath, path: [...names, name] };
};

const columnSql = (alias: string, field: FieldSchema): string => {
  if (field.compound === undefined) return `${alias}.${quoted(field.name)}`;
  const parts = Object.entries(field.compound).map(([role, name]) => `'${role}', ${alias}.${quoted(name)}`);
  const columns = Object.values(field.compound).map((name) => `${alias}.${quoted(name)}`);
  return `CASE WHEN coalesce(${columns.join(', ')}) IS NULL THEN NULL ELSE json_build_object(${parts.join(', ')},
    'geocodeAccuracy', NULL, 'latitude', NULL, 'longitude', NULL) END`;
};

/** SQL that gives a field's value as the API words it, alike in a plain column and inside JSON. */
export const outputSql = (field: FieldSchema, sql: string): string => {
  switch (field.type) {
    case 'datetime':
      return `to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"+0000"')`;
    case 'date':
      return `${sql}::text`;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return `${sql}::float8`;
    default:
      return sql;
  }
};
