import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { HEALTH_FIELDS, HEALTH_OBJECT, isKnown, readHealth } from 'c/detailData';
import type { Health } from 'c/detailData';
import { labels } from 'c/detailLabels';
import { labels as healthLabels } from 'c/healthLabels';
import {
  bandIcon,
  bandWords,
  confidenceWords,
  dayText,
  missingWords,
  movedWords,
  staleWords,
  trendOf,
} from 'c/healthWords';
import { PARTNER_INSIGHTS, readInsights } from 'c/insightData';
import type { Insight } from 'c/insightData';
import { PARTNER_INTERVENTIONS, readInterventions } from 'c/interventionData';
import type { Intervention } from 'c/interventionData';
import { asQuery, readRows, selectRows, uiApiQuery } from 'c/recordQuery';
import { fill } from 'c/textFormat';
import { momentOf } from 'c/timeFormat';

const QUERY = uiApiQuery('partnerHealthDetail', '$recordId: ID', [
  selectRows('partners', HEALTH_OBJECT, HEALTH_FIELDS, 'where: { Id: { eq: $recordId } }, first: 1'),
]);
// Asked apart from the partner: whoever may not read these still sees the health.
const BEHIND_QUERY = uiApiQuery('partnerHealthBehind', '$recordId: ID', [PARTNER_INSIGHTS, PARTNER_INTERVENTIONS]);

/**
 * A partner's health on its page: the score with its parts, both signals side by side over 26 weeks, what is missing, how
 * sure and how old, and what lies behind each week.
 */
export default class PartnerHealthDetail extends LightningElement {
  @api
  get recordId(): string {
    return this.variables?.recordId ?? '';
  }
  set recordId(value: string) {
    this.variables = value ? { recordId: value } : undefined;
    this.query = value ? (this.query ?? asQuery(QUERY)) : undefined;
    this.behindQuery = value ? (this.behindQuery ?? asQuery(BEHIND_QUERY)) : undefined;
  }

  labels = labels;
  healthLabels = healthLabels;
  query: unknown;
  behindQuery: unknown;
  variables: { recordId: string } | undefined;
  errors: unknown;
  behindErrors: unknown;
  week = '';
  insights: Insight[] = [];
  interventions: Intervention[] = [];
  hasBehind = false;
  health: Health | undefined;
  private now = Date.now();
  private answered = false;
  private refresh: (() => Promise<unknown>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.now = Date.now();
      const [row] = readRows(data, 'partners', HEALTH_FIELDS);
      this.health = row && readHealth(row);
      this.answered = true;
    }
  }

  @wire(graphql, { query: '$behindQuery', variables: '$variables' })
  receiveBehind({ data, errors }: Wire.GraphqlResult): void {
    this.behindErrors = errors;
    if (data) {
      this.insights = readInsights(data).filter(({ audience }) => audience !== 'partner');
      this.interventions = readInterventions(data, 'interventions');
      this.hasBehind = true;
    }
  }

  get isLoading(): boolean {
    return !this.answered && !this.errors;
  }

  get isForbidden(): boolean {
    return this.answered && this.health === undefined;
  }

  get isUnknown(): boolean {
    return this.health !== undefined && !isKnown(this.health);
  }

  get unknownText(): string {
    return fill(labels.none, this.health?.name ?? '');
  }

  get shown(): Health | undefined {
    return this.health && isKnown(this.health) ? this.health : undefined;
  }

  get headline(): string {
    const { score, band = 'unknown' } = this.health ?? {};
    return score === undefined ? bandWords(band) : fill(healthLabels.scoreBand, Math.round(score), bandWords(band));
  }

  get bandIcon(): string {
    return bandIcon(this.health?.band ?? 'unknown');
  }

  get trend(): { words: string; icon: string } {
    return trendOf(this.health?.trend);
  }

  get declining(): string {
    return this.health?.declining ? fill(healthLabels.decliningSince, dayText(this.health.decliningSince)) : '';
  }

  get confidence(): string {
    return confidenceWords(this.health?.confidence);
  }

  get missing(): string {
    return missingWords(this.health?.usage, this.health?.interaction);
  }

  get stale(): string {
    return staleWords(momentOf(this.health?.updatedAt), this.now);
  }

  get version(): string {
    return this.health?.version ? fill(labels.version, this.health.version) : '';
  }

  get usageMoved(): string {
    return movedWords(this.health?.usageTrend);
  }

  get interactionMoved(): string {
    return movedWords(this.health?.interactionTrend);
  }

  handleWeek(event: CustomEvent<{ week: string }>): void {
    this.week = event.detail.week;
  }

  handleAllWeeks(): void {
    this.week = '';
  }

  async handleRetry(): Promise<void> {
    await this.refresh?.();
  }
}
