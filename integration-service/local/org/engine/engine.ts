/**
 * The engine: the one store behind every surface of the local org (REST, Bulk, UI API, GraphQL, events).
 * Surfaces translate their wire to these calls; rules, security, sharing and transactions live here and nowhere else.
 *
 * Values have the shapes of the REST API: ids are 18 characters, numbers are numbers, dates `YYYY-MM-DD`, date-times
 * `YYYY-MM-DDThh:mm:ss.SSS+0000`, multi-select picklists `a;b`, empty text is null.
 */
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import type { RowError } from './errors.ts';

export type FieldValue = string | number | boolean | null;

/** A stored row by API name; every stored field of the object is present. */
export type Row = Readonly<Record<string, FieldValue>>;

/**
 * A row given by a caller: fields by name in any case, plus parents by external id
 * (`{ Partner__r: { Key__c: 'aws' } }`). `attributes` is ignored.
 */
export type InputRow = Readonly<Record<string, unknown>>;

/** Who asks, through what. Get one from `Engine.contextFor`; it is checked against current permissions on every call. */
export interface RequestContext {
  readonly userId: string;
  /** `client` of `Sforce-Call-Options`, kept on every change for the change event's origin. */
  readonly clientName: string | undefined;
  /** `defaultNamespace` of `Sforce-Call-Options`: names of that package may be given, and are answered, without prefix. */
  readonly defaultNamespace: string | undefined;
  /** Surface and version for the change origin: `com/salesforce/api/rest/66.0`. */
  readonly origin: string;
}

export interface SaveResult {
  readonly id: string | null;
  readonly success: boolean;
  /** Set by upsert. */
  readonly created?: boolean;
  readonly errors: readonly RowError[];
}

export interface SaveOptions {
  /** One refused row rolls back all (`ALL_OR_NONE_OPERATION_ROLLED_BACK` on the others). Default false. */
  readonly allOrNone?: boolean;
}

/** A record as a query answers it: `attributes`, fields in the order asked, parents nested, children as results. */
export interface QueryRecord {
  attributes: { type: string; url?: string };
  [field: string]: unknown;
}

export interface QueryResult {
  readonly totalSize: number;
  readonly records: readonly QueryRecord[];
}

export interface FieldAccess {
  readonly readable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
}

/** What a user may do with an object and its fields, record sharing aside. */
export interface ObjectAccess {
  readonly readable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
  /** Access to a field by its exact API name; unknown fields have none. */
  field(name: string): FieldAccess;
}

/** What a user may do with one record, sharing included. */
export interface RecordAccess {
  readonly recordId: string;
  readonly hasReadAccess: boolean;
  readonly hasEditAccess: boolean;
  readonly hasDeleteAccess: boolean;
  readonly hasTransferAccess: boolean;
  readonly hasAllAccess: boolean;
}

/** Reads and writes of one user, each call checked for that user. */
export interface EngineOperations {
  insert(object: string, rows: readonly InputRow[], options?: SaveOptions): Promise<SaveResult[]>;
  /** Rows carry their `Id`. */
  update(object: string, rows: readonly InputRow[], options?: SaveOptions): Promise<SaveResult[]>;
  /** `keyField` is `Id` or an external id (or another id-lookup) field; rows carry its value. */
  upsert(object: string, keyField: string, rows: readonly InputRow[], options?: SaveOptions): Promise<SaveResult[]>;
  /** Ids may be of several objects. */
  delete(ids: readonly string[], options?: SaveOptions): Promise<SaveResult[]>;
  /**
   * Readable fields of visible rows, in the order of `ids`; null where there is no such row for this user.
   * `fields` absent = all readable. Throws `INVALID_FIELD` for a field that is unknown or hidden.
   */
  read(object: string, ids: readonly string[], fields?: readonly string[]): Promise<(Row | null)[]>;
  /** All rows of a SOQL query. Throws `OrgError` with the org's code and text for a query that the org refuses. */
  query(soql: string, options?: { includeDeleted?: boolean }): Promise<QueryResult>;
  /** Record access of this user, as `UserRecordAccess` answers it. */
  recordAccess(ids: readonly string[]): Promise<RecordAccess[]>;
}

/** One record's part of a transaction: what was before the transaction and what is after it. */
export interface RecordChange {
  readonly object: string;
  readonly id: string;
  readonly type: 'create' | 'update' | 'delete';
  /** Absent for a create. */
  readonly before: Row | null;
  /** For a delete, the last values. */
  readonly after: Row;
  /** API names whose value differs, system fields included; empty for a delete. */
  readonly changedFields: readonly string[];
}

export interface CommittedTransaction {
  /** 1, 2, 3 …: the order of commits, without holes. Kept in the same transaction as the change. */
  readonly commitNumber: number;
  /** ISO 8601, milliseconds, UTC. */
  readonly committedAt: string;
  readonly userId: string;
  readonly clientName: string | undefined;
  readonly origin: string;
  /** One entry per record, in the order first touched. */
  readonly changes: readonly RecordChange[];
}

/** Values about to be written; the hook may change fields of `after` (and nothing else) in the same transaction. */
export interface BeforeSave {
  readonly object: ObjectSchema;
  readonly userId: string;
  readonly before: Row | null;
  readonly after: Record<string, FieldValue>;
}

export interface Engine {
  readonly orgId: string;
  readonly schema: OrgSchema;

  /** Throws `NOT_FOUND` for an unknown and `INVALID_LOGIN` for an inactive user. Takes an id or a user name. */
  contextFor(
    user: string,
    options?: { clientName?: string; defaultNamespace?: string; origin?: string },
  ): Promise<RequestContext>;
  /** Operations of one user; each call is a transaction of its own. */
  as(context: RequestContext): EngineOperations;
  /** Everything in `work` commits together, or not at all when it throws. */
  transaction<Result>(
    context: RequestContext,
    work: (operations: EngineOperations) => Promise<Result>,
  ): Promise<Result>;
  /** Object and field permissions of a user. Throws nothing: an unknown object is unreadable. */
  accessOf(context: RequestContext, object: string): Promise<ObjectAccess>;

  /** Calls `listener` after each commit, in commit order, until the returned function is called. A throw is not caught. */
  onCommit(listener: (transaction: CommittedTransaction) => void): () => void;
  /** The durable record behind `onCommit`: transactions after `commitNumber`, oldest first. */
  changesAfter(commitNumber: number, limit: number): Promise<CommittedTransaction[]>;
  /** Number of the newest commit; 0 in a new org. */
  lastCommitNumber(): Promise<number>;
  /** Forgets transactions committed before `instant`; returns how many. */
  trimChanges(instant: Date): Promise<number>;

  /** A customer's own automation: runs before every insert and update of `object`. Returns the remover. */
  beforeSave(object: string, hook: (save: BeforeSave) => void): () => void;
}
