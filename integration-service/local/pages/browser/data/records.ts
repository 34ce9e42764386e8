import { callOrg, type LdsError } from './http.ts';

/** A field's value as the UI API sends it; a relationship's value is a record. */
export interface FieldValue {
  value: unknown;
  displayValue: string | null;
}

/** A record as the UI API sends it. */
export interface RecordRepresentation {
  id: string;
  apiName: string;
  fields: Record<string, FieldValue>;
  lastModifiedDate?: string | null;
}

/** Which part of a record is wanted; `Object.Field` names. */
export interface RecordRequest {
  recordId: string;
  fields: string[];
  optionalFields: string[];
  layoutTypes?: string[];
}

interface Entry {
  request: RecordRequest;
  answer: RecordRepresentation | undefined;
  fetchedAt: number;
  listeners: Set<{ data: (record: RecordRepresentation) => void; error: (error: LdsError) => void }>;
  underWay: Promise<void> | undefined;
}

/** Lightning Data Service serves a record from its cache for 30 seconds before it asks again. */
const freshForMs = 30_000;

const entries = new Map<string, Entry>();
type ChangeListener = (record: RecordRepresentation | undefined, recordId: string) => void;
const changeListeners = new Set<ChangeListener>();

const id15 = (id: string): string => id.slice(0, 15);

const pathOf = ({ recordId, fields, optionalFields, layoutTypes }: RecordRequest): string => {
  const query = new URLSearchParams();
  if (fields.length > 0) query.set('fields', fields.join(','));
  if (optionalFields.length > 0) query.set('optionalFields', optionalFields.join(','));
  if (layoutTypes !== undefined && layoutTypes.length > 0) query.set('layoutTypes', layoutTypes.join(','));
  return `ui-api/records/${encodeURIComponent(recordId)}?${query.toString()}`;
};

const withoutETag = (record: RecordRepresentation | undefined): string =>
  JSON.stringify(record, (key, value: unknown) => (key === 'eTag' || key === 'weakEtag' ? undefined : value)) ?? '';

const load = async (key: string, entry: Entry): Promise<void> => {
  try {
    const record = await callOrg<RecordRepresentation>('GET', pathOf(entry.request));
    const changed = withoutETag(record) !== withoutETag(entry.answer);
    entry.answer = record;
    entry.fetchedAt = performance.now();
    if (changed) for (const listener of entry.listeners) listener.data(record);
  } catch (error) {
    entries.delete(key);
    for (const listener of entry.listeners) listener.error(error as LdsError);
  }
};

/**
 * Asks again for one entry; its wires hear of it only where something differs. An answer that is still on its way may be
 * older than the change that is asked about, so this one is asked for after it.
 */
const refetch = (key: string, entry: Entry): Promise<void> => {
  const asked: Promise<void> = (entry.underWay ?? Promise.resolve())
    .then(() => load(key, entry))
    .finally(() => {
      if (entry.underWay === asked) entry.underWay = undefined;
    });
  entry.underWay = asked;
  return asked;
};

/** Follows a record: emits it now (from the cache where that is fresh) and whenever this page learns that it changed. */
export const followRecord = (
  request: RecordRequest,
  listener: { data: (record: RecordRepresentation) => void; error: (error: LdsError) => void },
): (() => void) => {
  const key = JSON.stringify(request);
  const entry: Entry = entries.get(key) ?? {
    request,
    answer: undefined,
    fetchedAt: 0,
    listeners: new Set(),
    underWay: undefined,
  };
  entries.set(key, entry);
  entry.listeners.add(listener);
  const { answer } = entry;
  if (answer !== undefined) queueMicrotask(() => listener.data(answer));
  const isStale = answer === undefined || performance.now() - entry.fetchedAt > freshForMs;
  if (isStale && entry.underWay === undefined) refetch(key, entry).catch(() => undefined);
  return () => {
    entry.listeners.delete(listener);
  };
};

/** Drops what is known of these records, and asks again for those that somebody on the page is looking at. */
export const refreshRecords = async (recordIds: readonly string[]): Promise<void> => {
  const wanted = new Set(recordIds.map(id15));
  const affected = [...entries].filter(([, entry]) => wanted.has(id15(entry.request.recordId)));
  await Promise.all(
    affected.map(([key, entry]) => {
      if (entry.listeners.size > 0) return refetch(key, entry);
      entries.delete(key);
      return undefined;
    }),
  );
};

/** Tells those who keep copies of records (GraphQL results) that this page wrote one. */
export const onRecordWritten = (listener: ChangeListener): void => {
  changeListeners.add(listener);
};

const tell = (record: RecordRepresentation | undefined, recordId: string): void => {
  for (const listener of changeListeners) listener(record, recordId);
};

/** Writes a new record. Lists and related lists are not told: their wires show it when they are refreshed. */
export const writeNewRecord = async (input: {
  apiName: string;
  fields: Record<string, unknown>;
}): Promise<RecordRepresentation> => {
  const record = await callOrg<RecordRepresentation>('POST', 'ui-api/records', input);
  tell(record, record.id);
  return record;
};

/** Writes changed fields (`Id` among them); every wire on this page that shows the record hears of it. */
export const writeRecord = async (input: { fields: Record<string, unknown> }): Promise<RecordRepresentation> => {
  const { Id: id, ...fields } = input.fields;
  if (typeof id !== 'string') throw new TypeError('updateRecord needs the field Id with the id of the record.');
  const record = await callOrg<RecordRepresentation>('PATCH', `ui-api/records/${encodeURIComponent(id)}`, { fields });
  await refreshRecords([id]);
  tell(record, id);
  return record;
};

/** Deletes a record. */
export const removeRecord = async (recordId: string): Promise<void> => {
  await callOrg<undefined>('DELETE', `ui-api/records/${encodeURIComponent(recordId)}`);
  for (const [key, entry] of entries) if (id15(entry.request.recordId) === id15(recordId)) entries.delete(key);
  tell(undefined, recordId);
};
