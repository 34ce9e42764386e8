// The thread in which models are learned. It learns from one table, answers, and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { learn } from '../../domain/scoring/learn.ts';
import type { TrainingAnswer, TrainingOrder } from './messages.ts';

const answer = ({ table, seed }: TrainingOrder): TrainingAnswer => {
  try {
    return { model: learn(table, { seed }) };
  } catch (error) {
    const known = error instanceof Error ? error : new Error(String(error));
    return { error: { name: known.name, message: known.message, stack: known.stack } };
  }
};

parentPort?.postMessage(answer(workerData as TrainingOrder));
