import { toId18, makeId } from '../schema/ids.ts';
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import { Directory, DIRECTORY_OBJECTS } from '../security/directory.ts';
import { runQuery } from '../soql/execute.ts';
import { CommitLog } from './commit-log.ts';
import { LostRace, OrgTransaction, type EngineCore } from './core.ts';
import { deleteRows } from './delete.ts';
import { rolledBack } from './drafts.ts';
import type {
  BeforeSave,
  CommittedTransaction,
  Engine,
  EngineOperations,
  InputRow,
  ObjectAccess,
  RequestContext,
  SaveOptions,
  SaveResult,
} from './engine.ts';
import { OrgError } from './errors.ts';
import { insertRows, objectFor, updateRows, upsertRows } from './operations.ts';
import { type Restore, restoreLives } from './restore.ts';
import { readRows, recordAccessOf } from './read.ts';
import { ID_BLOCK, quoted, type Store } from './store.ts';

export interface EngineOptions {
  readonly orgId: string;
  /** Three characters inside every id of this org. */
  readonly instance: string;
  readonly schema: OrgSchema;
  readonly store: Store;
  readonly clock: () => Date;
}

const DEFAULT_ORIGIN = 'com/salesforce/api/rest/66.0';
const MAX_ATTEMPTS = 5;

const NO_OBJECT_ACCESS: ObjectAccess = {
  readable: false,
  createable: false,
  updateable: false,
  deletable: false,
  viewAll: false,
  modifyAll: false,
  field: () => ({ readable: false, createable: false, updateable: false }),
};

/** Thrown to undo an all-or-none call; carries its answers out of the transaction. */
class Refused extends Error {
  readonly results: SaveResult[];
  constructor(results: SaveResult[]) {
    super('all-or-none call refused');
    this.results = results;
  }
}

/** The engine over PostgreSQL. */
export class LocalEngine implements Engine {
  readonly orgId: string;
  readonly schema: OrgSchema;
  readonly #options: EngineOptions;
  readonly #log: CommitLog;
  readonly #hooks = new Map<string, ((save: BeforeSave) => void)[]>();
  readonly #ids = new Map<string, { next: number; last: number }>();
  readonly #core: EngineCore;
  #directory: Promise<Directory> | undefined;
  /** How often each object of the directory has changed here. */
  readonly #changes = new Map<string, number>();
  /** What was read last, and the changes that it surely holds. */
  #read: { readonly directory: Directory; readonly holds: ReadonlyMap<string, number> } | undefined;

  constructor(options: EngineOptions) {
    this.orgId = options.orgId;
    this.schema = options.schema;
    this.#options = options;
    this.#log = new CommitLog(options.store);
    this.#core = {
      orgId: options.orgId,
      schema: options.schema,
      store: options.store,
      clock: options.clock,
      hooks: this.#hooks,
      directory: () => this.directory(),
      newIds: (object, count) => this.#newIds(object, count),
    };
  }

  /** Users and permissions as of the last commit that touched them. */
  directory(): Promise<Directory> {
    this.#directory ??= this.#readDirectory();
    return this.#directory;
  }

  async #readDirectory(): Promise<Directory> {
    const before = this.#read;
    // Counted before it is read: what changes meanwhile is read again next time.
    const holds = new Map(this.#changes);
    try {
      const directory = await Directory.load(this.#options.store, this.schema, (object) =>
        before?.holds.get(object) === holds.get(object) ? before?.directory : undefined,
      );
      this.#read = { directory, holds };
      return directory;
    } catch (error) {
      this.#directory = undefined;
      throw error;
    }
  }

  async contextFor(
    user: string,
    options: { clientName?: string; defaultNamespace?: string; origin?: string } = {},
  ): Promise<RequestContext> {
    const row = (await this.directory()).user(toId18(user) ?? user);
    if (row === undefined) throw new OrgError('NOT_FOUND', `There is no user ${user} in this org.`);
    if (row.IsActive !== true)
      throw new OrgError('INVALID_LOGIN', `The user ${user} is inactive.`, { httpStatus: 401 });
    return {
      userId: String(row.Id),
      clientName: options.clientName,
      defaultNamespace: options.defaultNamespace,
      origin: options.origin ?? DEFAULT_ORIGIN,
    };
  }

  as(context: RequestContext): EngineOperations {
    return operationsOf((readOnly, work) => this.#run(context, readOnly, work), false);
  }

  transaction<Result>(
    context: RequestContext,
    work: (operations: EngineOperations) => Promise<Result>,
  ): Promise<Result> {
    return this.#run(context, false, (transaction) => work(operationsOf((_, inner) => inner(transaction), true)));
  }

  async accessOf(context: RequestContext, object: string): Promise<ObjectAccess> {
    const schema = this.schema.object(object, context.defaultNamespace);
    return schema === undefined ? NO_OBJECT_ACCESS : (await this.directory()).accessOf(context.userId).object(schema);
  }

  onCommit(listener: (transaction: CommittedTransaction) => void): () => void {
    return this.#log.onCommit(listener);
  }

  changesAfter(commitNumber: number, limit: number): Promise<CommittedTransaction[]> {
    return this.#log.after(commitNumber, limit);
  }

  lastCommitNumber(): Promise<number> {
    return this.#log.last();
  }

  trimChanges(instant: Date): Promise<number> {
    return this.#log.trim(instant);
  }

  /** Everything that `work` puts there, together or not at all; see {@link restoreLives}. `user` is an administrator. */
  async restore<Result>(user: string, work: (put: Restore) => Promise<Result>): Promise<Result> {
    const { namespace } = this.schema;
    const context = await this.contextFor(user, namespace === undefined ? {} : { defaultNamespace: namespace });
    const access = (await this.directory()).accessOf(context.userId);
    return this.#options.store.transaction((connection) => {
      const transaction = new OrgTransaction(this.#core, connection, context, access);
      return work((object, lives) => restoreLives(transaction, objectFor(transaction, object), lives));
    });
  }

  beforeSave(object: string, hook: (save: BeforeSave) => void): () => void {
    const name = this.schema.object(object)?.name;
    if (name === undefined) throw new OrgError('NOT_FOUND', `There is no object ${object} to automate.`);
    this.#hooks.set(name, [...(this.#hooks.get(name) ?? []), hook]);
    return () => {
      this.#hooks.set(
        name,
        (this.#hooks.get(name) ?? []).filter((each) => each !== hook),
      );
    };
  }

  /** Runs `work` in a transaction of its own; starts again when a race for a unique value was lost. */
  async #run<Result>(
    context: RequestContext,
    readOnly: boolean,
    work: (transaction: OrgTransaction) => Promise<Result>,
  ): Promise<Result> {
    const access = (await this.directory()).accessOf(context.userId);
    if (readOnly) return work(new OrgTransaction(this.#core, this.#options.store, context, access));
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.#commit(context, async (transaction) => work(transaction));
      } catch (error) {
        if (!(error instanceof LostRace) || attempt === MAX_ATTEMPTS) throw translated(error);
      }
  }

  async #commit<Result>(
    context: RequestContext,
    work: (transaction: OrgTransaction) => Promise<Result>,
  ): Promise<Result> {
    const access = (await this.directory()).accessOf(context.userId);
    const { result, committed } = await this.#options.store.transaction(async (connection) => {
      const transaction = new OrgTransaction(this.#core, connection, context, access);
      const outcome = await work(transaction);
      return { result: outcome, committed: await this.#log.append(transaction) };
    });
    if (committed !== undefined) {
      this.#noteChanges(committed);
      this.#log.publish(committed);
    }
    return result;
  }

  #noteChanges({ changes }: CommittedTransaction): void {
    for (const object of new Set(changes.map((change) => change.object)))
      if (DIRECTORY_OBJECTS.has(object)) {
        this.#changes.set(object, (this.#changes.get(object) ?? 0) + 1);
        this.#directory = undefined;
      }
  }

  async #newIds(object: ObjectSchema, count: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < count) {
      const block = this.#ids.get(object.name);
      if (block === undefined || block.next > block.last) {
        const [row] = await this.#options.store.query<{ value: string }>(
          `SELECT nextval('org.${quoted(`${object.name} ids`)}') AS value`,
        );
        const first = Number(row?.value);
        this.#ids.set(object.name, { next: first, last: first + ID_BLOCK - 1 });
        continue;
      }
      ids.push(makeId(object.keyPrefix, this.#options.instance, block.next));
      block.next += 1;
    }
    return ids;
  }
}

