import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import { createRecord } from 'lightning/uiRecordApi';
import REFERRAL_OBJECT from '@salesforce/schema/Referral__c';
import REQUEST from '@salesforce/schema/Request__c';
import CLICKED_AT from '@salesforce/schema/Request__c.ClickedAt__c';
import INPUT from '@salesforce/schema/Request__c.Input__c';
import KIND from '@salesforce/schema/Request__c.Kind__c';
import OPPORTUNITY from '@salesforce/schema/Request__c.Opportunity__c';
import PARTNER from '@salesforce/schema/Request__c.Partner__c';
import REFERRAL from '@salesforce/schema/Request__c.Referral__c';
import SURFACE from '@salesforce/schema/Request__c.Surface__c';
import { Poller } from 'c/poller';
import { asQuery } from 'c/recordQuery';
import {
  DEAL_QUERY,
  DEAL_QUERY_OF_READER,
  SENT_VALUES_QUERY,
  readReferrals,
  readRequests,
  readSentValues,
} from 'c/referralData';
import type { Referral, Request } from 'c/referralData';
import { SETUP_QUERY, readMapping, readPartners } from 'c/referralSetup';
import type { Partner } from 'c/referralSetup';
import type { Answers, DraftValue, MappingRow } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import type { ReferralInput } from 'c/referralOffer';
import { isToConfirm, pendingRequest, refusedRequest, viewOf } from 'c/referralView';
import type { ReferralView } from 'c/referralView';

interface Progress extends HTMLElement {
  focusHeadline(): void;
}
interface Start extends HTMLElement {
  focusButton(): void;
  readAgain(): Promise<void>;
}
type Kind = 'refer' | 'answer' | 'correct' | 'retry';

/** Two seconds at first, slowing to fifteen: a referral takes seconds to file and days to be reviewed. */
const PAUSES = { first: 2_000, growth: 1.25, longest: 15_000 };

/** States that a new click moves on: what will be sent is shown again, and pressing is the yes that was missing. */
const LOOKED_AT_ANEW: readonly string[] = ['rejected', 'waiting-approval'];

/**
 * The referral panel of an opportunity: shows what there is and makes the one record that a click stands for.
 * The service hears of that record by itself; this page only reads again what became of it.
 */
export default class ReferralPanel extends LightningElement {
  @api
  get recordId(): string {
    return this.dealId;
  }
  set recordId(value: string) {
    this.dealId = value;
    this.variables = { recordId: value };
  }

  labels = labels;
  dealId = '';
  busy = false;
  sendError: unknown;
  setupErrors: unknown;
  dealErrors: unknown;
  announcement = '';
  partners: Partner[] | undefined;
  mapping: MappingRow[] = [];
  referrals: Referral[] | undefined;
  sentValues: DraftValue[] = [];
  // What the wires read; set only when it changes, as each new value asks the server again.
  variables: { recordId: string } | undefined;
  setupQuery: unknown;
  dealQuery: unknown;
  sentValuesQuery: unknown;
  sentValuesVariables: { recordId: string } | undefined;

  private mayRequest: boolean | undefined;
  private mayRead: boolean | undefined;
  private requests: Request[] = [];
  private chosenPartnerId = '';
  private now = Date.now();
  private refreshSetup: (() => Promise<unknown>) | undefined;
  private refreshDeal: (() => Promise<unknown>) | undefined;
  private focusNext: 'headline' | 'button' | undefined;
  private readonly poller = new Poller(() => this.readAgain(), PAUSES);

