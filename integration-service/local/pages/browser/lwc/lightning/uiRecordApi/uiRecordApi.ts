import { objectInfo } from '../../../data/metadata.ts';
import type { FieldInfo, ObjectInfo } from '../../../data/metadata.ts';
import {
  followRecord,
  refreshRecords,
  removeRecord,
  writeNewRecord,
  writeRecord,
  type FieldValue,
  type RecordRepresentation,
  type RecordRequest,
} from '../../../data/records.ts';
import { defineWire, fieldName, fieldNames, type FieldReference } from '../../../data/wire.ts';

interface RecordConfig {
  recordId?: string;
  fields?: FieldReference | FieldReference[];
  optionalFields?: FieldReference | FieldReference[];
  layoutTypes?: string | string[];
}

const requestOf = (config: RecordConfig): RecordRequest => {
  const request: RecordRequest = {
    recordId: config.recordId ?? '',
    fields: fieldNames(config.fields),
    optionalFields: fieldNames(config.optionalFields),
  };
  if (config.layoutTypes !== undefined) request.layoutTypes = [config.layoutTypes].flat();
  return request;
};

const asksForNothing = ({ fields, optionalFields, layoutTypes = [] }: RecordRequest): boolean =>
  fields.length + optionalFields.length + layoutTypes.length === 0;

/** Wire adapter: one record. Without any field it stays silent, as the platform's does until fields are known. */
export const getRecord = defineWire<RecordConfig, RecordRepresentation>(['recordId'], (config, emit) => {
  const request = requestOf(config);
  return asksForNothing(request) ? () => undefined : followRecord(request, emit);
});

type BatchResult = { results: { statusCode: number; result: unknown }[] };
interface BatchConfig {
  records?: (Omit<RecordConfig, 'recordId'> & { recordIds: string[] })[];
}

/** Wire adapter: several records, emitted when every one of them has been answered. */
export const getRecords = defineWire<BatchConfig, BatchResult>(['records'], ({ records = [] }, emit) => {
  const requests = records.flatMap(({ recordIds, ...rest }) =>
    recordIds.map((id) => requestOf({ ...rest, recordId: id })),
  );
  const answers = new Map<number, { statusCode: number; result: unknown }>();
  const settle = (index: number, statusCode: number, result: unknown): void => {
    answers.set(index, { statusCode, result });
    if (answers.size < requests.length) return;
    emit.data({ results: requests.map((_, place) => answers.get(place) ?? { statusCode: 404, result: undefined }) });
  };
  const stops = requests.map((request, index) =>
    followRecord(request, {
      data: (record) => settle(index, 200, record),
      error: (error) => settle(index, error.status, error.body),
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
});

export { removeRecord as deleteRecord, writeNewRecord as createRecord, writeRecord as updateRecord };

/** Says that something else changed these records: wires that show them ask again and emit where it is true. */
export const notifyRecordUpdateAvailable = (records: { recordId: string }[]): Promise<void> =>
  refreshRecords(records.map(({ recordId }) => recordId));

/** Older name of the same. */
export const getRecordNotifyChange = (records: { recordId: string }[]): void => {
  refreshRecords(records.map(({ recordId }) => recordId)).catch(() => undefined);
};

const find = (record: RecordRepresentation | undefined, field: FieldReference): FieldValue | undefined => {
  const path = fieldName(field).split('.').slice(1);
  let fields = record?.fields;
  let found: FieldValue | undefined;
  for (const part of path) {
    found = fields?.[part];
    if (found === undefined) return undefined;
    fields = (found.value as RecordRepresentation | null)?.fields;
  }
  return found;
};

/** A field's value in a record of `getRecord`, also along relationships; undefined where it was not asked for. */
export const getFieldValue = (record: RecordRepresentation | undefined, field: FieldReference): unknown => {
  const found = find(record, field);
  return found === undefined ? undefined : found.value;
};

/** A field's value as the reader sees it (money, dates, picklist labels); null where the value needs no formatting. */
export const getFieldDisplayValue = (
  record: RecordRepresentation | undefined,
  field: FieldReference,
): string | null | undefined => find(record, field)?.displayValue;

const writable = (record: RecordRepresentation, allowed: (field: FieldInfo) => boolean, info: ObjectInfo) =>
  Object.fromEntries(
    Object.entries(record.fields)
      .filter(([name]) => {
        const field = info.fields[name];
        return field !== undefined && allowed(field);
      })
      .map(([name, { value }]) => [name, value]),
  );

/** What `createRecord` takes, from a record and its object's description: only fields that the reader may write. */
export const generateRecordInputForCreate = (record: RecordRepresentation, info?: ObjectInfo) => ({
  apiName: record.apiName,
  fields: info === undefined ? {} : writable(record, (field) => field.createable, info),
});

/** What `updateRecord` takes, likewise. */
export const generateRecordInputForUpdate = (record: RecordRepresentation, info?: ObjectInfo) => ({
  fields: { Id: record.id, ...(info === undefined ? {} : writable(record, (field) => field.updateable, info)) },
});

/** The fields of an input that differ from the record they came from, and its `Id`. */
export const createRecordInputFilteredByEditedFields = (
  input: { fields: Record<string, unknown> },
  original: RecordRepresentation,
) => ({
  fields: Object.fromEntries(
    Object.entries(input.fields).filter(([name, value]) => name === 'Id' || original.fields[name]?.value !== value),
  ),
});

interface DefaultsConfig {
  objectApiName?: string | { objectApiName: string };
}

/** Wire adapter: what a new record starts with. */
export const getRecordCreateDefaults = defineWire<DefaultsConfig, { objectInfos: Record<string, ObjectInfo> }>(
  ['objectApiName'],
  ({ objectApiName = '' }, emit) => {
    const name = typeof objectApiName === 'string' ? objectApiName : objectApiName.objectApiName;
    objectInfo(name).then((info) => emit.data({ objectInfos: { [name]: info } }), emit.error);
    return () => undefined;
  },
);
