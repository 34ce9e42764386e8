import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Engine, QueryRecord, RequestContext } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { writeCsv, type CsvShape } from './csv.ts';
import type { JobState } from './ingest-jobs.ts';
import type { JobNumbers } from './job-numbers.ts';

const DEFAULT_PAGE = 50_000;

export interface QuerySettings extends CsvShape {
  readonly operation: 'query' | 'queryAll';
  readonly query: string;
  readonly apiVersion: string;
}

interface QueryJob {
  readonly id: string;
  readonly context: RequestContext;
  readonly settings: QuerySettings;
  readonly createdDate: string;
  readonly object: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  state: JobState;
}

/** One page of results, and the headers that say what follows. */
export interface ResultPage {
  readonly csv: string;
  /** `null` on the last page. */
  readonly locator: string;
  readonly numberOfRecords: number;
}

const refused = (message: string): OrgError => new OrgError('API_ERROR', message);

/** Columns of the result, in the order of the SELECT list; what Bulk queries do not take is refused. */
const columnsOf = (soql: string): { object: string; columns: string[] } => {
  const query = parseQuery(soql);
  if (query.groupBy || query.having) throw refused('Aggregate Relationships not supported in Bulk Query');
  const columns = (query.fields ?? []).map((field) => {
    if (field.type === 'Field') return field.field;
    if (field.type === 'FieldRelationship') return field.rawValue ?? [...field.relationships, field.field].join('.');
    throw refused(
      field.type === 'FieldSubquery'
        ? 'Nested queries are not supported in Bulk V2 Query'
        : 'Functions and aggregates in the SELECT list are not supported in Bulk V2 Query',
    );
  });
  return { object: query.sObject ?? '', columns };
};

const cell = (record: QueryRecord, column: string): string => {
  const value = column
    .split('.')
    .reduce<unknown>((current, name) => valueOf(current as Record<string, unknown> | null, name), record);
  return value === null || value === undefined ? '' : String(value).replace(/(T[\d:.]+)\+0000$/, '$1Z');
};

/** Names in a query may be written in any case. */
const valueOf = (record: Record<string, unknown> | null | undefined, name: string): unknown => {
  const key = Object.keys(record ?? {}).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? null : record?.[key];
};

/** Bulk API 2.0 query: the whole result is taken at once and handed out in pages, so every page shows one moment. */
export class QueryJobs {
  private readonly engine: Engine;
  private readonly numbers: JobNumbers;
  private readonly jobs = new Map<string, QueryJob>();

  constructor(engine: Engine, numbers: JobNumbers) {
    this.engine = engine;
    this.numbers = numbers;
  }

  async create(context: RequestContext, settings: QuerySettings): Promise<object> {
    const includeDeleted = settings.operation === 'queryAll';
    const { records } = await this.engine.as(context).query(settings.query, { includeDeleted });
    const { object, columns } = columnsOf(settings.query);
    const job: QueryJob = {
      id: this.numbers.next(),
      context,
      settings,
      createdDate: new Date().toISOString().replace('Z', '+0000'),
      object,
      columns,
      rows: records.map((record) => columns.map((column) => cell(record, column))),
      state: 'JobComplete',
    };
    this.jobs.set(job.id, job);
    return { ...this.info(job), state: 'UploadComplete' };
  }

  read(context: RequestContext, id: string): object {
    return this.info(this.find(context, id));
  }

  abort(context: RequestContext, id: string): object {
    const job = this.find(context, id);
    if (job.state === 'JobComplete')
      throw new OrgError('INVALIDJOBSTATE', 'Job is already complete and cannot be aborted');
    return this.info(job);
  }

  delete(context: RequestContext, id: string): void {
    this.jobs.delete(this.find(context, id).id);
  }

  results(context: RequestContext, id: string, locator: string | undefined, maxRecords = DEFAULT_PAGE): ResultPage {
    const job = this.find(context, id);
    const start = locator === undefined ? 0 : Number(Buffer.from(locator, 'base64url').toString('utf8'));
    if (!Number.isInteger(start) || start < 0 || start > job.rows.length || maxRecords < 1)
      throw new OrgError('INVALID_QUERY_LOCATOR', `The locator ${locator} is not one of this job`);
    const rows = job.rows.slice(start, start + maxRecords);
    const next = start + rows.length;
    return {
      csv: writeCsv({ columns: job.columns, rows }, job.settings),
      locator: next < job.rows.length ? Buffer.from(String(next)).toString('base64url') : 'null',
      numberOfRecords: rows.length,
    };
  }

  private find(context: RequestContext, id: string): QueryJob {
    const job = [...this.jobs.values()].find((candidate) => candidate.id.startsWith(id) && id.length >= 15);
    if (!job || job.context.userId !== context.userId)
      throw new OrgError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });
    return job;
  }

  private info(job: QueryJob): object {
    return {
      id: job.id,
      operation: job.settings.operation,
      object: job.object,
      createdById: job.context.userId,
      createdDate: job.createdDate,
      systemModstamp: job.createdDate,
      state: job.state,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: Number(job.settings.apiVersion),
      lineEnding: job.settings.lineEnding,
      columnDelimiter: job.settings.columnDelimiter,
      jobType: 'V2Query',
      numberRecordsProcessed: job.rows.length,
      retries: 0,
      totalProcessingTime: 0,
    };
  }
}
