import { fieldOfColumn } from './rows.ts';
import { listInfo, listRecords, type ListRecords } from './lists.ts';
import { objectInfo, type ObjectInfo } from './metadata.ts';

/** A list view with one page of its rows. */
export interface ListPage {
  info: ObjectInfo;
  label: string;
  fields: string[];
  sortable: string[];
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
  const fields = view.displayColumns.map(({ fieldApiName }) => fieldOfColumn(info, fieldApiName));
  return {
    info,
    label: view.label,
    fields: [...new Set(fields)].filter((name) => info.fields[name] !== undefined),
    sortable: view.displayColumns
      .filter(({ sortable }) => sortable)
      .map(({ fieldApiName }) => fieldOfColumn(info, fieldApiName)),
    rows,
  };
};
