import { LightningElement, api } from 'lwc';
import type { PageReference } from '../../../data/router.ts';

/** A screen flow on a page of its own; values of its input variables come with the address. */
export default class FlowPage extends LightningElement {
  @api flowName = '';
  @api place: PageReference | undefined;

  get inputs(): Record<string, string> {
    return this.place?.state ?? {};
  }
}
