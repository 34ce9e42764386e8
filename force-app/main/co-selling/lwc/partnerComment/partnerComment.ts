import { LightningElement, api } from 'lwc';
import { labels } from 'c/referralLabels';
import { fill } from 'c/textFormat';

/** What the partner wrote about a deal, in full and in its own lines; nothing at all where it wrote nothing. */
export default class PartnerComment extends LightningElement {
  @api comment = '';
  @api partnerName = '';

  get title(): string {
    return fill(labels.correctionComment, this.partnerName);
  }
}
