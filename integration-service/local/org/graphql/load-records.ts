import { getArgumentValues, GraphQLError, type FieldNode, type GraphQLField, type SelectionSetNode } from 'graphql';
import type { EngineOperations, QueryRecord } from '../engine/engine.ts';
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import { quoted } from '../ui-api/soql-text.ts';
import { orderByToSoql, whereToSoql } from './filters.ts';
import type { Connection, RecordNode, RecordTypes } from './record-types.ts';
import { byResponseKey, selectedFields, type Document } from './selections.ts';

const DEFAULT_FIRST = 10;
const MOST_FIRST = 2000;
/** Ids in one IN list: keeps the query under the 100,000 characters that SOQL allows. */
const IDS_PER_QUERY = 1000;

/** Arguments of a list, as the platform names them. */
interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly where?: Readonly<Record<string, unknown>> | null;
  readonly orderBy?: Readonly<Record<string, unknown>> | null;
  readonly scope?: 'EVERYTHING' | 'MINE' | null;
}

type Sets = readonly (SelectionSetNode | undefined)[];

const cursorOf = (offset: number): string => Buffer.from(`v1:${offset}`).toString('base64');

const offsetOf = (after: string | null | undefined): number => {
  if (!after) return 0;
  const match = /^v1:(\d+)$/.exec(Buffer.from(after, 'base64').toString('utf8'));
  if (!match) throw new GraphQLError(`The cursor ${after} is not valid: give one that an earlier answer carried.`);
  return Number(match[1]);
};

const pageSize = (first: number | null | undefined): number => {
  const size = first ?? DEFAULT_FIRST;
  if (size < 1 || size > MOST_FIRST) throw new GraphQLError(`first must be between 1 and ${MOST_FIRST}, not ${size}.`);
  return size;
};

const toConnection = (nodes: readonly RecordNode[], offset: number, size: number, totalCount?: number): Connection => {
  const page = nodes.slice(0, size);
  return {
    edges: page.map((node, index) => ({ node, cursor: cursorOf(offset + index + 1) })),
    pageInfo: {
      hasNextPage: nodes.length > size,
      hasPreviousPage: offset > 0,
      startCursor: page.length > 0 ? cursorOf(offset + 1) : null,
      endCursor: page.length > 0 ? cursorOf(offset + page.length) : null,
    },
    totalCount,
    pageResultCount: page.length,
  };
};

const clause = (word: string, text: string): string => (text ? ` ${word} ${text}` : '');

/** Loads what a query selects, a query per object and level: parents by path, children and polymorphic parents by ids. */
export class RecordLoader {
  private readonly operations: EngineOperations;
  private readonly schema: OrgSchema;
  private readonly types: RecordTypes;
  private readonly document: Document;

  constructor(operations: EngineOperations, schema: OrgSchema, types: RecordTypes, document: Document) {
    this.operations = operations;
    this.schema = schema;
    this.types = types;
    this.document = document;
  }

  /** A list of records at the top of a query. */
  async connection(
    object: ObjectSchema,
    nodes: readonly FieldNode[],
    args: ListArguments,
    userId: string,
  ): Promise<Connection> {
    const [size, offset] = [pageSize(args.first), offsetOf(args.after)];
    const fields = selectedFields(
      nodes.map(({ selectionSet }) => selectionSet),
      `${object.name}Connection`,
      this.document,
    );
    const conditions = [
      this.where(object, args),
      ...(args.scope === 'MINE' ? [`OwnerId = ${quoted(userId)}`] : []),
    ].filter(Boolean);
    const where = clause('WHERE', conditions.map((text) => (conditions.length > 1 ? `(${text})` : text)).join(' AND '));
    const tail = `${where} ORDER BY ${this.orderBy(object, args)} LIMIT ${size + 1} OFFSET ${offset}`;
    const records = await this.records(object, this.nodeSets(object, fields), tail);
    const counted = fields.some(({ name }) => name.value === 'totalCount');
    const total = counted
      ? (await this.operations.query(`SELECT COUNT() FROM ${object.name}${where}`)).totalSize
      : undefined;
    return toConnection(records, offset, size, total);
  }

  /** One record by id with what the given selections want; null when the user cannot see it. */
  async byId(object: ObjectSchema, id: string, sets: Sets): Promise<RecordNode | null> {
    return (await this.records(object, sets, ` WHERE Id = ${quoted(id)}`))[0] ?? null;
  }

  private where(object: ObjectSchema, args: ListArguments): string {
    return whereToSoql(object, args.where ?? {}, (name) => this.schema.object(name));
  }

  private orderBy(object: ObjectSchema, args: ListArguments): string {
    return orderByToSoql(object, args.orderBy ?? {}, (name) => this.schema.object(name)) || 'Id ASC';
  }

  /** Selections on the records of a list: everything under `edges { node }`. */
  private nodeSets(object: ObjectSchema, fields: readonly FieldNode[]): Sets {
    const edges = fields.filter(({ name }) => name.value === 'edges').map(({ selectionSet }) => selectionSet);
    return selectedFields(edges, `${object.name}Edge`, this.document)
      .filter(({ name }) => name.value === 'node')
      .map(({ selectionSet }) => selectionSet);
  }

