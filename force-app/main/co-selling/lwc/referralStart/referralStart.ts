import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import type { RecordData } from 'lightning/uiRecordApi';
import { isConnected } from 'c/partnerChoices';
import type { PartnerChoice } from 'c/partnerChoices';
import { asQuery } from 'c/recordQuery';
import { SENT_VALUES_QUERY, readSentValues } from 'c/referralData';
import type { Referral } from 'c/referralData';
import type { Partner } from 'c/referralSetup';
import { partnerFit, sourcePaths } from 'c/referralDraft';
import type { DealFacts, DraftValue, MappingRow } from 'c/referralDraft';
import { childrenQuery, dealFacts, recordFields } from 'c/referralFacts';
import { labels } from 'c/referralLabels';
import type { ChangesInput } from 'c/referralChanges';
import type { ReferralInput } from 'c/referralOffer';
import { viewOf } from 'c/referralView';

interface Offer extends HTMLElement {
  focusButton(): void;
}

/** States in which the partner has the deal: what was sent is held against what the deal says now. */
const WITH_PARTNER: readonly string[] = ['submitted', 'in-review', 'action-required', 'approved'];

/**
 * Reads the live deal by the reader's own rights, weighs the partners, and offers the best one with the others below it.
 * Once the partner has the deal it shows what was changed since.
 * @fires refer with `detail.partnerId` and `detail.input`.
 * @fires sendchanges with `detail.input`: what was changed since shall be sent.
 * @fires choose with `detail.partnerId` when another partner shall be shown.
 */
export default class ReferralStart extends LightningElement {
  /** The partner to show; the best fit when empty. */
  @api partnerId = '';
  @api referrals: Referral[] = [];
  /** Whether the deal can be referred to the shown partner now; the other partners are listed either way. */
  @api canRefer = false;
  /** Says "Refer again" after a rejection. */
  @api again = false;
  /** Says "Confirm" where the seller has to look at what is there now. */
  @api confirms = false;
  @api busy = false;

  @api
  get recordId(): string {
    return this.dealId;
  }
  set recordId(value: string) {
    this.dealId = value;
    this.variables = { recordId: value };
  }

  @api
  get partners(): Partner[] {
    return this.allPartners;
  }
  set partners(value: Partner[]) {
    this.allPartners = value;
    this.prepare();
  }

  @api
  get mapping(): MappingRow[] {
    return this.allRows;
  }
  set mapping(value: MappingRow[]) {
    this.allRows = value;
    this.prepare();
  }

  labels = labels;
  dealId = '';
  readError: unknown;
  /** ISO time at which the deal was last read. */
  readAt = '';
  // What the wires read; set only when it changes, as each new value asks the server again.
  variables: { recordId: string } | undefined;
  recordFields: string[] | undefined;
  childrenQuery: unknown;
  sentValues: DraftValue[] = [];
  sentValuesQuery: unknown;
  sentValuesVariables: { recordId: string } | undefined;
  /** The referral whose values were read, and what it had come to by then. */
  private sentOf = '';
  private refreshSent: (() => Promise<unknown>) | undefined;
  private allPartners: Partner[] = [];
  private allRows: MappingRow[] = [];
  private paths: string[] = [];
  private record: RecordData | undefined;
  private childRows: unknown;
  private awaitsChildren = false;
  private refreshChildren: (() => Promise<unknown>) | undefined;

  @wire(getRecord, { recordId: '$dealId', optionalFields: '$recordFields' })
  receiveRecord({ data, error }: Wire.LdsResult<RecordData>): void {
    this.record = data ?? this.record;
    this.readError = error;
    if (data) {
      this.readAt = new Date().toISOString();
    }
  }

