import { calibrated } from '../../src/domain/scoring/calibration.ts';
import { chanceFrom } from '../../src/domain/scoring/chance.ts';
import { signedLog } from '../../src/domain/scoring/features.ts';
import { binOfNumber } from '../../src/domain/scoring/binning.ts';
import { sigmoid } from '../../src/domain/scoring/measures.ts';
import type { Feature, LearnedModel, Tree } from '../../src/domain/scoring/model.ts';
import { categoryColumn, numberColumn, type Table, type TrainingTable } from '../../src/domain/scoring/table.ts';

const NUMBERS = 10;
const CATEGORIES = 6;
const LEVELS = 12;

/** Opportunities with ten numbers and six categories, of which half matter, some of them together. */
export const opportunities = (rows: number, seed: number): TrainingTable => {
  const chance = chanceFrom(seed);
  const numbers = Array.from({ length: NUMBERS }, () => new Float64Array(rows));
  const codes = Array.from({ length: CATEGORIES }, () => new Array<string>(rows));
  const outcome = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let logOdds = -1;
    for (const [index, values] of numbers.entries()) {
      const value = Math.round(Math.exp(6 * chance()) * 100) / 100;
      values[row] = chance() < 0.1 ? Number.NaN : value;
      if (index < NUMBERS / 2) logOdds += 0.5 * Math.sin(Math.log(value) + index);
    }
    for (const [index, texts] of codes.entries()) {
      const level = Math.floor(chance() * LEVELS);
      texts[row] = `level ${level}`;
      if (index < CATEGORIES / 2) logOdds += ((level % 4) - 1.5) * ((numbers[index]?.[row] ?? 0) > 20 ? 0.6 : 0.2);
    }
    outcome[row] = chance() < sigmoid(logOdds) ? 1 : 0;
  }
  const columns = [
    ...numbers.map((values, index) => numberColumn(`number ${index}`, [...values])),
    ...codes.map((texts, index) => categoryColumn(`category ${index}`, texts)),
  ];
  return { rows, columns, outcome, at: null, group: null };
};

export type Opportunity = Readonly<Record<string, number | string | null>>;

/** The same rows as objects, as they come out of an API. */
export const asObjects = ({ rows, columns }: Table): readonly Opportunity[] =>
  Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => {
        if (column.kind === 'category') return [column.name, column.levels[column.codes[row] as number] ?? null];
        const value = column.values[row] as number;
        return [column.name, Number.isFinite(value) ? value : null];
      }),
    ),
  );

interface Branch {
  readonly feature: Feature;
  readonly goesLeft: ReadonlySet<number>;
  readonly left: Branch | number;
  readonly right: Branch | number;
}

const branchOf = (tree: Tree, features: readonly Feature[], node: number): Branch | number => {
  const feature = features[tree.feature[node] ?? -1];
  if (feature === undefined) return tree.value[node] ?? 0;
  return {
    feature,
    goesLeft: new Set(tree.goesLeft[node]),
    left: branchOf(tree, features, tree.left[node] ?? 0),
    right: branchOf(tree, features, tree.right[node] ?? 0),
  };
};

/** The scorer that anybody would write first: trees as objects, rows as objects, one step after the other. */
export const walkingScorer = (model: LearnedModel): ((row: Opportunity) => number) => {
  const { features, boosted, regression, calibration } = model;
  const trees = (boosted?.trees ?? []).map((tree) => branchOf(tree, features, 0));
  const levels = new Map(
    features.map((feature) => [
      feature.name,
      new Map(feature.kind === 'category' ? feature.levels.map((level, index) => [level, index + 1]) : []),
    ]),
  );
  const binOf = (feature: Feature, row: Opportunity): number => {
    const value = row[feature.name] ?? null;
    if (feature.kind === 'number') return typeof value === 'number' ? binOfNumber(feature.edges, value) : 0;
    if (typeof value !== 'string') return 0;
    return levels.get(feature.name)?.get(value) ?? (feature.rare.includes(value) ? feature.levels.length + 1 : 0);
  };
  return (row) => {
    const bins = new Map(features.map((feature) => [feature, binOf(feature, row)]));
    let trunk = boosted?.start ?? 0;
    for (const tree of trees) {
      let at = tree;
      while (typeof at !== 'number') at = at.goesLeft.has(bins.get(at.feature) ?? 0) ? at.left : at.right;
      trunk += at;
    }
    let z = (boosted?.weight ?? 0) * trunk;
    if (regression !== null) {
      let line = regression.intercept;
      for (const [index, feature] of features.entries()) {
        const own = regression.weights[index] ?? [];
        const value = row[feature.name];
        if (feature.kind === 'category') line += own[bins.get(feature) ?? 0] ?? 0;
        else if (typeof value !== 'number') line += own[2] ?? 0;
        else
          line +=
            ((own[0] ?? 0) * (value - feature.plain.mean)) / feature.plain.scale +
            ((own[1] ?? 0) * (signedLog(value) - feature.logged.mean)) / feature.logged.scale;
      }
      z += regression.weight * line;
    }
    return sigmoid(calibrated(calibration, z));
  };
};
