import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import type { RecordData } from 'lightning/uiRecordApi';
import DECISION from '@salesforce/schema/Decision__c';
import DISPUTE from '@salesforce/schema/Dispute__c';
import DISPUTE_DECISION from '@salesforce/schema/Dispute__c.Decision__c';
import { readDecisions, readDisputes, timelineQuery } from 'c/decisionData';
import type { Decision, Dispute } from 'c/decisionData';
import { labels } from 'c/decisionLabels';
import { Poller } from 'c/poller';
import { asQuery, readExtent } from 'c/recordQuery';
import { fill } from 'c/textFormat';

const PAGE = 20;
const PAUSES = { first: 15_000, growth: 1.5, longest: 120_000 };

/**
 * What was decided about a deal, a referral or a partner, newest first, as sentences that unfold to reasons, facts and
 * proof. On the page of a decision or a dispute it is that one decision, unfolded.
 */
export default class DecisionTimeline extends LightningElement {
  @api
  get recordId(): string {
    return this.pageId;
  }
  set recordId(value: string) {
    this.pageId = value;
    this.prepare();
  }

  @api
  get objectApiName(): string {
    return this.pageObject;
  }
  set objectApiName(value: string) {
    this.pageObject = value;
    this.prepare();
  }

  labels = labels;
  errors: unknown;
  // What the wires read; set only when it changes, as each new value asks the server again.
  query: unknown;
  variables: { recordId: string; first: number } | undefined;
  disputeId: string | undefined;
  disputeFields = [DISPUTE_DECISION];
  isForbidden = false;
  hasMore = false;
  announced = '';
  private mayRead = false;
  private pageId = '';
  private pageObject = '';
  private decisions: Decision[] | undefined;
  private disputes: Dispute[] = [];
  private refresh: (() => Promise<unknown>) | undefined;
  private awaitsMore = false;
  private readonly poller = new Poller(async () => this.refresh?.(), PAUSES);

  @wire(getObjectInfo, { objectApiName: DECISION })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.mayRead = !this.isForbidden;
      this.prepare();
    }
  }

  @wire(getRecord, { recordId: '$disputeId', fields: '$disputeFields' })
  receiveDispute({ data, error }: Wire.LdsResult<RecordData>): void {
    this.errors = error ?? this.errors;
    const decisionId = data && getFieldValue(data, DISPUTE_DECISION);
    if (typeof decisionId === 'string') {
      this.ask(DECISION.objectApiName, decisionId);
    }
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.decisions = readDecisions(data);
      this.disputes = readDisputes(data);
      this.hasMore = readExtent(data, 'decisions').hasMore;
      this.sayMore();
    }
  }

  connectedCallback(): void {
    this.poller.start();
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.decisions === undefined && !this.errors;
  }

  get isEmpty(): boolean {
    return this.decisions?.length === 0;
  }

  get emptyWords(): string {
    return this.isOneDecision ? labels.gone : labels.empty;
  }

  get entries(): { decision: Decision; disputes: Dispute[]; open: boolean }[] {
    return (this.decisions ?? []).map((decision) => ({
      decision,
      disputes: this.disputes.filter(({ decisionId }) => decisionId === decision.id),
      open: this.isOneDecision,
    }));
  }

  get hasEntries(): boolean {
    return this.entries.length > 0;
  }

  handleMore(): void {
    if (this.variables) {
      this.awaitsMore = true;
      this.variables = { ...this.variables, first: this.variables.first + PAGE };
    }
  }

  async handleChanged(): Promise<void> {
    await this.refresh?.();
  }

  private get isOneDecision(): boolean {
    return this.pageObject === DECISION.objectApiName || this.pageObject === DISPUTE.objectApiName;
  }

  private prepare(): void {
    if (!this.mayRead || this.pageId === '' || this.pageObject === '') {
      return;
    }
    if (this.pageObject === DISPUTE.objectApiName) {
      this.disputeId = this.pageId;
    } else {
      this.ask(this.pageObject, this.pageId);
    }
  }

  private ask(objectApiName: string, recordId: string): void {
    const asked = timelineQuery(objectApiName);
    if (asked !== undefined && this.variables?.recordId !== recordId) {
      this.query = asQuery(asked);
      this.variables = { recordId, first: PAGE };
    }
  }

  private sayMore(): void {
    if (this.awaitsMore) {
      this.awaitsMore = false;
      this.announced = fill(labels.moreLoaded, this.entries.length);
    }
  }
}
