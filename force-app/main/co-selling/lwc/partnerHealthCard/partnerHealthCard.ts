import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getRecord } from 'lightning/uiRecordApi';
import type { RecordData } from 'lightning/uiRecordApi';
import PARTNER from '@salesforce/schema/Partner__c';
import ACTIVE from '@salesforce/schema/Partner__c.Active__c';
import FIT_RULES from '@salesforce/schema/Partner__c.FitRules__c';
import HEALTH from '@salesforce/schema/Partner__c.Health__c';
import REASONS from '@salesforce/schema/Partner__c.HealthReasons__c';
import TREND from '@salesforce/schema/Partner__c.HealthTrend__c';
import UPDATED_AT from '@salesforce/schema/Partner__c.HealthUpdatedAt__c';
import INTERACTION from '@salesforce/schema/Partner__c.InteractionSignal__c';
import NAME from '@salesforce/schema/Partner__c.Name';
import USAGE from '@salesforce/schema/Partner__c.UsageSignal__c';
import REFERRAL from '@salesforce/schema/Referral__c';
import REFERRAL_OPPORTUNITY from '@salesforce/schema/Referral__c.Opportunity__c';
import REFERRAL_PARTNER from '@salesforce/schema/Referral__c.Partner__c';
import { labels } from 'c/healthLabels';
import { asQuery, jsonList, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';
import type { Row } from 'c/recordQuery';
import { partnerFit } from 'c/referralDraft';
import { dealFacts, recordFields } from 'c/referralFacts';
import { readFitRules } from 'c/referralSetup';
import { fill } from 'c/textFormat';

const FIELDS = {
  name: NAME,
  fitRules: FIT_RULES,
  health: HEALTH,
  trend: TREND,
  reasons: REASONS,
  usage: USAGE,
  interaction: INTERACTION,
  updatedAt: UPDATED_AT,
};
const REFERRAL_FIELDS = { partnerId: REFERRAL_PARTNER };
const PARTNER_PAGE_QUERY = uiApiQuery('partnerHealth', '$recordId: ID', [
  selectRows('partners', PARTNER, FIELDS, 'where: { Id: { eq: $recordId } }, first: 1'),
]);
const DEAL_PAGE_QUERY = uiApiQuery('partnerHealth', '$recordId: ID', [
  selectRows('partners', PARTNER, FIELDS, `where: { ${ACTIVE.fieldApiName}: { eq: true } }, first: 200`),
  selectRows(
    'referrals',
    REFERRAL,
    REFERRAL_FIELDS,
    `where: { ${REFERRAL_OPPORTUNITY.fieldApiName}: { eq: $recordId } }, ` +
      'orderBy: { CreatedDate: { order: DESC } }, first: 1',
  ),
]);
const TREND_LABELS: Record<string, string> = { up: labels.trendUp, flat: labels.trendFlat, down: labels.trendDown };
const TREND_ICONS: Record<string, string> = {
  up: 'utility:arrowup',
  flat: 'utility:forward',
  down: 'utility:arrowdown',
};

type Partner = Row<typeof FIELDS>;

/**
 * The health of a partner with its two signals; a missing signal is drawn as missing. On a partner's page that partner,
 * on an opportunity's the one it was referred to, else the one that fits the deal best.
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
  private partners: Partner[] | undefined;
  private referredPartnerId = '';
  private deal: RecordData | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  receivePartners({ data, errors }: Wire.GraphqlResult): void {
    this.errors = errors;
    if (data) {
      this.partners = readRows(data, 'partners', FIELDS);
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

  get partner(): Partner | undefined {
    const { partners = [] } = this;
    if (this.dealId === undefined) {
      return partners[0];
    }
    const facts = dealFacts(this.dealId, this.deal, undefined, []);
    const ranked = partners
      .map((partner) => ({ partner, score: partnerFit(readFitRules(partner.fitRules), facts).score }))
      .sort((one, other) => other.score - one.score);
    const referred = partners.find(({ id }) => id === this.referredPartnerId);
    return referred ?? ranked.find(({ score }) => score > 0)?.partner;
  }

  get heading(): string {
    return this.partner ? fill(labels.titlePartner, this.partnerName) : labels.title;
  }

  get partnerName(): string {
    return text(this.partner?.name);
  }

  get hasHealth(): boolean {
    return typeof this.partner?.health === 'number';
  }

  get isUnknown(): boolean {
    const { partner } = this;
    return partner !== undefined && !this.hasHealth && this.signals.every(({ isMissing }) => isMissing);
  }

  get unknownText(): string {
    return fill(labels.none, this.partnerName);
  }

  get isKnown(): boolean {
    return this.partner !== undefined && !this.isUnknown;
  }

  get healthText(): string {
    return fill(labels.score, Number(this.partner?.health));
  }

  get trend(): string {
    return TREND_LABELS[text(this.partner?.trend)] ?? '';
  }

  get trendIcon(): string {
    return TREND_ICONS[text(this.partner?.trend)] ?? '';
  }

  get signals(): { key: string; label: string; isMissing: boolean; words: string; width: string }[] {
    return [
      { key: 'usage', label: labels.signalUsage, value: this.partner?.usage },
      { key: 'interaction', label: labels.signalInteraction, value: this.partner?.interaction },
    ].map(({ key, label, value }) => ({
      key,
      label,
      isMissing: typeof value !== 'number',
      words: typeof value === 'number' ? fill(labels.signalValue, value) : labels.signalMissing,
      width: typeof value === 'number' ? `inline-size: ${Math.max(0, Math.min(100, value))}%` : '',
    }));
  }

  get reasons(): string[] {
    return jsonList(this.partner?.reasons).map(text);
  }

  get hasReasons(): boolean {
    return this.reasons.length > 0;
  }

  get updatedAt(): string {
    return text(this.partner?.updatedAt);
  }

  private prepare(): void {
    if (this.shownId === '' || this.shownObject === '') {
      return;
    }
    const isPartnerPage = this.shownObject === PARTNER.objectApiName;
    this.query = asQuery(isPartnerPage ? PARTNER_PAGE_QUERY : DEAL_PAGE_QUERY);
    this.variables = { recordId: this.shownId };
    this.dealId = isPartnerPage ? undefined : this.shownId;
  }
}
