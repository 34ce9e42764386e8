import { LightningElement, api } from 'lwc';
import { fieldsToAsk, messageOf } from '../../../data/field-view.ts';
import { relatedRecords } from '../../../data/lists.ts';
import { objectInfo, type ObjectInfo } from '../../../data/metadata.ts';
import { pageContext } from '../../../data/page-context.ts';
import type { RecordRepresentation } from '../../../data/records.ts';
import { addressOf } from '../../../data/router.ts';
import { fieldColumn, type RecordColumn } from '../../../data/rows.ts';

const shown = { loading: true, failure: '', isHidden: false };

/** A record's children in one relationship, as a card. It is read once and by the refresh button, as the platform's is. */
export default class RelatedList extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  @api relationship = '';
  /** Fields to show; without them those of the parent's page layout. */
  @api fields: string[] = [];
  @api label = '';
  @api sortBy = '';
  @api rows = 10;
  status = { ...shown };
  info: ObjectInfo | undefined;
  records: RecordRepresentation[] = [];
  columns: RecordColumn[] = [];

  private hasMore = false;

  override connectedCallback(): void {
    this.read();
  }

  get heading(): string {
    const count = this.hasMore ? `${this.records.length}+` : String(this.records.length);
    return this.status.loading ? this.name : `${this.name} (${count})`;
  }

  get name(): string {
    return this.label === '' ? (this.info?.labelPlural ?? 'Related') : this.label;
  }

  get icon(): string {
    // None until the object is known: an icon that changes its name while it is being fetched is never drawn.
    return this.info === undefined
      ? ''
      : (pageContext.model.objects[this.info.apiName]?.icon ?? 'standard:related_list');
  }

  get isShown(): boolean {
    return !this.status.isHidden;
  }

  get hasRows(): boolean {
    return this.records.length > 0;
  }

  get emptyWords(): string {
    const isEmpty = !this.status.loading && this.status.failure === '' && !this.hasRows;
    return isEmpty ? `${this.name} of this record appear here when there are any.` : '';
  }

  get allAddress(): string | undefined {
    if (!this.hasMore) return undefined;
    const attributes = {
      objectApiName: this.objectApiName,
      recordId: this.recordId,
      relationshipApiName: this.relationship,
      actionName: 'view',
    };
    return addressOf({ type: 'standard__recordRelationshipPage', attributes });
  }

  handleRefresh(): void {
    this.read();
  }

  private async read(): Promise<void> {
    this.status = { ...shown };
    try {
      const parent = await objectInfo(this.objectApiName);
      const relation = parent.childRelationships.find(({ relationshipName }) => relationshipName === this.relationship);
      const info = relation === undefined ? undefined : await objectInfo(relation.childObjectApiName);
      if (info === undefined) {
        this.status = { loading: false, failure: '', isHidden: true };
        return;
      }
      this.info = info;
      const layout = pageContext.model.objects[this.objectApiName]?.relatedLists ?? [];
      const fromLayout = layout.find(({ relationship }) => relationship === this.relationship)?.fields ?? ['Name'];
      const names = this.fields.length > 0 ? this.fields : fromLayout;
      this.columns = names.flatMap((name) => fieldColumn(info, name));
      const answer = await relatedRecords({
        parentRecordId: this.recordId,
        relatedListId: this.relationship,
        fields: [],
        optionalFields: fieldsToAsk(
          info,
          this.columns.map(({ path }) => path),
        ),
        sortBy: this.sortBy === '' ? [] : [this.sortBy.replace(/^(-?)/, `$1${info.apiName}.`)],
        pageSize: Number(this.rows),
        where: '',
      });
      this.hasMore = answer.nextPageToken !== null && answer.nextPageToken !== undefined;
      this.records = answer.records;
      this.status = { loading: false, failure: '', isHidden: false };
    } catch (error) {
      this.status = { loading: false, failure: messageOf(error), isHidden: false };
    }
  }
}
