import { viewOf } from './field-view.ts';
import type { FieldInfo, ObjectInfo } from './metadata.ts';
import { pageContext } from './page-context.ts';
import type { RecordRepresentation } from './records.ts';
import { addressOf } from './router.ts';

/** A column of `lightning-datatable`. */
export interface Column {
  label: string;
  fieldName: string;
  type: string;
  typeAttributes?: Record<string, unknown>;
  cellAttributes?: Record<string, unknown>;
  sortable?: boolean;
  wrapText?: boolean;
  hideDefaultActions: boolean;
  initialWidth?: number;
}

const typeOf = (field: FieldInfo): Pick<Column, 'type' | 'typeAttributes' | 'cellAttributes'> => {
  switch (field.dataType) {
    case 'Currency':
      return {
        type: 'currency',
        typeAttributes: { currencyCode: pageContext.i18n.currency, maximumFractionDigits: 0 },
        cellAttributes: { alignment: 'left' },
      };
    case 'Date':
      return { type: 'date-local', typeAttributes: { year: 'numeric', month: 'numeric', day: 'numeric' } };
    case 'DateTime':
      return {
        type: 'date',
        typeAttributes: { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' },
      };
    case 'Boolean':
      return { type: 'boolean' };
    case 'Double':
    case 'Int':
      return { type: 'number', cellAttributes: { alignment: 'left' } };
    default:
      return { type: 'text' };
  }
};

const isLink = (info: ObjectInfo, name: string): boolean =>
  info.nameFields.includes(name) ||
  (info.fields[name]?.reference === true && !/^(?:Owner|CreatedBy|LastModifiedBy)Id$/.test(name));

/** `Account.Name` stands for the lookup `AccountId`; list views name both ways. */
export const fieldOfColumn = (info: ObjectInfo, name: string): string => {
  const [relationship = '', nameField] = name.split('.');
  if (nameField === undefined) return name;
  return Object.values(info.fields).find((field) => field.relationshipName === relationship)?.apiName ?? name;
};

/** Columns for the fields of an object that the reader may see. */
export const columnsFor = (info: ObjectInfo, names: readonly string[], sortable: readonly string[] = []): Column[] =>
  names.flatMap((name) => {
    const field = info.fields[name];
    if (field === undefined) return [];
    const label = field.reference ? field.label.replace(/ ID$/, '') : field.label;
    const common = { label, sortable: sortable.includes(name), hideDefaultActions: true };
    if (!isLink(info, name)) return [{ ...common, fieldName: name, ...typeOf(field) }];
    const typeAttributes = { label: { fieldName: `${name}-text` }, target: '_self' };
    return [{ ...common, fieldName: `${name}-address`, type: 'url', typeAttributes }];
  });

/** A record as a row for those columns. */
export const rowOf = (
  info: ObjectInfo,
  record: RecordRepresentation,
  names: readonly string[],
): Record<string, unknown> => {
  const row: Record<string, unknown> = { Id: record.id };
  for (const name of names) {
    const view = viewOf(info, record, name);
    if (view === undefined) continue;
    const isPlain = /^(?:Currency|Date|DateTime|Boolean|Double|Int)$/.test(view.type);
    row[name] = isPlain ? view.value : view.text;
    row[`${name}-text`] = view.text;
    const own = { objectApiName: info.apiName, recordId: record.id, actionName: 'view' };
    row[`${name}-address`] = info.nameFields.includes(name)
      ? addressOf({ type: 'standard__recordPage', attributes: own })
      : view.address;
  }
  return row;
};

/** A row for a narrow screen: what it is called, where it leads, and its other fields as words. */
export interface CardRow {
  id: string;
  name: string;
  address: string;
  facts: { key: string; label: string; view: unknown }[];
}

/** A record as a card for a narrow screen. */
export const cardOf = (info: ObjectInfo, record: RecordRepresentation, names: readonly string[]): CardRow => {
  const [first = 'Name', ...others] = names;
  const named = names.find((name) => info.nameFields.includes(name)) ?? first;
  const own = { objectApiName: info.apiName, recordId: record.id, actionName: 'view' };
  return {
    id: record.id,
    name: viewOf(info, record, named)?.text ?? record.id,
    address: addressOf({ type: 'standard__recordPage', attributes: own }),
    facts: [first, ...others]
      .filter((name) => name !== named)
      .flatMap((name) => viewOf(info, record, name) ?? [])
      .filter(({ isEmpty }) => !isEmpty)
      .slice(0, 4)
      .map((view) => ({ key: view.name, label: view.label, view })),
  };
};
