import { LightningElement, api } from 'lwc';
import { messageOf } from '../../../data/field-view.ts';
import { readListView, type ListPage as Page } from '../../../data/list-view.ts';
import { listViews } from '../../../data/lists.ts';
import { objectInfo, type ObjectInfo } from '../../../data/metadata.ts';
import { pageContext } from '../../../data/page-context.ts';
import { goTo } from '../../../data/router.ts';
import FlowModal from 'shell/flowModal';
import RecordForm from 'shell/recordForm';

const pageSize = 50;

/** An object's list views: choose one, sort, select rows, and start what the list's buttons offer. */
export default class ListPage extends LightningElement {
  info: ObjectInfo | undefined;
  page: Page | undefined;
  failure = '';
  sortBy = '';
  selectedIds: string[] = [];
  isLoading = true;
  views: { label: string; value: string }[] = [];
  private object = '';
  private givenFilterName: string | undefined;
  private givenActionName = '';
  private reading = 0;

  @api
  get objectApiName(): string {
    return this.object;
  }
  set objectApiName(value: string) {
    if (value === this.object) return;
    this.object = value;
    this.info = undefined;
    this.sortBy = '';
    this.read();
  }

  @api
  get filterName(): string | undefined {
    return this.givenFilterName;
  }
  set filterName(value: string | undefined) {
    if (value === this.givenFilterName) return;
    this.givenFilterName = value;
    this.sortBy = '';
    this.read();
  }

  @api
  get actionName(): string {
    return this.givenActionName;
  }
  set actionName(value: string) {
    this.givenActionName = value;
    if (value === 'new') this.create();
  }

  override connectedCallback(): void {
    this.read();
  }

  get currentView(): string {
    return (
      this.givenFilterName ??
      this.views.find(({ value }) => /^(?:All$|AllOpp|AllAcc|Open_Deals)/.test(value))?.value ??
      this.views[0]?.value ??
      ''
    );
  }

  get icon(): string {
    return pageContext.model.objects[this.object]?.icon ?? 'standard:default';
  }

  get heading(): string {
    return pageContext.objects[this.object]?.labelPlural ?? 'Records';
  }

  get viewLabel(): string {
    return this.views.find(({ value }) => value === this.currentView)?.label ?? this.page?.label ?? '';
  }

  get canCreate(): boolean {
    const hasForm = (pageContext.model.objects[this.object]?.sections.length ?? 0) > 0;
    return this.info?.createable === true && hasForm;
  }

  get buttons() {
    return pageContext.model.objects[this.object]?.listButtons ?? [];
  }

  get isSelectable(): boolean {
    return this.buttons.length > 0;
  }

  get summary(): string {
    const count = this.page?.rows.records.length ?? 0;
    const more = this.page?.rows.nextPageToken === null || this.page?.rows.nextPageToken === undefined ? '' : '+';
    const items = `${count}${more} ${count === 1 ? 'item' : 'items'}`;
    return this.selectedIds.length === 0 ? items : `${items}, ${this.selectedIds.length} selected`;
  }

  get isEmpty(): boolean {
    return this.page?.rows.records.length === 0;
  }

  get hasRows(): boolean {
    return (this.page?.rows.records.length ?? 0) > 0;
  }

  get hasMore(): boolean {
    return typeof this.page?.rows.nextPageToken === 'string';
  }

  handleView(event: CustomEvent<{ value: string }>): void {
    goTo({
      type: 'standard__objectPage',
      attributes: { objectApiName: this.object, actionName: 'list' },
      state: { filterName: event.detail.value },
    });
  }

  handleSelection(event: CustomEvent<{ ids: string[] }>): void {
    this.selectedIds = event.detail.ids;
  }

  handleSort(event: CustomEvent<{ field: string; descending: boolean }>): void {
    this.sortBy = `${event.detail.descending ? '-' : ''}${event.detail.field}`;
    this.read();
  }

  handleRefresh(): void {
    this.read();
  }

  async handleMore(): Promise<void> {
    const { page } = this;
    const pageToken = page?.rows.nextPageToken;
    if (page === undefined || typeof pageToken !== 'string') return;
    const next = await readListView(this.object, this.currentView, { pageSize, sortBy: this.sortBy, pageToken });
    this.page = { ...next, rows: { ...next.rows, records: [...page.rows.records, ...next.rows.records] } };
  }

  async handleButton(event: Event): Promise<void> {
    const name = (event.currentTarget as HTMLElement).dataset['flow'] ?? '';
    const label = this.buttons.find(({ flow }) => flow === name)?.label ?? name;
    await FlowModal.open({ size: 'small', label, flowName: name, inputs: { ids: this.selectedIds } });
    this.read();
  }

  async handleNew(): Promise<void> {
    await this.create();
  }

  private async create(): Promise<void> {
    const info = await objectInfo(this.object);
    const objectApiName = this.object;
    const recordId = await RecordForm.open({ size: 'medium', label: `New ${info.label}`, objectApiName });
    if (typeof recordId === 'string') {
      goTo({ type: 'standard__recordPage', attributes: { objectApiName, recordId, actionName: 'view' } });
    }
  }

  private async read(): Promise<void> {
    if (!this.isConnected || this.object === '') return;
    this.reading += 1;
    const reading = this.reading;
    this.isLoading = true;
    this.failure = '';
    this.selectedIds = [];
    try {
      const [info, views] = await Promise.all([objectInfo(this.object), listViews(this.object)]);
      if (reading !== this.reading) return;
      this.views = views.map(({ apiName, label }) => ({ value: apiName, label }));
      if (this.currentView === '') throw new Error(`${info.labelPlural} have no list view.`);
      const page = await readListView(this.object, this.currentView, { pageSize, sortBy: this.sortBy });
      if (reading !== this.reading) return;
      this.info = info;
      this.page = page;
      document.title = `${this.viewLabel} | ${info.labelPlural} | ${pageContext.model.app.label}`;
    } catch (error) {
      if (reading !== this.reading) return;
      this.page = undefined;
      this.failure = messageOf(error);
    }
    this.isLoading = false;
  }
}
