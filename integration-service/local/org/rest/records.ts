import type { InputRow, Row, SaveResult } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { toId18 } from '../schema/ids.ts';
import type { ObjectSchema } from '../schema/types.ts';
import { notFound, objectBody, ok, type Answer, type ResourceRequest } from './answers.ts';
import { describeBrief, describeObject } from './describe.ts';
import type { OrgServices, RequestSession } from './services.ts';

/** `/sobjects…`: describe, and one record at a time. */
export const sobjects = async (
  org: OrgServices,
  session: RequestSession,
  request: ResourceRequest,
): Promise<Answer> => {
  const [, name, third, fourth, ...rest] = request.segments;
  const { method } = request;
  if (name === undefined) return requireMethod(method, 'GET', () => describeGlobal(org, session));
  const object = org.engine.schema.object(name, session.context.defaultNamespace);
  if (object === undefined || !(await org.engine.accessOf(session.context, object.name)).readable) throw notFound();
  if (rest.length > 0) throw notFound();
  if (third === undefined) {
    if (method === 'POST') return create(session, object, request);
    return requireMethod(method, 'GET', async () =>
      ok({ objectDescribe: await brief(org, session, object), recentItems: [] }),
    );
  }
  if (third === 'describe' && fourth === undefined)
    return requireMethod(method, 'GET', async () =>
      ok(
        describeObject(
          org.engine.schema,
          object,
          await org.engine.accessOf(session.context, object.name),
          session.version,
        ),
      ),
    );
  if (fourth === undefined) return byId(session, object, third, request);
  return byKey(session, object, third, fourth, request);
};

const requireMethod = (method: string, allowed: string, work: () => Promise<Answer>): Promise<Answer> => {
  if (method !== allowed && !(allowed === 'GET' && method === 'HEAD'))
    throw new OrgError('METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed}`);
  return work();
};

const brief = async (org: OrgServices, session: RequestSession, object: ObjectSchema): Promise<unknown> =>
  describeBrief(object, await org.engine.accessOf(session.context, object.name), session.version);

const describeGlobal = async (org: OrgServices, session: RequestSession): Promise<Answer> => {
  const objects: unknown[] = [];
  for (const object of org.engine.schema.objects) {
    const access = await org.engine.accessOf(session.context, object.name);
    if (access.readable) objects.push(describeBrief(object, access, session.version));
  }
  return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects: objects });
};

/** The first error of a save becomes the answer's error; single-record calls answer with one. */
const throwIfFailed = (result: SaveResult | undefined): SaveResult => {
  if (result === undefined) throw notFound();
  const [error] = result.errors;
  if (error !== undefined) throw new OrgError(error.statusCode, error.message, { fields: error.fields });
  return result;
};

const create = async (session: RequestSession, object: ObjectSchema, request: ResourceRequest): Promise<Answer> => {
  const [result] = await session.operations.insert(object.name, [objectBody(request.body)]);
  const { id } = throwIfFailed(result);
  return {
    status: 201,
    headers: { Location: `/services/data/v${session.version}/sobjects/${object.name}/${id}` },
    body: { id, success: true, errors: [] },
  };
};

const byId = async (
  session: RequestSession,
  object: ObjectSchema,
  given: string,
  request: ResourceRequest,
): Promise<Answer> => {
  const id = toId18(given);
  if (id === undefined || !id.startsWith(object.keyPrefix)) {
    if (request.method === 'GET') throw notFound();
    throw new OrgError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${given}`, { fields: ['Id'] });
  }
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return retrieve(session, object, id, request);
    case 'PATCH': {
      await checkUnmodified(session, object, id, request);
      const body = objectBody(request.body);
      if (Object.keys(body).some((name) => name.toLowerCase() === 'id'))
        throw new OrgError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.', {
          fields: ['Id'],
        });
      const [result] = await session.operations.update(object.name, [{ ...body, Id: id }]);
      throwIfFailed(result);
      return { status: 204 };
    }
    case 'DELETE': {
      const [result] = await session.operations.delete([id]);
      throwIfFailed(result);
      return { status: 204 };
    }
    default:
      throw new OrgError(
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${request.method}' not allowed. Allowed are HEAD,GET,PATCH,DELETE`,
      );
  }
};

