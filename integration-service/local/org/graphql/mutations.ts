import {
  getArgumentValues,
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  type FieldNode,
  type GraphQLFieldConfigMap,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { EngineOperations, ObjectAccess, SaveResult } from '../engine/engine.ts';
import type { ObjectSchema } from '../schema/types.ts';
import type { RecordLoader } from './load-records.ts';
import type { RecordNode, RecordTypes } from './record-types.ts';
import { byResponseKey, selectedFields } from './selections.ts';
import { kindsOf, scalarNamed } from './value-types.ts';

/** What one operation of a mutation answers. */
interface Payload {
  readonly Id: string;
  readonly success: boolean;
  readonly Record: RecordNode | null;
}

type Outcome = Payload | GraphQLError;
type Outcomes = Record<string, Outcome>;

const required = (type: GraphQLInputType): GraphQLInputType => new GraphQLNonNull(type as never);

const RecordDeleteInput = new GraphQLInputObjectType({
  name: 'RecordDeleteInput',
  fields: { Id: { type: required(scalarNamed('IdOrRef')) } },
});
const RecordDeletePayload = new GraphQLObjectType({ name: 'RecordDeletePayload', fields: { Id: { type: GraphQLID } } });
const UIAPIMutationsInput = new GraphQLInputObjectType({
  name: 'UIAPIMutationsInput',
  fields: { allOrNone: { type: GraphQLBoolean, defaultValue: true } },
});

const inputFields = (object: ObjectSchema, wanted: (field: string) => boolean): GraphQLInputFieldConfigMap =>
  Object.fromEntries(
    object.fields
      .filter((field) => wanted(field.name))
      .map((field) => [
        field.name,
        { type: scalarNamed(field.type === 'reference' ? 'IdOrRef' : kindsOf(field).scalar) },
      ]),
  );

const outcome = (
  results: Outcomes,
  _arguments: unknown,
  _context: unknown,
  { path }: GraphQLResolveInfo,
): Outcome | undefined => results[String(path.key)];

/** The operations a user may do on one object: those the object's permissions allow, and no others. */
const operationsOn = (
  object: ObjectSchema,
  access: ObjectAccess,
  types: RecordTypes,
): GraphQLFieldConfigMap<Outcomes, unknown> => {
  const payload = (kind: 'Create' | 'Update'): GraphQLObjectType =>
    new GraphQLObjectType({
      name: `${object.name}${kind}Payload`,
      fields: () => ({
        Record: { type: types.record(object) },
        ...(kind === 'Update' ? { success: { type: GraphQLBoolean } } : {}),
      }),
    });
  const input = (kind: 'Create' | 'Update'): GraphQLInputObjectType => {
    const representation = new GraphQLInputObjectType({
      name: `${object.name}${kind}Representation`,
      fields: inputFields(object, (field) =>
        kind === 'Create' ? access.field(field).createable : access.field(field).updateable,
      ),
    });
    return new GraphQLInputObjectType({
      name: `${object.name}${kind}Input`,
      fields: {
        ...(kind === 'Update' ? { Id: { type: required(scalarNamed('IdOrRef')) } } : {}),
        [object.name]: { type: required(representation) },
      },
    });
  };
  const argument = (type: GraphQLInputType) => ({ input: { type: required(type) } });
  return {
    ...(access.createable
      ? { [`${object.name}Create`]: { type: payload('Create'), args: argument(input('Create')), resolve: outcome } }
      : {}),
    ...(access.updateable
      ? { [`${object.name}Update`]: { type: payload('Update'), args: argument(input('Update')), resolve: outcome } }
      : {}),
    ...(access.deletable
      ? { [`${object.name}Delete`]: { type: RecordDeletePayload, args: argument(RecordDeleteInput), resolve: outcome } }
      : {}),
  };
};

/** What a running mutation works with. */
export interface MutationRun {
  readonly operations: EngineOperations;
  /** `work` commits together or not at all. */
  readonly transaction: <Result>(work: (operations: EngineOperations) => Promise<Result>) => Promise<Result>;
  readonly loader: (operations: EngineOperations) => RecordLoader;
}

const refusal = (result: SaveResult, key: string): GraphQLError =>
  new GraphQLError(result.errors.map(({ message }) => message).join('; ') || 'The record was not saved.', {
    path: ['uiapi', key],
  });

/** `@{alias}` stands for the id that an earlier operation of the same request answered. */
const withReferences = (value: unknown, done: Outcomes): unknown => {
  const name = typeof value === 'string' ? /^@\{(\w+)\}$/.exec(value)?.[1] : undefined;
  if (name === undefined) return value;
  const earlier = done[name];
  if (!earlier || earlier instanceof GraphQLError) throw new GraphQLError(`There is no earlier result called ${name}.`);
  return earlier.Id;
};

/** `mutation { uiapi { … } }`: creates, updates and deletes of every object the user may write. */
export class Mutations {
  readonly type: GraphQLObjectType;
  private readonly fields: GraphQLObjectType;
  private readonly objects: readonly { object: ObjectSchema; access: ObjectAccess }[];

  constructor(
    objects: readonly { object: ObjectSchema; access: ObjectAccess }[],
    types: RecordTypes,
    runOf: (context: unknown, info: GraphQLResolveInfo) => MutationRun,
  ) {
    this.objects = objects;
    this.fields = new GraphQLObjectType({
      name: 'UIAPIMutations',
      fields: () =>
        Object.assign({}, ...objects.map(({ object, access }) => operationsOn(object, access, types))) as never,
    });
    this.type = new GraphQLObjectType({
      name: 'Mutation',
      fields: {
        uiapi: {
          type: new GraphQLNonNull(this.fields),
          args: { input: { type: UIAPIMutationsInput } },
          resolve: (_source, { input }: { input?: { allOrNone?: boolean | null } }, context, info) =>
            this.run(runOf(context, info), info, input?.allOrNone !== false),
        },
      },
    });
  }

  /** Runs the operations in the order written, in one transaction unless the caller wants each on its own. */
  private async run(run: MutationRun, info: GraphQLResolveInfo, allOrNone: boolean): Promise<Outcomes> {
    const sets = info.fieldNodes.map(({ selectionSet }) => selectionSet);
    const wanted = byResponseKey(selectedFields(sets, this.fields.name, info));
    const all = async (operations: EngineOperations): Promise<Outcomes> => {
      const done: Outcomes = {};
      for (const [key, nodes] of wanted) {
        if (nodes[0]?.name.value === '__typename') continue;
        try {
          done[key] = await this.one(operations, run.loader(operations), key, nodes, info, done);
        } catch (error) {
          if (allOrNone || !(error instanceof GraphQLError)) throw error;
          done[key] = error;
        }
      }
      return done;
    };
    return allOrNone ? run.transaction(all) : all(run.operations);
  }

  private async one(
    operations: EngineOperations,
    loader: RecordLoader,
    key: string,
    nodes: readonly FieldNode[],
    info: GraphQLResolveInfo,
    done: Outcomes,
  ): Promise<Payload> {
    const [node] = nodes;
    const name = node?.name.value ?? '';
    const { object } =
      this.objects.find((entry) => name.replace(/(Create|Update|Delete)$/, '') === entry.object.name) ?? {};
    const definition = this.fields.getFields()[name];
    if (!node || !object || !definition) throw new GraphQLError(`${name} is not an operation.`);
    const { input } = getArgumentValues(definition, node, info.variableValues) as { input: Record<string, unknown> };
    const id = withReferences(input['Id'], done);
    const values = Object.fromEntries(
      Object.entries((input[object.name] ?? {}) as object).map(([field, value]) => [
        field,
        withReferences(value, done),
      ]),
    );
    const [result] = name.endsWith('Delete')
      ? await operations.delete([String(id)])
      : name.endsWith('Update')
        ? await operations.update(object.name, [{ ...values, Id: id }])
        : await operations.insert(object.name, [values]);
    if (!result?.success || !result.id) throw refusal(result ?? { id: null, success: false, errors: [] }, key);
    const record = selectedFields(
      nodes.map(({ selectionSet }) => selectionSet),
      definition.type.toString(),
      info,
    )
      .filter((field) => field.name.value === 'Record')
      .map(({ selectionSet }) => selectionSet);
    return {
      Id: result.id,
      success: true,
      Record: record.length > 0 ? await loader.byId(object, result.id, record) : null,
    };
  }
}
