import express, { type Request, type Response, type Router } from 'express';
import { coerceInputValue, GraphQLError, parseValue, valueFromASTUntyped, type GraphQLInputType } from 'graphql';
import { z } from 'zod';
import type { Engine, RequestContext } from '../engine/engine.ts';
import { notOfferedHere, OrgError } from '../engine/errors.ts';
import { whereToSoql } from '../graphql/filters.ts';
import { UserSchemas } from '../graphql/user-schema.ts';
import { sessionOf } from '../rest/services.ts';
import type { SourceFolder } from '../schema/source-files.ts';
import { listInfo, loadListViews, type ListView } from './list-views.ts';
import { listViewRecords, relatedListInfo, relatedListRecords, type FilterFromText, type ListQuery } from './lists.ts';
import { allPicklistValues, objectInfo, picklistValues, visibleObject } from './object-info.ts';
import { recordDefaults } from './record-defaults.ts';
import {
  createRecord,
  deleteRecord,
  objectOfId,
  readRecord,
  updateRecord,
  type RecordRepresentation,
} from './records.ts';
import { surfaceErrors } from './surface-errors.ts';
import { namesIn, readableFields, wantedFields } from './wanted-fields.ts';

export interface UiApiOptions {
  readonly engine: Engine;
  /** Folders whose list views are offered. */
  readonly sourceFolders: readonly (string | SourceFolder)[];
}

const fieldValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const createBody = z.object({ apiName: z.string().min(1), fields: fieldValues });
const updateBody = z.object({ fields: fieldValues });

const bodyOf = <T>(shape: z.ZodType<T>, body: unknown): T => {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new OrgError(
    'POST_BODY_PARSE_ERROR',
    `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'cannot be read'}`,
  );
};

const contextOf = (response: Response): RequestContext => sessionOf(response).context;

const listQuery = (request: Request): ListQuery => ({
  fields: namesIn(request.query['fields']),
  optionalFields: namesIn(request.query['optionalFields']),
  sortBy: namesIn(request.query['sortBy']),
  pageSize: request.query['pageSize'] === undefined ? undefined : Number(request.query['pageSize']),
  pageToken: request.query['pageToken'] === undefined ? undefined : String(request.query['pageToken']),
});

/** What the routes work with. */
class UiApi {
  readonly engine: Engine;
  private readonly schemas: UserSchemas;
  private readonly views: readonly ListView[];

  constructor({ engine, sourceFolders }: UiApiOptions) {
    this.engine = engine;
    this.schemas = new UserSchemas(engine);
    this.views = loadListViews(sourceFolders, engine.schema);
  }

  async record(context: RequestContext, id: string, request: Request): Promise<RecordRepresentation> {
    const object = objectOfId(this.engine.schema, id);
    await visibleObject(this.engine, context, object.name);
    const asked = {
      fields: namesIn(request.query['fields']),
      optionalFields: namesIn(request.query['optionalFields']),
    };
    const layouts = namesIn(request.query['layoutTypes']);
    if (asked.fields.length + asked.optionalFields.length + layouts.length === 0)
      throw new OrgError('ILLEGAL_QUERY_PARAMETER_VALUE', 'Either fields, optionalFields or layoutTypes must be given');
    const named = await wantedFields(this.engine, context, object, asked);
    // Page layouts are not read here: a full layout is taken to show every field that the user may read.
    const wanted = layouts.includes('Full')
      ? { object, paths: [...new Set([...named.paths, ...(await readableFields(this.engine, context, object)).paths])] }
      : { object, paths: [...named.paths, ...(layouts.length > 0 && object.nameField ? [object.nameField] : [])] };
    return readRecord(this.engine.as(context), this.engine.schema, id, wanted);
  }

  async saved(context: RequestContext, id: string): Promise<RecordRepresentation> {
    const wanted = await readableFields(this.engine, context, objectOfId(this.engine.schema, id));
    return readRecord(this.engine.as(context), this.engine.schema, id, wanted);
  }

  async view(context: RequestContext, objectName: string, viewName: string): Promise<ListView> {
    const { object } = await visibleObject(this.engine, context, objectName);
    const found = this.views.find((view) => view.object === object && view.name === viewName);
    if (!found) throw new OrgError('NOT_FOUND', `${object.name} has no list view ${viewName}`, { httpStatus: 404 });
    return found;
  }

  async viewsOf(context: RequestContext, objectName: string): Promise<object> {
    const { object } = await visibleObject(this.engine, context, objectName);
    const lists = this.views.filter((view) => view.object === object);
    return {
      count: lists.length,
      lists: lists.map(({ id, label, name }) => ({ apiName: name, id, label, listUiUrl: null })),
      objectApiName: object.name,
    };
  }

