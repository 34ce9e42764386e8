import { stringify } from 'csv-stringify/sync';
import type { ScoreAnswer, ScoreRow, ScoreWrite } from '../../ports/crm/deal-scores.ts';
import { BulkIngest } from './bulk-ingest.ts';
import type { SalesforceClient, Subrequest } from './client.ts';
import type { Namespace } from './namespace.ts';
import { saveResults } from './wire.ts';

const ROWS_PER_COLLECTION = 200;
/** A composite takes five collections (REST API guide, "Composite Resources: Limits"), so a thousand rows are one call. */
const COLLECTIONS_PER_CALL = 5;
/** From so many rows on the bulk API is fewer calls (salesforce facts, section 8). */
export const BULK_ABOVE = 2_000;
/** Rows of one bulk job: with reasons about twenty megabytes of the hundred that it takes. */
const ROWS_PER_JOB = 20_000;
/** How often a row that somebody else held is tried again. */
const TRIES = 3;
const RETRY_MS = 500;

/** A row on its way: which deal it speaks for, and what it says. */
interface Sent {
  readonly dealId: string;
  /** What names the row in answers: the deal's id, or the score's key. */
  readonly key: string;
  readonly fields: Readonly<Record<string, string | number | null>>;
}

/** What the org said of a row; null: it was taken. */
interface Refused {
  readonly sent: Sent;
  readonly code: string;
  readonly message: string;
}

interface Target {
  readonly object: 'Opportunity' | 'DealScore__c';
  /** The field by which rows are found again. */
  readonly keyField: string;
}

const transient = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'REQUEST_RUNNING_TOO_LONG']);
const ofOwner = (code: string, message: string): boolean => code === 'INACTIVE_OWNER_OR_USER' || /owner/i.test(message);

