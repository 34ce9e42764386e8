import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getRecord } from 'lightning/uiRecordApi';
import type { RecordData } from 'lightning/uiRecordApi';
import ACTIVE from '@salesforce/schema/Partner__c.Active__c';
import FIT_RULES from '@salesforce/schema/Partner__c.FitRules__c';
import NAME from '@salesforce/schema/Partner__c.Name';
import REFERRAL from '@salesforce/schema/Referral__c';
import REFERRAL_OPPORTUNITY from '@salesforce/schema/Referral__c.Opportunity__c';
import REFERRAL_PARTNER from '@salesforce/schema/Referral__c.Partner__c';
import { HEALTH_FIELDS, HEALTH_OBJECT, isKnown, readHealth } from 'c/detailData';
import type { Health } from 'c/detailData';
import { labels } from 'c/healthLabels';
import { PRIOR } from 'c/healthReasons';
import { bandWords, confidenceWords, isLittle, movedWords, pointsText, staleWords, trendOf } from 'c/healthWords';
import { asQuery, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import type { Row } from 'c/recordQuery';
import { partnerFit } from 'c/referralDraft';
import { dealFacts, recordFields } from 'c/referralFacts';
import { readFitRules } from 'c/referralSetup';
import { fill } from 'c/textFormat';
import { momentOf } from 'c/timeFormat';

// What a partner is chosen by. Its health is asked for alone, so that a deal's page does not carry that of two hundred.
const CHOICE_FIELDS = { name: NAME, fitRules: FIT_RULES };
const REFERRAL_FIELDS = { partnerId: REFERRAL_PARTNER };
const NEWEST = 'orderBy: { CreatedDate: { order: DESC } }, first: 1';
const PARENT_DEAL = REFERRAL_OPPORTUNITY.fieldApiName.replace(/__c$/, '__r');
const HEALTH_QUERY = uiApiQuery('partnerHealth', '$recordId: ID', [
  selectRows('partners', HEALTH_OBJECT, HEALTH_FIELDS, 'where: { Id: { eq: $recordId } }, first: 1'),
]);

/** The partners to choose from and the newest referral, for a page whose record `where` names. */
const choicesFor = (where: string): string =>
  uiApiQuery('partnerChoices', '$recordId: ID', [
    selectRows('partners', HEALTH_OBJECT, CHOICE_FIELDS, `where: { ${ACTIVE.fieldApiName}: { eq: true } }, first: 200`),
    selectRows('referrals', REFERRAL, REFERRAL_FIELDS, `where: { ${where} }, ${NEWEST}`),
  ]);
const CHOICES: Readonly<Record<string, string>> = {
  Opportunity: choicesFor(`${REFERRAL_OPPORTUNITY.fieldApiName}: { eq: $recordId }`),
  Account: choicesFor(`${PARENT_DEAL}: { AccountId: { eq: $recordId } }`),
};
/** The reasons that weigh most. */
const MOST_REASONS = 3;

/**
 * The health of a partner in brief, with its two signals; a missing signal is drawn as missing. On a partner's page that
 * partner; on an opportunity's the one it was referred to, else the one that fits the deal best; on an account's the one
 * its newest referral went to.
 */
export default class PartnerHealthCard extends LightningElement {
  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(value: string) {
    this.shownId = value;
    this.prepare();
  }

  @api
  get objectApiName(): string {
    return this.shownObject;
  }
  set objectApiName(value: string) {
    this.shownObject = value;
    this.prepare();
  }

  labels = labels;
  errors: unknown;
  // What the wires read; set only when it changes, as each new value asks the server again.
  choiceQuery: unknown;
  choiceVariables: { recordId: string } | undefined;
  query: unknown;
  variables: { recordId: string } | undefined;
  dealId: string | undefined;
  dealFields: string[] | undefined;
  partner: Health | undefined;
  hasNoPartner = false;
  private shownId = '';
  private shownObject = '';
  private now = Date.now();
  private choices: Row<typeof CHOICE_FIELDS>[] = [];
  private referredPartnerId = '';
  private deal: RecordData | undefined;

  @wire(graphql, { query: '$choiceQuery', variables: '$choiceVariables' })
  receiveChoices({ data, errors }: Wire.GraphqlResult): void {
    this.errors = errors;
    if (data) {
      this.choices = readRows(data, 'partners', CHOICE_FIELDS);
      this.referredPartnerId = text(readRows(data, 'referrals', REFERRAL_FIELDS)[0]?.partnerId);
      const read = this.choices.flatMap(({ fitRules }) => readFitRules(fitRules).map(({ field }) => field));
      this.dealFields = ['Opportunity.Name', ...recordFields(read)];
      this.show(this.chosenId);
    }
  }

  @wire(getRecord, { recordId: '$dealId', optionalFields: '$dealFields' })
  receiveDeal({ data }: Wire.LdsResult<RecordData>): void {
    if (data) {
      this.deal = data;
      this.show(this.chosenId);
    }
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receiveHealth({ data, errors }: Wire.GraphqlResult): void {
    this.errors = errors;
    if (data) {
      this.now = Date.now();
      const [row] = readRows(data, 'partners', HEALTH_FIELDS);
      this.partner = row && readHealth(row);
      this.hasNoPartner = row === undefined;
    }
  }

  get isLoading(): boolean {
    return this.partner === undefined && !this.hasNoPartner && !this.errors;
  }

  get noPartnerText(): string {
    return this.shownObject === 'Account' ? labels.noPartnerAccount : labels.noPartner;
  }

  get heading(): string {
    return this.partner ? fill(labels.titlePartner, this.partner.name) : labels.title;
  }

  get isUnknown(): boolean {
    return this.partner !== undefined && !isKnown(this.partner);
  }

  get unknownText(): string {
    return fill(labels.none, this.partner?.name ?? '');
  }

  get known(): Health | undefined {
    return this.partner && isKnown(this.partner) ? this.partner : undefined;
  }

  get headline(): string {
    const { score, band = 'unknown' } = this.partner ?? {};
    const words = bandWords(band);
    return score === undefined ? words : fill(labels.scoreBand, fill(labels.score, Math.round(score)), words);
  }

  get trend(): { words: string; icon: string } {
    return trendOf(this.partner?.trend);
  }

  /** How sure it is, where that is little: on a card the usual case is not worth a line. */
  get little(): string {
    const { confidence } = this.partner ?? {};
    return isLittle(confidence) ? confidenceWords(confidence) : '';
  }

  get stale(): string {
    return staleWords(momentOf(this.partner?.updatedAt), this.now);
  }

  get signals(): { key: string; label: string; isMissing: boolean; words: string; width: string }[] {
    const { usage, usageTrend, interaction, interactionTrend } = this.partner ?? {};
    return [
      { key: 'usage', label: labels.signalUsage, value: usage, moved: movedWords(usageTrend) },
      { key: 'interaction', label: labels.signalInteraction, value: interaction, moved: movedWords(interactionTrend) },
    ].map(({ key, label, value, moved }) => ({
      key,
      label,
      isMissing: value === undefined,
      words:
        value === undefined
          ? labels.signalMissing
          : [fill(labels.signalValue, Math.round(value)), moved].filter((part) => part !== '').join(', '),
      width: value === undefined ? '' : `inline-size: ${Math.max(0, Math.min(100, value))}%`,
    }));
  }

  get reasons(): { key: number; says: string; points: string }[] {
    return (this.partner?.factors ?? [])
      .filter(({ factor }) => factor !== PRIOR)
      .sort((one, other) => Math.abs(other.points) - Math.abs(one.points))
      .slice(0, MOST_REASONS)
      .map(({ says, points }, key) => ({ key, says, points: pointsText(points) }));
  }

  get hasReasons(): boolean {
    return this.reasons.length > 0;
  }

  get isElsewhere(): boolean {
    return !this.isPartnerPage;
  }

  private get isPartnerPage(): boolean {
    return this.shownObject === HEALTH_OBJECT.objectApiName;
  }

  /** The partner that the page's record is about; empty where there is none. */
  private get chosenId(): string {
    const referred = this.choices.find(({ id }) => id === this.referredPartnerId)?.id;
    if (referred !== undefined || this.dealId === undefined) {
      return referred ?? '';
    }
    const facts = dealFacts(this.dealId, this.deal, undefined, []);
    const [best] = this.choices
      .map(({ id, fitRules }) => ({ id, score: partnerFit(readFitRules(fitRules), facts).score }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score);
    return best?.id ?? '';
  }

  private show(partnerId: string): void {
    // Until the deal has come nobody knows what fits it; one that it was referred to is known before.
    this.hasNoPartner = partnerId === '' && (this.dealId === undefined || this.deal !== undefined);
    if (partnerId !== '' && partnerId !== this.variables?.recordId) {
      this.query ??= asQuery(HEALTH_QUERY);
      this.partner = undefined;
      this.variables = { recordId: partnerId };
    }
  }

  private prepare(): void {
    if (this.shownId === '' || this.shownObject === '') {
      return;
    }
    if (this.isPartnerPage) {
      this.show(this.shownId);
      return;
    }
    this.dealId = this.shownObject === 'Opportunity' ? this.shownId : undefined;
    const choices = CHOICES[this.shownObject];
    this.choiceQuery = choices === undefined ? undefined : asQuery(choices);
    this.choiceVariables = { recordId: this.shownId };
  }
}
