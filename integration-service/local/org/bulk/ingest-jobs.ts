import type { Engine, RequestContext, SaveResult } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { CsvProblem, readCsv, writeCsv, type CsvShape, type CsvTable } from './csv.ts';
import { ingest, planIngest, type IngestOperation, type IngestPlan } from './ingest-rows.ts';
import type { JobNumbers } from './job-numbers.ts';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted' | 'Failed';

/** Uploads larger than this are refused: 150 MB after the service has encoded them. */
export const LARGEST_UPLOAD_BYTES = 100 * 1024 * 1024;
const ROWS_PER_SAVE = 200;

export interface IngestSettings extends CsvShape {
  readonly object: string;
  readonly operation: IngestOperation;
  readonly externalIdField: string | undefined;
  /** `66.0`. */
  readonly apiVersion: string;
}

interface IngestJob {
  readonly id: string;
  readonly context: RequestContext;
  readonly settings: IngestSettings;
  readonly createdDate: string;
  state: JobState;
  upload: string | undefined;
  table: CsvTable;
  results: SaveResult[];
  errorMessage: string | undefined;
  startedAt: number;
  endedAt: number;
}

const EMPTY: CsvTable = { columns: [], rows: [] };

const wrongState = (job: IngestJob, wanted: string): OrgError =>
  new OrgError('INVALIDJOBSTATE', `Job is in state ${job.state}; ${wanted}`);

