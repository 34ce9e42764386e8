import type { z } from 'zod';
import type { Result } from '../../domain/values/result.ts';
import { broken } from '../../domain/values/result.ts';
import type { ReferralFields, SeedRow } from '../../ports/crm/crm.ts';
import type {
  OwnObject,
  OwnQuery,
  OwnRecord,
  OwnRecords,
  OwnRow,
  RequestAnswer,
  RowAnswer,
  SharedObject,
} from '../../ports/crm/own-rows.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { SalesforceClient, Subrequest } from './client.ts';
import type { Descriptions } from './descriptions.ts';
import { toRecord } from './mapping.ts';
import type { Namespace } from './namespace.ts';
import type { OrgReader } from './org-reader.ts';
import { columnsOf, ownQueries, toOwnRecord } from './own-queries.ts';
import { type Share, shareAll } from './own-shares.ts';
import { guarded, problemOf } from './port-errors.ts';
import { saveResults } from './wire.ts';
import type { CompositeAnswers } from './write-together.ts';

const collectionLimit = 200;
/** Length of `Request__c.Result__c` and of `Request__c.Message__c`. */
const resultLength = 131_072;
const messageLength = 4_000;

type Write = (subrequests: readonly Subrequest[]) => Promise<CompositeAnswers>;

/** Records of our own, by key: made, changed, read and seeded. */
export class SalesforceOwnRecords implements OwnRecords {
  readonly #client: Pick<SalesforceClient, 'request'>;
  readonly #org: OrgReader;
  readonly #namespace: Namespace;
  readonly #descriptions: Descriptions;
  readonly #write: Write;

  /** `write` sends subrequests, together with those of others where there are any. */
  constructor(
    client: Pick<SalesforceClient, 'request'>,
    org: OrgReader,
    namespace: Namespace,
    descriptions: Descriptions,
    write: Write,
  ) {
    this.#client = client;
    this.#org = org;
    this.#namespace = namespace;
    this.#descriptions = descriptions;
    this.#write = write;
  }

