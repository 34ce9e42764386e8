import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import {
  childrenOf,
  readSourceFiles,
  sourceFolders,
  textOf,
  textsOf,
  type SourceFile,
  type SourceFolder,
} from '../schema/source-files.ts';
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import { listColumn, shownColumn, type ListColumn } from './list-columns.ts';
import { literalFor, quoted } from './soql-text.ts';

/** A condition of a list view, for showing and as SOQL. */
interface ListFilter {
  readonly column: ListColumn;
  readonly operation: string;
  readonly values: readonly string[];
  readonly soql: string;
}

/** A list view read from source. */
export interface ListView {
  readonly object: ObjectSchema;
  readonly name: string;
  readonly label: string;
  readonly id: string;
  readonly mine: boolean;
  readonly columns: readonly ListColumn[];
  readonly filters: readonly ListFilter[];
  readonly filterLogic: string | null;
}

const COMPARISON: Readonly<Record<string, string>> = {
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
};
const DATE_LITERAL = /^(?:TODAY|YESTERDAY|TOMORROW|(?:LAST|THIS|NEXT)_[A-Z_0-9]+(?::\d+)?)$/;

const likePattern = (value: string, before: string, after: string): string =>
  quoted(before + value.replaceAll('%', '\\%').replaceAll('_', '\\_') + after);

const operand = ({ field }: ListColumn, value: string): string => {
  if (field.type === 'boolean') return value === '1' || value.toLowerCase() === 'true' ? 'true' : 'false';
  if (['date', 'datetime'].includes(field.type) && DATE_LITERAL.test(value.toUpperCase())) return value.toUpperCase();
  return literalFor(field, value === '' ? null : value);
};

const condition = (column: ListColumn, operation: string, values: readonly string[]): string => {
  const { path } = column;
  const literals = values.map((value) => operand(column, value));
  const any = (make: (value: string) => string): string => `(${values.map(make).join(' OR ')})`;
  switch (operation) {
    case 'equals':
      return literals.length === 1 ? `${path} = ${literals[0]}` : `${path} IN (${literals.join(', ')})`;
    case 'notEqual':
      return literals.length === 1 ? `${path} != ${literals[0]}` : `${path} NOT IN (${literals.join(', ')})`;
    case 'includes':
    case 'excludes':
      return `${path} ${operation.toUpperCase()} (${literals.join(', ')})`;
    case 'contains':
      return any((value) => `${path} LIKE ${likePattern(value, '%', '%')}`);
    case 'startsWith':
      return any((value) => `${path} LIKE ${likePattern(value, '', '%')}`);
    case 'notContain':
      return `(NOT ${any((value) => `${path} LIKE ${likePattern(value, '%', '%')}`)})`;
    default: {
      const sign = COMPARISON[operation];
      if (!sign) throw new Error(`list views do not know the operation ${operation}`);
      return `${path} ${sign} ${literals[0] ?? 'null'}`;
    }
  }
};

const readListView = (schema: OrgSchema, file: SourceFile): ListView | undefined => {
  const object = schema.object(basename(dirname(dirname(file.path))), schema.namespace);
  if (!object) return undefined;
  try {
    const scope = textOf(file.root, 'filterScope') ?? 'Everything';
    if (scope !== 'Everything' && scope !== 'Mine') throw new Error(`filter scope ${scope} is not offered here`);
    return {
      object,
      name: file.name,
      label: textOf(file.root, 'label') ?? file.name,
      id: `00B${createHash('sha256').update(`${object.name}.${file.name}`).digest('hex').slice(0, 12)}AAA`,
      mine: scope === 'Mine',
      columns: textsOf(file.root, 'columns').map((name) => shownColumn(schema, object, name)),
      filters: childrenOf(file.root, 'filters').map((filter) => {
        const column = listColumn(schema, object, textOf(filter, 'field') ?? '');
        const operation = textOf(filter, 'operation') ?? 'equals';
        const values = (textOf(filter, 'value') ?? '').split(',').map((value) => value.trim());
        return { column, operation, values, soql: condition(column, operation, values) };
      }),
      filterLogic: textOf(file.root, 'booleanFilter') ?? null,
    };
  } catch (error) {
    throw new Error(`${file.path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

/** The list views of the source folders. Throws with the file when one names a field that is not there. */
export const loadListViews = (folders: readonly (string | SourceFolder)[], schema: OrgSchema): ListView[] =>
  readSourceFiles(sourceFolders(folders), ['listView']).flatMap((file) => readListView(schema, file) ?? []);

/** What a list view shows, as a SOQL condition for the asking user; empty for everything. */
export const listCondition = (view: ListView, userId: string): string => {
  const numbered = view.filters.map(({ soql }) => soql);
  const logic = view.filterLogic
    ? `(${view.filterLogic.replaceAll(/\d+/g, (number) => numbered[Number(number) - 1] ?? '')})`
    : numbered.join(' AND ');
  return [...(view.mine ? [`OwnerId = ${quoted(userId)}`] : []), ...(logic ? [logic] : [])].join(' AND ');
};

const reference = (view: ListView): object => ({
  id: view.id,
  listViewApiName: view.name,
  objectApiName: view.object.name,
  type: 'listView',
});

/** `list-info`: what the list is called, its columns and its filters. */
export const listInfo = (view: ListView): object => {
  const [first] = view.columns;
  const info = {
    cloneable: false,
    createable: false,
    deletable: false,
    displayColumns: view.columns.map(({ path, label, field }) => ({
      fieldApiName: path,
      label,
      lookupId: path.includes('.') ? `${path.split('.').slice(0, -1).join('.')}.Id` : null,
      sortable: field.sortable,
    })),
    filterLogicString: view.filterLogic,
    filteredByInfo: view.filters.map(({ column, operation, values }) => ({
      fieldApiName: column.path,
      label: column.label,
      operandLabels: values,
      operator: operation.charAt(0).toUpperCase() + operation.slice(1),
    })),
    label: view.label,
    listReference: reference(view),
    orderedByInfo: first ? [{ fieldApiName: first.path, isAscending: true, label: first.label }] : [],
    updateable: false,
    userPreferences: { columnWidths: {}, columnWrap: {} },
    visibility: 'Public',
    visibilityEditable: false,
  };
  return { eTag: createHash('md5').update(JSON.stringify(info)).digest('hex'), ...info };
};
