import { randomBytes } from 'node:crypto';
import type { QueryRecord } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { malformed } from '../soql/errors.ts';
import { notFound, ok, type Answer, type ResourceRequest } from './answers.ts';
import type { RequestSession } from './services.ts';

interface Cursor {
  readonly userId: string;
  readonly totalSize: number;
  readonly records: readonly QueryRecord[];
}

const DEFAULT_BATCH = 2000;
const MIN_BATCH = 200;
/** A user keeps this many query locators; opening another closes the oldest (Salesforce: 10 per user). */
const CURSORS_PER_USER = 10;

/** `/query` and `/queryAll` with their pages. Locators live in memory and end with the process, as they end in an org after a time. */
export class Queries {
  readonly #cursors = new Map<string, Cursor>();

  async answer(session: RequestSession, request: ResourceRequest): Promise<Answer> {
    const [resource, locator] = request.segments;
    if (request.method !== 'GET')
      throw new OrgError('METHOD_NOT_ALLOWED', `HTTP Method '${request.method}' not allowed. Allowed are GET`);
    if (locator !== undefined) return this.#next(session, request, locator);
    const soql = request.query.get('q');
    if (request.query.has('explain'))
      throw new OrgError('NOT_OFFERED_HERE', 'Query plans are not offered here.', { httpStatus: 501 });
    if (soql === null || soql.trim() === '') throw malformed('A query string has to be specified');
    const result = await session.operations.query(soql, { includeDeleted: resource === 'queryAll' });
    const size = batchSize(request);
    if (result.records.length <= size) return ok({ totalSize: result.totalSize, done: true, records: result.records });
    const id = `01g${randomBytes(8).toString('hex').slice(0, 15)}`;
    this.#remember(id, { userId: session.context.userId, totalSize: result.totalSize, records: result.records });
    return this.#page(session, id, 0, size);
  }

  #remember(id: string, cursor: Cursor): void {
    const mine = [...this.#cursors].filter(([, each]) => each.userId === cursor.userId).map(([key]) => key);
    for (const key of mine.slice(0, Math.max(0, mine.length - CURSORS_PER_USER + 1))) this.#cursors.delete(key);
    this.#cursors.set(id, cursor);
  }

  #next(session: RequestSession, request: ResourceRequest, locator: string): Answer {
    const match = /^(\w+)-(\d+)$/.exec(locator);
    if (match === null) throw notFound();
    const [, id = '', offset] = match;
    if (this.#cursors.get(id)?.userId !== session.context.userId)
      throw new OrgError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    return this.#page(session, id, Number(offset), batchSize(request));
  }

  #page(session: RequestSession, id: string, offset: number, size: number): Answer {
    const cursor = this.#cursors.get(id);
    if (cursor === undefined || offset >= cursor.records.length)
      throw new OrgError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    const end = offset + size;
    const done = end >= cursor.records.length;
    if (done) this.#cursors.delete(id);
    return ok({
      totalSize: cursor.totalSize,
      done,
      ...(done ? {} : { nextRecordsUrl: `/services/data/v${session.version}/query/${id}-${end}` }),
      records: cursor.records.slice(offset, end),
    });
  }
}

const batchSize = (request: ResourceRequest): number => {
  const asked = Number(/batchSize=(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1] ?? DEFAULT_BATCH);
  return Math.min(DEFAULT_BATCH, Math.max(MIN_BATCH, asked));
};
