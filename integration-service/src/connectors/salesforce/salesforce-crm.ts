import { z } from 'zod';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import type { Clock } from '../../domain/values/clock.ts';
import { Together } from '../../domain/values/together.ts';
import type {
  ChangedDeal,
  Crm,
  CrmPartner,
  CrmRequest,
  CrmSettings,
  FieldAccess,
  MissedRequest,
  ReferralFields,
  ReferralWrite,
  RequestContext,
  SeedRow,
  WriteAnswer,
} from '../../ports/crm/crm.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import { type SalesforceClient, SalesforceError, type Subrequest } from './client.ts';
import {
  inFieldType,
  toChangedDeal,
  toMapping,
  toPartner,
  toPolicy,
  toRecord,
  toRequest,
  toSubrequests,
} from './mapping.ts';
import { ContextReader } from './context-reader.ts';
import { Descriptions } from './descriptions.ts';
import { permissionQueries, readFieldAccess } from './field-access.ts';
import { followOwner } from './follow-owner.ts';
import { Namespace } from './namespace.ts';
import { OrgCurrency } from './org-currency.ts';
import {
  changedDealsQuery,
  editAccessQuery,
  mappingQuery,
  missedRequestsQuery,
  partnersQuery,
  platformGrantsQuery,
  policiesQuery,
  requestQuery,
} from './queries.ts';
import { openToEverybody } from './referral-shares.ts';
import { literals } from './soql.ts';
import { apiError, evidenceRecord, queryAnswer, saveResults } from './wire.ts';
import { type CompositeAnswers, writeTogether, writingTogether } from './write-together.ts';

const collectionLimit = 200;
/** People whose field security is remembered at a time. */
const rememberedPeople = 1_000;
const objectList = z.object({ sobjects: z.array(z.object({ name: z.string() })) });

/**
 * Too many calls at once are over in a moment. Too many in 24 hours (a rolling window) ease little by little: asked
 * again three times a minute, so that what is already at the partner does not stay unwritten longer than it must.
 */
const limitedForMs = (message: string): number => (/concurrent/i.test(message) ? 2_000 : 20_000);

/** Salesforce's answer as one of the port's errors. Our writes go by key, so repeating one is safe. */
export const toPortError = (error: unknown): PortError => {
  if (!(error instanceof SalesforceError))
    return {
      kind: 'rejected',
      retry: 'never',
      message: error instanceof Error ? error.message : String(error),
      problems: [],
    };
  const { status, code, message, fields } = error;
  const problems = fields.map((target) => ({ target, code, message }));
  if (status === 429)
    return { kind: 'rate-limited', retry: 'safe', message, problems, retryAfterMs: limitedForMs(message) };
  if (status === 0 || (status >= 500 && status !== 501))
    return { kind: 'unavailable', retry: 'safe', message, problems };
  if (status === 401 || status === 403 || code.startsWith('SIGN_IN_'))
    return { kind: 'unauthorized', retry: 'safe', message, problems };
  if (status === 404) return { kind: 'not-found', retry: 'never', message, problems };
  return { kind: 'rejected', retry: 'never', message, problems };
};

/** The company's records in Salesforce, in as few calls as can be. */
export class SalesforceCrm implements Crm {
  readonly org: string;
  readonly namespace: Namespace;
  readonly #client: SalesforceClient;
  readonly #clock: Clock;
  #settings: CrmSettings | null = null;
  readonly #contexts: ContextReader;
  readonly #writes: Together<readonly Subrequest[], CompositeAnswers>;
  readonly #descriptions: Descriptions;
  readonly #currency: OrgCurrency;
  /** Field security by person. What was being read is waited for, so that a list of a hundred deals asks once. */
  readonly #access = new Map<
    string,
    { readonly readAt: string; readonly of: string; readonly read: Promise<FieldAccess> }
  >();

