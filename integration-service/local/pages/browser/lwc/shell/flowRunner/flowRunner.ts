import { LightningElement, api } from 'lwc';
export default class FlowRunner extends LightningElement {
  @api flowName = '';
  @api inputs = {};
}
