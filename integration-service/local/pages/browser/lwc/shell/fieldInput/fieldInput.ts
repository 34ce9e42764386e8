import { LightningElement, api } from 'lwc';
import { messageOf } from '../../../data/field-view.ts';
import { callOrg } from '../../../data/http.ts';
import type { FieldInfo } from '../../../data/metadata.ts';

interface FieldToEnter {
  name: string;
  field: FieldInfo;
  required: boolean;
  value: unknown;
  options: { label: string; value: string }[];
  error: string;
}

interface Validatable extends HTMLElement {
  reportValidity(): boolean;
  setCustomValidity(message: string): void;
}

const inputTypes: Record<string, string> = {
  Currency: 'number',
  Double: 'number',
  Int: 'number',
  Percent: 'number',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Phone: 'tel',
};

/** One field of a form, by its type. Fires `fieldchange` with `{ name, value }`. */
export default class FieldInput extends LightningElement {
  choices: { label: string; value: string }[] = [];
  private givenInput: FieldToEnter | undefined;

  @api
  get input(): FieldToEnter | undefined {
    return this.givenInput;
  }
  set input(value: FieldToEnter | undefined) {
    const isNew = this.givenInput === undefined;
    this.givenInput = value;
    if (isNew && value?.field.reference === true) this.findChoices(value);
  }

  override renderedCallback(): void {
    const control = this.control;
    if (this.givenInput === undefined || !control) return;
    control.setCustomValidity?.(this.givenInput.error);
    if (this.givenInput.error !== '') control.reportValidity();
  }

  /** Shows what is wrong with the field, if anything is. */
  @api
  reportValidity(): boolean {
    const control = this.control;
    control?.setCustomValidity?.('');
    return control?.reportValidity() ?? true;
  }

  get is(): Record<string, boolean> {
    const type = this.givenInput?.field.dataType ?? '';
    const known = {
      choice: type === 'Picklist' || this.givenInput?.field.reference === true,
      choices: type === 'MultiPicklist',
      checkbox: type === 'Boolean',
      longText: type === 'TextArea',
    };
    return Object.values(known).includes(true) ? known : { plain: true };
  }

  get label(): string {
    const { label = '', reference = false } = this.givenInput?.field ?? {};
    return reference ? label.replace(/ ID$/, '') : label;
  }

  get help(): string | undefined {
    return this.givenInput?.field.inlineHelpText ?? undefined;
  }

  get type(): string {
    return inputTypes[this.givenInput?.field.dataType ?? ''] ?? 'text';
  }

  get step(): string | undefined {
    if (this.type !== 'number') return undefined;
    return String(10 ** -(this.givenInput?.field.scale ?? 0));
  }

  get maxLength(): number | undefined {
    const length = this.givenInput?.field.length ?? 0;
    return length > 0 ? length : undefined;
  }

  get options(): { label: string; value: string }[] {
    const offered = this.givenInput?.field.reference === true ? this.choices : (this.givenInput?.options ?? []);
    return this.givenInput?.required === true ? offered : [{ label: '--None--', value: '' }, ...offered];
  }

  get text(): string {
    const value = this.givenInput?.value;
    return value === null || value === undefined ? '' : String(value);
  }

  get checked(): boolean {
    return this.givenInput?.value === true;
  }

  get several(): string[] {
    return this.text === '' ? [] : this.text.split(';');
  }

  handleValue(event: CustomEvent<{ value: unknown }>): void {
    const { value } = event.detail;
    if (Array.isArray(value)) return this.tell(value.join(';'));
    if (value === '' || value === undefined) return this.tell(null);
    return this.tell(this.type === 'number' ? Number(value) : value);
  }

  handleChecked(event: CustomEvent<{ checked: boolean }>): void {
    this.tell(event.detail.checked);
  }

  private get control(): Validatable | null | undefined {
    return this.template?.querySelector<Validatable>('.control');
  }

  private tell(value: unknown): void {
    const name = this.givenInput?.name ?? '';
    this.dispatchEvent(new CustomEvent('fieldchange', { detail: { name, value }, bubbles: true, composed: true }));
  }

  /** Up to two hundred records to choose from, by name: enough for a sample org. */
  private async findChoices({ field }: FieldToEnter): Promise<void> {
    const object = field.referenceToInfos[0]?.apiName ?? '';
    const query = new URLSearchParams({ q: `SELECT Id, Name FROM ${object} ORDER BY Name LIMIT 200` });
    try {
      const { records } = await callOrg<{ records: { Id: string; Name: string }[] }>(
        'GET',
        `query?${query.toString()}`,
      );
      this.choices = records.map(({ Id, Name }) => ({ value: Id, label: Name }));
    } catch (error) {
      this.control?.setCustomValidity(messageOf(error));
    }
  }
}
