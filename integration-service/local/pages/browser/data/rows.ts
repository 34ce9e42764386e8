import { viewOf, type FieldView } from './field-view.ts';
import type { FieldInfo, ObjectInfo } from './metadata.ts';
import { pageContext } from './page-context.ts';
import type { RecordRepresentation } from './records.ts';
import { addressOf } from './router.ts';

/** A column of records: a field of theirs, or a path to a field of a related record (`Account.Name`). */
export interface RecordColumn {
  path: string;
  label: string;
  sortable: boolean;
}

/** A column of `lightning-datatable`. */
export interface TableColumn {
  label: string;
  fieldName: string;
  type: string;
  typeAttributes?: Record<string, unknown>;
  cellAttributes?: Record<string, unknown>;
  sortable: boolean;
  hideDefaultActions: boolean;
  wrapText: boolean;
}

const withoutId = (label: string): string => label.replace(/ ID$/, '');

/** A field as a column under its own label. */
export const fieldColumn = (info: ObjectInfo, name: string): RecordColumn[] => {
  const field = info.fields[name];
  if (field === undefined) return [];
  return [{ path: name, label: field.reference ? withoutId(field.label) : field.label, sortable: false }];
};

const typeOf = (field: FieldInfo | undefined): Pick<TableColumn, 'type' | 'typeAttributes' | 'cellAttributes'> => {
  switch (field?.dataType) {
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

const recordAddress = (record: RecordRepresentation): string | undefined =>
  pageContext.objects[record.apiName] === undefined
    ? undefined
    : addressOf({
        type: 'standard__recordPage',
        attributes: { objectApiName: record.apiName, recordId: record.id, actionName: 'view' },
      });

/** What stands in a column for a record; a name leads to its record. Undefined where the reader may not see it. */
export const cellOf = (
  info: ObjectInfo,
  record: RecordRepresentation,
  { path, label }: RecordColumn,
): FieldView | undefined => {
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const view = viewOf(info, record, path);
    if (view === undefined) return undefined;
    return info.nameFields.includes(path) ? { ...view, label, address: recordAddress(record) } : { ...view, label };
  }
  const related = record.fields[head]?.value as RecordRepresentation | null | undefined;
  const found = related?.fields[rest.join('.')];
  const text = String(found?.displayValue ?? found?.value ?? '');
  return {
    name: path,
    label,
    help: undefined,
    type: 'String',
    value: text,
    text,
    address: related === null || related === undefined || rest.at(-1) !== 'Name' ? undefined : recordAddress(related),
    isEmpty: text === '',
  };
};

/** A column shows links where any of its cells has one. */
const hasLinks = (info: ObjectInfo, records: readonly RecordRepresentation[], column: RecordColumn): boolean =>
  records.some((record) => cellOf(info, record, column)?.address !== undefined);

/** Columns for `lightning-datatable`. */
export const tableColumns = (
  info: ObjectInfo,
  records: readonly RecordRepresentation[],
  columns: readonly RecordColumn[],
): TableColumn[] =>
  columns.map((column) => {
    const isName = info.nameFields.includes(column.path);
    const common = { label: column.label, sortable: column.sortable, hideDefaultActions: true, wrapText: isName };
    if (!hasLinks(info, records, column))
      return { ...common, fieldName: column.path, ...typeOf(info.fields[column.path]) };
    const typeAttributes = { label: { fieldName: `${column.path}-text` }, target: '_self' };
    return { ...common, fieldName: `${column.path}-address`, type: 'url', typeAttributes };
  });

const plain = /^(?:Currency|Date|DateTime|Boolean|Double|Int)$/;

/** A record as a row for those columns. */
export const tableRow = (
  info: ObjectInfo,
  record: RecordRepresentation,
  columns: readonly RecordColumn[],
): Record<string, unknown> => {
  const row: Record<string, unknown> = { Id: record.id };
  for (const column of columns) {
    const cell = cellOf(info, record, column);
    if (cell === undefined) continue;
    row[column.path] = plain.test(cell.type) ? cell.value : cell.text;
    row[`${column.path}-text`] = cell.text;
    row[`${column.path}-address`] = cell.address;
  }
  return row;
};

/** A record for a narrow screen: what it is called, where it leads, and a few more of its columns. */
export interface Card {
  id: string;
  name: string;
  address: string | undefined;
  facts: FieldView[];
}

/** A record as a card. */
export const cardOf = (info: ObjectInfo, record: RecordRepresentation, columns: readonly RecordColumn[]): Card => {
  const named = columns.find(({ path }) => info.nameFields.includes(path)) ?? columns[0];
  const name = named === undefined ? undefined : cellOf(info, record, named);
  return {
    id: record.id,
    name: name?.text ?? record.id,
    address: recordAddress(record),
    facts: columns
      .filter((column) => column !== named)
      .flatMap((column) => cellOf(info, record, column) ?? [])
      .filter(({ isEmpty }) => !isEmpty)
      .slice(0, 4),
  };
};