  @wire(getObjectInfo, { objectApiName: REQUEST })
  receiveRequestInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.mayRequest = data?.createable === true;
      this.openQueries();
    }
  }

  @wire(getObjectInfo, { objectApiName: REFERRAL_OBJECT })
  receiveReferralInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.mayRead = data?.queryable === true;
      this.openQueries();
    }
  }

  @wire(graphql, { query: '$setupQuery' })
  receiveSetup({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refreshSetup = refresh ?? this.refreshSetup;
    this.setupErrors = errors;
    if (data) {
      this.partners = readPartners(data);
      this.mapping = readMapping(data);
    }
  }

  @wire(graphql, { query: '$dealQuery', variables: '$variables' })
  receiveDeal({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refreshDeal = refresh ?? this.refreshDeal;
    this.dealErrors = errors;
    if (data) {
      this.change(() => {
        this.referrals = readReferrals(data);
        this.requests = readRequests(data);
      });
    }
  }

  @wire(graphql, { query: '$sentValuesQuery', variables: '$sentValuesVariables' })
  receiveSentValues({ data }: Wire.GraphqlResult): void {
    this.sentValues = data ? readSentValues(data) : this.sentValues;
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  renderedCallback(): void {
    const { focusNext } = this;
    this.focusNext = undefined;
    if (focusNext === 'headline') {
      this.template?.querySelector<Progress>('c-referral-progress')?.focusHeadline();
    } else if (focusNext === 'button') {
      this.template?.querySelector<Start>('c-referral-start')?.focusButton();
    }
  }

  get isForbidden(): boolean {
    return this.mayRead === false;
  }

  get isLoading(): boolean {
    return !this.isForbidden && !this.readErrors && (this.partners === undefined || this.referrals === undefined);
  }

  get readErrors(): unknown {
    return this.setupErrors ?? this.dealErrors;
  }

  get isReady(): boolean {
    return this.partners !== undefined && this.referrals !== undefined;
  }

  get canAct(): boolean {
    return this.mayRequest === true;
  }

  get cannotAct(): boolean {
    return this.isReady && !this.canAct;
  }

  get partnerId(): string {
    const newestRequest = this.requests.find(({ partnerId, state }) => partnerId !== '' && state !== 'done');
    return this.chosenPartnerId || newestRequest?.partnerId || (this.referrals?.[0]?.partnerId ?? '');
  }

  get partnerName(): string {
    return this.partners?.find(({ id }) => id === this.partnerId)?.name ?? this.referral?.partnerName ?? '';
  }

  get partnerMapping(): MappingRow[] {
    return this.mapping.filter(({ network }) => network === this.referral?.network);
  }

  get referral(): Referral | undefined {
    return this.referrals?.find(({ partnerId }) => partnerId === this.partnerId);
  }

  get view(): ReferralView | undefined {
    const { referral, pending } = this;
    return referral || pending ? viewOf(referral, pending, this.now) : undefined;
  }

  /** The referral as the headline speaks of it: a click that is still on its way hides the state before it. */
  get shownReferral(): Referral | undefined {
    return this.view?.isOnItsWay ? undefined : this.referral;
  }

  get canRefer(): boolean {
    const state = this.referral?.state;
    return this.canAct && !this.pending && (state === undefined || LOOKED_AT_ANEW.includes(state));
  }

  get isRejected(): boolean {
    return this.referral?.state === 'rejected';
  }

  get isToConfirm(): boolean {
    return isToConfirm(this.referral);
  }

  get refusal(): string {
    return refusedRequest(this.requests, this.partnerId, this.referral)?.message ?? '';
  }

  handleRefer(event: CustomEvent<{ partnerId: string; input: ReferralInput }>): void {
    const { partnerId, input } = event.detail;
    this.request('refer', partnerId, input);
  }

  handleRequest(event: CustomEvent<{ kind: Kind; answers: Answers }>): void {
    const { kind, answers } = event.detail;
    this.request(kind, this.partnerId, { version: 1, answers });
  }

  handleSendChanges(event: CustomEvent<{ input: object }>): void {
    this.request('correct', this.partnerId, event.detail.input);
  }

  handleChoose(event: CustomEvent<{ partnerId: string }>): void {
    this.chosenPartnerId = event.detail.partnerId;
    this.focusNext = this.view ? 'headline' : 'button';
  }

  async handleReadAgain(): Promise<void> {
    await Promise.all([this.refreshSetup?.(), this.refreshDeal?.()]);
  }

  private get pending(): Request | undefined {
    return pendingRequest(this.requests, this.partnerId);
  }

  private openQueries(): void {
    if (this.mayRead && this.mayRequest !== undefined) {
      this.setupQuery ??= asQuery(SETUP_QUERY);
      this.dealQuery ??= this.mayRequest ? asQuery(DEAL_QUERY) : asQuery(DEAL_QUERY_OF_READER);
    }
  }

  /** One click, one record: nothing else is asked for until it is there or has failed. */
  private async request(kind: Kind, partnerId: string, input: object): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.sendError = undefined;
    const clickedAt = new Date().toISOString();
    try {
      const { id } = await createRecord({
        apiName: REQUEST.objectApiName,
        fields: {
          [KIND.fieldApiName]: kind,
          [OPPORTUNITY.fieldApiName]: this.dealId,
          [PARTNER.fieldApiName]: partnerId,
          [REFERRAL.fieldApiName]: kind === 'refer' ? null : (this.referral?.id ?? null),
          [SURFACE.fieldApiName]: 'panel',
          [CLICKED_AT.fieldApiName]: clickedAt,
          [INPUT.fieldApiName]: JSON.stringify(input),
        },
      });
      this.change(() => {
        this.chosenPartnerId = partnerId;
        this.requests = [{ id, partnerId, kind, state: 'new', message: '', createdAt: clickedAt }, ...this.requests];
      });
      this.focusNext = 'headline';
    } catch (error) {
      this.sendError = error;
      this.focusNext = kind === 'refer' ? 'button' : undefined;
    } finally {
      this.busy = false;
    }
  }

  private async readAgain(): Promise<void> {
    this.now = Date.now();
    await this.refreshDeal?.();
  }

  /** Applies what was read or done, says a new state once, and keeps reading while there is something to wait for. */
  private change(apply: () => void): void {
    const before = this.view?.headline;
    const { isReady: wasReady, isToConfirm: hadToConfirm } = this;
    apply();
    if (wasReady && this.isToConfirm && !hadToConfirm) {
      // What the seller saw is no longer what is there: they confirm what is read now.
      this.template?.querySelector<Start>('c-referral-start')?.readAgain();
    }
    this.now = Date.now();
    const { view, referral } = this;
    if (view && wasReady && view.headline !== before) {
      this.announcement = view.headline;
    }
    if (referral?.state === 'action-required' && this.sentValuesVariables?.recordId !== referral.id) {
      this.sentValuesVariables = { recordId: referral.id };
      this.sentValuesQuery = asQuery(SENT_VALUES_QUERY);
    }
    if (!view || view.finished) {
      this.poller.stop();
    } else if (!this.poller.isRunning || view.headline !== before) {
      this.poller.start();
    }
  }
}