  @wire(graphql, { query: '$childrenQuery', variables: '$variables' })
  receiveChildren({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refreshChildren = refresh ?? this.refreshChildren;
    // Whoever may not see contacts or products is asked for what they would have said.
    if (data || errors) {
      this.childRows = data ?? this.childRows;
      this.awaitsChildren = false;
    }
  }

  @wire(graphql, { query: '$sentValuesQuery', variables: '$sentValuesVariables' })
  receiveSent({ data, refresh }: Wire.GraphqlResult): void {
    this.refreshSent = refresh ?? this.refreshSent;
    this.sentValues = data ? readSentValues(data) : this.sentValues;
  }

  renderedCallback(): void {
    this.readSent();
  }

  /** Reads the deal again, past what the platform keeps for a while. */
  @api
  async readAgain(): Promise<void> {
    await Promise.all([notifyRecordUpdateAvailable([{ recordId: this.dealId }]), this.refreshChildren?.()]);
    this.readAt = new Date().toISOString();
  }

  /** Puts the focus back on the button, as after an error. */
  @api
  focusButton(): void {
    this.template?.querySelector<Offer>('c-referral-offer')?.focusButton();
  }

  get isLoading(): boolean {
    return (this.record === undefined || this.awaitsChildren) && this.readError === undefined;
  }

  get facts(): DealFacts {
    return dealFacts(this.dealId, this.record, this.childRows, this.paths);
  }

  get shownChoice(): PartnerChoice | undefined {
    const choices = this.ranked;
    return (
      choices.find(({ partner }) => partner.id === this.partnerId) ??
      choices.find(({ partner }) => isConnected(partner))
    );
  }

  get shownPartner(): Partner | undefined {
    return this.shownChoice?.partner;
  }

  get shownReasons(): string[] {
    return this.shownChoice?.reasons ?? [];
  }

  get otherChoices(): PartnerChoice[] {
    return this.ranked.filter(({ partner }) => partner.id !== this.shownPartner?.id);
  }

  /** The referral of the shown partner, while the partner has it. */
  get watched(): Referral | undefined {
    const mine = this.referrals.find(({ partnerId }) => partnerId === (this.partnerId || this.shownPartner?.id));
    return mine && WITH_PARTNER.includes(mine.state) ? mine : undefined;
  }

  get watchedMapping(): MappingRow[] {
    return this.allRows.filter(({ network }) => network === this.watched?.network);
  }

  get hasOffer(): boolean {
    return this.canRefer && this.shownPartner !== undefined;
  }

  get hasNoPartner(): boolean {
    return this.canRefer && this.shownPartner === undefined;
  }

  get shownMapping(): MappingRow[] {
    return this.allRows.filter(({ network }) => network === this.shownPartner?.network);
  }

  handleRefer(event: CustomEvent<{ input: ReferralInput }>): void {
    const { input } = event.detail;
    this.dispatchEvent(new CustomEvent('refer', { detail: { partnerId: this.shownPartner?.id, input } }));
  }

  handleSend(event: CustomEvent<{ input: ChangesInput }>): void {
    this.dispatchEvent(new CustomEvent('sendchanges', { detail: event.detail }));
  }

  handleChoose(event: CustomEvent<{ partnerId: string }>): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: event.detail }));
  }

  /** Reads what was sent, once for each thing that became of the referral: a change that was sent is no change any more. */
  private readSent(): void {
    const { watched } = this;
    if (!watched || this.sentOf === `${watched.id} ${watched.stateChangedAt}`) {
      return;
    }
    this.sentOf = `${watched.id} ${watched.stateChangedAt}`;
    if (this.sentValuesVariables?.recordId === watched.id) {
      this.refreshSent?.();
    } else {
      this.sentValues = [];
      this.sentValuesVariables = { recordId: watched.id };
      this.sentValuesQuery = asQuery(SENT_VALUES_QUERY);
    }
  }

  /** All partners, those that can be reached first, then by fit, then by name. */
  private get ranked(): PartnerChoice[] {
    const { facts } = this;
    return this.allPartners
      .map((partner) => ({ partner, ...partnerFit(partner.fitRules, facts), referralState: this.stateOf(partner) }))
      .sort(
        (one, other) =>
          Number(isConnected(other.partner)) - Number(isConnected(one.partner)) || other.score - one.score,
      );
  }

  private stateOf({ id }: Partner): string {
    const referral = this.referrals.find(({ partnerId }) => partnerId === id);
    return referral ? viewOf(referral, undefined, Date.now()).headline : '';
  }

  private prepare(): void {
    const rules = this.allPartners.flatMap(({ fitRules }) => fitRules.map(({ field }) => field));
    this.paths = [...sourcePaths(this.allRows), ...rules];
    const fields = ['Opportunity.Name', ...recordFields(this.paths)];
    if (fields.join() !== this.recordFields?.join()) {
      this.recordFields = fields;
      const query = childrenQuery(this.paths);
      this.childrenQuery = query === undefined ? undefined : asQuery(query);
      this.awaitsChildren = query !== undefined;
    }
  }
}