/** Writes scores in as few calls as can be. */
export class ScoreWriter {
  readonly #client: Pick<SalesforceClient, 'composite' | 'request' | 'uploadCsv'>;
  readonly #namespace: Namespace;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(
    client: Pick<SalesforceClient, 'composite' | 'request' | 'uploadCsv'>,
    namespace: Namespace,
    pause: (ms: number) => Promise<void>,
  ) {
    this.#client = client;
    this.#namespace = namespace;
    this.#pause = pause;
  }

  /** Deals sorted by account, so that no two chunks of one save wait for the same parent. @throws when the org is away. */
  async write(writes: readonly ScoreWrite[]): Promise<readonly ScoreAnswer[]> {
    const sorted = [...writes].sort(
      (left, right) => compare(left.accountId ?? '', right.accountId ?? '') || compare(left.dealId, right.dealId),
    );
    const problems = new Map<string, string[]>(sorted.map(({ dealId }) => [dealId, []]));
    // Scores first: whoever sees a new number on the deal finds its reasons already there.
    const scores = sorted.flatMap((write) => write.rows.map((row) => this.#scoreRow(write, row)));
    const deals = sorted.flatMap((write) => this.#dealRow(write));
    const refused = [
      ...(await this.#put({ object: 'DealScore__c', keyField: this.#name('DealScore__c', 'Key__c') }, scores)),
      ...(await this.#put({ object: 'Opportunity', keyField: 'Id' }, deals)),
    ];
    for (const { sent, code, message } of refused) problems.get(sent.dealId)?.push(`${sent.key}: ${code}: ${message}`);
    return [...problems].map(([dealId, said]) => ({ dealId, problems: said }));
  }

  async #put(target: Target, rows: readonly Sent[]): Promise<readonly Refused[]> {
    let refused = await this.#send(target, rows);
    for (let tried = 1; tried < TRIES; tried += 1) {
      const again = refused.flatMap(({ sent, code, message }) => {
        if (transient.has(code)) return [sent];
        if (target.object !== 'DealScore__c' || !('OwnerId' in sent.fields) || !ofOwner(code, message)) return [];
        // Somebody who left owns the deal: the score is written all the same, and stays with the service.
        const { OwnerId: _left, ...fields } = sent.fields;
        return [{ ...sent, fields }];
      });
      if (again.length === 0) break;
      await this.#pause(RETRY_MS * tried);
      const keys = new Set(again.map(({ key }) => key));
      refused = [...refused.filter(({ sent }) => !keys.has(sent.key)), ...(await this.#send(target, again))];
    }
    return refused;
  }

  async #send(target: Target, rows: readonly Sent[]): Promise<readonly Refused[]> {
    const refused: Refused[] = [];
    if (rows.length > BULK_ABOVE) {
      for (const some of parts(rows, ROWS_PER_JOB)) refused.push(...(await this.#bulk(target, some)));
      return refused;
    }
    for (const some of parts(rows, ROWS_PER_COLLECTION * COLLECTIONS_PER_CALL))
      refused.push(...(await this.#collections(target, some)));
    return refused;
  }

  async #collections({ object, keyField }: Target, rows: readonly Sent[]): Promise<readonly Refused[]> {
    const type = this.#namespace.object(object);
    const chunks = parts(rows, ROWS_PER_COLLECTION);
    const requests = chunks.map((chunk, index): Subrequest => ({
      method: 'PATCH',
      path: object === 'Opportunity' ? '/composite/sobjects' : `/composite/sobjects/${type}/${keyField}`,
      referenceId: `part${index}`,
      body: {
        allOrNone: false,
        records: chunk.map(({ key, fields }) => ({
          attributes: { type },
          ...fields,
          [object === 'Opportunity' ? 'id' : keyField]: key,
        })),
      },
    }));
    const answers = await this.#client.composite(requests, false, 'scores');
    return chunks.flatMap((chunk, index) => {
      const answer = answers.get(`part${index}`);
      const results = saveResults.safeParse(answer?.body);
      return chunk.flatMap((sent, place): readonly Refused[] => {
        const result = results.success ? results.data[place] : undefined;
        if (result?.success) return [];
        const [error] = result?.errors ?? [];
        return [
          {
            sent,
            code: error?.statusCode ?? error?.errorCode ?? 'NO_ANSWER',
            message: error?.message ?? `the org answered ${answer?.status ?? 'nothing'} for its part of the call`,
          },
        ];
      });
    });
  }

  async #bulk({ object, keyField }: Target, rows: readonly Sent[]): Promise<readonly Refused[]> {
    const columns = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))];
    const csv = stringify(
      rows.map(({ key, fields }) => [key, ...columns.map((column) => cell(fields, column))]),
      { header: true, columns: [keyField, ...columns] },
    );
    const job = new BulkIngest(this.#client, this.#pause);
    const failed = await job.run(
      object === 'Opportunity'
        ? { object, operation: 'update' }
        : { object: this.#namespace.object(object), operation: 'upsert', externalIdFieldName: keyField },
      csv,
      rows.length,
    );
    const byKey = new Map(rows.map((sent) => [sent.key, sent]));
    return failed.flatMap(({ row, error }) => {
      const sent = byKey.get(row[keyField] ?? '');
      const [code = 'UNKNOWN', ...message] = error.split(':');
      return sent ? [{ sent, code, message: message.join(':').replace(/:?\s*--$/, '') }] : [];
    });
  }

  #dealRow({ dealId, deal }: ScoreWrite): readonly Sent[] {
    if (deal === null) return [];
    const name = (field: string): string => this.#name('Opportunity', field);
    return [
      {
        dealId,
        key: dealId,
        fields: {
          [name('P2bScore__c')]: deal.score,
          [name('P2bBand__c')]: deal.band,
          [name('P2bReasons__c')]: deal.reasons,
          [name('P2bScoredAt__c')]: deal.scoredAt,
        },
      },
    ];
  }

  #scoreRow({ dealId, accountId, ownerId }: ScoreWrite, row: ScoreRow): Sent {
    const ours: Readonly<Record<string, string | number | null>> = {
      Opportunity__c: dealId,
      Account__c: accountId,
      Source__c: row.source,
      Score__c: row.score,
      Band__c: row.band,
      Confidence__c: row.confidence,
      Says__c: row.says,
      Reasons__c: row.reasons,
      Raises__c: row.raises,
      Missing__c: row.missing === '' ? null : row.missing,
      Weight__c: row.weight,
      Model__c: row.modelId,
      ScoredAt__c: row.scoredAt,
      InputsAt__c: row.inputsAt,
    };
    return {
      dealId,
      key: `${dealId}:${row.source}`,
      fields: {
        ...Object.fromEntries(Object.entries(ours).map(([field, value]) => [this.#name('DealScore__c', field), value])),
        ...(ownerId === null ? {} : { OwnerId: ownerId }),
      },
    };
  }

  #name(object: string, field: string): string {
    return this.#namespace.field(object, field);
  }
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** `#N/A` empties a field; an empty cell would leave it as it is (Bulk API 2.0 guide, "Prepare CSV Files"). */
const cell = (fields: Sent['fields'], column: string): string => {
  const value = fields[column];
  if (value === undefined) return '';
  return value === null ? '#N/A' : String(value);
};

const parts = <One>(all: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