  private constructor(
    org: string,
    namespace: Namespace,
    client: SalesforceClient,
    clock: Clock,
    descriptions: Descriptions,
    currency: OrgCurrency,
  ) {
    this.org = org;
    this.namespace = namespace;
    this.#currency = currency;
    this.#client = client;
    this.#clock = clock;
    this.#descriptions = descriptions;
    this.#contexts = new ContextReader(namespace, clock, (queries, optional) => this.#queries(queries, optional));
    this.#writes = new Together(
      (writes) => writeTogether(client, writes),
      writingTogether,
      ({ length }) => length,
    );
  }

  /** Signs in and learns how this org names our objects. Throws with what to do when it cannot. */
  static async open(client: SalesforceClient, clock: Clock): Promise<SalesforceCrm> {
    const { orgId } = await client.session();
    const { sobjects } = objectList.parse(await client.request('GET', '/sobjects', undefined, 'describe'));
    const namespace = Namespace.learn(sobjects.map((one) => one.name));
    const descriptions = new Descriptions(client, namespace);
    const currency = await OrgCurrency.learn(client, descriptions);
    return new SalesforceCrm(orgId, namespace, client, clock, descriptions, currency);
  }

  async readRequestContext(
    requestId: string,
    opportunityId: string,
    partnerId: string | null,
    requestedBy: string | null,
    mappingPaths: readonly string[],
  ): Promise<Result<RequestContext, PortError>> {
    return this.#guarded(async () => {
      const sourcePaths = await this.#currency.pathsHere(mappingPaths);
      const read = await this.#contexts.read({ requestId, opportunityId, partnerId, requestedBy, sourcePaths });
      return { ...read, deal: read.deal && this.#currency.named(read.deal) };
    });
  }

  async readRequest(requestId: string): Promise<Result<CrmRequest | null, PortError>> {
    return this.#guarded(async () => {
      const [record] = await this.#rows(requestQuery(this.namespace, [requestId]));
      return record ? toRequest(record) : null;
    });
  }

  async readSettings(maxAgeMs: number): Promise<Result<CrmSettings, PortError>> {
    const known = this.#settings;
    if (known && Date.parse(this.#clock.now()) - Date.parse(known.readAt) <= maxAgeMs) return ok(known);
    return this.#guarded(async () => {
      const readAt = this.#clock.now();
      const answer = await this.#queries({
        mapping: mappingQuery(this.namespace),
        policies: policiesQuery(this.namespace),
      });
      const settings: CrmSettings = {
        readAt,
        ...toMapping(answer.mapping ?? []),
        policies: (answer.policies ?? []).map(toPolicy),
      };
      this.#settings = settings;
      return settings;
    });
  }

  forgetSettings(): void {
    this.#settings = null;
    this.#contexts.forget();
    this.#access.clear();
  }

  async readFieldAccess(
    userId: string,
    paths: readonly string[],
    maxAgeMs: number,
  ): Promise<Result<FieldAccess, PortError>> {
    const of = paths.join(' ');
    const readAt = this.#clock.now();
    const known = this.#access.get(userId);
    const young = known?.of === of && Date.parse(readAt) - Date.parse(known.readAt) <= maxAgeMs;
    const read = young
      ? known.read
      : readFieldAccess(paths, readAt, this.#descriptions, async (objects) => {
          const { fields = [], objects: readable = [] } = await this.#queries(permissionQueries(userId, objects));
          return { fields, objects: readable };
        });
    if (!young) {
      for (const oldest of [...this.#access.keys()].slice(0, Math.max(0, this.#access.size - rememberedPeople)))
        this.#access.delete(oldest);
      this.#access.set(userId, { readAt, of, read });
      read.catch(() => this.#access.delete(userId));
    }
    return this.#guarded(() => read);
  }

  async readPartner(partnerId: string): Promise<Result<CrmPartner | null, PortError>> {
    return this.#guarded(async () => {
      const [record] = await this.#rows(partnersQuery(this.namespace, partnerId));
      return record ? toPartner(record) : null;
    });
  }

  async mayEdit(userId: string, recordId: string): Promise<Result<boolean, PortError>> {
    return this.#guarded(async () => {
      const [record] = await this.#rows(editAccessQuery(userId, [recordId]));
      return record?.HasEditAccess === true;
    });
  }

  async write(write: ReferralWrite): Promise<Result<WriteAnswer, PortError>> {
    return this.#guarded(async () => {
      const kept = await Promise.all(write.kept.map((one) => this.#inFieldTypes(one)));
      const subrequests = toSubrequests(this.namespace, { ...write, kept });
      if (subrequests.length === 0) return { referralId: null, warnings: [] };
      const answers = await this.#writes.ask(subrequests);
      const warnings: string[] = [];
      for (const { referenceId } of subrequests) {
        const problem = problemOf(answers.get(referenceId));
        if (!problem || (referenceId === 'share' && openToEverybody(problem))) continue;
        if (referenceId === 'share') {
          warnings.push(`The referral could not be shared with whoever asked for it: ${problem.message}`);
          continue;
        }
        if (!referenceId.startsWith('kept')) throw problem;
        const place = write.kept[Number(referenceId.slice('kept'.length))];
        warnings.push(
          `${Object.keys(place?.fields ?? {}).join(', ')} of the ${place?.record ?? 'record'} could not be kept: ${problem.message}`,
        );
      }
      const { obsolete = [] } = write.referral ?? {};
      // Only a second try that sends less than the first has any: a call of its own, so that many writes still fit in one.
      if (obsolete.length > 0)
        await this.#client.request(
          'DELETE',
          `/composite/sobjects?ids=${obsolete.slice(0, collectionLimit).join(',')}&allOrNone=false`,
          undefined,
          'collection',
        );
      const id: unknown = Object(answers.get('referral')?.body).id;
      return { referralId: typeof id === 'string' ? id : null, warnings };
    });
  }

  async updateReferrals(
    updates: readonly { readonly key: string; readonly fields: ReferralFields }[],
  ): Promise<Result<readonly { readonly key: string; readonly problem: string }[], PortError>> {
    return this.#guarded(() => this.#updateReferrals(updates));
  }

  async findMissedRequests(
    limit: number,
    after?: Pick<MissedRequest, 'id' | 'createdAt'>,
  ): Promise<Result<readonly MissedRequest[], PortError>> {
    return this.#guarded(async () =>
      (await this.#rows(missedRequestsQuery(this.namespace, limit, after))).map(toRequest),
    );
  }

  async readPlatformGrants(network: string): ReturnType<Crm['readPlatformGrants']> {
    return this.#guarded(async () =>
      (await this.#rows(platformGrantsQuery(this.namespace, network))).map((row) => {
        const { Key__c: key, EvidenceCheckedAt__c: at } = evidenceRecord.parse(row);
        return { key, checkedAt: at === null ? null : new Date(at).toISOString() };
      }),
    );
  }

  async writeEvidenceChecked(keys: readonly string[], at: string): Promise<Result<null, PortError>> {
    return this.#guarded(async () => {
      const results = await this.#upsert(
        'PartnerGrant__c',
        keys.map((key) => ({ key, evidenceCheckedAt: at })),
      );
      const failed = results.find(({ success }) => !success);
      if (failed) throw new Error(failed.errors.map(({ message }) => message).join('; '));
      return null;
    });
  }

  async giveToDealOwner(
    opportunityId: string,
  ): Promise<Result<readonly { readonly key: string; readonly problem: string }[], PortError>> {
    return this.#guarded(() =>
      followOwner(
        {
          client: this.#client,
          namespace: this.namespace,
          rows: (soql) => this.#rows(soql),
          update: (updates) => this.#updateReferrals(updates),
        },
        opportunityId,
      ),
    );
  }

  async findChangedDeals(after: string): Promise<Result<readonly ChangedDeal[], PortError>> {
    return this.#guarded(async () => (await this.#rows(changedDealsQuery(this.namespace, after))).map(toChangedDeal));
  }

  async heartbeat(version: string, message: string): Promise<Result<null, PortError>> {
    return this.#guarded(async () => {
      await this.#client.request(
        'PATCH',
        `/sobjects/${this.namespace.object('ServiceHeartbeat__c')}/${this.namespace.field('ServiceHeartbeat__c', 'Key__c')}/service`,
        toRecord(this.namespace, 'ServiceHeartbeat__c', { lastSeenAt: this.#clock.now(), version, message }),
        'heartbeat',
      );
      return null;
    });
  }

  async seed(rows: readonly SeedRow[]): Promise<Result<number, PortError>> {
    return this.#guarded(async () => {
      let made = 0;
      for (const object of new Set(rows.map((row) => row.object))) {
        const wanted = rows.filter((row) => row.object === object);
        const missing = await this.#missing(object, wanted);
        for (let from = 0; from < missing.length; from += collectionLimit) {
          const some = missing.slice(from, from + collectionLimit);
          const partners = await this.#partnerIds(some);
          const results = await this.#upsert(
            object,
            some.map((row) => ({
              ...row.fields,
              key: row.key,
              ...(row.partner ? { Partner__c: partners.get(row.partner) ?? null } : {}),
            })),
          );
          const failed = results.findIndex((result) => !result.success);
          if (failed >= 0)
            throw new Error(
              `${object} ${some[failed]?.key ?? ''} could not be seeded: ${results[failed]?.errors.map((one) => one.message).join('; ') ?? ''}`,
            );
          made += results.length;
        }
      }
      if (made > 0) this.forgetSettings();
      return made;
    });
  }

  /** Types of a standard object's fields, asked for once: the customer's admin decides them, we do not know them. */
  async #inFieldTypes(kept: ReferralWrite['kept'][number]): Promise<ReferralWrite['kept'][number]> {
    if (Object.values(kept.fields).every((value) => typeof value !== 'string')) return kept;
    const described = await this.#descriptions.fieldsOf(kept.record);
    const types = new Map(described.map(({ name, type }) => [name, type]));
    const typed = Object.entries(kept.fields).map(([field, value]) => [
      field,
      inFieldType(value, types.get(this.namespace.field(kept.record, field))),
    ]);
    return { ...kept, fields: Object.fromEntries(typed) as ReferralFields };
  }

  async #missing(object: SeedRow['object'], rows: readonly SeedRow[]): Promise<readonly SeedRow[]> {
    const key = this.namespace.field(object, 'Key__c');
    const there = await this.#rows(
      `SELECT ${key} FROM ${this.namespace.object(object)} WHERE ${key} IN (${literals(rows.map((row) => row.key))})`,
    );
    const known = new Set(there.map((record) => record.Key__c));
    return rows.filter((row) => !known.has(row.key));
  }

  async #partnerIds(rows: readonly SeedRow[]): Promise<ReadonlyMap<string, string>> {
    const keys = [...new Set(rows.flatMap((row) => (row.partner ? [row.partner] : [])))];
    if (keys.length === 0) return new Map();
    const key = this.namespace.field('Partner__c', 'Key__c');
    const found = await this.#rows(
      `SELECT Id, ${key} FROM ${this.namespace.object('Partner__c')} WHERE ${key} IN (${literals(keys)})`,
    );
    return new Map(found.map((record) => [String(record.Key__c), String(record.Id)]));
  }

  async #updateReferrals(
    updates: readonly { readonly key: string; readonly fields: ReferralFields }[],
  ): Promise<readonly { readonly key: string; readonly problem: string }[]> {
    const problems: { key: string; problem: string }[] = [];
    for (let from = 0; from < updates.length; from += collectionLimit) {
      const some = updates.slice(from, from + collectionLimit);
      const results = await this.#upsert(
        'Referral__c',
        some.map(({ key, fields }) => ({ ...fields, key })),
      );
      for (const [index, result] of results.entries())
        if (!result.success)
          problems.push({ key: some[index]?.key ?? '', problem: result.errors.map((one) => one.message).join('; ') });
    }
    return problems;
  }

  async #upsert(object: string, rows: readonly ReferralFields[]): Promise<z.infer<typeof saveResults>> {
    const name = this.namespace.object(object);
    const answer = await this.#client.request(
      'PATCH',
      `/composite/sobjects/${name}/${this.namespace.field(object, 'Key__c')}`,
      {
        allOrNone: false,
        records: rows.map((row) => ({ attributes: { type: name }, ...toRecord(this.namespace, object, row) })),
      },
      'collection',
    );
    return saveResults.parse(answer);
  }

  async #rows(soql: string): Promise<readonly Record<string, unknown>[]> {
    return (await this.#client.query(soql)).map((record) => this.namespace.strip(record) as Record<string, unknown>);
  }

  /** Up to five queries in one API call (the limit of a composite). */
  async #queries(
    queries: Readonly<Record<string, string>>,
    optional: readonly string[] = [],
  ): Promise<Readonly<Record<string, readonly Record<string, unknown>[]>>> {
    const subrequests: readonly Subrequest[] = Object.entries(queries).map(([referenceId, soql]) => ({
      method: 'GET',
      path: `/query?q=${encodeURIComponent(soql)}`,
      referenceId,
    }));
    const answers = await this.#client.composite(subrequests, false);
    return Object.fromEntries(
      subrequests.map(({ referenceId }) => {
        const answer = answers.get(referenceId);
        const problem = problemOf(answer);
        if (problem && optional.includes(referenceId)) return [referenceId, []];
        if (problem) throw problem;
        const { records } = queryAnswer.parse(answer?.body);
        return [referenceId, records.map((record) => this.namespace.strip(record) as Record<string, unknown>)];
      }),
    );
  }

  async #guarded<Value>(work: () => Promise<Value>): Promise<Result<Value, PortError>> {
    try {
      return ok(await work());
    } catch (error) {
      return broken(toPortError(error));
    }
  }
}

const problemOf = (answer: { status: number; body: unknown } | undefined): SalesforceError | null => {
  if (!answer) return new SalesforceError(500, 'NO_ANSWER', 'a part of a composite call was not answered');
  if (answer.status >= 400) {
    const known = z.array(apiError).safeParse(answer.body);
    const [first] = known.success ? known.data : [];
    return new SalesforceError(
      answer.status,
      first?.errorCode ?? 'UNKNOWN',
      first?.message ?? 'no reason was given',
      first?.fields ?? [],
    );
  }
  const results = saveResults.safeParse(answer.body);
  const failed = results.success ? results.data.flatMap((result) => (result.success ? [] : result.errors)) : [];
  const cause = failed.find((one) => one.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK') ?? failed[0];
  return cause ? new SalesforceError(400, cause.statusCode ?? 'UNKNOWN', cause.message, cause.fields ?? []) : null;
};
