import type { FieldInfo, ObjectInfo } from './metadata.ts';
import type { FieldValue, RecordRepresentation } from './records.ts';
import { addressOf } from './router.ts';

/** A field of a record, ready to be shown. */
export interface FieldView {
  name: string;
  label: string;
  help: string | undefined;
  type: string;
  value: unknown;
  text: string;
  /** Where a lookup leads. */
  address: string | undefined;
  isEmpty: boolean;
}

/** `Opportunity.AccountId` needs `Opportunity.Account.Name` beside it to be shown as a name. */
export const fieldsToAsk = (info: ObjectInfo, names: readonly string[]): string[] => [
  ...new Set(
    names.flatMap((name) => {
      const field = info.fields[name];
      if (field === undefined) return [];
      const own = `${info.apiName}.${name}`;
      if (!field.reference || field.relationshipName === null) return [own];
      const nameFields = field.referenceToInfos[0]?.nameFields ?? [];
      const nameField = nameFields.includes('Name') ? 'Name' : (nameFields[0] ?? 'Name');
      return [own, `${info.apiName}.${field.relationshipName}.${nameField}`];
    }),
  ),
];

const relatedName = (field: FieldInfo, record: RecordRepresentation): string | undefined => {
  const related = record.fields[field.relationshipName ?? '']?.value as RecordRepresentation | null | undefined;
  const name = related?.fields['Name'] ?? Object.values(related?.fields ?? {})[0];
  return name === undefined ? undefined : String(name.displayValue ?? name.value);
};

const objectOf = (field: FieldInfo, record: RecordRepresentation): string => {
  const related = record.fields[field.relationshipName ?? '']?.value as RecordRepresentation | null | undefined;
  return related?.apiName ?? field.referenceToInfos[0]?.apiName ?? 'sObject';
};

/** How a field of a record is shown; undefined where the reader may not see it. */
export const viewOf = (info: ObjectInfo, record: RecordRepresentation, name: string): FieldView | undefined => {
  const field = info.fields[name];
  const found: FieldValue | undefined = record.fields[name];
  if (field === undefined || found === undefined) return undefined;
  const isEmpty = found.value === null || found.value === '';
  const isLookup = field.reference && !isEmpty;
  const text = isLookup
    ? (relatedName(field, record) ?? String(found.value))
    : String(found.displayValue ?? found.value ?? '');
  const object = objectOf(field, record);
  const target = { objectApiName: object, recordId: String(found.value), actionName: 'view' };
  return {
    name,
    label: field.reference ? field.label.replace(/ ID$/, '') : field.label,
    help: field.inlineHelpText ?? undefined,
    type: field.dataType,
    value: found.value,
    text,
    address:
      isLookup && object !== 'User' ? addressOf({ type: 'standard__recordPage', attributes: target }) : undefined,
    isEmpty,
  };
};

/** The name of a record, from its object's name field. */
export const recordName = (info: ObjectInfo, record: RecordRepresentation): string => {
  const field = info.nameFields.includes('Name') ? 'Name' : (info.nameFields.at(-1) ?? 'Name');
  return String(record.fields[field]?.value ?? record.fields['Name']?.value ?? record.id);
};

/** Fields that name a record. */
export const nameFieldsOf = (info: ObjectInfo): string[] =>
  (info.fields['Name'] === undefined ? info.nameFields : ['Name']).filter((name) => info.fields[name] !== undefined);

/** The first sentence of an error as Lightning Data Service hands it over, with what the org said about single fields. */
export const messageOf = (error: unknown): string => {
  const { body, statusText } = (error ?? {}) as { body?: unknown; statusText?: string };
  if (Array.isArray(body)) return body.map(({ message }: { message?: string }) => message).join(' ');
  const { output, message } = (body ?? {}) as {
    message?: string;
    output?: { errors?: { message: string }[]; fieldErrors?: Record<string, { message: string }[]> };
  };
  const said = [...(output?.errors ?? []), ...Object.values(output?.fieldErrors ?? {}).flat()].map(
    (item) => item.message,
  );
  if (said.length > 0) return said.join(' ');
  return message ?? (error instanceof Error ? error.message : (statusText ?? 'The org gave no reason.'));
};
