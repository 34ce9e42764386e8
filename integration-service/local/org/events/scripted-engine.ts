import type {
  CommittedTransaction,
  Engine,
  FieldValue,
  ObjectAccess,
  RecordChange,
  RequestContext,
  Row,
} from '../engine/engine.ts';
import { buildSchema } from '../schema/build-schema.ts';
import { loadObjects } from '../schema/load-objects.ts';
import { sourceFolders } from '../schema/source-files.ts';

/** What a test says about a change; the rest of the row is empty. */
export interface ScriptedChange {
  readonly object: string;
  readonly id: string;
  readonly type: RecordChange['type'];
  readonly before?: Row;
  readonly after: Row;
}

const NO_ACCESS = { readable: false, createable: false, updateable: false };

/**
 * For tests of the event bus alone: an engine whose commits and clock the test writes. It has the part of the engine
 * that the bus uses and nothing else; tests of the whole use the real one.
 */
export class ScriptedEngine {
  readonly orgId = '00D000000000001EAA';
  readonly schema;
  /** Objects that users may not view all records of. */
  readonly withheld = new Set<string>();
  /** Fields nobody may read, as `Object.Field`. */
  readonly hidden = new Set<string>();
  private log: CommittedTransaction[] = [];
  private readonly listeners = new Set<(transaction: CommittedTransaction) => void>();
  private last = 0;

  constructor(folders: readonly string[], namespace?: string) {
    this.schema = buildSchema(loadObjects(sourceFolders(folders), namespace), { keyPrefixOf: () => 'a00' });
  }

  /** Itself, seen as what the bus takes. */
  get engine(): Engine {
    return this as unknown as Engine;
  }

  commit(
    changes: readonly ScriptedChange[],
    about: { at?: string; clientName?: string; userId?: string } = {},
  ): number {
    this.last += 1;
    const transaction: CommittedTransaction = {
      commitNumber: this.last,
      committedAt: about.at ?? '2026-11-21T10:00:00.000Z',
      userId: about.userId ?? '005000000000001AAA',
      clientName: about.clientName,
      origin: 'com/salesforce/api/rest/66.0',
      changes: changes.map(({ object, id, type, before = {}, after }) => ({
        object,
        id,
        type,
        before: type === 'create' ? null : before,
        after,
        changedFields: type === 'update' ? Object.keys(after).filter((name) => before[name] !== after[name]) : [],
      })),
    };
    this.log.push(transaction);
    this.listeners.forEach((listener) => listener(transaction));
    return this.last;
  }

  /** One new Request__c per call. */
  request(number: number, values: Record<string, FieldValue> = {}): number {
    const id = `a0R${String(number).padStart(12, '0')}AAA`;
    const after = { Name: `REQ-${number}`, State__c: 'new', Kind__c: 'refer', ...values };
    return this.commit([{ object: 'Request__c', id, type: 'create', after }]);
  }

  onCommit(listener: (transaction: CommittedTransaction) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changesAfter(commitNumber: number, limit: number): Promise<CommittedTransaction[]> {
    return Promise.resolve(this.log.filter((entry) => entry.commitNumber > commitNumber).slice(0, limit));
  }

  lastCommitNumber(): Promise<number> {
    return Promise.resolve(this.last);
  }

  trimChanges(instant: Date): Promise<number> {
    const before = this.log.length;
    this.log = this.log.filter(({ committedAt }) => Date.parse(committedAt) >= instant.getTime());
    return Promise.resolve(before - this.log.length);
  }

  accessOf(_context: RequestContext, object: string): Promise<ObjectAccess> {
    return Promise.resolve({
      readable: true,
      createable: true,
      updateable: true,
      deletable: true,
      viewAll: !this.withheld.has(object),
      modifyAll: false,
      field: (name) =>
        this.hidden.has(`${object}.${name}`) ? NO_ACCESS : { readable: true, createable: true, updateable: true },
    });
  }
}
