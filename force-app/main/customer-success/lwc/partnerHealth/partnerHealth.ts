import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import PARTNER from '@salesforce/schema/Partner__c';
import USER_ID from '@salesforce/user/Id';
import { staleWords } from 'c/healthWords';
import { OPEN_INTERVENTIONS_QUERY, readOpenInterventions } from 'c/interventionData';
import type { Intervention, OpenInterventions } from 'c/interventionData';
import { labels as interventionLabels } from 'c/interventionLabels';
import { Poller } from 'c/poller';
import { MOST_READ, PORTFOLIO_QUERY, readPartnerPage } from 'c/portfolioData';
import type { Partner, PartnerPage } from 'c/portfolioData';
import { labels } from 'c/portfolioLabels';
import { showPartners, valuesOf } from 'c/portfolioView';
import type { Order, View } from 'c/portfolioView';
import { asQuery } from 'c/recordQuery';
import { keepLast, keptViews } from 'c/savedViews';
import { count, fill } from 'c/textFormat';

/** Rows that are drawn at once: 750 partners are filtered and ordered in memory, and a page of them is drawn. */
const PAGE = 50;
const PAUSES = { first: 15_000, growth: 1.3, longest: 60_000 };

/**
 * The Monday-morning page: first the handful that needs action, then all partners by health. All active partners are
 * read once, page by page; search, filters and order work on what is there.
 */
export default class PartnerHealth extends LightningElement {
  labels = labels;
  interventionLabels = interventionLabels;
  query: unknown;
  variables: { after: string | null } = { after: null };
  interventionQuery: unknown;
  errors: unknown;
  interventionErrors: unknown;
  isForbidden = false;
  isAssigning = false;
  now = Date.now();
  said = '';
  view: View = keptViews().last;
  interventions: OpenInterventions | undefined;
  chosen: ReadonlySet<string> = new Set();
  /** All active partners, once the last page has come. */
  partners: Partner[] | undefined;
  private pages: ReadonlyMap<string, PartnerPage> = new Map();
  private first = 0;
  private refresh: (() => Promise<unknown>) | undefined;
  private refreshInterventions: (() => Promise<unknown>) | undefined;
  private readonly poller = new Poller(() => this.readInterventionsAgain(), PAUSES);

  @wire(getObjectInfo, { objectApiName: PARTNER })
  receiveInfo({ data, error }: Wire.LdsResult<ObjectInfo>): void {
    if (data || error) {
      this.isForbidden = data?.queryable !== true;
      this.query = this.isForbidden ? undefined : (this.query ?? asQuery(PORTFOLIO_QUERY));
      this.interventionQuery = this.isForbidden
        ? undefined
        : (this.interventionQuery ?? asQuery(OPEN_INTERVENTIONS_QUERY));
    }
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    this.errors = errors;
    if (!data) {
      return;
    }
    const page = readPartnerPage(data);
    this.pages = new Map([...this.pages, [this.variables.after ?? '', page]]);
    const read = this.readPartners;
    if (page.next !== '' && read.length < MOST_READ) {
      // A page that was read before is not asked for again: its answer would only come round once more.
      if (!this.pages.has(page.next)) {
        this.variables = { after: page.next };
      }
    } else {
      this.now = Date.now();
      this.partners = read;
    }
  }

  @wire(graphql, { query: '$interventionQuery' })
  receiveInterventions({ data, errors, refresh }: Wire.GraphqlResult): void {
    this.refreshInterventions = refresh ?? this.refreshInterventions;
    this.interventionErrors = errors;
    if (data) {
      this.now = Date.now();
      this.interventions = readOpenInterventions(data);
    }
  }

  connectedCallback(): void {
    this.poller.start();
  }

  disconnectedCallback(): void {
    this.poller.stop();
  }

  get isLoading(): boolean {
    return !this.isForbidden && this.partners === undefined && !this.errors;
  }

  get isLoadingInterventions(): boolean {
    return !this.isForbidden && this.interventions === undefined && !this.interventionErrors;
  }

  get loadingWords(): string {
    const read = this.readPartners.length;
    return read === 0 ? labels.loading : fill(labels.loadingMore, read, this.total);
  }

  get isReady(): boolean {
    return (this.partners?.length ?? 0) > 0;
  }

  get isEmpty(): boolean {
    return this.partners?.length === 0;
  }

  get mostWords(): string {
    const read = this.partners?.length ?? 0;
    return this.total > read ? fill(labels.mostRead, read.toLocaleString(), this.total.toLocaleString()) : '';
  }

