import { LightningElement, api } from 'lwc';
import { pageContext } from '../../../data/page-context.ts';

/** Every related list of the object's page layout. */
export default class RelatedLists extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';

  get lists() {
    return pageContext.model.objects[this.objectApiName]?.relatedLists ?? [];
  }
}