type Run = <Result>(readOnly: boolean, work: (transaction: OrgTransaction) => Promise<Result>) => Promise<Result>;

/**
 * The calls of one user. Inside a larger transaction each write has a savepoint, so that a refused all-or-none call
 * undoes only itself.
 */
const operationsOf = (run: Run, nested: boolean): EngineOperations => {
  const write = async (
    options: SaveOptions | undefined,
    work: (transaction: OrgTransaction) => Promise<SaveResult[]>,
  ): Promise<SaveResult[]> => {
    try {
      return await run(false, async (transaction) => {
        const body = async (): Promise<SaveResult[]> => {
          const results = await work(transaction);
          if (options?.allOrNone === true && results.some((result) => !result.success))
            throw new Refused(rolledBack(results));
          return results;
        };
        return nested ? retryingSavepoint(transaction, body) : body();
      });
    } catch (error) {
      if (error instanceof Refused) return error.results;
      throw error;
    }
  };
  const onObject =
    (object: string, work: (transaction: OrgTransaction, schema: ObjectSchema) => Promise<SaveResult[]>) =>
    (transaction: OrgTransaction): Promise<SaveResult[]> =>
      work(transaction, objectFor(transaction, object));
  return {
    insert: (object, rows, options) =>
      write(
        options,
        onObject(object, (transaction, schema) => insertRows(transaction, schema, rows)),
      ),
    update: (object, rows, options) =>
      write(
        options,
        onObject(object, (transaction, schema) => updateRows(transaction, schema, rows)),
      ),
    upsert: (object, keyField, rows: readonly InputRow[], options) =>
      write(
        options,
        onObject(object, (transaction, schema) => upsertRows(transaction, schema, keyField, rows)),
      ),
    delete: (ids, options) => write(options, (transaction) => deleteRows(transaction, ids)),
    read: (object, ids, fields) =>
      run(true, (transaction) => readRows(transaction, objectFor(transaction, object), ids, fields)),
    query: (soql, options) => run(true, (transaction) => runQuery(transaction, soql, options?.includeDeleted === true)),
    recordAccess: (ids) => run(true, (transaction) => recordAccessOf(transaction, ids)),
  };
};

const retryingSavepoint = async (
  transaction: OrgTransaction,
  body: () => Promise<SaveResult[]>,
): Promise<SaveResult[]> => {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await transaction.savepoint(body);
    } catch (error) {
      if (!(error instanceof LostRace) || attempt === MAX_ATTEMPTS) throw error;
    }
};

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/** PostgreSQL's waits and deadlocks as the org words them. */
const translated = (error: unknown): unknown => {
  const code = (error as { code?: unknown }).code;
  return code === LOCK_NOT_AVAILABLE || code === DEADLOCK
    ? new OrgError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', { httpStatus: 400 })
    : error;
};
