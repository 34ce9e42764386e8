import type { Clock } from '../../domain/values/clock.ts';
import type { OwnField, PartnerPast } from '../../domain/propensity/deal.ts';
import type { Result } from '../../domain/values/result.ts';
import type {
  DealScores,
  DealsWanted,
  ScoreAnswer,
  ScoredDealRecord,
  ScoreWrite,
  TouchedDeal,
} from '../../ports/crm/deal-scores.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import { SalesforceError, type SalesforceClient } from './client.ts';
import {
  childrenQuery,
  dealsQuery,
  IDS_PER_QUERY,
  partnerHealthQuery,
  scoringGrantsQuery,
  touchedQuery,
  type Children,
} from './deal-score-queries.ts';
import {
  scoringPartner,
  toChanges,
  toCourse,
  toOwnFields,
  toPartnerPast,
  toPartners,
  toProducts,
  toScoredDeal,
  toTouched,
  type Pasts,
} from './deal-score-records.ts';
import { Descriptions } from './descriptions.ts';
import type { Namespace } from './namespace.ts';
import { OrgReader } from './org-reader.ts';
import { guarded } from './port-errors.ts';
import { ScoreWriter } from './score-writer.ts';

const READ_TRIES = 3;
const RETRY_MS = 500;

/** Deals with their past and their scores, in Salesforce. */
export class SalesforceDealScores implements DealScores {
  readonly #client: SalesforceClient;
  readonly #namespace: Namespace;
  readonly #reader: OrgReader;
  readonly #descriptions: Descriptions;
  readonly #writer: ScoreWriter;
  readonly #clock: Clock;
  readonly #pause: (ms: number) => Promise<void>;

  /** `pause` waits between two questions after a bulk job, and before a row that was locked is tried again. */
  constructor(client: SalesforceClient, namespace: Namespace, clock: Clock, pause: (ms: number) => Promise<void>) {
    this.#client = client;
    this.#namespace = namespace;
    this.#clock = clock;
    this.#pause = pause;
    this.#reader = new OrgReader(client, namespace);
    this.#descriptions = new Descriptions(client, namespace);
    this.#writer = new ScoreWriter(client, namespace, pause);
  }

  usage(): number {
    return this.#client.usage;
  }

  ownFields(): Promise<Result<readonly OwnField[], PortError>> {
    return guarded(async () => toOwnFields(this.#namespace, await this.#descriptions.fieldsOf('Opportunity')));
  }

  readDeals(wanted: DealsWanted, own: readonly OwnField[]): Promise<Result<readonly ScoredDealRecord[], PortError>> {
    return guarded(async () => {
      if (!('ids' in wanted)) return this.#readSome(wanted, own);
      const records: ScoredDealRecord[] = [];
      const ids = [...new Set(wanted.ids)].sort();
      for (let from = 0; from < ids.length; from += IDS_PER_QUERY)
        records.push(...(await this.#readSome({ ids: ids.slice(from, from + IDS_PER_QUERY) }, own)));
      return records;
    });
  }

  touchedSince(
    after: Pick<TouchedDeal, 'changedAt' | 'id'>,
    limit: number,
  ): Promise<Result<readonly TouchedDeal[], PortError>> {
    return guarded(async () => (await this.#rows(touchedQuery(after, limit))).map(toTouched));
  }

  readPartners(): Promise<Result<readonly PartnerPast[], PortError>> {
    return guarded(async () => (await this.#rows(partnerHealthQuery(this.#namespace))).map(toPartnerPast));
  }

  readScoringPartners(): Promise<Result<readonly string[], PortError>> {
    return guarded(async () => {
      const rows = await this.#rows(scoringGrantsQuery(this.#namespace));
      return [...new Set(rows.flatMap((row) => scoringPartner(row, this.#clock.now()) ?? []))].sort();
    });
  }

  writeScores(writes: readonly ScoreWrite[]): Promise<Result<readonly ScoreAnswer[], PortError>> {
    return guarded(() => this.#writer.write(writes));
  }

  /** A run reads thousands of pages: one that was not answered is asked for again, as reading changes nothing. */
  async #rows(soql: string): Promise<readonly Record<string, unknown>[]> {
    for (let tried = 1; ; tried += 1)
      try {
        return await this.#reader.rows(soql);
      } catch (error) {
        const passing = error instanceof SalesforceError && (error.status === 0 || error.status === 503);
        if (!passing || tried >= READ_TRIES) throw error;
        await this.#pause(RETRY_MS * tried);
      }
  }

  async #readSome(wanted: DealsWanted, own: readonly OwnField[]): Promise<readonly ScoredDealRecord[]> {
    const [deal, account] = await Promise.all([
      this.#descriptions.fieldsOf('Opportunity'),
      this.#descriptions.fieldsOf('Account'),
    ]);
    // Names of the company's own fields carry no prefix of ours, so they are the org's own.
    const rows = await this.#rows(dealsQuery(this.#namespace, wanted, own, { deal, account }));
    if (rows.length === 0) return [];
    const ids = rows.map(({ Id }) => String(Id)).sort();
    const read = (children: Children): Promise<readonly Record<string, unknown>[]> =>
      this.#rows(childrenQuery(this.#namespace, children, wanted, ids));
    const [course, changes, products, partners] = await Promise.all([
      read('course'),
      read('changes'),
      read('products'),
      read('partners'),
    ]);
    const pasts: Pasts = {
      course: toCourse(course),
      changes: toChanges(this.#namespace, changes),
      products: toProducts(products),
      partners: toPartners(partners),
    };
    return rows.map((row) => toScoredDeal(own, row, pasts));
  }
}
