import { LightningElement, api } from 'lwc';
import type { FieldView } from '../../../data/field-view.ts';
import { pageContext } from '../../../data/page-context.ts';

/** One field's value in the manner of its type. */
export default class FieldValue extends LightningElement {
  @api view: FieldView | undefined;

  get is(): Record<string, boolean> {
    const { type = '', isEmpty = true, address } = this.view ?? {};
    const kinds = {
      link: address !== undefined,
      currency: type === 'Currency',
      percent: type === 'Percent',
      date: type === 'Date',
      time: type === 'DateTime',
      checkbox: type === 'Boolean',
      url: type === 'Url',
      email: type === 'Email',
      phone: type === 'Phone',
    };
    if (isEmpty && type !== 'Boolean') return { empty: true };
    return Object.values(kinds).includes(true) ? kinds : { text: true };
  }

  get currency(): string {
    return pageContext.i18n.currency;
  }

  get percent(): number {
    return Number(this.view?.value) / 100;
  }

  get checked(): boolean {
    return this.view?.value === true;
  }

  get checkboxIcon(): string {
    return this.checked ? 'utility:check' : 'utility:dash';
  }

  get checkboxWord(): string {
    return this.checked ? 'Yes' : 'No';
  }
}
