import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import type { RecordData } from 'lightning/uiRecordApi';
import { graphql } from 'lightning/graphql';
import SCORE_OBJECT from '@salesforce/schema/DealScore__c';
import SCORE_OPPORTUNITY from '@salesforce/schema/DealScore__c.Opportunity__c';
import SCORE_REASONS from '@salesforce/schema/DealScore__c.Reasons__c';
import SCORED_AT from '@salesforce/schema/DealScore__c.ScoredAt__c';
import SCORE_SOURCE from '@salesforce/schema/DealScore__c.Source__c';
import BAND from '@salesforce/schema/Opportunity.P2bBand__c';
import REASONS from '@salesforce/schema/Opportunity.P2bReasons__c';
import SCORE from '@salesforce/schema/Opportunity.P2bScore__c';
import OPPORTUNITY_SCORED_AT from '@salesforce/schema/Opportunity.P2bScoredAt__c';
import { labels } from 'c/propensityLabels';
import { asQuery, jsonObject, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { fill } from 'c/textFormat';

const SCORE_FIELDS = { reasons: SCORE_REASONS, source: SCORE_SOURCE, scoredAt: SCORED_AT };
const QUERY = uiApiQuery('dealScore', '$recordId: ID', [
  selectRows(
    'scores',
    SCORE_OBJECT,
    SCORE_FIELDS,
    `where: { ${SCORE_OPPORTUNITY.fieldApiName}: { eq: $recordId } }, ` +
      `orderBy: { ${SCORED_AT.fieldApiName}: { order: DESC } }, first: 1`,
  ),
]);
const BAND_LABELS: Record<string, string> = { low: labels.bandLow, medium: labels.bandMedium, high: labels.bandHigh };

/** The score of a deal in a ring, its band in words, what speaks for and against it, its source and age. No score is a state of its own. */
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
  dealId = '';
  error: unknown;
  fields = [SCORE, BAND, REASONS, OPPORTUNITY_SCORED_AT];
  query = asQuery(QUERY);
  variables: { recordId: string } | undefined;
  private record: RecordData | undefined;
  private details: { reasons: unknown; source: unknown; scoredAt: unknown } | undefined;

  @wire(getRecord, { recordId: '$dealId', optionalFields: '$fields' })
  receiveRecord({ data, error }: Wire.LdsResult<RecordData>): void {
    this.record = data ?? this.record;
    this.error = error;
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receiveScore({ data }: Wire.GraphqlResult): void {
    // Scores are private to those who may see the deal's details; the fields on the deal still say the score.
    this.details = readRows(data, 'scores', SCORE_FIELDS)[0] ?? this.details;
  }

  get isLoading(): boolean {
    return this.record === undefined && this.error === undefined;
  }

  get score(): number | undefined {
    const score = getFieldValue(this.record, SCORE);
    return typeof score === 'number' ? score : undefined;
  }

  get hasScore(): boolean {
    return this.score !== undefined;
  }

  get isEmpty(): boolean {
    return this.record !== undefined && !this.hasScore;
  }

  get scoreText(): string {
    return fill(labels.score, this.score ?? '');
  }

  get band(): string {
    return BAND_LABELS[text(getFieldValue(this.record, BAND))] ?? '';
  }

  get reasonsFor(): string[] {
    return this.reasons('up').slice(0, 3);
  }

  get reasonsAgainst(): string[] {
    return this.reasons('down').slice(0, 2);
  }

  get hasReasonsFor(): boolean {
    return this.reasonsFor.length > 0;
  }

  get hasReasonsAgainst(): boolean {
    return this.reasonsAgainst.length > 0;
  }

  get scoredAt(): string {
    return text(getFieldValue(this.record, OPPORTUNITY_SCORED_AT) ?? this.details?.scoredAt);
  }

  get source(): string {
    const source = text(this.details?.source);
    return source === '' ? labels.sourceUnknown : fill(labels.source, source);
  }

  /** The deal's own reasons are those it was last scored with; the score record's stand in for them. */
  private reasons(side: 'up' | 'down'): string[] {
    const own = jsonObject(getFieldValue(this.record, REASONS))[side];
    const value = own ?? jsonObject(this.details?.reasons)[side];
    return Array.isArray(value) ? value.map(text) : [];
  }
}
