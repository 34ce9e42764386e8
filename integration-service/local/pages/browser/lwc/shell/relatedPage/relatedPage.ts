import { LightningElement, api } from 'lwc';
import { addressOf } from '../../../data/router.ts';

/** All children of a record in one relationship. */
export default class RelatedPage extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';
  @api relationship = '';

  get backAddress(): string {
    const attributes = { objectApiName: this.objectApiName, recordId: this.recordId, actionName: 'view' };
    return addressOf({ type: 'standard__recordPage', attributes });
  }
}
