import { watchDrift } from '../src/domain/scoring/drift.ts';
import { learn } from '../src/domain/scoring/learn.ts';
import { score } from '../src/domain/scoring/score.ts';
import { type Bench, type Figure, median } from './figure.ts';
import { acrossTime, chosen, crossValidate } from './scoring/cross-validate.ts';
import { leakFigures } from './scoring/leaks.ts';
import { MLC_SIGNALS, PUBLIC_SETS, publicSetsAreThere, tableOf, type PublicSet } from './scoring/public-sets.ts';
import { REFERENCES, TIME_REFERENCES, type Reference } from './scoring/references.ts';
import { asObjects, opportunities, walkingScorer } from './scoring/serving.ts';

const note = (line: string): void => void process.stderr.write(`  ${line}\n`);
const missing = (): void =>
  note('The public data sets are not beside the project (../shared/data): nothing is measured.');
const four = (value: number): string => value.toFixed(4);

/** AUC and calibration of one set beside scikit-learn's better model. */
const setFigures = (print: (figure: Figure) => void, name: string, set: PublicSet, fields: readonly string[]): void => {
  const reference = REFERENCES[name] as Reference;
  const { auc, pooled, perfect, models } = crossValidate(tableOf(set, set.rows(), fields), set.repeats);
  const folds = set.repeats === 1 ? 'mean of 5 folds' : `mean of 5 folds, dealt ${set.repeats} times`;
  print({
    name: `scoring-auc-${name}`,
    value: auc,
    unit: `AUC, ${reference.fields}, ${folds}; Brier ${four(pooled.brier)}, lift of the top tenth ${pooled.lift.toFixed(2)}; ${chosen(models)}`,
    baseline: `scikit-learn ${reference.model} ± ${reference.error}; Brier ${four(reference.brier)}, lift ${reference.lift}`,
    baselineValue: reference.auc,
  });
  print({
    name: `scoring-ece-${name}`,
    value: pooled.ece,
    unit: `ECE, 10 bins, scores of all folds together; scikit-learn ${reference.ece} (mean of folds, not calibrated)`,
    baseline: `95 % point of a perfectly calibrated score of these values (mean ${four(perfect.mean)})`,
    baselineValue: perfect.high,
  });
};

/** A set learned from its first 70 % and judged on the rest, with what has moved meanwhile. */
const timeFigure = (print: (figure: Figure) => void, set: PublicSet): void => {
  const reference = TIME_REFERENCES[set.name];
  if (reference === undefined) return;
  const { model, later, measures } = acrossTime(tableOf(set, set.rows(), set.fields, true));
  const { noticed } = watchDrift(model, later, later.outcome);
  const drift =
    noticed.length === 0 ? 'no drift noticed' : `drift noticed: ${noticed.map(({ feature }) => feature).join(', ')}`;
  print({
    name: `scoring-auc-${set.name}-time`,
    value: measures.auc,
    unit: `AUC, learned from the first 70 % in time, judged on the rest; Brier ${four(measures.brier)}, ECE ${four(measures.ece)}, ${drift}`,
    baseline: `scikit-learn ${reference.model}, the same split`,
    baselineValue: reference.auc,
  });
  for (const { says } of noticed) note(says);
};

const setBenches: readonly Bench[] = PUBLIC_SETS.map((set) => ({
  names: [
    `scoring-auc-${set.name}`,
    `scoring-ece-${set.name}`,
    ...(set.name in TIME_REFERENCES ? [`scoring-auc-${set.name}-time`] : []),
    ...(set.name === 'mlc'
      ? ['usage', 'interaction', 'both'].flatMap((part) => [`scoring-auc-mlc-${part}`, `scoring-ece-mlc-${part}`])
      : []),
  ],
  async run(print) {
    if (!publicSetsAreThere()) return missing();
    setFigures(print, set.name, set, set.fields);
    timeFigure(print, set);
    if (set.name !== 'mlc') return;
    setFigures(print, 'mlc-usage', set, MLC_SIGNALS.usage);
    setFigures(print, 'mlc-interaction', set, MLC_SIGNALS.interaction);
    setFigures(print, 'mlc-both', set, [...MLC_SIGNALS.usage, ...MLC_SIGNALS.interaction]);
  },
}));

const leaksCaught: Bench = {
  names: ['scoring-leaks-caught'],
  async run(print) {
    const { planted, caught, innocent, refused, files } = leakFigures();
    print({
      name: 'scoring-leaks-caught',
      value: caught / planted,
      unit: `share of ${planted} leaks planted in generated orgs with history that were refused; ${refused} of ${innocent} innocent fields refused`,
      baseline: 'all of them',
      baselineValue: 1,
    });
    if (files.length === 0) missing();
    for (const line of files) note(line);
  },
};

const ROUNDS = 7;

/** Opportunities scored in a second by one core: as a table, with and without reasons, and by walking objects. */
const scoreServing: Bench = {
  names: ['score-serving', 'score-serving-with-reasons'],
  async run(print) {
    const model = learn(opportunities(10_000, 1), { seed: 1 });
    const table = opportunities(20_000, 2);
    const objects = asObjects(table);
    const walk = walkingScorer(model);
    const { probability } = score(model, table);
    for (const [row, object] of objects.slice(0, 2_000).entries())
      if (Math.abs(walk(object) - (probability[row] as number)) > 1e-9)
        throw new Error(`row ${row} is scored differently`);
    const speeds = { ours: [] as number[], reasons: [] as number[], walking: [] as number[] };
    const perSecond = (rows: number, run: () => number): number => {
      const began = performance.now();
      if (!Number.isFinite(run())) throw new Error('a score is no number');
      return (rows * 1_000) / (performance.now() - began);
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      speeds.ours.push(perSecond(table.rows, () => score(model, table).probability.at(-1) ?? Number.NaN));
      speeds.reasons.push(
        perSecond(table.rows, () => {
          const scores = score(model, table);
          let sum = 0;
          for (let row = 0; row < table.rows; row += 1) sum += scores.contributions(row)[0]?.logOdds ?? Number.NaN;
          return sum;
        }),
      );
      speeds.walking.push(perSecond(2_000, () => objects.slice(0, 2_000).reduce((sum, one) => sum + walk(one), 0)));
    }
    const size = `${model.boosted?.trees.length ?? 0} trees, 16 fields, one core`;
    const baseline = 'walking trees and rows as objects, the same model, without reasons';
    const baselineValue = median(speeds.walking);
    print({
      name: 'score-serving',
      value: median(speeds.ours),
      unit: `opportunities/s, ${size}`,
      baseline,
      baselineValue,
    });
    print({
      name: 'score-serving-with-reasons',
      value: median(speeds.reasons),
      unit: `opportunities/s with exact contributions of every field, ${size}`,
      baseline,
      baselineValue,
    });
  },
};

/** Scores on public sets beside scikit-learn's, the leak guard, and the speed of serving. */
export const scoringFigures: readonly Bench[] = [...setBenches, leaksCaught, scoreServing];
