import { z } from 'zod';
import type { Result } from '../../domain/values/result.ts';
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
import type {
  OwnObject,
  OwnQuery,
  OwnRecord,
  OwnRow,
  RequestAnswer,
  RowAnswer,
  SharedObject,
} from '../../ports/crm/own-rows.ts';
import type { PersonRights } from '../../ports/crm/person-rights.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { SalesforceClient, Subrequest } from './client.ts';
import { inFieldType, toChangedDeal, toPartner, toRecord, toRequest, toSubrequests } from './mapping.ts';
import { ContextReader } from './context-reader.ts';
import { Descriptions } from './descriptions.ts';
import { followOwner } from './follow-owner.ts';
import { Namespace } from './namespace.ts';
import { OrgCurrency } from './org-currency.ts';
import { OrgReader } from './org-reader.ts';
import { SalesforceOwnRecords } from './own-records.ts';
import { guarded, problemOf } from './port-errors.ts';
import {
  changedDealsQuery,
  editAccessQuery,
  missedRequestsQuery,
  partnersQuery,
  platformGrantsQuery,
  requestQuery,
  readAccessQuery,
} from './queries.ts';
import { openToEverybody, type Share } from './own-shares.ts';
import { SettingsReader } from './settings-reader.ts';
import { evidenceRecord } from './wire.ts';
import { type CompositeAnswers, writeTogether, writingTogether } from './write-together.ts';

const collectionLimit = 200;
const objectList = z.object({ sobjects: z.array(z.object({ name: z.string() })) });

/** The company's records in Salesforce, in as few calls as can be. */
export class SalesforceCrm implements Crm {
  readonly org: string;
  readonly namespace: Namespace;
  readonly #client: SalesforceClient;
  readonly #clock: Clock;
  readonly #reader: OrgReader;
  readonly #settings: SettingsReader;
  readonly #own: SalesforceOwnRecords;
  readonly #contexts: ContextReader;
  readonly #writes: Together<readonly Subrequest[], CompositeAnswers>;
  readonly #descriptions: Descriptions;
  readonly #currency: OrgCurrency;

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
    this.#reader = new OrgReader(client, namespace);
    this.#contexts = new ContextReader(namespace, clock, (queries, optional) =>
      this.#reader.together(queries, optional),
    );
    this.#settings = new SettingsReader(this.#reader, namespace, clock, descriptions);
    this.#writes = new Together(
      (writes) => writeTogether(client, writes),
      writingTogether,
      ({ length }) => length,
    );
    this.#own = new SalesforceOwnRecords(client, this.#reader, namespace, descriptions, (some) =>
      this.#writes.ask(some),
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
    return guarded(async () => {
      const sourcePaths = await this.#currency.pathsHere(mappingPaths);
      const read = await this.#contexts.read({ requestId, opportunityId, partnerId, requestedBy, sourcePaths });
      return { ...read, deal: read.deal && this.#currency.named(read.deal) };
    });
  }

  async readRequest(requestId: string): Promise<Result<CrmRequest | null, PortError>> {
    return guarded(async () => {
      const [record] = await this.#reader.rows(requestQuery(this.namespace, [requestId]));
      return record ? toRequest(record) : null;
    });
  }

  async readSettings(maxAgeMs: number): Promise<Result<CrmSettings, PortError>> {
    return guarded(() => this.#settings.settings(maxAgeMs));
  }

  forgetSettings(): void {
    this.#settings.forget();
    this.#contexts.forget();
  }

  async readFieldAccess(
    userId: string,
    paths: readonly string[],
    maxAgeMs: number,
  ): Promise<Result<FieldAccess, PortError>> {
    return guarded(() => this.#settings.fieldAccess(userId, paths, maxAgeMs));
  }

  async readPersonRights(userId: string, maxAgeMs: number): Promise<Result<PersonRights | null, PortError>> {
    return guarded(() => this.#settings.person(userId, maxAgeMs));
  }

  async mayRead(userId: string, recordId: string): Promise<Result<boolean, PortError>> {
    return guarded(async () => {
      const [access] = await this.#reader.rows(readAccessQuery(userId, recordId));
      return access?.HasReadAccess === true;
    });
  }

  upsertRows(rows: readonly OwnRow[]): Promise<Result<readonly RowAnswer[], PortError>> {
    return this.#own.upsertRows(rows);
  }

  readRows(object: OwnObject, query: OwnQuery): Promise<Result<readonly OwnRecord[], PortError>> {
    return this.#own.readRows(object, query);
  }

  answerRequest(id: string, answer: RequestAnswer): Promise<Result<null, PortError>> {
    return this.#own.answerRequest(id, answer);
  }

  async readPartner(partnerId: string): Promise<Result<CrmPartner | null, PortError>> {
    return guarded(async () => {
      const [record] = await this.#reader.rows(partnersQuery(this.namespace, partnerId));
      return record ? toPartner(record) : null;
    });
  }

  async mayEdit(userId: string, recordId: string): Promise<Result<boolean, PortError>> {
    return guarded(async () => {
      const [record] = await this.#reader.rows(editAccessQuery(userId, [recordId]));
      return record?.HasEditAccess === true;
    });
  }

  async write(write: ReferralWrite): Promise<Result<WriteAnswer, PortError>> {
    return guarded(async () => {
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
    return guarded(() => this.#own.update('Referral__c', updates));
  }

  async findMissedRequests(
    limit: number,
    after?: Pick<MissedRequest, 'id' | 'createdAt'>,
  ): Promise<Result<readonly MissedRequest[], PortError>> {
    return guarded(async () =>
      (await this.#reader.rows(missedRequestsQuery(this.namespace, limit, after))).map(toRequest),
    );
  }

  async readPlatformGrants(network: string): ReturnType<Crm['readPlatformGrants']> {
    return guarded(async () =>
      (await this.#reader.rows(platformGrantsQuery(this.namespace, network))).map((row) => {
        const { Key__c: key, EvidenceCheckedAt__c: at } = evidenceRecord.parse(row);
        return { key, checkedAt: at === null ? null : new Date(at).toISOString() };
      }),
    );
  }

  async writeEvidenceChecked(keys: readonly string[], at: string): Promise<Result<null, PortError>> {
    return guarded(async () => {
      const results = await this.#own.upsert(
        'PartnerGrant__c',
        keys.map((key) => ({ key, evidenceCheckedAt: at })),
      );
      const failed = results.find(({ success }) => !success);
      if (failed) throw new Error(failed.errors.map(({ message }) => message).join('; '));
      return null;
    });
  }

  letRead(object: SharedObject, shares: readonly Share[]): ReturnType<Crm['letRead']> {
    return this.#own.letRead(object, shares);
  }

  async giveToDealOwner(opportunityId: string): ReturnType<Crm['giveToDealOwner']> {
    return guarded(() =>
      followOwner(
        {
          client: this.#client,
          namespace: this.namespace,
          rows: (soql) => this.#reader.rows(soql),
          update: (object, updates) => this.#own.update(object, updates),
        },
        opportunityId,
      ),
    );
  }

  async findChangedDeals(after: string): Promise<Result<readonly ChangedDeal[], PortError>> {
    return guarded(async () => (await this.#reader.rows(changedDealsQuery(this.namespace, after))).map(toChangedDeal));
  }

  async heartbeat(version: string, message: string): Promise<Result<null, PortError>> {
    return guarded(async () => {
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
    return guarded(async () => {
      const made = await this.#own.seed(rows);
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
}
