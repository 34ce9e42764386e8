import { LightningElement, api } from 'lwc';
import { pageContext } from '../../../data/page-context.ts';
import { followRecord, type RecordRepresentation } from '../../../data/records.ts';
import type { PageNode } from '../../../../package/page-model.ts';
import { holds, recordFields } from '../../../data/visibility.ts';

/** The components of one region or facet, those whose visibility rules hold. */
export default class PageRegion extends LightningElement {
  @api width = 'LARGE';
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;
  private givenNodes: PageNode[] = [];
  record: RecordRepresentation | undefined;
  private stop: (() => void) | undefined;

  @api
  get nodes(): PageNode[] {
    return this.givenNodes;
  }
  set nodes(value: PageNode[]) {
    this.givenNodes = value;
  }

  override connectedCallback(): void {
    const fields = recordFields(this.givenNodes);
    const { recordId, objectApiName } = this;
    if (fields.length === 0 || recordId === undefined || objectApiName === undefined) return;
    const request = { recordId, fields: [], optionalFields: fields.map((field) => `${objectApiName}.${field}`).sort() };
    this.stop = followRecord(request, {
      data: (record) => {
        this.record = record;
      },
      error: () => {
        this.record = undefined;
      },
    });
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  get shown(): (PageNode & { key: string })[] {
    const facts = { record: this.record, formFactor: pageContext.formFactor };
    return this.givenNodes
      .filter((node) => node.when.every((condition) => holds(condition, facts)))
      .map((node, index) => ({ ...node, key: `${index}-${node.component}` }));
  }
}
