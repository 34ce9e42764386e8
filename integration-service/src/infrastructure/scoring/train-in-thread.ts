import { Worker, type TransferListItem } from 'node:worker_threads';
import { TableError, type Column, type TrainingTable } from '../../domain/scoring/table.ts';
import type { LearnedModel } from '../../domain/scoring/model.ts';
import type { TrainingAnswer, TrainingOrder } from './messages.ts';

/** Learning came to no end. The message says why; `cause` is what the thread reported. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
}

export interface TrainingOptions {
  readonly seed: number;
  /** Ends the thread at once; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Most memory of the thread in MB. A table takes about 30 bytes a value while it is learned from. */
  readonly memoryMb?: number;
}

/** Enough for half a million rows with thirty fields. */
const MEMORY_MB = 1_024;

/** As TypeScript from the tree, as JavaScript from a build. */
const thread = new URL(`./training-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/**
 * Learns a model in a thread of its own, so that serving never waits for it. The table's arrays are handed over, not
 * copied: afterwards they are empty here.
 * @throws TableError for a table that does not fit together, TrainingError where the thread ended without a model, and the
 * signal's reason
 */
export const trainInThread = (table: TrainingTable, options: TrainingOptions): Promise<LearnedModel> => {
  const { seed, signal, memoryMb = MEMORY_MB } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const order: TrainingOrder = { table, seed };
    const worker = new Worker(thread, {
      workerData: order,
      transferList: buffersOf(table),
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      name: 'scoring',
    });
    const stop = (): void => {
      settle(() => reject(signal?.reason));
      void worker.terminate();
    };
    let settled = false;
    const settle = (answer: () => void): void => {
      if (settled) return;
      settled = true;
      signal?.removeEventListener('abort', stop);
      answer();
    };
    signal?.addEventListener('abort', stop);
    worker.once('message', (answer: TrainingAnswer) =>
      settle(() => ('model' in answer ? resolve(answer.model) : reject(errorOf(answer.error)))),
    );
    worker.once('error', (cause) =>
      settle(() =>
        reject(
          new TrainingError(`Learning failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause }),
        ),
      ),
    );
    worker.once('exit', (code) =>
      settle(() => reject(new TrainingError(`The training thread ended with code ${code}.`))),
    );
  });
};

const errorOf = ({ name, message, stack }: Extract<TrainingAnswer, { error: unknown }>['error']): Error =>
  name === 'TableError' ? new TableError(message) : new TrainingError(`Learning failed: ${message}`, { cause: stack });

/** The memory behind a table, each piece once: what several columns share can be handed over only once. */
const buffersOf = ({ columns, outcome, at, group }: TrainingTable): TransferListItem[] => {
  const arrayOf = (column: Column) => (column.kind === 'number' ? column.values : column.codes);
  const arrays = [...columns.map(arrayOf), outcome, at, group].filter((array) => array !== null);
  return [...new Set(arrays.map(({ buffer }) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer);
};
