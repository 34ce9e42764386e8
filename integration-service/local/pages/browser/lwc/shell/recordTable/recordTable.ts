import { LightningElement, api } from 'lwc';
import type { ObjectInfo } from '../../../data/metadata.ts';
import { pageContext } from '../../../data/page-context.ts';
import type { RecordRepresentation } from '../../../data/records.ts';
import { cardOf, tableColumns, tableRow, type Card, type RecordColumn, type TableColumn } from '../../../data/rows.ts';

/** Records of one object: a table on a wide screen, cards on a phone. Fires `selection` with `{ ids }` and `sort` with `{ field, descending }`. */
export default class RecordTable extends LightningElement {
  @api info: ObjectInfo | undefined;
  @api records: RecordRepresentation[] = [];
  @api columns: RecordColumn[] = [];
  /** The path of the column that rows are sorted by; a leading `-` means descending. */
  @api sortedBy = '';
  /** True where rows can be chosen. */
  @api selectable = false;
  /** Ids of the rows that are chosen; whoever hears `selection` gives them back. */
  @api selectedIds: string[] = [];
  @api label = '';

  get isPhone(): boolean {
    return pageContext.formFactor === 'Small';
  }

  get tableColumns(): TableColumn[] {
    return this.info === undefined ? [] : tableColumns(this.info, this.records, this.columns);
  }

  get rows(): Record<string, unknown>[] {
    const { info } = this;
    return info === undefined ? [] : this.records.map((record) => tableRow(info, record, this.columns));
  }

  get cards(): (Card & { checked: boolean; selectLabel: string })[] {
    const { info } = this;
    if (info === undefined) return [];
    return this.records.map((record) => {
      const card = cardOf(info, record, this.columns);
      return { ...card, checked: this.selectedIds.includes(card.id), selectLabel: `Select ${card.name}` };
    });
  }

  get sortedColumn(): string {
    const name = this.sortedBy.replace(/^-/, '');
    return (
      this.tableColumns.find(({ fieldName }) => fieldName === name || fieldName === `${name}-address`)?.fieldName ?? ''
    );
  }

  get direction(): string {
    return this.sortedBy.startsWith('-') ? 'desc' : 'asc';
  }

  get isAllChosen(): boolean {
    return this.records.length > 0 && this.records.every(({ id }) => this.selectedIds.includes(id));
  }

  get hidesCheckboxes(): boolean {
    return !this.selectable;
  }

  handleRows(event: CustomEvent<{ selectedRows: { Id: string }[] }>): void {
    this.tell(event.detail.selectedRows.map(({ Id }) => Id));
  }

  handleCard(event: CustomEvent<{ checked: boolean }>): void {
    const id = (event.currentTarget as HTMLElement).dataset['id'] ?? '';
    const others = this.selectedIds.filter((chosen) => chosen !== id);
    this.tell(event.detail.checked ? [...others, id] : others);
  }

  handleAll(event: CustomEvent<{ checked: boolean }>): void {
    this.tell(event.detail.checked ? this.records.map(({ id }) => id) : []);
  }

  handleSort(event: CustomEvent<{ fieldName: string; sortDirection: string }>): void {
    const field = event.detail.fieldName.replace(/-address$/, '');
    const detail = { field, descending: event.detail.sortDirection === 'desc' };
    this.dispatchEvent(new CustomEvent('sort', { detail }));
  }

  private tell(ids: string[]): void {
    this.dispatchEvent(new CustomEvent('selection', { detail: { ids } }));
  }
}
