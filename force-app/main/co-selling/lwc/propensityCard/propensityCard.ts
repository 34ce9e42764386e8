import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import type { RecordData } from 'lightning/uiRecordApi';
import SCORE_OBJECT from '@salesforce/schema/DealScore__c';
import IS_CLOSED from '@salesforce/schema/Opportunity.IsClosed';
import BAND from '@salesforce/schema/Opportunity.P2bBand__c';
import REASONS from '@salesforce/schema/Opportunity.P2bReasons__c';
import SCORE from '@salesforce/schema/Opportunity.P2bScore__c';
import OPPORTUNITY_SCORED_AT from '@salesforce/schema/Opportunity.P2bScoredAt__c';
import REQUEST from '@salesforce/schema/Request__c';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { labels } from 'c/propensityLabels';
import { asQuery, text } from 'c/recordQuery';
import { DEAL_SCORE_QUERY, numberOf, readDealScores, readLearned, readReasons } from 'c/scoreData';
import type { DealScore, Learned, Reason } from 'c/scoreData';
import { bandWords, confidenceWords, decimal, listWords, sourceWords } from 'c/scoreWords';
import { fill } from 'c/textFormat';
import { durationText, momentOf } from 'c/timeFormat';

/** A score older than this is shown with a warning: the deal may have moved on. */
const STALE_AFTER = 7 * 24 * 3_600_000;

/**
 * How likely a deal is to be won: score, band and meaning in words, what speaks for and against it, what would raise it,
 * whose scores it was merged from, and its age. No score, too little history and an old score are states of their own.
 */
export default class PropensityCard extends LightningElement {
  @api
  get recordId(): string {
    return this.dealId;
  }
  set recordId(value: string) {
    this.dealId = value;
    this.variables = { recordId: value };
  }

  labels = labels;
  sendFailed = sendFailed;
  dealId = '';
  error: unknown;
  fields = [SCORE, BAND, REASONS, OPPORTUNITY_SCORED_AT, IS_CLOSED];
  query: unknown;
  variables: { recordId: string } | undefined;
  requestId = '';
  sendErrors: unknown;
  isSending = false;
  scores: DealScore[] = [];
  private mayRequest = false;
  private isAnswered = false;
  private record: RecordData | undefined;
  private learned: Learned | undefined;
  private refresh: (() => Promise<unknown>) | undefined;

  @wire(getRecord, { recordId: '$dealId', optionalFields: '$fields' })
  receiveRecord({ data, error }: Wire.LdsResult<RecordData>): void {
    this.record = data ?? this.record;
    this.error = error;
  }

  @wire(getObjectInfo, { objectApiName: SCORE_OBJECT })
  receiveScoreInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      // Without the right to scores the fields on the deal still say the number.
      this.query = data?.queryable === true ? (this.query ?? asQuery(DEAL_SCORE_QUERY)) : undefined;
      this.isAnswered = this.isAnswered || this.query === undefined;
    }
  }

  @wire(getObjectInfo, { objectApiName: REQUEST })
  receiveRequestInfo({ data }: Wire.LdsResult<ObjectInfo>): void {
    this.mayRequest = data?.createable === true;
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receiveScores({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    if (data) {
      this.scores = readDealScores(data);
      this.learned = readLearned(data);
    }
    this.isAnswered = this.isAnswered || Boolean(data) || Boolean(errors);
    this.error = errors ?? this.error;
  }

  get isLoading(): boolean {
    return !this.error && (this.record === undefined || !this.isAnswered);
  }

  get isForbidden(): boolean {
    return this.isSettled && this.scores.length === 0 && !(SCORE.fieldApiName in (this.record?.fields ?? {}));
  }

  /** Nothing but the base rate is known, and no other source knows more. */
  get isTooLittle(): boolean {
    if (!this.isSettled || this.isForbidden || this.learned?.isTooLittle !== true) {
      return false;
    }
    const others = this.scores.filter(({ source, isBaseRate }) => source !== 'merged' && !isBaseRate);
    return !others.some(({ weight }) => (weight ?? 0) > 0);
  }

  get isEmpty(): boolean {
    return this.isSettled && !this.isForbidden && !this.isTooLittle && this.score === undefined;
  }

  get hasScore(): boolean {
    return this.isSettled && !this.isTooLittle && this.score !== undefined;
  }

  get won(): number {
    return this.learned?.won ?? 0;
  }

  get closed(): number {
    return this.learned?.closed ?? 0;
  }

  get isClosed(): boolean {
    return getFieldValue(this.record, IS_CLOSED) === true;
  }

  get score(): number | undefined {
    return this.merged?.score ?? this.fieldScore;
  }

  get scoreNumber(): string {
    return decimal(this.score ?? 0, 0);
  }

  get fieldScore(): number | undefined {
    return numberOf(getFieldValue(this.record, SCORE));
  }

  get ringText(): string {
    return fill(labels.ringText, this.scoreNumber);
  }

  get band(): string {
    return bandWords(this.merged?.band || text(getFieldValue(this.record, BAND)));
  }

  /** The calibrated sentence; where there is none, the plain number. */
  get says(): string {
    return this.merged?.says || fill(labels.score, this.scoreNumber);
  }

  get reasons(): Reason[] {
    const { merged } = this;
    return merged && merged.reasons.length > 0 ? merged.reasons : readReasons(getFieldValue(this.record, REASONS));
  }

  get raises(): Reason[] {
    return this.isClosed ? [] : (this.merged?.raises ?? []);
  }

  get scoredAt(): string {
    return this.merged?.scoredAt || text(getFieldValue(this.record, OPPORTUNITY_SCORED_AT));
  }

  get staleText(): string {
    const moment = momentOf(this.scoredAt);
    const age = moment === undefined ? 0 : Date.now() - moment;
    return this.isClosed || age <= STALE_AFTER ? '' : fill(labels.stale, durationText(age));
  }

  /** "From our own model and AWS · fairly sure (72 %)"; the age stands behind it. */
  get quietLine(): string {
    const names = this.scores
      .filter(({ source, weight }) => source !== 'merged' && (weight ?? 1) > 0)
      .map(({ source }) => sourceWords(source));
    const sources = names.length === 0 ? '' : fill(labels.sources, listWords(names));
    return [sources, confidenceWords(this.merged?.confidence)].filter((part) => part !== '').join(' · ');
  }

  get againLabel(): string {
    return this.score === undefined ? labels.first : labels.again;
  }

  get mayScore(): boolean {
    return this.isSettled && this.mayRequest && !this.isForbidden && !this.isTooLittle && !this.isClosed;
  }

  async handleAgain(): Promise<void> {
    this.isSending = true;
    this.sendErrors = undefined;
    this.requestId = '';
    try {
      this.requestId = await sendRequest('rescore', '', {}, { opportunityId: this.dealId });
    } catch (error) {
      this.sendErrors = error;
      this.isSending = false;
    }
  }

  async handleAnswered(event: CustomEvent<Answer>): Promise<void> {
    this.isSending = false;
    if (event.detail.state === 'done') {
      await Promise.all([this.refresh?.(), notifyRecordUpdateAvailable([{ recordId: this.dealId }])]);
    }
  }

  async handleRetry(): Promise<void> {
    this.error = undefined;
    await Promise.all([this.refresh?.(), notifyRecordUpdateAvailable([{ recordId: this.dealId }])]);
  }

  private get isSettled(): boolean {
    return this.record !== undefined && this.isAnswered && !this.error;
  }

  private get merged(): DealScore | undefined {
    return this.scores.find(({ source }) => source === 'merged');
  }
}
