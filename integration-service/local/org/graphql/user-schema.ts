import { GraphQLNonNull, GraphQLObjectType, GraphQLSchema, type GraphQLFieldResolver } from 'graphql';
import type { Engine, EngineOperations, ObjectAccess, RequestContext } from '../engine/engine.ts';
import type { ObjectSchema } from '../schema/types.ts';
import { RecordLoader } from './load-records.ts';
import { Mutations } from './mutations.ts';
import { RecordTypes, type VisibleSchema } from './record-types.ts';

/** What resolvers get as context: who asks, and the engine for them. */
export interface GraphqlContext {
  readonly engine: Engine;
  readonly request: RequestContext;
}

const visibleSchema = (engine: Engine, access: ReadonlyMap<string, ObjectAccess>): VisibleSchema => {
  // The past of records is outside the UI API, whose objects these are.
  const objects = engine.schema.objects.filter(
    ({ name, historyOf }) => historyOf === undefined && access.get(name)?.readable,
  );
  const byName = new Map(objects.map((object) => [object.name, object]));
  return {
    objects,
    object: (name) => byName.get(name),
    fields: ({ name, fields }) =>
      fields.filter((field) => field.type !== 'address' && access.get(name)?.field(field.name).readable),
    children: ({ childRelationships }) =>
      childRelationships.filter(
        ({ childObject, field }) => byName.has(childObject) && access.get(childObject)?.field(field).readable,
      ),
  };
};

/** The GraphQL schema as one user sees it: what the user may not read or write is not in it. */
export const userSchema = async (engine: Engine, request: RequestContext): Promise<GraphQLSchema> => {
  const access = new Map<string, ObjectAccess>();
  for (const { name } of engine.schema.objects) access.set(name, await engine.accessOf(request, name));
  const visible = visibleSchema(engine, access);
  const types = new RecordTypes(visible);

  const resolveList: GraphQLFieldResolver<unknown, GraphqlContext, Record<string, unknown>> = (
    _source,
    args,
    context,
    info,
  ) => {
    const object = engine.schema.object(info.fieldName) as ObjectSchema;
    const loader = new RecordLoader(engine.as(context.request), engine.schema, types, info);
    return loader.connection(object, info.fieldNodes, args, context.request.userId);
  };
  const here = (): object => ({});
  const uiapi = new GraphQLObjectType({
    name: 'UIAPI',
    fields: { query: { type: new GraphQLNonNull(types.recordQuery(resolveList as never)), resolve: here } },
  });
  const writable = visible.objects.flatMap((object) => {
    const objectAccess = access.get(object.name);
    return objectAccess ? [{ object, access: objectAccess }] : [];
  });
  const mutations = new Mutations(writable, types, (context, info) => {
    const { request: asking } = context as GraphqlContext;
    return {
      operations: engine.as(asking),
      transaction: (work) => engine.transaction(asking, work),
      loader: (operations: EngineOperations) => new RecordLoader(operations, engine.schema, types, info),
    };
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { uiapi: { type: new GraphQLNonNull(uiapi), resolve: here } },
    }),
    mutation: mutations.type,
    assumeValid: true,
  });
};

/** Schemas by user, made again after a change to users, profiles or permissions. */
export class UserSchemas {
  private readonly engine: Engine;
  private readonly schemas = new Map<string, Promise<GraphQLSchema>>();

  constructor(engine: Engine) {
    this.engine = engine;
    engine.onCommit(({ changes }) => {
      if (changes.some(({ object }) => engine.schema.object(object)?.setup)) this.schemas.clear();
    });
  }

  of(request: RequestContext): Promise<GraphQLSchema> {
    const known = this.schemas.get(request.userId);
    if (known) return known;
    const made = userSchema(this.engine, request);
    this.schemas.set(request.userId, made);
    made.catch(() => this.schemas.delete(request.userId));
    return made;
  }
}
