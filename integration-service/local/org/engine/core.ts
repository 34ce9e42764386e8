import type { Directory, UserAccess } from '../security/directory.ts';
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import type { BeforeSave, RecordChange, RequestContext, Row } from './engine.ts';
import type { Connection, Store } from './store.ts';

/** What the parts of the engine share. */
export interface EngineCore {
  readonly orgId: string;
  readonly schema: OrgSchema;
  readonly store: Store;
  readonly clock: () => Date;
  readonly hooks: ReadonlyMap<string, readonly ((save: BeforeSave) => void)[]>;
  directory(): Promise<Directory>;
  newIds(object: ObjectSchema, count: number): Promise<string[]>;
}

/** Rolls the transaction back and starts it again: somebody else took a unique value between our look and our write. */
export class LostRace extends Error {}

/** One open transaction: its connection, its user, and what it has changed so far. */
export class OrgTransaction {
  readonly core: EngineCore;
  readonly connection: Connection;
  readonly context: RequestContext;
  readonly access: UserAccess;
  readonly now: Date;
  #changes = new Map<string, RecordChange>();

  constructor(core: EngineCore, connection: Connection, context: RequestContext, access: UserAccess) {
    this.core = core;
    this.connection = connection;
    this.context = context;
    this.access = access;
    this.now = core.clock();
  }

  /** Changes so far, one per record, in the order first touched. */
  get changes(): RecordChange[] {
    return [...this.#changes.values()];
  }

  /** Notes a change; several to one record become one, as one transaction gives one change event per record. */
  note(object: ObjectSchema, type: RecordChange['type'], before: Row | null, after: Row): void {
    const id = String(after.Id);
    const earlier = this.#changes.get(id);
    if (earlier?.type === 'create' && type === 'delete') {
      this.#changes.delete(id);
      return;
    }
    const first = earlier === undefined ? before : earlier.before;
    this.#changes.set(id, {
      object: object.name,
      id,
      type: earlier?.type === 'create' ? 'create' : type,
      before: first,
      after,
      changedFields:
        type === 'delete' ? [] : Object.keys(after).filter((name) => after[name] !== (first?.[name] ?? null)),
    });
  }

  /** Runs `work` so that a throw undoes only what it did. */
  async savepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    const changes = new Map(this.#changes);
    await this.connection.query('SAVEPOINT operation');
    try {
      const result = await work();
      await this.connection.query('RELEASE SAVEPOINT operation');
      return result;
    } catch (error) {
      await this.connection.query('ROLLBACK TO SAVEPOINT operation');
      await this.connection.query('RELEASE SAVEPOINT operation');
      this.#changes = changes;
      throw error;
    }
  }
}
