import type { LearnedModel } from '../../domain/scoring/model.ts';
import type { TrainingTable } from '../../domain/scoring/table.ts';

/** What the training thread is told. */
export interface TrainingOrder {
  readonly table: TrainingTable;
  readonly seed: number;
}

/** What it answers: a model, or what went wrong in words. */
export type TrainingAnswer =
  | { readonly model: LearnedModel }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack: string | undefined } };
