import { api } from 'lwc';
import LightningModal from 'lightning/modal';

/** A screen flow in a window over the page, as a quick action or list button opens it. */
export default class FlowModal extends LightningModal {
  @api flowName = '';
  @api inputs: Record<string, unknown> = {};

  handleFinish(): void {
    this.close();
  }
}
