import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getRecord } from 'lightning/uiRecordApi';
import type { RecordData } from 'lightning/uiRecordApi';
import ACTIVE from '@salesforce/schema/Partner__c.Active__c';
import FIT_RULES from '@salesforce/schema/Partner__c.FitRules__c';
import REFERRAL from '@salesforce/schema/Referral__c';
import REFERRAL_OPPORTUNITY from '@salesforce/schema/Referral__c.Opportunity__c';
import REFERRAL_PARTNER from '@salesforce/schema/Referral__c.Partner__c';
import { HEALTH_FIELDS, HEALTH_OBJECT, isKnown, readHealth } from 'c/detailData';
import type { Health } from 'c/detailData';
import { labels } from 'c/healthLabels';
import { PRIOR } from 'c/healthReasons';
import { bandWords, confidenceWords, isLittle, movedWords, pointsText, staleWords, trendOf } from 'c/healthWords';
import { asQuery, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import { partnerFit } from 'c/referralDraft';
import { dealFacts, recordFields } from 'c/referralFacts';
import { readFitRules } from 'c/referralSetup';
import { fill } from 'c/textFormat';
import { momentOf } from 'c/timeFormat';

const FIELDS = { ...HEALTH_FIELDS, fitRules: FIT_RULES };
const REFERRAL_FIELDS = { partnerId: REFERRAL_PARTNER };
const NEWEST = 'orderBy: { CreatedDate: { order: DESC } }, first: 1';
const ACTIVE_PARTNERS = selectRows(
  'partners',
  HEALTH_OBJECT,
  FIELDS,
  `where: { ${ACTIVE.fieldApiName}: { eq: true } }, first: 200`,
);
const PARENT_DEAL = REFERRAL_OPPORTUNITY.fieldApiName.replace(/__c$/, '__r');

/** By object of the page: the partners to choose from, and the newest referral. */
const QUERIES: Readonly<Record<string, string>> = {
  [HEALTH_OBJECT.objectApiName]: uiApiQuery('partnerHealth', '$recordId: ID', [
    selectRows('partners', HEALTH_OBJECT, FIELDS, 'where: { Id: { eq: $recordId } }, first: 1'),
  ]),
  Opportunity: uiApiQuery('partnerHealth', '$recordId: ID', [
    ACTIVE_PARTNERS,
    selectRows(
      'referrals',
      REFERRAL,
      REFERRAL_FIELDS,
      `where: { ${REFERRAL_OPPORTUNITY.fieldApiName}: { eq: $recordId } }, ${NEWEST}`,
    ),
  ]),
  Account: uiApiQuery('partnerHealth', '$recordId: ID', [
    ACTIVE_PARTNERS,
    selectRows(
      'referrals',
      REFERRAL,
      REFERRAL_FIELDS,
      `where: { ${PARENT_DEAL}: { AccountId: { eq: $recordId } } }, ${NEWEST}`,
    ),
  ]),
};
/** The reasons that weigh most. */
const MOST_REASONS = 3;

type Partner = Health & { fitRules: unknown };

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
  query: unknown;
  variables: { recordId: string } | undefined;
  dealId: string | undefined;
  dealFields: string[] | undefined;
  private shownId = '';
  private shownObject = '';
  private now = Date.now();
  private partners: Partner[] | undefined;
  private referredPartnerId = '';
  private deal: RecordData | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  receivePartners({ data, errors }: Wire.GraphqlResult): void {
    this.errors = errors;
    if (data) {
      this.now = Date.now();
      this.partners = readRows(data, 'partners', FIELDS).map((row) => ({ ...readHealth(row), fitRules: row.fitRules }));
      this.referredPartnerId = text(readRows(data, 'referrals', REFERRAL_FIELDS)[0]?.partnerId);
      const read = this.partners.flatMap((partner) => readFitRules(partner.fitRules).map(({ field }) => field));
      this.dealFields = ['Opportunity.Name', ...recordFields(read)];
    }
  }

  @wire(getRecord, { recordId: '$dealId', optionalFields: '$dealFields' })
  receiveDeal({ data }: Wire.LdsResult<RecordData>): void {
    this.deal = data ?? this.deal;
  }

  get isLoading(): boolean {
    return this.partners === undefined && !this.errors;
  }

  get hasNoPartner(): boolean {
    return this.partners !== undefined && this.partner === undefined;
  }

  get noPartnerText(): string {
    return this.shownObject === 'Account' ? labels.noPartnerAccount : labels.noPartner;
  }

  get partner(): Partner | undefined {
    const { partners = [] } = this;
    const referred = partners.find(({ id }) => id === this.referredPartnerId);
    if (this.isPartnerPage) {
      return partners[0];
    }
    if (referred || this.dealId === undefined) {
      return referred;
    }
    const facts = dealFacts(this.dealId, this.deal, undefined, []);
    return partners
      .map((partner) => ({ partner, score: partnerFit(readFitRules(partner.fitRules), facts).score }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)[0]?.partner;
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

  get known(): Partner | undefined {
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

  private prepare(): void {
    const query = QUERIES[this.shownObject];
    if (this.shownId === '' || query === undefined) {
      return;
    }
    this.query = asQuery(query);
    this.variables = { recordId: this.shownId };
    this.dealId = this.shownObject === 'Opportunity' ? this.shownId : undefined;
  }
}
