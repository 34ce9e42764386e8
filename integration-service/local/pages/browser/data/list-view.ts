import { listInfo, listRecords, type ListRecords } from './lists.ts';
import { objectInfo, type ObjectInfo } from './metadata.ts';
import type { RecordColumn } from './rows.ts';

/** A list view with one page of its rows. */
export interface ListPage {
  info: ObjectInfo;
  label: string;
  columns: RecordColumn[];
  rows: ListRecords;
}

/** Reads a list view: its columns that the reader may see, and one page of rows. */
export const readListView = async (
  object: string,
  listView: string,
  options: { pageSize: number; sortBy: string; pageToken?: string },
): Promise<ListPage> => {
  const [info, view] = await Promise.all([objectInfo(object), listInfo(object, listView)]);
  const rows = await listRecords({
    object,
    listView,
    pageSize: options.pageSize,
    sortBy: options.sortBy === '' ? [] : [options.sortBy],
    ...(options.pageToken === undefined ? {} : { pageToken: options.pageToken }),
  });
  const isVisible = (path: string): boolean => {
    const [head = '', ...rest] = path.split('.');
    if (rest.length === 0) return info.fields[path] !== undefined;
    return Object.values(info.fields).some(({ relationshipName }) => relationshipName === head);
  };
  const columns = view.displayColumns
    .filter(({ fieldApiName }) => isVisible(fieldApiName))
    .map(({ fieldApiName, label, sortable }) => ({ path: fieldApiName, label: label.replace(/ ID$/, ''), sortable }));
  return { info, label: view.label, columns, rows };
};
