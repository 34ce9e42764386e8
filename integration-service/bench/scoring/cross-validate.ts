import { stratifiedFolds } from '../../src/domain/scoring/folds.ts';
import { learn } from '../../src/domain/scoring/learn.ts';
import { auc, measure } from '../../src/domain/scoring/measures.ts';
import type { LearnedModel, Measures } from '../../src/domain/scoring/model.ts';
import { score } from '../../src/domain/scoring/score.ts';
import { tableRows, trainingRows, type TrainingTable } from '../../src/domain/scoring/table.ts';

const FOLDS = 5;
const SEED = 20_261_122;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A set judged by folds: like the README's figures, the mean of the folds; and all folds' scores taken together. */
export interface Judged {
  /** Mean AUC of the folds. */
  readonly auc: number;
  /** Measures of all scores together, each given by a model that had not seen its row; the mean of the repeats. */
  readonly pooled: Pick<Measures, 'brier' | 'ece' | 'lift'>;
  /** Mean and 95 % point of the calibration error of a perfectly calibrated score with these very values. */
  readonly perfect: { readonly mean: number; readonly high: number };
  readonly models: readonly LearnedModel[];
}

/**
 * Five folds with equal shares of both outcomes, rows of one group in one fold, dealt `repeats` times. Each fold is one
 * call of `learn`, as production calls it: it chooses, calibrates and refuses inside its own rows.
 */
export const crossValidate = (table: TrainingTable, repeats: number): Judged => {
  const models: LearnedModel[] = [];
  const aucs: number[] = [];
  const pooled: Measures[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const all = new Float64Array(table.rows);
    for (const { train, test } of stratifiedFolds(table.outcome, table.group, FOLDS, SEED + repeat)) {
      const model = learn(trainingRows(table, train), { seed: SEED });
      const { probability } = score(model, tableRows(table, test));
      for (const [index, row] of test.entries()) all[row] = probability[index] as number;
      aucs.push(
        auc(
          probability,
          Uint8Array.from(test, (row) => table.outcome[row] as number),
        ),
      );
      models.push(model);
    }
    pooled.push(measure(all, table.outcome, SEED));
  }
  return {
    auc: mean(aucs),
    pooled: {
      brier: mean(pooled.map(({ brier }) => brier)),
      ece: mean(pooled.map(({ ece }) => ece)),
      lift: mean(pooled.map(({ lift }) => lift)),
    },
    perfect: {
      mean: mean(pooled.map(({ ecePerfect }) => ecePerfect.mean)),
      high: mean(pooled.map(({ ecePerfect }) => ecePerfect.high)),
    },
    models,
  };
};

/** Learned from the first 70 % of the rows in time, judged on the rest. */
export const acrossTime = (table: TrainingTable) => {
  const at = table.at ?? Float64Array.from({ length: table.rows }, (_, row) => row);
  const order = Int32Array.from({ length: table.rows }, (_, row) => row).sort(
    (left, right) => (at[left] as number) - (at[right] as number) || left - right,
  );
  const cut = Math.round(table.rows * 0.7);
  const later = trainingRows(table, order.slice(cut));
  const model = learn(trainingRows(table, order.slice(0, cut)), { seed: SEED });
  const { probability } = score(model, later);
  return { model, later, measures: measure(probability, later.outcome, SEED) };
};

/** What the models of the folds were, counted: `4 boosted trees, 1 prior`. */
export const chosen = (models: readonly LearnedModel[]): string => {
  const counts = new Map<string, number>();
  for (const { algorithm, boosted, regression } of models) {
    const name = boosted !== null && regression !== null ? 'both' : algorithm;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(', ');
};
