import express, { type Router } from 'express';
import { execute, GraphQLError, parse, validate, type DocumentNode } from 'graphql';
import { z } from 'zod';
import type { Engine, RequestContext } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { sessionOf } from '../rest/services.ts';
import { surfaceErrors } from '../ui-api/surface-errors.ts';
import { executionError, syntaxError, validationError, type PrintedError } from './graphql-errors.ts';
import { UserSchemas, type GraphqlContext } from './user-schema.ts';

const requestBody = z.object({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** What a GraphQL request is answered with; the HTTP status is 200 even for errors, as in the org. */
export interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors: readonly PrintedError[];
}

const parsed = (query: string): DocumentNode | PrintedError => {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return syntaxError(error);
    throw error;
  }
};

/** Carries out GraphQL requests of users, each against the schema as that user sees it. */
export class Graphql {
  private readonly engine: Engine;
  private readonly schemas: UserSchemas;

  constructor(engine: Engine) {
    this.engine = engine;
    this.schemas = new UserSchemas(engine);
  }

  async answer(request: RequestContext, body: z.infer<typeof requestBody>): Promise<GraphqlAnswer> {
    const document = parsed(body.query);
    if (!('kind' in document)) return { data: null, errors: [document] };
    const schema = await this.schemas.of(request);
    const findings = validate(schema, document);
    if (findings.length > 0)
      return { data: null, errors: findings.map((finding) => validationError(document, finding)) };
    const contextValue: GraphqlContext = { engine: this.engine, request };
    const { data, errors } = await execute({
      schema,
      document,
      contextValue,
      ...(body.variables ? { variableValues: body.variables } : {}),
      ...(body.operationName ? { operationName: body.operationName } : {}),
    });
    return { data: data ?? null, errors: (errors ?? []).map(executionError) };
  }
}

/** `POST /graphql` below `/services/data/vNN.0`. */
export const graphqlRoutes = (engine: Engine): Router => {
  const graphql = new Graphql(engine);
  const router = express.Router();
  router.post('/graphql', express.json({ limit: '1mb' }), async (request, response) => {
    const body = requestBody.safeParse(request.body);
    if (!body.success)
      throw new OrgError('JSON_PARSER_ERROR', 'The request body needs a query: {"query": "…", "variables": {…}}.');
    response.json(await graphql.answer(sessionOf(response).context, body.data));
  });
  return router.use(surfaceErrors);
};
