import { z } from 'zod';
import type { InputRow, SaveResult } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { toId18 } from '../schema/ids.ts';
import type { ObjectSchema } from '../schema/types.ts';
import { notFound, ok, type Answer, type ResourceRequest } from './answers.ts';
import { asRecord } from './records.ts';
import type { OrgServices, RequestSession } from './services.ts';

const MAX_ROWS = 200;
/** Rows of at most this many objects, in runs: the org splits a call into chunks and refuses more than ten. */
const MAX_CHUNKS = 10;

const saveBody = z.object({
  allOrNone: z.boolean().default(false),
  records: z.array(z.looseObject({ attributes: z.looseObject({ type: z.string() }) })),
});

const retrieveBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

/** `/composite/sobjects…`: up to 200 rows in one call and one transaction. */
export const collections = async (
  org: OrgServices,
  session: RequestSession,
  request: ResourceRequest,
): Promise<Answer> => {
  const [, , objectName, keyName] = request.segments;
  const { method, query } = request;
  if (objectName === undefined) {
    if (method === 'DELETE') {
      const ids = (query.get('ids') ?? '').split(',').filter((id) => id !== '');
      limitRows(ids.length);
      return ok(asAnswers(await session.operations.delete(ids, { allOrNone: query.get('allOrNone') === 'true' })));
    }
    if (method === 'POST' || method === 'PATCH') return save(org, session, request);
    throw new OrgError('METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are POST,PATCH,DELETE`);
  }
  const object = org.engine.schema.object(objectName, session.context.defaultNamespace);
  if (object === undefined || !(await org.engine.accessOf(session.context, object.name)).readable) throw notFound();
  if (keyName !== undefined) {
    if (method !== 'PATCH')
      throw new OrgError('METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are PATCH`);
    const { allOrNone, records } = parse(saveBody, request.body);
    limitRows(records.length);
    return ok(asAnswers(await session.operations.upsert(object.name, keyName, records, { allOrNone })));
  }
  return retrieve(session, object, request);
};

const parse = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new OrgError('JSON_PARSER_ERROR', `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'unreadable'}`);
};

const limitRows = (count: number): void => {
  if (count > MAX_ROWS)
    throw new OrgError(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_ROWS} records in this request`,
    );
};

/** Rows come in runs of one object each; the runs share one transaction. */
const save = async (org: OrgServices, session: RequestSession, request: ResourceRequest): Promise<Answer> => {
  const { allOrNone, records } = parse(saveBody, request.body);
  limitRows(records.length);
  const runs: { type: string; rows: InputRow[] }[] = [];
  for (const record of records) {
    const { type } = record.attributes;
    const last = runs.at(-1);
    if (last?.type === type) last.rows.push(record);
    else runs.push({ type, rows: [record] });
  }
  if (runs.length > MAX_CHUNKS)
    throw new OrgError(
      'LIMIT_EXCEEDED',
      `Cannot have more than ${MAX_CHUNKS} chunks in a single operation. Please rearrange the data to reduce chunking.`,
    );
  const run = (type: string, rows: InputRow[], operations = session.operations): Promise<SaveResult[]> =>
    request.method === 'POST'
      ? operations.insert(type, rows, { allOrNone })
      : operations.update(type, rows, { allOrNone });
  const [only] = runs;
  if (runs.length <= 1) return ok(only === undefined ? [] : asAnswers(await run(only.type, only.rows)));
  return ok(asAnswers(await saveRuns(org, session, runs, run, allOrNone)));
};

class RunRefused extends Error {
  readonly results: SaveResult[];
  constructor(results: SaveResult[]) {
    super('a run was refused');
    this.results = results;
  }
}

const saveRuns = async (
  org: OrgServices,
  session: RequestSession,
  runs: readonly { type: string; rows: InputRow[] }[],
  run: (type: string, rows: InputRow[], operations: RequestSession['operations']) => Promise<SaveResult[]>,
  allOrNone: boolean,
): Promise<SaveResult[]> => {
  try {
    return await org.engine.transaction(session.context, async (operations) => {
      const results: SaveResult[] = [];
      for (const { type, rows } of runs) results.push(...(await run(type, rows, operations)));
      if (allOrNone && results.some((result) => !result.success)) throw new RunRefused(results);
      return results;
    });
  } catch (error) {
    if (!(error instanceof RunRefused)) throw error;
    return error.results.map((result) =>
      result.success
        ? {
            id: null,
            success: false,
            errors: [
              {
                statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
                message:
                  'Record rolled back because not all records were valid and the request was using AllOrNone header',
                fields: [],
              },
            ],
          }
        : result,
    );
  }
};

const asAnswers = (results: readonly SaveResult[]): unknown[] =>
  results.map(({ id, success, created, errors }) => ({
    ...(success ? { id } : {}),
    success,
    errors,
    ...(created === undefined || !success ? {} : { created }),
  }));

const retrieve = async (session: RequestSession, object: ObjectSchema, request: ResourceRequest): Promise<Answer> => {
  const { ids, fields } =
    request.method === 'GET'
      ? {
          ids: (request.query.get('ids') ?? '').split(','),
          fields: (request.query.get('fields') ?? '').split(','),
        }
      : parse(retrieveBody, request.body);
  if (ids.length > 2000)
    throw new OrgError('EXCEEDED_ID_LIMIT', 'record limit reached. cannot retrieve more than 2000 records');
  const rows = await session.operations.read(object.name, ids, fields);
  return ok(
    rows.map((row, index) => (row === null ? null : asRecord(session, object, toId18(ids[index] ?? '') ?? '', row))),
  );
};
