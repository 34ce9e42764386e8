import { z } from 'zod';
import type { Namespace } from './namespace.ts';

const header = z.object({
  entityName: z.string(),
  recordIds: z.array(z.string()),
  changeType: z.string(),
  changeOrigin: z.string().nullish(),
  transactionKey: z.string(),
  commitUser: z.string().nullish(),
  changedFields: z.array(z.string()).default([]),
});

/** A change as the org told it: a hint of what to read again, never the truth itself. */
export interface ChangeEvent {
  /** Object in our names: `Request__c`, `Opportunity`. */
  readonly object: string;
  readonly recordIds: readonly string[];
  readonly changeType: string;
  readonly changeOrigin: string;
  readonly transactionKey: string;
  readonly commitUser: string | null;
  /** Fields that the event carries, in our names, without those that are null. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The event says that something changed and not what: read again, or sweep. */
  readonly gap: boolean;
}

/** What the Avro library reads are instances of classes of its own, whose methods are no fields: own values, at any depth. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
};

/** An event's decoded payload as a change of ours. Throws when it is of another shape: the caller keeps it as poison. */
export const toChangeEvent = (payload: unknown, namespace: Namespace): ChangeEvent => {
  const { ChangeEventHeader, ...fields } = z.looseObject({ ChangeEventHeader: header }).parse(plain(payload));
  const object = namespace.plain(ChangeEventHeader.entityName).replace(/ChangeEvent$/, '');
  return {
    object,
    recordIds: ChangeEventHeader.recordIds,
    changeType: ChangeEventHeader.changeType,
    changeOrigin: ChangeEventHeader.changeOrigin ?? '',
    transactionKey: ChangeEventHeader.transactionKey,
    commitUser: ChangeEventHeader.commitUser ?? null,
    fields: Object.fromEntries(
      Object.entries(fields)
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => [namespace.plain(name), value]),
    ),
    gap: ChangeEventHeader.changeType.startsWith('GAP_'),
  };
};
