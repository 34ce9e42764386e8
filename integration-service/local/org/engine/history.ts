import { historyName } from '../schema/standard/histories.ts';
import type { FieldSchema, FieldType, ObjectSchema } from '../schema/types.ts';
import type { OrgTransaction } from './core.ts';
import { emptyRow, type Draft } from './drafts.ts';
import type { FieldValue, Row } from './engine.ts';
import { quoted, tableOf, type Connection } from './store.ts';

/** The objects in which the platform keeps another's past: where it went, and which tracked field changed. */
const HISTORIES: Readonly<
  Record<string, { readonly course: string; readonly fields: string; readonly parent: string }>
> = { Opportunity: { course: 'OpportunityHistory', fields: 'OpportunityFieldHistory', parent: 'OpportunityId' } };

/** Fields whose change makes a row in a deal's course (object reference, OpportunityHistory). */
const COURSE_FIELDS = ['StageName', 'Amount', 'Probability', 'CloseDate'] as const;

/** Words of `DataType` (object reference, ActivityFieldHistory: the same list). */
const DATA_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  textarea: 'MultiLineText',
  url: 'Url',
  email: 'Email',
  phone: 'Phone',
  boolean: 'Boolean',
  int: 'Double',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'DateOnly',
  datetime: 'DateTime',
  picklist: 'DynamicEnum',
  multipicklist: 'MultiEnum',
};

/** One save of one row: from what to what, by whom and when (in the API's form). */
export interface Saved {
  readonly before: Row | null;
  readonly after: Row;
  readonly at: FieldValue;
  readonly by: FieldValue;
}

/** Rows that the platform adds to an object's past, without their ids. */
export interface PastRows {
  readonly course: Record<string, FieldValue>[];
  readonly fields: Record<string, FieldValue>[];
}

/** Whether the platform keeps a past of this object's rows. */
export const hasPast = (object: ObjectSchema): boolean => HISTORIES[object.name] !== undefined;

/**
 * What saves leave behind, in the order of the saves. A creation is a row in the course, and `created` among the fields;
 * long texts and lists of choices are told as changed without their values, lookups by name and by id (Salesforce Help,
 * "Field History Tracking"; names are filled in by {@link writePast}).
 */
export const pastOf = (object: ObjectSchema, saves: readonly Saved[]): PastRows => {
  const names = HISTORIES[object.name];
  const past: PastRows = { course: [], fields: [] };
  if (names === undefined) return past;
  const tracked = object.keepsHistory ? object.fields.filter((field) => field.tracked) : [];
  for (const { before, after, at, by } of saves) {
    const stamp = { [names.parent]: after.Id ?? null, CreatedDate: at, CreatedById: by };
    if (before === null || COURSE_FIELDS.some((name) => before[name] !== after[name]))
      past.course.push({ ...stamp, ...courseOf(before, after), SystemModstamp: at });
    if (before === null && object.keepsHistory)
      past.fields.push({ ...stamp, Field: 'created', DataType: 'Text', OldValue: null, NewValue: null });
    if (before !== null)
      for (const field of tracked)
        if (before[field.name] !== after[field.name])
          past.fields.push(...changesOf(field, before, after).map((change) => ({ ...stamp, ...change })));
  }
  return past;
};

const courseOf = (before: Row | null, after: Row): Record<string, FieldValue> => ({
  StageName: after.StageName ?? null,
  Amount: after.Amount ?? null,
  ExpectedRevenue: after.ExpectedRevenue ?? null,
  CloseDate: after.CloseDate ?? null,
  Probability: after.Probability ?? null,
  ForecastCategory: after.ForecastCategory ?? null,
  PrevAmount: before?.Amount ?? null,
  PrevCloseDate: before?.CloseDate ?? null,
});

const changesOf = (field: FieldSchema, before: Row, after: Row): Record<string, FieldValue>[] => {
  const name = historyName(field);
  const change = { Field: name, OldValue: before[field.name] ?? null, NewValue: after[field.name] ?? null };
  if (field.reference !== undefined)
    return [
      { ...change, DataType: NAME_TO_COME },
      { ...change, DataType: 'EntityId' },
    ];
  if (field.type === 'multipicklist' || (field.type === 'textarea' && (field.length ?? 0) > 255))
    return [
      {
        Field: name,
        OldValue: null,
        NewValue: null,
        DataType: field.type === 'textarea' ? 'StringPlusClob' : 'MultiEnum',
      },
    ];
  return [{ ...change, DataType: DATA_TYPES[field.type] ?? 'Text' }];
};

/** Stands in a lookup's row until its ids have been turned into names. */
const NAME_TO_COME = 'name to come';

/** Writes rows of the past, one statement for each object. */
export const writePast = async (
  { core, connection }: Pick<OrgTransaction, 'core' | 'connection'>,
  object: ObjectSchema,
  past: PastRows,
): Promise<void> => {
  const names = HISTORIES[object.name];
  if (names === undefined) return;
  await fillNames({ core, connection }, past.fields);
  for (const [name, rows] of [
    [names.course, past.course],
    [names.fields, past.fields],
  ] as const) {
    const history = core.schema.object(name);
    if (history === undefined || rows.length === 0) continue;
    const ids = await core.newIds(history, rows.length);
    await insertAll(
      connection,
      history,
      rows.map((row, index) => ({ ...emptyRow(history), ...row, Id: ids[index] ?? null })),
    );
  }
};

/** Adds what a save leaves behind to the object's past. */
export const keepPast = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Pick<Draft, 'before' | 'after'>[],
): Promise<void> => {
  if (!hasPast(object)) return;
  const saves = drafts.map(({ before, after }) => ({
    before,
    after,
    at: (before === null ? after.CreatedDate : after.SystemModstamp) ?? null,
    by: before === null ? (after.CreatedById ?? null) : transaction.access.userId,
  }));
  await writePast(transaction, object, pastOf(object, saves));
};

/** Inserts rows that hold every stored field. */
export const insertAll = async (
  connection: Connection,
  object: ObjectSchema,
  rows: readonly Readonly<Record<string, FieldValue>>[],
): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {})
    .map(quoted)
    .join(', ');
  await connection.query(
    `INSERT INTO ${tableOf(object)} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::${tableOf(object)}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
};

const fillNames = async (
  { core, connection }: Pick<OrgTransaction, 'core' | 'connection'>,
  rows: readonly Record<string, FieldValue>[],
): Promise<void> => {
  const named = rows.filter(({ DataType }) => DataType === NAME_TO_COME);
  const names = new Map<FieldValue, string>();
  const ids = Map.groupBy(
    new Set(named.flatMap(({ OldValue = null, NewValue = null }) => [OldValue, NewValue]).filter((id) => id !== null)),
    (id) => core.schema.objectOfId(String(id)),
  );
  for (const [object, some] of ids) {
    if (object?.nameField === undefined) continue;
    const found = await connection.query<{ id: string; name: string }>(
      `SELECT "Id" AS id, ${quoted(object.nameField)} AS name FROM ${tableOf(object)} WHERE "Id" = ANY($1)`,
      [some],
    );
    for (const { id, name } of found) names.set(id, name);
  }
  for (const row of named) {
    row.DataType = 'Text';
    row.OldValue = names.get(row.OldValue ?? null) ?? null;
    row.NewValue = names.get(row.NewValue ?? null) ?? null;
  }
};
