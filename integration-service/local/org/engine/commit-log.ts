import type { OrgTransaction } from './core.ts';
import type { CommittedTransaction, RecordChange } from './engine.ts';
import type { Store } from './store.ts';

interface CommitRow {
  readonly number: string;
  readonly at: Date;
  readonly user_id: string;
  readonly client_name: string | null;
  readonly origin: string;
  readonly changes: RecordChange[];
}

/**
 * The durable, ordered record of commits. A transaction takes its number as its last statement, under a row lock that it
 * keeps until it has committed: numbers therefore have the order of commits and no holes.
 */
export class CommitLog {
  readonly #store: Store;
  readonly #listeners = new Set<(transaction: CommittedTransaction) => void>();
  readonly #waiting = new Map<number, CommittedTransaction>();
  /** Number of the next commit to tell listeners about; settled by the first commit of this process. */
  #next: number | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Writes the transaction's changes, if any; to be called last before the commit. */
  async append(transaction: OrgTransaction): Promise<CommittedTransaction | undefined> {
    const { changes, context, connection, core } = transaction;
    if (changes.length === 0) return undefined;
    const at = core.clock();
    const [row] = await connection.query<{ number: string }>(
      `WITH taken AS (UPDATE org.commit_counter SET value = value + 1 RETURNING value)
       INSERT INTO org.commit SELECT value, $1, $2, $3, $4, $5::jsonb FROM taken RETURNING number`,
      [at.toISOString(), context.userId, context.clientName ?? null, context.origin, JSON.stringify(changes)],
    );
    const number = Number(row?.number);
    this.#next ??= number;
    if (number < this.#next) this.#next = number;
    return {
      commitNumber: number,
      committedAt: at.toISOString(),
      userId: context.userId,
      clientName: context.clientName,
      origin: context.origin,
      changes,
    };
  }

  /** Tells listeners, holding a commit back until those before it have been told. */
  publish(committed: CommittedTransaction): void {
    this.#waiting.set(committed.commitNumber, committed);
    for (;;) {
      const number = this.#next ?? committed.commitNumber;
      const next = this.#waiting.get(number);
      if (next === undefined) return;
      this.#waiting.delete(number);
      this.#next = number + 1;
      for (const listener of this.#listeners) listener(next);
    }
  }

  onCommit(listener: (transaction: CommittedTransaction) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async after(commitNumber: number, limit: number): Promise<CommittedTransaction[]> {
    const rows = await this.#store.query<CommitRow & Record<string, unknown>>(
      'SELECT number, at, user_id, client_name, origin, changes FROM org.commit WHERE number > $1 ORDER BY number LIMIT $2',
      [commitNumber, limit],
    );
    return rows.map((row) => ({
      commitNumber: Number(row.number),
      committedAt: row.at.toISOString(),
      userId: row.user_id,
      clientName: row.client_name ?? undefined,
      origin: row.origin,
      changes: row.changes,
    }));
  }

  async last(): Promise<number> {
    const [row] = await this.#store.query<{ value: string }>('SELECT value FROM org.commit_counter');
    return Number(row?.value ?? 0);
  }

  async trim(instant: Date): Promise<number> {
    const rows = await this.#store.query('DELETE FROM org.commit WHERE at < $1 RETURNING number', [
      instant.toISOString(),
    ]);
    return rows.length;
  }
}
