import { createHash } from 'node:crypto';
import type { CommittedTransaction, FieldValue, ObjectAccess, RecordChange } from '../engine/engine.ts';
import type { FieldSchema } from '../schema/types.ts';
import type { ChangeEventSchema } from './change-event-schema.ts';
import type { ChannelMember } from './channels.ts';
import { toBitmaps } from './field-bitmap.ts';
import type { EventValue } from './filter-expression.ts';
import type { Position } from './replay-id.ts';

export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
export type GapType = 'GAP_CREATE' | 'GAP_UPDATE' | 'GAP_DELETE' | 'GAP_UNDELETE' | 'GAP_OVERFLOW';

/** An event as it goes out to one subscriber. */
export interface ChangeEvent {
  /** The same whenever and to whomever this event is delivered. */
  readonly id: string;
  readonly position: Position;
  readonly schemaId: string;
  readonly object: string;
  readonly changeType: ChangeType | GapType;
  readonly payload: Buffer;
}

/** Larger events are replaced by a gap event, as in the org. */
const LARGEST_EVENT_BYTES = 1_000_000;
/** What an overflow event carries instead of record ids. */
const NO_RECORD_ID = '000000000000000AAA';

const uuidOf = (...parts: readonly (string | number)[]): string => {
  const hex = createHash('sha256').update(parts.join('|')).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};

const CHANGE_TYPE = { create: 'CREATE', update: 'UPDATE', delete: 'DELETE' } as const;

/** `2026-11-21T10:00:00.000+0000`, as the engine keeps it, is not quite ISO 8601. */
const isoTime = (value: string): string => value.replace(/\+0000$/, 'Z');

const onWire = (field: FieldSchema, value: FieldValue): unknown =>
  (field.type === 'date' || field.type === 'datetime') && typeof value === 'string'
    ? Date.parse(isoTime(value))
    : value;

/**
 * The fields an event may show: what changed (a create: what has a value), and, for updates and deletes, the enriched
 * ones that are not empty. Fields named in the filter are enriched without being listed (Change Event Filters,
 * "Auto-Enrichment of Filtered Fields").
 */
const shownFields = (change: RecordChange, schema: ChangeEventSchema, member: ChannelMember): Set<string> => {
  const filtered = member.filter?.fields.filter((name) => !name.startsWith('ChangeEventHeader.')) ?? [];
  const enriched = change.type === 'create' ? [] : [...member.enrichedFields, ...filtered];
  const own =
    change.type === 'create' ? [...schema.carried.keys()] : change.type === 'update' ? change.changedFields : [];
  return new Set(
    [...own, ...enriched].filter((name) => schema.carried.has(name) && (change.after[name] ?? null) !== null),
  );
};

const header = (
  transaction: CommittedTransaction,
  index: number,
  orgId: string,
  rest: { changeType: ChangeType | GapType; recordIds: readonly string[]; entityName: string },
): Record<string, unknown> => ({
  ...rest,
  changeOrigin: transaction.origin + (transaction.clientName ? `;client=${transaction.clientName}` : ''),
  transactionKey: uuidOf('transaction', orgId, transaction.commitNumber, transaction.committedAt),
  sequenceNumber: index + 1,
  commitTimestamp: Date.parse(transaction.committedAt),
  commitNumber: transaction.commitNumber,
  commitUser: transaction.userId,
  nulledFields: [],
  diffFields: [],
  changedFields: [],
});

const readForFilter =
  (change: RecordChange, shown: ReadonlySet<string>, head: Record<string, unknown>) =>
  (field: string): EventValue => {
    if (field.startsWith('ChangeEventHeader.'))
      return (head[field.slice('ChangeEventHeader.'.length)] as EventValue | undefined) ?? null;
    const value = shown.has(field) ? (change.after[field] ?? null) : null;
    return typeof value === 'string' ? isoTime(value) : value;
  };

const dotted = (schema: ChangeEventSchema, name: string): string | undefined => {
  const carried = schema.carried.get(name);
  return carried && (carried.inside === undefined ? carried.top : `${carried.top}.${carried.inside}`);
};

const payloadOf = (
  change: RecordChange,
  schema: ChangeEventSchema,
  shown: ReadonlySet<string>,
  access: ObjectAccess,
  head: Record<string, unknown>,
): Record<string, unknown> => {
  const visible = (name: string): boolean => access.field(name).readable;
  const payload: Record<string, unknown> = Object.fromEntries(schema.order.fields.map((name) => [name, null]));
  for (const name of shown) {
    const carried = schema.carried.get(name);
    if (!carried || !visible(name)) continue;
    const value = onWire(carried.field, change.after[name] ?? null);
    if (carried.inside === undefined) payload[carried.top] = value;
    else {
      const empty = (schema.order.compounds.get(carried.top) ?? []).map((part) => [part, null]);
      const compound = (payload[carried.top] ?? Object.fromEntries(empty)) as Record<string, unknown>;
      payload[carried.top] = { ...compound, [carried.inside]: value };
    }
  }
  const changed = change.type === 'update' ? change.changedFields.filter(visible) : [];
  const names = (fields: readonly string[]): string[] => fields.flatMap((name) => dotted(schema, name) ?? []);
  payload['ChangeEventHeader'] = {
    ...head,
    changedFields: toBitmaps(names(changed), schema.order),
    nulledFields: toBitmaps(names(changed.filter((name) => (change.after[name] ?? null) === null)), schema.order),
  };
  return payload;
};

export interface DerivationInput {
  readonly orgId: string;
  readonly transaction: CommittedTransaction;
  /** Place of the change in the transaction. */
  readonly index: number;
  readonly member: ChannelMember;
  readonly schema: ChangeEventSchema;
  /** What the subscribing user may see: fields without access are left out, as in the org. */
  readonly access: ObjectAccess;
}

/** A gap event: the header alone. The receiver has to read the record again. */
export const gapEvent = (input: DerivationInput, changeType: GapType): ChangeEvent => {
  const { transaction, index, schema } = input;
  const id = transaction.changes[index]?.id ?? NO_RECORD_ID;
  const empty = Object.fromEntries(schema.order.fields.map((name) => [name, null]));
  const head = header(transaction, 0, input.orgId, {
    changeType,
    recordIds: [changeType === 'GAP_OVERFLOW' ? NO_RECORD_ID : id],
    entityName: schema.object.name,
  });
  return {
    id: uuidOf(changeType, input.orgId, transaction.commitNumber, index),
    position: { commitNumber: transaction.commitNumber, index },
    schemaId: schema.id,
    object: schema.object.name,
    changeType,
    payload: schema.encode({ ...empty, ChangeEventHeader: head }),
  };
};

/** The event of one change for one member and subscriber; undefined when the member's filter does not let it pass. */
export const changeEvent = (input: DerivationInput): ChangeEvent | undefined => {
  const { transaction, index, member, schema, orgId } = input;
  const change = transaction.changes[index];
  if (!change) return undefined;
  const changeType = CHANGE_TYPE[change.type];
  const shown = shownFields(change, schema, member);
  const head = header(transaction, index, orgId, { changeType, recordIds: [change.id], entityName: change.object });
  if (member.filter && !member.filter.matches(readForFilter(change, shown, head))) return undefined;

  const payload = schema.encode(payloadOf(change, schema, shown, input.access, head));
  if (payload.length > LARGEST_EVENT_BYTES) return gapEvent(input, `GAP_${changeType}`);
  return {
    id: uuidOf('event', orgId, transaction.commitNumber, index),
    position: { commitNumber: transaction.commitNumber, index },
    schemaId: schema.id,
    object: change.object,
    changeType,
    payload,
  };
};