const fieldsAsked = (request: ResourceRequest): string[] | undefined =>
  request.query
    .get('fields')
    ?.split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');

const retrieve = async (
  session: RequestSession,
  object: ObjectSchema,
  id: string,
  request: ResourceRequest,
): Promise<Answer> => {
  const [row] = await session.operations.read(object.name, [id], fieldsAsked(request));
  if (row === undefined || row === null) throw notFound();
  const since = request.headers['if-modified-since'];
  if (since !== undefined && !(await modifiedAfter(session, object, id, new Date(since)))) return { status: 304 };
  return ok(asRecord(session, object, id, row));
};

export const asRecord = (session: RequestSession, object: ObjectSchema, id: string, row: Row): unknown => {
  const prefix = session.context.defaultNamespace === undefined ? undefined : `${session.context.defaultNamespace}__`;
  const shown = (name: string): string =>
    prefix !== undefined && name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const type = shown(object.name);
  return {
    attributes: { type, url: `/services/data/v${session.version}/sobjects/${type}/${id}` },
    ...Object.fromEntries(Object.entries(row).map(([name, value]) => [shown(name), value])),
  };
};

const modifiedAfter = async (
  session: RequestSession,
  object: ObjectSchema,
  id: string,
  since: Date,
): Promise<boolean> => {
  const [row] = await session.operations.read(object.name, [id], ['LastModifiedDate']);
  const modified = new Date(String(row?.LastModifiedDate).replace('+0000', 'Z'));
  // HTTP dates have whole seconds, so a change within the same second is not seen: the org's precision too.
  return Math.floor(modified.getTime() / 1000) > Math.floor(since.getTime() / 1000);
};

const checkUnmodified = async (
  session: RequestSession,
  object: ObjectSchema,
  id: string,
  request: ResourceRequest,
): Promise<void> => {
  const since = request.headers['if-unmodified-since'];
  if (since !== undefined && (await modifiedAfter(session, object, id, new Date(since))))
    throw new OrgError('PRECONDITION_FAILED', 'The record has been modified since the given date.');
};

const byKey = async (
  session: RequestSession,
  object: ObjectSchema,
  keyName: string,
  value: string,
  request: ResourceRequest,
): Promise<Answer> => {
  const key = object.field(keyName, session.context.defaultNamespace);
  if (key === undefined || !(key.externalId || key.type === 'id'))
    throw new OrgError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${keyName}`);
  if (key.type === 'id' && request.method !== 'PATCH') return byId(session, object, value, request);
  switch (request.method) {
    case 'PATCH': {
      const body: InputRow = { ...objectBody(request.body), [key.name]: value };
      const [result] = await session.operations.upsert(object.name, key.name, [body]);
      const saved = throwIfFailed(result);
      return {
        status: saved.created === true ? 201 : 200,
        body: { id: saved.id, success: true, errors: [], created: saved.created === true },
      };
    }
    case 'GET':
      return retrieve(session, object, await idByKey(session, object, key.name, value), request);
    case 'DELETE': {
      const [result] = await session.operations.delete([await idByKey(session, object, key.name, value)]);
      throwIfFailed(result);
      return { status: 204 };
    }
    default:
      throw new OrgError(
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${request.method}' not allowed. Allowed are HEAD,GET,PATCH,DELETE`,
      );
  }
};

const idByKey = async (session: RequestSession, object: ObjectSchema, key: string, value: string): Promise<string> => {
  const quotedValue = value.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const found = await session.operations.query(`SELECT Id FROM ${object.name} WHERE ${key} = '${quotedValue}' LIMIT 2`);
  const [record] = found.records;
  if (record === undefined) throw notFound();
  if (found.totalSize > 1)
    throw new OrgError('MULTIPLE_CHOICES', `More than one record has ${key} = ${value}`, { httpStatus: 300 });
  return String(record.Id);
};
