import { LightningElement, api } from 'lwc';
import { viewOf, type FieldView } from '../../../data/field-view.ts';
import { followVisibleFields, type RecordState } from '../../../data/record-follower.ts';
import type { LayoutSection } from '../../../../package/page-model.ts';

/** A heading with a record's fields in columns, read-only. */
export default class FieldSection extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  @api section: LayoutSection = { label: '', columns: [] };
  state: RecordState = { info: undefined, record: undefined, failure: '' };
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    const names = this.section.columns.flat().map(({ field }) => field);
    this.stop = followVisibleFields(this.objectApiName, this.recordId, names, (state) => {
      this.state = state;
    });
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  get columns(): { key: string; fields: FieldView[] }[] {
    const { info, record } = this.state;
    if (info === undefined || record === undefined) return [];
    return this.section.columns
      .map((column, index) => ({
        key: String(index),
        fields: column.flatMap(({ field }) => viewOf(info, record, field) ?? []),
      }))
      .filter(({ fields }) => fields.length > 0);
  }

  get isShown(): boolean {
    return this.columns.length > 0;
  }
}
