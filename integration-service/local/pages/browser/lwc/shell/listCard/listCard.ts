import { LightningElement, api } from 'lwc';
import { messageOf } from '../../../data/field-view.ts';
import { readListView, type ListPage } from '../../../data/list-view.ts';
import { pageContext } from '../../../data/page-context.ts';
import { addressOf } from '../../../data/router.ts';
import type { RecordColumn } from '../../../data/rows.ts';

/** A list view as a card on a home page. */
export default class ListCard extends LightningElement {
  @api objectApiName = '';
  @api listView = '';
  @api pageSize = 10;
  /** The region's width: a narrow one shows fewer columns. */
  @api width = 'LARGE';
  page: ListPage | undefined;
  failure = '';

  override connectedCallback(): void {
    readListView(this.objectApiName, this.listView, { pageSize: this.pageSize, sortBy: '' }).then(
      (page) => {
        this.page = page;
      },
      (error: unknown) => {
        this.failure = messageOf(error);
      },
    );
  }

  get icon(): string {
    return pageContext.model.objects[this.objectApiName]?.icon ?? 'standard:default';
  }

  get heading(): string {
    const views = pageContext.model.objects[this.objectApiName]?.listViews ?? [];
    return this.page?.label ?? views.find(({ name }) => name === this.listView)?.label ?? '';
  }

  get address(): string {
    return addressOf({
      type: 'standard__objectPage',
      attributes: { objectApiName: this.objectApiName, actionName: 'list' },
      state: { filterName: this.listView },
    });
  }

  get isLoading(): boolean {
    return this.page === undefined && this.failure === '';
  }

  get hasRows(): boolean {
    return (this.page?.rows.records.length ?? 0) > 0;
  }

  get emptyWords(): string {
    return this.page === undefined || this.hasRows
      ? ''
      : `Nothing in this list right now. Records appear here as soon as they match “${this.heading}”.`;
  }

  get columns(): RecordColumn[] {
    return (this.page?.columns ?? [])
      .slice(0, this.width === 'LARGE' ? 5 : 3)
      .map((column) => ({ ...column, sortable: false }));
  }
}
