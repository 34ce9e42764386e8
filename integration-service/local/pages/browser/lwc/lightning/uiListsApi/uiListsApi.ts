import { listRecords, type ListRecords } from '../../../data/lists.ts';
import { askOnce, defineWire, objectName } from '../../../data/wire.ts';

interface ListConfig {
  objectApiName?: string | { objectApiName: string };
  listViewApiName?: string;
  pageSize?: number;
  sortBy?: string[];
}

/** Wire adapter: the rows of a list view. */
export const getListRecordsByName = defineWire<ListConfig, ListRecords>(
  ['objectApiName', 'listViewApiName'],
  askOnce(({ objectApiName = '', listViewApiName = '', pageSize = 50, sortBy = [] }) =>
    listRecords({ object: objectName(objectApiName), listView: listViewApiName, pageSize, sortBy }),
  ),
);
