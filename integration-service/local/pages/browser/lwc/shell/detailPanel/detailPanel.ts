import { LightningElement, api } from 'lwc';
import { pageContext } from '../../../data/page-context.ts';

/** A record's page layout, section by section. */
export default class DetailPanel extends LightningElement {
  @api recordId = '';
  @api objectApiName = '';

  get sections() {
    const sections = pageContext.model.objects[this.objectApiName]?.sections ?? [];
    return sections.map((section, index) => ({ key: `${index}-${section.label}`, section }));
  }
}
