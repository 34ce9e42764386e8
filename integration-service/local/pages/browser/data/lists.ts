import { callOrg, type LdsError } from './http.ts';
import type { RecordRepresentation } from './records.ts';

/** Which children of a record are wanted. */
export interface RelatedRequest {
  parentRecordId: string;
  relatedListId: string;
  fields: string[];
  optionalFields: string[];
  sortBy: string[];
  pageSize: number;
  where: string;
}

/** Children of a record, one page of them. */
export interface RelatedRecords {
  count: number;
  records: RecordRepresentation[];
  nextPageToken: string | null;
}

const relatedPath = (request: RelatedRequest): string => {
  const query = new URLSearchParams({ pageSize: String(request.pageSize) });
  if (request.fields.length > 0) query.set('fields', request.fields.join(','));
  if (request.optionalFields.length > 0) query.set('optionalFields', request.optionalFields.join(','));
  if (request.sortBy.length > 0) query.set('sortBy', request.sortBy.join(','));
  if (request.where !== '') query.set('where', request.where);
  const parent = encodeURIComponent(request.parentRecordId);
  return `ui-api/related-list-records/${parent}/${encodeURIComponent(request.relatedListId)}?${query.toString()}`;
};

/** Reads a record's children once. */
export const relatedRecords = (request: RelatedRequest): Promise<RelatedRecords> =>
  callOrg<RelatedRecords>('GET', relatedPath(request));

/** Reads a record's children for a wire. */
export const followRelatedRecords = (
  request: RelatedRequest,
  listener: { data: (records: RelatedRecords) => void; error: (error: LdsError) => void },
): (() => void) => {
  relatedRecords(request).then(listener.data, listener.error);
  return () => undefined;
};

/** Which rows of a list view are wanted. */
export interface ListRequest {
  object: string;
  listView: string;
  pageSize: number;
  sortBy: string[];
  pageToken?: string;
}

/** One page of a list view. */
export interface ListRecords {
  count: number;
  records: RecordRepresentation[];
  nextPageToken: string | null;
}

/** A list view's columns and name. */
export interface ListInfo {
  label: string;
  listReference: { listViewApiName: string };
  displayColumns: { fieldApiName: string; label: string; sortable: boolean }[];
}

const listPath = (kind: string, object: string, listView: string): string =>
  `ui-api/${kind}/${encodeURIComponent(object)}/${encodeURIComponent(listView)}`;

/** Reads one page of a list view's rows. */
export const listRecords = ({ object, listView, pageSize, sortBy, pageToken }: ListRequest): Promise<ListRecords> => {
  const query = new URLSearchParams({ pageSize: String(pageSize) });
  if (sortBy.length > 0) query.set('sortBy', sortBy.join(','));
  if (pageToken !== undefined) query.set('pageToken', pageToken);
  return callOrg<ListRecords>('GET', `${listPath('list-records', object, listView)}?${query.toString()}`);
};

/** Reads a list view's description. */
export const listInfo = (object: string, listView: string): Promise<ListInfo> =>
  callOrg<ListInfo>('GET', listPath('list-info', object, listView));

/** The list views of an object that the reader may choose from. */
export const listViews = async (object: string): Promise<{ apiName: string; label: string }[]> => {
  const answer = await callOrg<{ lists: { apiName: string; label: string }[] }>(
    'GET',
    `ui-api/list-info/${encodeURIComponent(object)}`,
  );
  return answer.lists;
};
