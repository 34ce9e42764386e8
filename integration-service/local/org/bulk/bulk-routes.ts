import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import type { Engine } from '../engine/engine.ts';
import { notOfferedHere, OrgError } from '../engine/errors.ts';
import { sessionOf } from '../rest/services.ts';
import { surfaceErrors } from '../ui-api/surface-errors.ts';
import { DELIMITERS, type ColumnDelimiter } from './csv.ts';
import { IngestJobs, LARGEST_UPLOAD_BYTES } from './ingest-jobs.ts';
import { JobNumbers } from './job-numbers.ts';
import { QueryJobs } from './query-jobs.ts';

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

const sendCsv = (response: Response, csv: string): void => {
  response.type('text/csv; charset=utf-8').send(csv);
};

const ingestRoutes = (routes: Router, jobs: IngestJobs): void => {
  const base = '/jobs/ingest';
  routes.post(base, async (request, response) => {
    const { externalIdFieldName, ...settings } = bodyOf(ingestBody, request.body);
    const apiVersion = sessionOf(response).version;
    response.json(
      await jobs.create(sessionOf(response).context, { ...settings, externalIdField: externalIdFieldName, apiVersion }),
    );
  });
  routes.get(base, (_request, response) => {
    response.json(jobs.list(sessionOf(response).context));
  });
  routes.get(`${base}/:id`, (request, response) => {
    response.json(jobs.read(sessionOf(response).context, request.params.id));
  });
  routes.patch(`${base}/:id`, (request, response) => {
    const { state } = bodyOf(stateBody, request.body);
    response.json(jobs.setState(sessionOf(response).context, request.params.id, state));
  });
  routes.delete(`${base}/:id`, (request, response) => {
    jobs.delete(sessionOf(response).context, request.params.id);
    response.status(204).end();
  });
  const upload = express.text({ type: () => true, limit: LARGEST_UPLOAD_BYTES });
  routes.put(`${base}/:id/batches`, upload, (request, response) => {
    jobs.upload(sessionOf(response).context, request.params.id, typeof request.body === 'string' ? request.body : '');
    response.status(201).end();
  });
  routes.get(`${base}/:id/successfulResults`, (request, response) => {
    sendCsv(response, jobs.successfulResults(sessionOf(response).context, request.params.id));
  });
  routes.get(`${base}/:id/failedResults`, (request, response) => {
    sendCsv(response, jobs.failedResults(sessionOf(response).context, request.params.id));
  });
  // The documentation writes unprocessedrecords, clients write either.
  routes.get([`${base}/:id/unprocessedrecords`, `${base}/:id/unprocessedRecords`], (request, response) => {
    sendCsv(response, jobs.unprocessedRecords(sessionOf(response).context, String(request.params['id'])));
  });
};

const queryRoutes = (routes: Router, jobs: QueryJobs): void => {
  const base = '/jobs/query';
  routes.post(base, async (request, response) => {
    const settings = bodyOf(queryBody, request.body);
    response.json(
      await jobs.create(sessionOf(response).context, { ...settings, apiVersion: sessionOf(response).version }),
    );
  });
  routes.get(`${base}/:id`, (request, response) => {
    response.json(jobs.read(sessionOf(response).context, request.params.id));
  });
  routes.patch(`${base}/:id`, (request, response) => {
    if (bodyOf(stateBody, request.body).state !== 'Aborted')
      throw new OrgError('INVALIDJOBSTATE', 'A query job can only be aborted');
    response.json(jobs.abort(sessionOf(response).context, request.params.id));
  });
  routes.delete(`${base}/:id`, (request, response) => {
    jobs.delete(sessionOf(response).context, request.params.id);
    response.status(204).end();
  });
  routes.get(`${base}/:id/results`, (request, response) => {
    const { locator, maxRecords } = request.query;
    const page = jobs.results(
      sessionOf(response).context,
      request.params.id,
      locator === undefined ? undefined : String(locator),
      maxRecords === undefined ? undefined : Number(maxRecords),
    );
    response.set({ 'Sforce-Locator': page.locator, 'Sforce-NumberOfRecords': String(page.numberOfRecords) });
    sendCsv(response, page.csv);
  });
};

/** Bulk API 2.0: `/jobs/ingest` and `/jobs/query` below `/services/data/vNN.0`. `stop` ends jobs that are running. */
export const bulkRoutes = (engine: Engine): { router: Router; stop: () => Promise<void> } => {
  const numbers = new JobNumbers();
  const ingestJobs = new IngestJobs(engine, numbers);
  const routes = express.Router();
  const json = express.json({ limit: '1mb' });
  routes.use('/jobs', (request, response, next) => (request.method === 'PUT' ? next() : json(request, response, next)));
  ingestRoutes(routes, ingestJobs);
  queryRoutes(routes, new QueryJobs(engine, numbers));
  routes.use('/jobs', (request) => {
    throw notOfferedHere(`${request.method} ${request.originalUrl}`);
  });
  routes.use('/jobs', surfaceErrors);
  return { router: routes, stop: () => ingestJobs.stop() };
};
