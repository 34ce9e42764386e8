import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLOutputType,
} from 'graphql';
import type { FieldValue, QueryRecord } from '../engine/engine.ts';
import type { ChildRelationship, FieldSchema, ObjectSchema } from '../schema/types.ts';
import { represent } from '../ui-api/field-values.ts';
import { FilterTypes, listArguments, type VisibleObjects } from './filters.ts';
import { scalarNamed, valueTypeOf } from './value-types.ts';

/** A record on its way out: its own values, and what was loaded beside it. */
export interface RecordNode {
  readonly object: ObjectSchema;
  readonly values: QueryRecord;
  /** By relationship name. */
  readonly parents: Record<string, RecordNode | null>;
  /** By response key: the same children may be asked for twice under different aliases. */
  readonly children: Record<string, Connection>;
}

export interface Connection {
  readonly edges: readonly { readonly node: RecordNode; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | undefined;
  readonly pageResultCount: number;
}

/** What the asking user can see of the schema. */
export interface VisibleSchema extends VisibleObjects {
  readonly objects: readonly ObjectSchema[];
  readonly children: (object: ObjectSchema) => readonly ChildRelationship[];
}

const required = (type: GraphQLOutputType): GraphQLOutputType => new GraphQLNonNull(type as never);

const PageInfo = new GraphQLObjectType({
  name: 'PageInfo',
  fields: {
    hasNextPage: { type: required(GraphQLBoolean) },
    hasPreviousPage: { type: required(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  },
});

const SupportedScopes = new GraphQLEnumType({ name: 'SupportedScopes', values: { EVERYTHING: {}, MINE: {} } });

type RecordField = GraphQLFieldConfig<RecordNode, unknown>;

const valueField = (field: FieldSchema): RecordField => ({
  type: valueTypeOf(field),
  resolve: ({ values }) => represent(field, (values[field.name] ?? null) as FieldValue),
});

const recordBasics: GraphQLFieldConfigMap<RecordNode, unknown> = {
  Id: { type: required(GraphQLID), resolve: ({ values }) => values['Id'] },
  ApiName: { type: required(GraphQLString), resolve: ({ object }) => object.name },
  WeakEtag: {
    type: required(scalarNamed('Long')),
    resolve: ({ values }) => Date.parse(String(values['SystemModstamp']).replace(/\+0000$/, 'Z')),
  },
  DisplayValue: {
    type: GraphQLString,
    resolve: ({ object, values }) => (object.nameField ? (values[object.nameField] ?? null) : null),
  },
};

/** The output types of every object a user can read, made when first needed. */
export class RecordTypes {
  readonly filters: FilterTypes;
  private readonly visible: VisibleSchema;
  private readonly records = new Map<string, GraphQLObjectType<RecordNode>>();
  private readonly connections = new Map<string, GraphQLObjectType>();

  constructor(visible: VisibleSchema) {
    this.visible = visible;
    this.filters = new FilterTypes(visible);
  }

  /** `uiapi { query { … } }`: one list per object. `resolve` loads it. */
  recordQuery(resolve: NonNullable<RecordField['resolve']>): GraphQLObjectType {
    return new GraphQLObjectType({
      name: 'RecordQuery',
      fields: () =>
        Object.fromEntries(
          this.visible.objects.map((object) => [
            object.name,
            {
              type: this.connection(object),
              args: { ...listArguments(this.filters, object), scope: { type: SupportedScopes } },
              resolve: resolve as never,
            },
          ]),
        ),
    });
  }

  record(object: ObjectSchema): GraphQLObjectType<RecordNode> {
    const known = this.records.get(object.name);
    if (known) return known;
    const made: GraphQLObjectType<RecordNode> = new GraphQLObjectType({
      name: object.name,
      fields: () => ({ ...recordBasics, ...this.valuesAndParents(object), ...this.childLists(object) }),
    });
    this.records.set(object.name, made);
    return made;
  }

  private valuesAndParents(object: ObjectSchema): GraphQLFieldConfigMap<RecordNode, unknown> {
    return Object.fromEntries(
      this.visible.fields(object).flatMap((field) => {
        const own: [string, RecordField][] = field.name === 'Id' ? [] : [[field.name, valueField(field)]];
        const path = field.reference?.relationshipName;
        const type = path && this.parentType(object, field, path);
        return path && type ? [...own, [path, { type, resolve: ({ parents }) => parents[path] ?? null }]] : own;
      }),
    );
  }

  private parentType(object: ObjectSchema, field: FieldSchema, path: string): GraphQLOutputType | undefined {
    const targets = (field.reference?.to ?? []).flatMap((name) => this.visible.object(name) ?? []);
    const [only, ...others] = targets;
    if (!only) return undefined;
    // A reference that may lead to several objects stays a union even when the user can read only one of them.
    if (others.length === 0 && field.reference?.to.length === 1) return this.record(only);
    return new GraphQLUnionType({
      name: `${object.name}_${path}_Union`,
      types: () => targets.map((target) => this.record(target)),
      resolveType: (node: RecordNode) => node.object.name,
    });
  }

  private childLists(object: ObjectSchema): GraphQLFieldConfigMap<RecordNode, unknown> {
    return Object.fromEntries(
      this.visible.children(object).flatMap(({ childObject, relationshipName }): [string, RecordField][] => {
        const child = this.visible.object(childObject);
        if (!child || relationshipName === undefined) return [];
        return [
          [
            relationshipName,
            {
              type: this.connection(child),
              args: listArguments(this.filters, child) as never,
              resolve: ({ children }, _arguments, _context, { path }) => children[String(path.key)],
            },
          ],
        ];
      }),
    );
  }

  private connection(object: ObjectSchema): GraphQLObjectType {
    const known = this.connections.get(object.name);
    if (known) return known;
    const edge = new GraphQLObjectType({
      name: `${object.name}Edge`,
      fields: () => ({ node: { type: this.record(object) }, cursor: { type: required(GraphQLString) } }),
    });
    const made = new GraphQLObjectType({
      name: `${object.name}Connection`,
      fields: {
        edges: { type: new GraphQLList(edge) },
        pageInfo: { type: required(PageInfo) },
        totalCount: { type: required(GraphQLInt) },
        pageResultCount: { type: required(GraphQLInt) },
      },
    });
    this.connections.set(object.name, made);
    return made;
  }
}