const errorText = ({ errors }: SaveResult): string =>
  errors.map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(', ')} --`).join('');

/** Bulk API 2.0 ingest: jobs of the users of one org, kept in memory for as long as it runs. */
export class IngestJobs {
  private readonly engine: Engine;
  private readonly numbers: JobNumbers;
  private readonly jobs = new Map<string, IngestJob>();
  private readonly running = new Set<Promise<void>>();

  constructor(engine: Engine, numbers: JobNumbers) {
    this.engine = engine;
    this.numbers = numbers;
  }

  async create(context: RequestContext, settings: IngestSettings): Promise<object> {
    const object = this.engine.schema.object(settings.object, context.defaultNamespace);
    const access = object && (await this.engine.accessOf(context, object.name));
    if (!object || !access?.readable) throw new OrgError('INVALIDENTITY', `Unable to find object: ${settings.object}`);
    if (settings.operation === 'upsert') {
      const key = settings.externalIdField && object.field(settings.externalIdField, context.defaultNamespace);
      if (!key || !(key.externalId || key.name === 'Id'))
        throw new OrgError(
          'INVALIDJOB',
          'External ID was blank or is not an external ID field of the object. An external ID must be specified for upsert.',
        );
    }
    const job: IngestJob = {
      id: this.numbers.next(),
      context,
      settings: { ...settings, object: object.name },
      createdDate: new Date().toISOString().replace('Z', '+0000'),
      state: 'Open',
      upload: undefined,
      table: EMPTY,
      results: [],
      errorMessage: undefined,
      startedAt: 0,
      endedAt: 0,
    };
    this.jobs.set(job.id, job);
    return this.info(job);
  }

  upload(context: RequestContext, id: string, csv: string): void {
    const job = this.find(context, id);
    if (job.state !== 'Open') throw wrongState(job, 'data can be uploaded to an open job only');
    if (job.upload !== undefined)
      throw wrongState(job, 'its data has been uploaded already, and a job takes one upload');
    job.upload = csv;
  }

  setState(context: RequestContext, id: string, state: 'UploadComplete' | 'Aborted'): object {
    const job = this.find(context, id);
    if (state === 'Aborted') {
      if (job.state === 'JobComplete' || job.state === 'Failed')
        throw wrongState(job, 'it is over and cannot be aborted');
      job.state = 'Aborted';
      return this.info(job);
    }
    if (job.state !== 'Open') throw wrongState(job, 'only an open job can be closed');
    job.state = 'UploadComplete';
    const run = this.process(job).finally(() => this.running.delete(run));
    this.running.add(run);
    return this.info(job);
  }

  read(context: RequestContext, id: string): object {
    return this.info(this.find(context, id));
  }

  list(context: RequestContext): object {
    const own = [...this.jobs.values()].filter((job) => job.context.userId === context.userId);
    return { done: true, nextRecordsUrl: null, records: own.map((job) => this.info(job)) };
  }

  delete(context: RequestContext, id: string): void {
    const job = this.find(context, id);
    if (job.state === 'Open' || job.state === 'InProgress') throw wrongState(job, 'it has to be over to be deleted');
    this.jobs.delete(id);
  }

  successfulResults(context: RequestContext, id: string): string {
    const job = this.find(context, id);
    const rows = job.results.flatMap((result, index) =>
      result.success
        ? [
            [
              result.id ?? '',
              String(result.created ?? job.settings.operation === 'insert'),
              ...(job.table.rows[index] ?? []),
            ],
          ]
        : [],
    );
    return writeCsv({ columns: ['sf__Id', 'sf__Created', ...job.table.columns], rows }, job.settings);
  }

  failedResults(context: RequestContext, id: string): string {
    const job = this.find(context, id);
    const rows = job.results.flatMap((result, index) =>
      result.success ? [] : [[result.id ?? '', errorText(result), ...(job.table.rows[index] ?? [])]],
    );
    return writeCsv({ columns: ['sf__Id', 'sf__Error', ...job.table.columns], rows }, job.settings);
  }

  unprocessedRecords(context: RequestContext, id: string): string {
    const job = this.find(context, id);
    return writeCsv({ columns: job.table.columns, rows: job.table.rows.slice(job.results.length) }, job.settings);
  }

  /** Ends what is running and waits for it. */
  async stop(): Promise<void> {
    for (const job of this.jobs.values())
      if (job.state === 'InProgress' || job.state === 'UploadComplete') job.state = 'Aborted';
    await Promise.all(this.running);
  }

  private find(context: RequestContext, id: string): IngestJob {
    const job = [...this.jobs.values()].find((candidate) => candidate.id.startsWith(id) && id.length >= 15);
    if (!job || job.context.userId !== context.userId)
      throw new OrgError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });
    return job;
  }

  private async process(job: IngestJob): Promise<void> {
    job.startedAt = performance.now();
    try {
      job.table = readCsv(job.upload ?? '', job.settings);
      const object = this.engine.schema.object(job.settings.object);
      if (!object) throw new CsvProblem(`InvalidBatch : Unable to find object: ${job.settings.object}`);
      const { defaultNamespace } = job.context;
      const plan = planIngest(this.engine.schema, object, job.table, { ...job.settings, defaultNamespace });
      if (this.isOver(job)) return;
      job.state = 'InProgress';
      await this.saveAll(job, plan);
      if (!this.isOver(job)) job.state = 'JobComplete';
    } catch (error) {
      if (!this.isOver(job)) job.state = 'Failed';
      job.errorMessage = error instanceof Error ? error.message : String(error);
    } finally {
      job.upload = '';
      job.endedAt = performance.now();
    }
  }

  /** Aborted from outside while the job runs. */
  private isOver(job: IngestJob): boolean {
    return job.state === 'Aborted';
  }

  private async saveAll(job: IngestJob, plan: IngestPlan): Promise<void> {
    const operations = this.engine.as(job.context);
    for (let start = 0; start < plan.rows.length && !this.isOver(job); start += ROWS_PER_SAVE)
      job.results.push(...(await ingest(operations, plan, plan.rows.slice(start, start + ROWS_PER_SAVE))));
  }

  private info(job: IngestJob): object {
    const { settings } = job;
    const milliseconds = Math.round(Math.max(0, job.endedAt - job.startedAt));
    return {
      id: job.id,
      operation: settings.operation,
      object: settings.object,
      createdById: job.context.userId,
      createdDate: job.createdDate,
      systemModstamp: job.createdDate,
      state: job.state,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: Number(settings.apiVersion),
      contentUrl: `services/data/v${settings.apiVersion}/jobs/ingest/${job.id}/batches`,
      lineEnding: settings.lineEnding,
      columnDelimiter: settings.columnDelimiter,
      ...(settings.externalIdField ? { externalIdFieldName: settings.externalIdField } : {}),
      jobType: 'V2Ingest',
      numberRecordsProcessed: job.results.length,
      numberRecordsFailed: job.results.filter(({ success }) => !success).length,
      retries: 0,
      totalProcessingTime: milliseconds,
      apiActiveProcessingTime: milliseconds,
      apexProcessingTime: 0,
      ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
    };
  }
}