  /** The filter is checked against the user's own schema, so it can name no hidden field and hold no loose text. */
  readonly filterFromText: FilterFromText = async (context, object, text) => {
    const type = (await this.schemas.of(context)).getType(`${object.name}_Filter`) as GraphQLInputType | undefined;
    try {
      if (!type) throw new GraphQLError(`${object.name} has no filter`);
      const value = coerceInputValue(valueFromASTUntyped(parseValue(text)), type, (_path, _invalid, error) => {
        throw error;
      }) as Record<string, unknown>;
      return whereToSoql(object, value, (name) => this.engine.schema.object(name));
    } catch (error) {
      if (error instanceof GraphQLError)
        throw new OrgError('ILLEGAL_QUERY_PARAMETER_VALUE', `where cannot be read: ${error.message}`);
      throw error;
    }
  };
}

const recordRoutes = (router: Router, api: UiApi): void => {
  router.get('/records/batch/:ids', async (request, response) => {
    const context = contextOf(response);
    const results = await Promise.all(
      request.params.ids.split(',').map((id) =>
        api.record(context, id, request).then(
          (result) => ({ result, statusCode: 200 }),
          (error: unknown) => {
            if (!(error instanceof OrgError)) throw error;
            return { result: [{ errorCode: error.statusCode, message: error.message }], statusCode: error.httpStatus };
          },
        ),
      ),
    );
    response.json({ hasErrors: results.some(({ statusCode }) => statusCode !== 200), results });
  });
  router.get('/records/:id', async (request, response) => {
    response.json(await api.record(contextOf(response), request.params.id, request));
  });
  router.post('/records', async (request, response) => {
    const context = contextOf(response);
    const { apiName, fields } = bodyOf(createBody, request.body);
    const { object } = await visibleObject(api.engine, context, apiName);
    const id = await createRecord(api.engine.as(context), object, fields);
    response.status(201).json(await api.saved(context, id));
  });
  router.patch('/records/:id', async (request, response) => {
    const context = contextOf(response);
    const { fields } = bodyOf(updateBody, request.body);
    const object = objectOfId(api.engine.schema, request.params.id);
    const id = await updateRecord(api.engine.as(context), object, request.params.id, fields);
    response.json(await api.saved(context, id));
  });
  router.delete('/records/:id', async (request, response) => {
    const context = contextOf(response);
    objectOfId(api.engine.schema, request.params.id);
    await deleteRecord(api.engine.as(context), request.params.id);
    response.status(204).end();
  });
};

const describeRoutes = (router: Router, api: UiApi): void => {
  router.get('/object-info/batch/:names', async (request, response) => {
    const context = contextOf(response);
    const infos = await Promise.all(
      request.params.names.split(',').map((name) => objectInfo(api.engine, context, name)),
    );
    response.json({ results: infos.map((result) => ({ result, statusCode: 200 })) });
  });
  router.get('/object-info/:object', async (request, response) => {
    response.json(await objectInfo(api.engine, contextOf(response), request.params.object));
  });
  router.get('/object-info/:object/picklist-values/:recordTypeId', async (request, response) => {
    response.json(await allPicklistValues(api.engine, contextOf(response), request.params));
  });
  router.get('/object-info/:object/picklist-values/:recordTypeId/:field', async (request, response) => {
    response.json(await picklistValues(api.engine, contextOf(response), request.params));
  });
  router.get('/record-defaults/create/:object', async (request, response) => {
    response.json(await recordDefaults(api.engine, contextOf(response), request.params.object));
  });
};

const listRoutes = (router: Router, api: UiApi): void => {
  router.get('/related-list-records/:parentId/:relatedList', async (request, response) => {
    const where = request.query['where'] === undefined ? undefined : String(request.query['where']);
    const asked = { ...request.params, where, filter: api.filterFromText };
    response.json(await relatedListRecords(api.engine, contextOf(response), asked, listQuery(request)));
  });
  router.get('/related-list-info/:object/:relatedList', async (request, response) => {
    const { object, relatedList } = request.params;
    response.json(await relatedListInfo(api.engine, contextOf(response), object, relatedList));
  });
  router.get('/list-records/:object/:view', async (request, response) => {
    const context = contextOf(response);
    const view = await api.view(context, request.params.object, request.params.view);
    response.json(await listViewRecords(api.engine, context, view, listQuery(request)));
  });
  router.get('/list-info/:object/:view', async (request, response) => {
    response.json(listInfo(await api.view(contextOf(response), request.params.object, request.params.view)));
  });
  router.get('/list-info/:object', async (request, response) => {
    response.json(await api.viewsOf(contextOf(response), request.params.object));
  });
};

/** `/ui-api/…` below `/services/data/vNN.0`: records, describes, picklists, related lists and list views. */
export const uiApiRoutes = (options: UiApiOptions): Router => {
  const api = new UiApi(options);
  const routes = express.Router();
  routes.use(express.json({ limit: '2mb' }));
  recordRoutes(routes, api);
  describeRoutes(routes, api);
  listRoutes(routes, api);
  routes.use((request) => {
    throw notOfferedHere(`${request.method} /ui-api${request.path}`);
  });
  routes.use(surfaceErrors);
  return express.Router().use('/ui-api', routes);
};
