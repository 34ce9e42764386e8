import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import SCORE from '@salesforce/schema/DealScore__c';
import SCORE_ACCOUNT from '@salesforce/schema/DealScore__c.Account__c';
import SCORE_OPPORTUNITY from '@salesforce/schema/DealScore__c.Opportunity__c';
import SCORE_SAYS from '@salesforce/schema/DealScore__c.Says__c';
import SCORE_VALUE from '@salesforce/schema/DealScore__c.Score__c';
import SCORED_AT from '@salesforce/schema/DealScore__c.ScoredAt__c';
import SCORE_SOURCE from '@salesforce/schema/DealScore__c.Source__c';
import OPPORTUNITY from '@salesforce/schema/Opportunity';
import ACCOUNT from '@salesforce/schema/Opportunity.AccountId';
import AMOUNT from '@salesforce/schema/Opportunity.Amount';
import CLOSE_DATE from '@salesforce/schema/Opportunity.CloseDate';
import IS_CLOSED from '@salesforce/schema/Opportunity.IsClosed';
import NAME from '@salesforce/schema/Opportunity.Name';
import BAND from '@salesforce/schema/Opportunity.P2bBand__c';
import P2B_SCORE from '@salesforce/schema/Opportunity.P2bScore__c';
import P2B_SCORED_AT from '@salesforce/schema/Opportunity.P2bScoredAt__c';
import STAGE from '@salesforce/schema/Opportunity.StageName';
import LOCALE from '@salesforce/i18n/locale';
import { labels } from 'c/accountScoreLabels';
import { asQuery, readExtent, readRows, selectPage, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { numberOf } from 'c/scoreData';
import { bandWords, decimal, money, sourceWords } from 'c/scoreWords';
import { count, fill } from 'c/textFormat';

/** The deals that matter most by their amount; an account with more open deals is said to have more. */
const MOST_DEALS = 50;

const DEAL_FIELDS = {
  name: NAME,
  stage: STAGE,
  amount: AMOUNT,
  closeDate: CLOSE_DATE,
  score: P2B_SCORE,
  band: BAND,
  scoredAt: P2B_SCORED_AT,
};
const ACCOUNT_FIELDS = { source: SCORE_SOURCE, score: SCORE_VALUE, says: SCORE_SAYS, scoredAt: SCORED_AT };
const QUERY = uiApiQuery('accountScores', '$recordId: ID', [
  selectPage(
    'deals',
    OPPORTUNITY,
    DEAL_FIELDS,
    `where: { and: [{ ${ACCOUNT.fieldApiName}: { eq: $recordId } }, { ${IS_CLOSED.fieldApiName}: { eq: false } }] }, ` +
      `orderBy: { ${AMOUNT.fieldApiName}: { order: DESC, nulls: LAST } }, first: ${MOST_DEALS}`,
  ),
  selectRows(
    'accountScores',
    SCORE,
    ACCOUNT_FIELDS,
    `where: { and: [{ ${SCORE_ACCOUNT.fieldApiName}: { eq: $recordId } }, { ${SCORE_OPPORTUNITY.fieldApiName}: { eq: null } }] }, ` +
      `orderBy: { ${SCORED_AT.fieldApiName}: { order: DESC } }, first: 10`,
  ),
]);

interface Deal {
  id: string;
  name: string;
  stage: string;
  amount: number;
  closeDate: string;
  score: number | undefined;
  band: string;
  scoredAt: string;
}
interface ShownDeal {
  id: string;
  name: string;
  scoreText: string;
  band: string;
  amount: string;
  stage: string;
  scoredAt: string;
}
interface AccountScore {
  id: string;
  words: string;
  says: string;
  scoredAt: string;
}

/** The open deals of an account, the most likely first, and what they should come to by their scores. */
export default class AccountPropensity extends LightningElement {
  @api
  get recordId(): string {
    return this.variables?.recordId ?? '';
  }
  set recordId(value: string) {
    this.variables = { recordId: value };
  }

  labels = labels;
  errors: unknown;
  query: unknown;
  variables: { recordId: string } | undefined;
  isForbidden = false;
  accountScores: AccountScore[] = [];
  private deals: Deal[] | undefined;
  private total = 0;
  private refresh: (() => Promise<unknown>) | undefined;

  @wire(getObjectInfo, { objectApiName: SCORE })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : (this.query ?? asQuery(QUERY));
    }
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.total = readExtent(data, 'deals').total;
      this.deals = readRows(data, 'deals', DEAL_FIELDS)
        .map((row) => ({
          id: row.id,
          name: text(row.name),
          stage: text(row.stage),
          amount: numberOf(row.amount) ?? 0,
          closeDate: text(row.closeDate),
          score: numberOf(row.score),
          band: text(row.band),
          scoredAt: text(row.scoredAt),
        }))
        .sort((one, other) => (other.score ?? -1) - (one.score ?? -1) || other.amount - one.amount);
      this.accountScores = readRows(data, 'accountScores', ACCOUNT_FIELDS).map((row) => ({
        id: row.id,
        words: fill(labels.accountScore, sourceWords(text(row.source)), decimal(numberOf(row.score) ?? 0, 0)),
        says: text(row.says),
        scoredAt: text(row.scoredAt),
      }));
    }
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.deals === undefined && !this.errors;
  }

  get isEmpty(): boolean {
    return !this.isForbidden && this.deals?.length === 0;
  }

  get hasDeals(): boolean {
    return !this.isForbidden && (this.deals?.length ?? 0) > 0;
  }

  get hasAccountScores(): boolean {
    return this.accountScores.length > 0;
  }

  /** How many deals there are and what they are worth; what should come of those with a score; how many have none. */
  get sentences(): string[] {
    const deals = this.deals ?? [];
    const worth = money(deals.reduce((sum, { amount }) => sum + amount, 0));
    const sum = count(deals.length, fill(labels.sumOne, worth), labels.sumMany, deals.length, worth);
    const scored = deals.filter(({ score }) => score !== undefined);
    if (scored.length === 0) {
      return [sum, labels.noneScored];
    }
    const closing = scored.reduce((total, { score }) => total + (score ?? 0) / 100, 0);
    const expected = scored.reduce((total, { score, amount }) => total + ((score ?? 0) / 100) * amount, 0);
    const unscored = deals.length - scored.length;
    return [
      sum,
      fill(labels.expected, decimal(closing, 1), scored.length, money(expected)),
      ...(unscored === 0 ? [] : [count(unscored, labels.unscoredOne, labels.unscoredMany)]),
    ];
  }

  get shown(): ShownDeal[] {
    return (this.deals ?? []).map((deal) => ({
      id: deal.id,
      name: deal.name,
      scoreText: deal.score === undefined ? '–' : decimal(deal.score, 0),
      band: deal.score === undefined ? labels.noScore : bandWords(deal.band),
      amount: money(deal.amount),
      stage: fill(labels.stageAndClose, deal.stage, dateWords(deal.closeDate)),
      scoredAt: deal.scoredAt,
    }));
  }

  get moreText(): string {
    const shown = this.deals?.length ?? 0;
    return this.total > shown ? fill(labels.more, shown, this.total) : '';
  }

  async handleRetry(): Promise<void> {
    await this.refresh?.();
  }
}

/** A calendar day in the user's words; it has no time zone of its own. */
function dateWords(day: string): string {
  const moment = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(moment)
    ? ''
    : new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(moment);
}
