import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import type { z } from 'zod';
import { cannedCounts, cannedJournal, type JournaledCall } from '../canned-salesforce/canned-salesforce.ts';
import { idOf } from '../canned-salesforce/canned-rows.ts';

const collectionLimit = 200;
/** The slowest batch takes a third of it on a slow machine; longer means that the service has stopped working. */
const patienceMs = 90_000;

/** The seller's side of the canned org: clicks, and knows what came of them. */
export class CannedOrg {
  readonly url: string;
  readonly #seller: Connection;
  #shown: readonly string[] = [];
  #partnerId = '';
  #deals = 0;

  constructor(url: string) {
    this.url = url;
    this.#seller = new jsforce.Connection({ instanceUrl: url, accessToken: 'canned', version: '66.0' });
  }

  /** Reads, as the panel does, what a click shows. Call it once the service has seeded its rows. */
  async open(): Promise<void> {
    const partner = await this.#seller.query<{ Id: string }>('SELECT Id FROM Partner__c');
    this.#partnerId = partner.records[0]?.Id ?? '';
    const mapping = await this.#seller.query<{ Target__c: string }>('SELECT Target__c FROM FieldMapping__c');
    this.#shown = mapping.records.map((record) => record.Target__c);
    if (this.#partnerId === '' || this.#shown.length === 0)
      throw new Error('The service has not seeded the canned org: look at its log.');
  }

  /** One click on a deal of its own: inserts a `Request__c`, as the panel does. Gives its id and the deal's. */
  async click(): Promise<{ readonly requestId: string; readonly opportunityId: string }> {
    const row = this.#request();
    const saved = await this.#seller.sobject('Request__c').create(row);
    if (!saved.success) throw new Error('The canned org refused a request.');
    return { requestId: saved.id, opportunityId: row.Opportunity__c };
  }

  /** So many clicks at once, in as few calls as can be. */
  async clickMany(count: number): Promise<void> {
    const requests = Array.from({ length: count }, () => this.#request());
    for (let from = 0; from < count; from += collectionLimit)
      await this.#seller.sobject('Request__c').create(requests.slice(from, from + collectionLimit));
  }

  /** Settles when so many referrals stand as filed and submitted since the org was started. */
  async untilFiled(atLeast: number): Promise<void> {
    await this.#ask(`filed?atLeast=${atLeast}`, cannedCounts);
  }

  counts(): Promise<z.infer<typeof cannedCounts>> {
    return this.#ask('counts', cannedCounts);
  }

  /** The calls since the journal was last read, at most 40. */
  async journal(): Promise<readonly JournaledCall[]> {
    return (await this.#ask('journal', cannedJournal)).calls;
  }

  #request() {
    return {
      Kind__c: 'refer',
      State__c: 'new',
      Surface__c: 'panel',
      Opportunity__c: idOf('006', (this.#deals += 1)),
      Partner__c: this.#partnerId,
      ClickedAt__c: new Date().toISOString(),
      Input__c: JSON.stringify({ version: 1, shown: { fields: this.#shown } }),
    };
  }

  async #ask<Shape extends z.ZodType>(what: string, shape: Shape): Promise<z.infer<Shape>> {
    // The answer comes when what is asked for has happened.
    const answer = await fetch(`${this.url}/bench/${what}`, { signal: AbortSignal.timeout(patienceMs) });
    return shape.parse(await answer.json());
  }
}