  upsertRows(rows: readonly OwnRow[]): Promise<Result<readonly RowAnswer[], PortError>> {
    return guarded(async () => {
      const answers: RowAnswer[] = [];
      for (const some of inCalls(rows)) answers.push(...(await this.#upsertSome(some)));
      return answers;
    });
  }

  readRows(object: OwnObject, query: OwnQuery): Promise<Result<readonly OwnRecord[], PortError>> {
    return guarded(async () => {
      const columns = columnsOf(this.#namespace, await this.#descriptions.fieldsOf(this.#namespace.object(object)));
      const records: OwnRecord[] = [];
      for (const soql of ownQueries(this.#namespace, object, columns, query))
        for (const row of await this.#org.rows(soql)) records.push(toOwnRecord(columns, row));
      return records;
    });
  }

  letRead(object: SharedObject, shares: readonly Share[]): ReturnType<OwnRecords['letRead']> {
    return guarded(() => shareAll(this.#client, this.#namespace, object, shares));
  }

  answerRequest(id: string, { state, message, result }: RequestAnswer): Promise<Result<null, PortError>> {
    const text = result === undefined ? undefined : JSON.stringify(result);
    if (text !== undefined && text.length > resultLength)
      return Promise.resolve(
        broken({
          kind: 'rejected',
          retry: 'never',
          message: `the result has ${text.length} characters, and a request holds ${resultLength}`,
          problems: [],
        }),
      );
    const fields = { state, message: message.slice(0, messageLength), ...(text === undefined ? {} : { result: text }) };
    return guarded(async () => {
      const answers = await this.#write([
        {
          method: 'PATCH',
          path: `/sobjects/${this.#namespace.object('Request__c')}/${recordId(id)}`,
          referenceId: 'request',
          body: toRecord(this.#namespace, 'Request__c', fields),
        },
      ]);
      const problem = problemOf(answers.get('request'));
      if (problem) throw problem;
      return null;
    });
  }

  /** Writes the rows that are not there yet; gives how many. @throws for one that is refused. */
  async seed(rows: readonly SeedRow[]): Promise<number> {
    let made = 0;
    for (const object of new Set(rows.map((row) => row.object))) {
      const wanted = rows.filter((row) => row.object === object);
      const there = await this.#idsOf(
        object,
        wanted.map(({ key }) => key),
      );
      const missing = wanted.filter(({ key }) => !there.has(key));
      for (const some of inCalls(missing.map(toOwnRow))) {
        const answers = await this.#upsertSome(some);
        const failed = answers.find(({ problem }) => problem !== null);
        if (failed) throw new Error(`${object} ${failed.key} could not be seeded: ${failed.problem ?? ''}`);
        made += answers.length;
      }
    }
    return made;
  }

  /** Changes fields of many records by key; gives those that were not accepted, with why. */
  async update(
    object: OwnObject,
    updates: readonly { readonly key: string; readonly fields: ReferralFields }[],
  ): Promise<readonly { readonly key: string; readonly problem: string }[]> {
    const problems: { key: string; problem: string }[] = [];
    for (const some of inCalls(updates.map((one) => ({ object, ...one }))))
      for (const { key, problem } of await this.#upsertSome(some))
        if (problem !== null) problems.push({ key, problem });
    return problems;
  }

  /** One collection of records of one object, by key; what the org says of each. */
  async upsert(object: string, rows: readonly ReferralFields[]): Promise<z.infer<typeof saveResults>> {
    const name = this.#namespace.object(object);
    const answer = await this.#client.request(
      'PATCH',
      `/composite/sobjects/${name}/${this.#namespace.field(object, 'Key__c')}`,
      {
        allOrNone: false,
        records: rows.map((row) => ({ attributes: { type: name }, ...toRecord(this.#namespace, object, row) })),
      },
      'collection',
    );
    return saveResults.parse(answer);
  }

  /** Rows of one object, no key twice, at most as many as a collection takes. */
  async #upsertSome(rows: readonly OwnRow[]): Promise<readonly RowAnswer[]> {
    const [first] = rows;
    if (!first) return [];
    const ids = await this.#referred(rows);
    const lacking = (row: OwnRow): string | null => {
      for (const ref of Object.values(row.refs ?? {}))
        if (ref && !ids.get(ref.object)?.has(ref.key)) return `there is no ${ref.object} ${ref.key}`;
      return null;
    };
    const sent = rows.filter((row) => lacking(row) === null);
    const results =
      sent.length === 0
        ? []
        : await this.upsert(
            first.object,
            sent.map(({ key, fields, refs = {}, ownerId }) => ({
              ...fields,
              ...Object.fromEntries(
                Object.entries(refs).map(([noun, ref]) => [noun, ref && (ids.get(ref.object)?.get(ref.key) ?? null)]),
              ),
              key,
              ...(ownerId === undefined ? {} : { OwnerId: ownerId }),
            })),
          );
    const answers = new Map(sent.map((row, index) => [row, results[index]]));
    return rows.map((row) => {
      const result = answers.get(row);
      if (result?.success) return { key: row.key, id: result.id ?? null, problem: null };
      const said = result?.errors.map(({ message }) => message).join('; ');
      return { key: row.key, id: null, problem: lacking(row) ?? said ?? 'the org did not answer for it' };
    });
  }

  /** Ids of the records that these rows refer to, by object and key. */
  async #referred(rows: readonly OwnRow[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
    const refs = rows.flatMap(({ refs: own = {} }) => Object.values(own).flatMap((ref) => (ref ? [ref] : [])));
    const found = new Map<string, ReadonlyMap<string, string>>();
    for (const [object, some] of Map.groupBy(refs, (ref) => ref.object))
      found.set(object, await this.#idsOf(object, [...new Set(some.map(({ key }) => key))]));
    return found;
  }

  async #idsOf(object: OwnObject, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const soql of ownQueries(this.#namespace, object, [{ name: 'Key__c', type: 'string' }], { keys }))
      for (const row of await this.#org.rows(soql)) found.set(String(row.Key__c), String(row.Id));
    return found;
  }
}

/** In order, in collections: one object each, no key twice in one (an org refuses the second), 200 at most. */
const inCalls = (rows: readonly OwnRow[]): readonly (readonly OwnRow[])[] => {
  const calls: OwnRow[][] = [];
  let keys = new Set<string>();
  for (const row of rows) {
    const current = calls.at(-1);
    const fits = current?.[0]?.object === row.object && current.length < collectionLimit && !keys.has(row.key);
    if (current && fits) current.push(row);
    else {
      calls.push([row]);
      keys = new Set();
    }
    keys.add(row.key);
  }
  return calls;
};

const toOwnRow = ({ partner, ...row }: SeedRow): OwnRow =>
  partner === undefined ? row : { ...row, refs: { ...row.refs, partner: { object: 'Partner__c', key: partner } } };

const recordId = (id: string): string => {
  if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(id)) throw new Error(`"${id}" is not a record id`);
  return id;
};
