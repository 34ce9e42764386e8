import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { messageOf, nameFieldsOf } from '../../../data/field-view.ts';
import {
  allPicklistValues,
  masterRecordTypeId,
  objectInfo,
  type FieldInfo,
  type ObjectInfo,
} from '../../../data/metadata.ts';
import { pageContext } from '../../../data/page-context.ts';
import { followRecord, writeNewRecord, writeRecord, type RecordRepresentation } from '../../../data/records.ts';

interface Input {
  name: string;
  field: FieldInfo;
  required: boolean;
  value: unknown;
  options: { label: string; value: string }[];
  error: string;
}

/** What the org said about single fields, by field. */
const fieldErrors = (error: unknown): Record<string, string> => {
  const { body } = (error ?? {}) as {
    body?: { output?: { fieldErrors?: Record<string, { message: string }[]> }; fields?: string[]; message?: string };
  };
  const fromOutput = Object.entries(body?.output?.fieldErrors ?? {}).map(([name, list]) => [
    name,
    list.map(({ message }) => message).join(' '),
  ]);
  const fromFields = (body?.fields ?? []).map((name) => [name, body?.message ?? '']);
  return Object.fromEntries([...fromFields, ...fromOutput]) as Record<string, string>;
};

/** The form for a new record or for changing one. Closes with the record's id, or with nothing when it was cancelled. */
export default class RecordForm extends LightningModal {
  @api objectApiName = '';
  @api recordId: string | undefined;
  sections: { key: string; label: string; inputs: Input[] }[] = [];
  failure = '';
  isSaving = false;
  isLoading = true;
  private info: ObjectInfo | undefined;
  private before: Record<string, unknown> = {};
  private edited: Record<string, unknown> = {};

  override connectedCallback(): void {
    this.prepare().catch((error: unknown) => {
      this.isLoading = false;
      this.failure = messageOf(error);
    });
  }

  handleChange(event: CustomEvent<{ name: string; value: unknown }>): void {
    this.edited = { ...this.edited, [event.detail.name]: event.detail.value };
  }

  handleCancel(): void {
    this.close();
  }

  async handleSave(): Promise<void> {
    const controls = this.template?.querySelectorAll<HTMLElement & { reportValidity(): boolean }>('shell-field-input');
    const inputs = [...(controls ?? [])];
    if (!inputs.map((input) => input.reportValidity()).every(Boolean)) return;
    this.isSaving = true;
    this.failure = '';
    try {
      this.close(await this.write());
    } catch (error) {
      this.failure = messageOf(error);
      this.showErrors(fieldErrors(error));
    }
    this.isSaving = false;
  }

  private async write(): Promise<string> {
    const changed = Object.fromEntries(
      Object.entries(this.edited).filter(([name, value]) => (this.before[name] ?? null) !== (value ?? null)),
    );
    if (this.recordId === undefined) {
      const fields = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null && value !== ''));
      return (await writeNewRecord({ apiName: this.objectApiName, fields })).id;
    }
    if (Object.keys(changed).length > 0) await writeRecord({ fields: { Id: this.recordId, ...changed } });
    return this.recordId;
  }

  private showErrors(errors: Record<string, string>): void {
    this.sections = this.sections.map((section) => ({
      ...section,
      inputs: section.inputs.map((input) => ({
        ...input,
        value: this.edited[input.name] ?? input.value,
        error: errors[input.name] ?? '',
      })),
    }));
  }

  private async prepare(): Promise<void> {
    const info = await objectInfo(this.objectApiName);
    this.info = info;
    const picklists = await allPicklistValues(this.objectApiName, info.defaultRecordTypeId ?? masterRecordTypeId);
    const layout = pageContext.model.objects[this.objectApiName]?.sections ?? [];
    const names = [
      ...new Set([...nameFieldsOf(info), ...layout.flatMap(({ columns }) => columns.flat().map(({ field }) => field))]),
    ];
    const record = await this.current(names.filter((name) => info.fields[name] !== undefined));
    this.before = Object.fromEntries(Object.entries(record?.fields ?? {}).map(([name, { value }]) => [name, value]));
    this.sections = layout
      .map((section, index) => ({
        key: String(index),
        label: section.label,
        inputs: section.columns.flat().flatMap(({ field: name, readOnly, required }) => {
          const field = info.fields[name];
          if (field === undefined || readOnly || !this.mayWrite(field)) return [];
          const values = picklists.picklistFieldValues[name]?.values ?? [];
          const options = values.map(({ label, value }) => ({ label, value }));
          return [
            {
              name,
              field,
              required: required || field.required,
              value: this.before[name] ?? null,
              options,
              error: '',
            },
          ];
        }),
      }))
      .filter(({ inputs }) => inputs.length > 0);
    this.isLoading = false;
    if (this.sections.length === 0) this.failure = 'You may not change any field of this record.';
  }

  private mayWrite(field: FieldInfo): boolean {
    if (field.apiName === 'OwnerId') return false;
    return this.recordId === undefined ? field.createable : field.updateable;
  }

  private current(names: string[]): Promise<RecordRepresentation | undefined> {
    const { recordId } = this;
    if (recordId === undefined || this.info === undefined) return Promise.resolve(undefined);
    const optionalFields = names.map((name) => `${this.objectApiName}.${name}`).sort();
    return new Promise((resolve, reject) => {
      const stop = followRecord(
        { recordId, fields: [], optionalFields },
        {
          data: (record) => {
            queueMicrotask(() => stop());
            resolve(record);
          },
          error: reject,
        },
      );
    });
  }
}
