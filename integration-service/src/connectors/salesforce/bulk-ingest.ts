import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { SalesforceError, type SalesforceClient } from './client.ts';

const jobAnswer = z.looseObject({
  id: z.string(),
  state: z.string(),
  numberRecordsProcessed: z.number().default(0),
  numberRecordsFailed: z.number().default(0),
  errorMessage: z.string().nullish(),
});
const failedRows = z.array(z.record(z.string(), z.string()));

/** What a job does with its rows. */
export interface BulkJob {
  readonly object: string;
  readonly operation: 'update' | 'upsert';
  readonly externalIdFieldName?: string;
}

/** A row that was not taken, as it was sent, and `CODE:message` of the org. */
export interface FailedRow {
  readonly row: Readonly<Record<string, string>>;
  readonly error: string;
}

/** A row takes the org about so long; how often a job is asked after rests on it until the job itself tells how fast it is. */
const ROW_MS = 2;
const LEAST_WAIT_MS = 250;
const MOST_WAIT_MS = 60_000;

/** One job of Bulk API 2.0: made, filled, closed, and asked after as seldom as can be, as each question is a call. */
export class BulkIngest {
  readonly #client: Pick<SalesforceClient, 'request' | 'uploadCsv'>;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(client: Pick<SalesforceClient, 'request' | 'uploadCsv'>, pause: (ms: number) => Promise<void>) {
    this.#client = client;
    this.#pause = pause;
  }

  /** Gives the rows that were refused. @throws when the job as a whole came to nothing. */
  async run(job: BulkJob, csv: string, rows: number): Promise<readonly FailedRow[]> {
    const made = jobAnswer.parse(
      await this.#client.request(
        'POST',
        '/jobs/ingest',
        { ...job, contentType: 'CSV', lineEnding: 'LF' },
        'bulk',
        'scores',
      ),
    );
    const path = `/jobs/ingest/${made.id}`;
    await this.#client.uploadCsv(`${path}/batches`, csv, 'scores');
    await this.#client.request('PATCH', path, { state: 'UploadComplete' }, 'bulk', 'scores');
    const ended = await this.#end(path, rows);
    if (ended.state !== 'JobComplete')
      throw new SalesforceError(
        503,
        'BULK_JOB',
        `the bulk job ended as ${ended.state}: ${ended.errorMessage ?? 'no reason was given'}`,
      );
    if (ended.numberRecordsFailed === 0) return [];
    const answer = await this.#client.request('GET', `${path}/failedResults`, undefined, 'bulk', 'scores');
    // jsforce reads CSV by itself where the answer says that it is CSV.
    const failed = failedRows.parse(typeof answer === 'string' ? parse(answer, { columns: true }) : answer);
    return failed.map(({ sf__Id: _id, sf__Error: error = '', ...row }) => ({ row, error }));
  }

  /** Waits for as long as the rows that are left should take, by what the job has done so far. */
  async #end(path: string, rows: number): Promise<z.infer<typeof jobAnswer>> {
    const began = performance.now();
    let wait = rows * ROW_MS;
    for (;;) {
      await this.#pause(Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, wait)));
      const job = jobAnswer.parse(await this.#client.request('GET', path, undefined, 'bulk', 'scores'));
      if (['JobComplete', 'Failed', 'Aborted'].includes(job.state)) return job;
      const done = job.numberRecordsProcessed;
      const elapsed = performance.now() - began;
      wait = done > 0 ? (elapsed * Math.max(1, rows - done) * 1.5) / done : wait * 1.5;
    }
  }
}
