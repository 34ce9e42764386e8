import { LightningElement, wire } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import SWITCH from '@salesforce/schema/ControlSwitch__c';
import { mayManage, mayStop } from 'c/governanceRights';
import { Poller } from 'c/poller';
import { asQuery } from 'c/recordQuery';
import { STOPPED_QUERY, UNDER_WAY_QUERY, amountOf, readSwitches, readUnderWay } from 'c/stopData';
import type { StopSwitchRow, UnderWay } from 'c/stopData';
import { labels } from 'c/stopLabels';
import { fill } from 'c/textFormat';

/** A stop by somebody else is seen within half a minute. */
const PAUSES = { first: 10_000, growth: 1.5, longest: 30_000 };

/**
 * The stop switch: one click away wherever agents are seen. Whoever may not stop sees only what is stopped, and nothing at
 * all while nothing is.
 */
export default class StopSwitch extends LightningElement {
  labels = labels;
  mayResume = mayManage;
  query: unknown;
  underWayQuery: unknown;
  errors: unknown;
  notice = '';
  isOpen = false;
  switches: StopSwitchRow[] = [];
  underWay: UnderWay = { referrals: [], agents: [], partners: [] };
  private answered = false;
  private knowsUnderWay = false;
  private focusNext = false;
  private refresh: (() => Promise<unknown>) | undefined;
  private refreshUnderWay: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(() => this.readAgain(), PAUSES);

  @wire(getObjectInfo, { objectApiName: SWITCH })
  receiveInfo({ data }: Wire.LdsResult<ObjectInfo>): void {
    if (data?.queryable) {
      this.query ??= asQuery(STOPPED_QUERY);
      this.underWayQuery ??= mayStop ? asQuery(UNDER_WAY_QUERY) : undefined;
    }
  }

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (data) {
      this.answered = true;
      this.switches = readSwitches(data);
    }
  }

  @wire(graphql, { query: '$underWayQuery' })
  receiveUnderWay({ data, refresh }: Wire.GraphqlResult): void {
    this.refreshUnderWay = refresh ?? this.refreshUnderWay;
    if (data) {
      this.knowsUnderWay = true;
      this.underWay = readUnderWay(data);
    }
  }

  connectedCallback(): void {
    this.poller.start();
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  renderedCallback(): void {
    if (this.focusNext) {
      this.focusNext = false;
      this.template?.querySelector<HTMLElement>('.state')?.focus();
    }
  }

  get isShown(): boolean {
    return mayStop || this.stops.length > 0;
  }

  get isLoading(): boolean {
    return mayStop && !this.answered && !this.errors;
  }

  get isReady(): boolean {
    return this.answered;
  }

  get stops(): StopSwitchRow[] {
    return this.switches.filter(({ active }) => active);
  }

  get partners(): UnderWay['partners'] {
    return this.underWay.partners;
  }

  get state(): string {
    if (this.stops.length === 0) {
      return labels.running;
    }
    return this.isAllStopped ? '' : labels.running_some;
  }

  get work(): string {
    const { referrals, work } = amountOf(this.underWay, 'all');
    const number = new Intl.NumberFormat(LOCALE);
    return this.knowsUnderWay && !this.isAllStopped
      ? fill(labels.underWay, number.format(referrals), number.format(work))
      : '';
  }

  get canOpen(): boolean {
    return mayStop && !this.isOpen && !this.isAllStopped;
  }

  handleOpen(): void {
    this.isOpen = true;
    this.notice = '';
  }

  handleCancel(): void {
    this.isOpen = false;
    this.focusNext = true;
  }

  async handleStopped(event: CustomEvent<{ message: string }>): Promise<void> {
    await this.readAgain();
    this.notice = event.detail.message;
    this.handleCancel();
  }

  async handleTested(): Promise<void> {
    await this.readAgain();
  }

  async handleRetry(): Promise<void> {
    await this.readAgain();
  }

  private get isAllStopped(): boolean {
    return this.stops.some(({ scope }) => scope === 'all');
  }

  private async readAgain(): Promise<void> {
    await Promise.all([this.refresh?.(), this.refreshUnderWay?.()]);
  }
}