  private async records(
    object: ObjectSchema,
    sets: Sets,
    tail: string,
    more: readonly string[] = [],
  ): Promise<RecordNode[]> {
    const columns = new Set(['Id', ...more]);
    this.addColumns(object, sets, '', columns);
    const { records } = await this.operations.query(`SELECT ${[...columns].join(', ')} FROM ${object.name}${tail}`);
    const nodes = records.map((values): RecordNode => ({ object, values, parents: {}, children: {} }));
    await this.attach(object, nodes, sets);
    return nodes;
  }

  /** Columns of the record and of every parent that one path leads to. */
  private addColumns(object: ObjectSchema, sets: Sets, prefix: string, columns: Set<string>): void {
    for (const node of selectedFields(sets, object.name, this.document)) {
      const name = node.name.value;
      if (name === 'WeakEtag') columns.add(`${prefix}SystemModstamp`);
      else if (name === 'DisplayValue' && object.nameField) columns.add(prefix + object.nameField);
      else if (object.field(name)) columns.add(prefix + name);
      const reference = object.parent(name);
      if (!reference?.reference) continue;
      const parent = this.singleParent(reference.reference.to);
      columns.add(prefix + reference.name);
      if (!parent) continue;
      columns.add(`${prefix}${name}.Id`);
      this.addColumns(parent, [node.selectionSet], `${prefix}${name}.`, columns);
    }
  }

  private singleParent(targets: readonly string[]): ObjectSchema | undefined {
    return targets.length === 1 ? this.schema.object(targets[0] ?? '') : undefined;
  }

  /** Parents and children of records that are already loaded. */
  private async attach(object: ObjectSchema, nodes: readonly RecordNode[], sets: Sets): Promise<void> {
    if (nodes.length === 0) return;
    for (const [key, fields] of byResponseKey(selectedFields(sets, object.name, this.document))) {
      const [node] = fields;
      const name = node?.name.value ?? '';
      const inner = fields.map(({ selectionSet }) => selectionSet);
      const reference = object.parent(name)?.reference;
      const child = object.child(name);
      if (reference) await this.attachParents(object, nodes, name, inner);
      else if (node && child && !object.field(name)) await this.attachChildren(object, nodes, key, fields);
    }
  }

  private async attachParents(
    object: ObjectSchema,
    nodes: readonly RecordNode[],
    path: string,
    sets: Sets,
  ): Promise<void> {
    const field = object.parent(path);
    const parent = this.singleParent(field?.reference?.to ?? []);
    if (parent) {
      const loaded = nodes.flatMap((node): RecordNode[] => {
        const values = node.values[path] as QueryRecord | null | undefined;
        const made = values ? { object: parent, values, parents: {}, children: {} } : null;
        node.parents[path] = made;
        return made ? [made] : [];
      });
      return this.attach(parent, loaded, sets);
    }
    const ids = [
      ...new Set(nodes.map(({ values }) => values[field?.name ?? '']).filter((id): id is string => Boolean(id))),
    ];
    for (const target of new Set(ids.map((id) => this.schema.objectOfId(id)))) {
      if (!target) continue;
      const found = await this.byIds(
        target,
        ids.filter((id) => this.schema.objectOfId(id) === target),
        sets,
      );
      for (const node of nodes) {
        const match = found.find(({ values }) => values['Id'] === node.values[field?.name ?? '']);
        if (match) node.parents[path] = match;
      }
    }
  }

  private async byIds(object: ObjectSchema, ids: readonly string[], sets: Sets): Promise<RecordNode[]> {
    return (await this.inBatches(ids, (list) => this.records(object, sets, ` WHERE Id IN (${list})`))).flat();
  }

  private async inBatches<Result>(ids: readonly string[], load: (list: string) => Promise<Result>): Promise<Result[]> {
    const results: Result[] = [];
    for (let start = 0; start < ids.length; start += IDS_PER_QUERY)
      results.push(
        await load(
          ids
            .slice(start, start + IDS_PER_QUERY)
            .map(quoted)
            .join(', '),
        ),
      );
    return results;
  }

  private async attachChildren(
    object: ObjectSchema,
    nodes: readonly RecordNode[],
    key: string,
    fields: readonly FieldNode[],
  ): Promise<void> {
    const [first] = fields;
    const relationship = first && object.child(first.name.value);
    const child = relationship && this.schema.object(relationship.childObject);
    const definition = first && this.types.record(object).getFields()[first.name.value];
    if (!relationship || !child || !definition) return;
    const args = getArgumentValues(
      definition as GraphQLField<unknown, unknown>,
      first,
      this.document.variableValues,
    ) as ListArguments;
    const [size, offset] = [pageSize(args.first), offsetOf(args.after)];
    const sets = this.nodeSets(
      child,
      selectedFields(
        fields.map(({ selectionSet }) => selectionSet),
        `${child.name}Connection`,
        this.document,
      ),
    );
    const condition = this.where(child, args);
    const rest = `${condition ? ` AND (${condition})` : ''} ORDER BY ${this.orderBy(child, args)}`;
    const ids = nodes.map(({ values }) => String(values['Id']));
    const batches = await this.inBatches(ids, (list) =>
      this.records(child, sets, ` WHERE ${relationship.field} IN (${list})${rest}`, [relationship.field]),
    );
    const loaded = batches.flat();
    for (const node of nodes) {
      const own = loaded.filter(({ values }) => values[relationship.field] === node.values['Id']);
      node.children[key] = toConnection(own.slice(offset, offset + size + 1), offset, size, own.length);
    }
  }
}
