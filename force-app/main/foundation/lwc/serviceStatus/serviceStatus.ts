import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import HEARTBEAT from '@salesforce/schema/ServiceHeartbeat__c';
import KEY from '@salesforce/schema/ServiceHeartbeat__c.Key__c';
import LAST_SEEN from '@salesforce/schema/ServiceHeartbeat__c.LastSeenAt__c';
import { labels } from 'c/foundationLabels';
import { Poller } from 'c/poller';
import { asQuery, readRows, selectRows, uiApiQuery } from 'c/recordQuery';
import { fill } from 'c/textFormat';
import { absoluteText, momentOf, relativeText } from 'c/timeFormat';

const FIELDS = { lastSeen: LAST_SEEN };
const QUERY = uiApiQuery('serviceStatus', '', [
  selectRows('heartbeats', HEARTBEAT, FIELDS, `where: { ${KEY.fieldApiName}: { eq: "service" } }, first: 1`),
]);

/** The service reports every minute; after this long without a word a person should know. */
const SILENT_AFTER = 120_000;
const PAUSES = { first: 30_000, growth: 1.5, longest: 120_000 };

/** A notice when the integration service has not been heard of for over two minutes; otherwise nothing at all. */
export default class ServiceStatus extends LightningElement {
  labels = labels;
  query = asQuery(QUERY);
  now = Date.now();
  answered = false;
  lastSeen: string | undefined;
  private refresh: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(() => this.askAgain(), PAUSES);

  @wire(graphql, { query: '$query' })
  receive({ data, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh;
    this.now = Date.now();
    // Whoever may not read heartbeats gets no notice: the panel's own state still tells how far a referral is.
    this.answered = data !== undefined && data !== null;
    const seen = readRows(data, 'heartbeats', FIELDS)[0]?.lastSeen;
    this.lastSeen = typeof seen === 'string' ? seen : undefined;
  }

  connectedCallback(): void {
    this.poller.start();
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  get isSilent(): boolean {
    const seen = momentOf(this.lastSeen);
    return this.answered && (seen === undefined || this.now - seen > SILENT_AFTER);
  }

  get notice(): string {
    const seen = momentOf(this.lastSeen);
    return seen === undefined ? labels.serviceNever : fill(labels.serviceSilent, relativeText(seen, this.now));
  }

  get exactTime(): string {
    const seen = momentOf(this.lastSeen);
    return seen === undefined ? '' : absoluteText(seen);
  }

  private async askAgain(): Promise<void> {
    await this.refresh?.();
    this.now = Date.now();
  }
}
