import { z } from 'zod';
import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { BookedPartner, OpenBusiness, PartnerBook, PersonTask } from '../../ports/partner-book/partner-book.ts';
import type { SalesforceClient } from './client.ts';
import type { Namespace } from './namespace.ts';
import type { OrgReader } from './org-reader.ts';
import { guarded, problemOf } from './port-errors.ts';
import { idLiteral, literal, literals } from './soql.ts';

/** Keys in one query: its address ends at 16 KB. */
const keysAtOnce = 200;

const partnerRow = z.object({
  Id: z.string(),
  Key__c: z.string(),
  Name: z.string().nullable(),
  Segment__c: z.string().nullable(),
  Active__c: z.boolean(),
  ManagerUser__c: z.string().nullable(),
  OwnerId: z.string(),
});
const dealRow = z.object({
  Opportunity__c: z.string(),
  Opportunity__r: z.object({ Amount: z.number().nullable() }).nullable(),
  Partner__r: z.object({ Key__c: z.string() }).nullable(),
});
const saved = z.object({ id: z.string() });
/** Users, and no queues or the like. */
const userId = /^005/;

/** Partners as `Partner__c`, deals by their referrals, tasks as the platform's own. */
export class SalesforcePartnerBook implements PartnerBook {
  readonly #client: Pick<SalesforceClient, 'composite'>;
  readonly #org: Pick<OrgReader, 'rows'>;
  readonly #space: Namespace;
  readonly #service: string;

  /** `service` is the id of the user that the service is. */
  constructor(
    client: Pick<SalesforceClient, 'composite'>,
    org: Pick<OrgReader, 'rows'>,
    space: Namespace,
    service: string,
  ) {
    this.#client = client;
    this.#org = org;
    this.#space = space;
    this.#service = service;
  }

  page(after: string | null, limit: number): ReturnType<PartnerBook['page']> {
    const key = this.#space.field('Partner__c', 'Key__c');
    const where = after === null ? '' : ` WHERE ${key} > ${literal(after)}`;
    return guarded(() => this.#partners(`${where} ORDER BY ${key} LIMIT ${Math.trunc(limit)}`));
  }

  named(keys: readonly string[]): ReturnType<PartnerBook['named']> {
    return guarded(async () => {
      const found: BookedPartner[] = [];
      for (const some of inParts(keys))
        found.push(
          ...(await this.#partners(` WHERE ${this.#space.field('Partner__c', 'Key__c')} IN (${literals(some)})`)),
        );
      return found;
    });
  }

  async #partners(tail: string): Promise<readonly BookedPartner[]> {
    const own = ['Key__c', 'Segment__c', 'Active__c', 'ManagerUser__c'].map((name) =>
      this.#space.field('Partner__c', name),
    );
    const rows = await this.#org.rows(
      `SELECT Id, Name, OwnerId, ${own.join(', ')} FROM ${this.#space.object('Partner__c')}${tail}`,
    );
    return rows.map((row) => {
      const read = partnerRow.parse(row);
      const owner = userId.test(read.OwnerId) && !isSame(read.OwnerId, this.#service) ? read.OwnerId : null;
      return {
        id: read.Id,
        key: read.Key__c,
        name: read.Name ?? read.Key__c,
        segment: read.Segment__c ?? '',
        active: read.Active__c,
        manager: read.ManagerUser__c ?? owner,
      };
    });
  }

  openBusiness(keys?: readonly string[]): Promise<Result<ReadonlyMap<string, OpenBusiness>, PortError>> {
    const field = (name: string): string => this.#space.field('Referral__c', name);
    const partnerKey = `${field('Partner__r')}.${this.#space.field('Partner__c', 'Key__c')}`;
    const select =
      `SELECT ${partnerKey}, ${field('Opportunity__c')}, ${field('Opportunity__r')}.Amount ` +
      `FROM ${this.#space.object('Referral__c')} WHERE ${field('Opportunity__r')}.IsClosed = FALSE`;
    return guarded(async () => {
      const seen = new Set<string>();
      const open = new Map<string, OpenBusiness>();
      for (const some of keys === undefined ? [null] : inParts(keys))
        for (const row of await this.#org.rows(some ? `${select} AND ${partnerKey} IN (${literals(some)})` : select)) {
          const { Opportunity__c: deal, Opportunity__r: of, Partner__r: partner } = dealRow.parse(row);
          if (!partner || seen.has(`${partner.Key__c}:${deal}`)) continue;
          seen.add(`${partner.Key__c}:${deal}`);
          const { deals = 0, amount = 0 } = open.get(partner.Key__c) ?? {};
          open.set(partner.Key__c, { deals: deals + 1, amount: amount + (of?.Amount ?? 0) });
        }
      return open;
    });
  }

  openTask({ intervention, person, subject, description, due }: PersonTask): Promise<Result<string, PortError>> {
    const task = {
      WhatId: intervention,
      OwnerId: person,
      Subject: subject,
      Description: description,
      ActivityDate: due.slice(0, 10),
      Status: 'Not Started',
      Priority: 'High',
    };
    const record = `/sobjects/${this.#space.object('Intervention__c')}/${idLiteral(intervention).slice(1, -1)}`;
    return guarded(async () => {
      const answers = await this.#client.composite(
        [
          { method: 'POST', path: '/sobjects/Task', referenceId: 'task', body: task },
          {
            method: 'PATCH',
            path: record,
            referenceId: 'intervention',
            body: { [this.#space.field('Intervention__c', 'TaskId__c')]: '@{task.id}' },
          },
        ],
        true,
      );
      // Rolled back together, the one that was refused says why and the other only that it was taken back.
      const problems = [problemOf(answers.get('task')), problemOf(answers.get('intervention'))].filter((one) => one);
      const problem = problems.find((one) => one?.code !== 'PROCESSING_HALTED') ?? problems[0];
      if (problem) throw problem;
      return saved.parse(answers.get('task')?.body).id;
    });
  }
}

const isSame = (left: string, right: string): boolean => left.slice(0, 15) === right.slice(0, 15);

const inParts = (keys: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(keys.length / keysAtOnce) }, (_, part) =>
    keys.slice(part * keysAtOnce, (part + 1) * keysAtOnce),
  );