  get staleWords(): string {
    const times = (this.partners ?? []).flatMap(({ updatedAt }) => (updatedAt === undefined ? [] : [updatedAt]));
    return times.length === 0 ? '' : staleWords(Math.max(...times), this.now, labels.stalePage);
  }

  get segments(): string[] {
    return valuesOf(this.partners ?? [], 'segment');
  }

  get tiers(): string[] {
    return valuesOf(this.partners ?? [], 'tier');
  }

  get matching(): Partner[] {
    return showPartners(this.partners ?? [], this.view, USER_ID);
  }

  get shown(): Partner[] {
    return this.matching.slice(this.first, this.first + PAGE);
  }

  get hasShown(): boolean {
    return this.shown.length > 0;
  }

  get rangeWords(): string {
    const { length } = this.matching;
    const all = this.partners?.length ?? 0;
    const to = Math.min(this.first + PAGE, length);
    const sentence = length === all ? labels.range : labels.rangeFiltered;
    return length === 0 ? labels.noneMatch : fill(sentence, this.first + 1, to, length, all);
  }

  get hasPages(): boolean {
    return this.matching.length > PAGE;
  }

  get isFirstPage(): boolean {
    return this.first === 0;
  }

  get isLastPage(): boolean {
    return this.first + PAGE >= this.matching.length;
  }

  get isAttention(): boolean {
    return this.view.order === 'attention';
  }

  get isAllChosen(): boolean {
    return this.chosen.size > 0 && this.matching.every(({ id }) => this.chosen.has(id));
  }

  get hasChosen(): boolean {
    return this.chosen.size > 0;
  }

  get chosenWords(): string {
    return count(this.chosen.size, labels.chosenOne, labels.chosen);
  }

  /** The interventions that wait or are under way at the chosen partners. */
  get chosenInterventions(): Intervention[] {
    const open = [...(this.interventions?.proposed ?? []), ...(this.interventions?.underWay ?? [])];
    return open.filter(({ partnerId }) => this.chosen.has(partnerId));
  }

  handleView({ detail }: CustomEvent<View>): void {
    this.show({ ...detail });
  }

  handleOrder({ detail: { order } }: CustomEvent<{ order: Order }>): void {
    // Names and signals from the small end first, money from the large end; pressed again, the other way round.
    const largeFirst = order === 'revenue' || order === 'deals';
    const descending = order === this.view.order ? !this.view.descending : largeFirst;
    this.show({ ...this.view, order, descending });
  }

  handleAttention(): void {
    this.show({ ...this.view, order: 'attention', descending: false });
  }

  handlePrevious(): void {
    this.first = Math.max(0, this.first - PAGE);
  }

  handleNext(): void {
    this.first += PAGE;
  }

  handleChoose({ detail: { id, chosen } }: CustomEvent<{ id: string; chosen: boolean }>): void {
    const all = new Set(this.chosen);
    if (chosen) {
      all.add(id);
    } else {
      all.delete(id);
    }
    this.chosen = all;
  }

  handleChooseAll({ detail: { checked } }: CustomEvent<{ checked: boolean }>): void {
    this.chosen = new Set(checked ? this.matching.map(({ id }) => id) : []);
  }

  handleClear(): void {
    this.chosen = new Set();
    this.isAssigning = false;
  }

  handleAssign(): void {
    this.isAssigning = true;
  }

  handleCancelAssign(): void {
    this.isAssigning = false;
  }

  async handleAssigned({ detail }: CustomEvent<{ said: string }>): Promise<void> {
    this.said = detail.said;
    this.handleClear();
    await this.refreshInterventions?.();
  }

  async handleAnswered(): Promise<void> {
    await this.refreshInterventions?.();
  }

  async handleRetry(): Promise<void> {
    await this.refresh?.();
  }

  private get readPartners(): Partner[] {
    // A partner whose health changed while pages were read can come twice.
    const byId = new Map([...this.pages.values()].flatMap(({ partners }) => partners.map((one) => [one.id, one])));
    return [...byId.values()];
  }

  private get total(): number {
    return Math.max(0, ...[...this.pages.values()].map(({ total }) => total));
  }

  private show(view: View): void {
    this.view = view;
    this.first = 0;
    this.said = '';
    keepLast(view);
  }

  private async readInterventionsAgain(): Promise<void> {
    this.now = Date.now();
    await this.refreshInterventions?.();
  }
}
