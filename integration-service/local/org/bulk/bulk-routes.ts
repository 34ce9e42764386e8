import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Engine, RequestContext } from '../engine/engine.ts';
import { notOfferedHere, OrgError } from '../engine/errors.ts';
import { surfaceErrors } from '../ui-api/surface-errors.ts';
import { DELIMITERS, type ColumnDelimiter } from './csv.ts';
import { IngestJobs, LARGEST_UPLOAD_BYTES } from './ingest-jobs.ts';
import { JobNumbers } from './job-numbers.ts';
import { QueryJobs } from './query-jobs.ts';

export interface BulkOptions {
  readonly engine: Engine;
  /** Throws `INVALID_SESSION_ID` for a request without a session. */
  readonly contextOf: (request: Request) => Promise<RequestContext>;
}

const csvShape = {
  columnDelimiter: z.enum(Object.keys(DELIMITERS) as [ColumnDelimiter, ...ColumnDelimiter[]]).default('COMMA'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
  contentType: z.literal('CSV').default('CSV'),
};
const ingestBody = z.object({
  object: z.string().min(1),
  operation: z.enum(['insert', 'update', 'upsert', 'delete']),
  externalIdFieldName: z.string().optional(),
  ...csvShape,
});
const queryBody = z.object({ operation: z.enum(['query', 'queryAll']), query: z.string().min(1), ...csvShape });
const stateBody = z.object({ state: z.enum(['UploadComplete', 'Aborted']) });

const bodyOf = <T>(shape: z.ZodType<T>, body: unknown): T => {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new OrgError('INVALIDJOB', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'cannot be read'}`);
};

const versionOf = (request: Request): string => String(request.params['version'] ?? '').replace(/^v/, '');

const sendCsv = (response: Response, csv: string): void => {
  response.type('text/csv; charset=utf-8').send(csv);
};

const ingestRoutes = (routes: Router, jobs: IngestJobs, contextOf: BulkOptions['contextOf']): void => {
  const base = '/services/data/:version/jobs/ingest';
  routes.post(base, async (request, response) => {
    const { externalIdFieldName, ...settings } = bodyOf(ingestBody, request.body);
    const apiVersion = versionOf(request);
    response.json(
      await jobs.create(await contextOf(request), { ...settings, externalIdField: externalIdFieldName, apiVersion }),
    );
  });
  routes.get(base, async (request, response) => {
    response.json(jobs.list(await contextOf(request)));
  });
  routes.get(`${base}/:id`, async (request, response) => {
    response.json(jobs.read(await contextOf(request), request.params.id));
  });
  routes.patch(`${base}/:id`, async (request, response) => {
    const { state } = bodyOf(stateBody, request.body);
    response.json(jobs.setState(await contextOf(request), request.params.id, state));
  });
  routes.delete(`${base}/:id`, async (request, response) => {
    jobs.delete(await contextOf(request), request.params.id);
    response.status(204).end();
  });
  const upload = express.text({ type: () => true, limit: LARGEST_UPLOAD_BYTES });
  routes.put(`${base}/:id/batches`, upload, async (request, response) => {
    jobs.upload(await contextOf(request), request.params.id, typeof request.body === 'string' ? request.body : '');
    response.status(201).end();
  });
  routes.get(`${base}/:id/successfulResults`, async (request, response) => {
    sendCsv(response, jobs.successfulResults(await contextOf(request), request.params.id));
  });
  routes.get(`${base}/:id/failedResults`, async (request, response) => {
    sendCsv(response, jobs.failedResults(await contextOf(request), request.params.id));
  });
  // The documentation writes unprocessedrecords, clients write either.
  routes.get([`${base}/:id/unprocessedrecords`, `${base}/:id/unprocessedRecords`], async (request, response) => {
    sendCsv(response, jobs.unprocessedRecords(await contextOf(request), String(request.params['id'])));
  });
};

const queryRoutes = (routes: Router, jobs: QueryJobs, contextOf: BulkOptions['contextOf']): void => {
  const base = '/services/data/:version/jobs/query';
  routes.post(base, async (request, response) => {
    const settings = bodyOf(queryBody, request.body);
    response.json(await jobs.create(await contextOf(request), { ...settings, apiVersion: versionOf(request) }));
  });
  routes.get(`${base}/:id`, async (request, response) => {
    response.json(jobs.read(await contextOf(request), request.params.id));
  });
  routes.patch(`${base}/:id`, async (request, response) => {
    if (bodyOf(stateBody, request.body).state !== 'Aborted')
      throw new OrgError('INVALIDJOBSTATE', 'A query job can only be aborted');
    response.json(jobs.abort(await contextOf(request), request.params.id));
  });
  routes.delete(`${base}/:id`, async (request, response) => {
    jobs.delete(await contextOf(request), request.params.id);
    response.status(204).end();
  });
  routes.get(`${base}/:id/results`, async (request, response) => {
    const { locator, maxRecords } = request.query;
    const page = jobs.results(
      await contextOf(request),
      request.params.id,
      locator === undefined ? undefined : String(locator),
      maxRecords === undefined ? undefined : Number(maxRecords),
    );
    response.set({ 'Sforce-Locator': page.locator, 'Sforce-NumberOfRecords': String(page.numberOfRecords) });
    sendCsv(response, page.csv);
  });
};

/** Bulk API 2.0: `/services/data/vNN.N/jobs/ingest` and `…/jobs/query`. `stop` ends jobs that are running. */
export const bulkRoutes = ({ engine, contextOf }: BulkOptions): { router: Router; stop: () => Promise<void> } => {
  const numbers = new JobNumbers();
  const ingestJobs = new IngestJobs(engine, numbers);
  const routes = express.Router();
  routes.use('/services/data/:version/jobs', (request, response, next) =>
    request.method === 'PUT' ? next() : express.json({ limit: '1mb' })(request, response, next),
  );
  ingestRoutes(routes, ingestJobs, contextOf);
  queryRoutes(routes, new QueryJobs(engine, numbers), contextOf);
  routes.use('/services/data/:version/jobs', (request) => {
    throw notOfferedHere(`${request.method} ${request.originalUrl}`);
  });
  routes.use('/services/data/:version/jobs', surfaceErrors);
  return { router: routes, stop: () => ingestJobs.stop() };
};
