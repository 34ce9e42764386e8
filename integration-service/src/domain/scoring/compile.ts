import { binTable, columnsOf, type Bins } from './binning.ts';
import { calibrated } from './calibration.ts';
import { numberTerms } from './design.ts';
import { binCount, signedLog } from './features.ts';
import { logit, sigmoid } from './measures.ts';
import type { Boosted, Feature, LearnedModel, Regression } from './model.ts';
import type { Column, Table } from './table.ts';
import { treeForm, type TreeForm } from './tree-forms.ts';
import { forestShap, type AddContributions } from './tree-shap.ts';

/** Rows that go through one tree together: their bins stay close at hand. */
const BLOCK = 512;

/** A model made ready for scoring. It belongs to one thread; making it takes milliseconds, using it microseconds a row. */
export interface CompiledModel {
  readonly base: number;
  /** Raw log odds and calibrated probability of every row. */
  readonly score: (table: Table) => {
    readonly bins: Bins;
    readonly raw: Float64Array;
    readonly probability: Float64Array;
  };
  /** Tells, row by row, what each feature adds to the raw log odds, in the order of the model's features. */
  readonly contributions: (table: Table, bins: Bins) => (row: number) => Float64Array;
}

/** Compiled trees with their tables in one list, tree after tree. */
interface Forest {
  readonly forms: readonly TreeForm[];
  readonly addTo: (bins: Bins, raw: Float64Array, weight: number) => void;
}

const forestOf = ({ trees }: Boosted, features: readonly Feature[]): Forest => {
  const counts = features.map(binCount);
  const forms = trees.map((tree) => treeForm(tree, counts));
  const values = forms.map(({ leaves }) => Float64Array.from(leaves, ({ value }) => value));
  const reach = new Int32Array(BLOCK);
  return {
    forms,
    addTo(bins, raw, weight) {
      for (let first = 0; first < raw.length; first += BLOCK) {
        const count = Math.min(BLOCK, raw.length - first);
        for (let index = 0; index < forms.length; index += 1) {
          reach.fill(-1);
          for (const { feature, masks } of (forms[index] as TreeForm).features) {
            const column = bins[feature] as Uint8Array;
            for (let row = 0; row < count; row += 1)
              reach[row] = (reach[row] as number) & (masks[column[first + row] as number] as number);
          }
          const leaves = values[index] as Float64Array;
          // A tree that is one leaf has no feature, and every bit is set.
          if (leaves.length === 1) reach.fill(1);
          for (let row = 0; row < count; row += 1) {
            // The only leaf left over is the lowest bit that is set.
            const left = reach[row] as number;
            raw[first + row] =
              (raw[first + row] as number) + weight * (leaves[31 - Math.clz32(left & -left)] as number);
          }
        }
      }
    },
  };
};

/** Adds what the regression says of each row. */
const addRegression = (
  { weights, intercept, weight }: Regression,
  features: readonly Feature[],
  columns: readonly (Column | null)[],
  bins: Bins,
  raw: Float64Array,
): void => {
  for (let row = 0; row < raw.length; row += 1) raw[row] = (raw[row] as number) + weight * intercept;
  for (const [index, feature] of features.entries()) {
    const terms = Float64Array.from(weights[index] ?? [], (one) => weight * one);
    const column = columns[index];
    if (feature.kind === 'category') {
      const own = bins[index] as Uint8Array;
      for (let row = 0; row < raw.length; row += 1)
        raw[row] = (raw[row] as number) + (terms[own[row] as number] as number);
      continue;
    }
    const { plain, logged } = feature;
    const [one, two, missing] = [terms[0] as number, terms[1] as number, terms[2] as number];
    const values = column?.kind === 'number' ? column.values : null;
    for (let row = 0; row < raw.length; row += 1) {
      const value = values === null ? Number.NaN : (values[row] as number);
      const adds =
        value - value === 0
          ? (one * (value - plain.mean)) / plain.scale + (two * (signedLog(value) - logged.mean)) / logged.scale
          : missing;
      raw[row] = (raw[row] as number) + adds;
    }
  }
};

/** What the regression adds to the log odds of a row, feature by feature, above its mean over the training rows. */
const regressionContributions = (
  { weights, means, weight }: Regression,
  features: readonly Feature[],
  columns: readonly (Column | null)[],
): ((bins: Uint8Array, row: number, sums: Float64Array) => void) => {
  const own = weights.map((terms) => Float64Array.from(terms, (one) => weight * one));
  const above = own.map((terms, index) => terms.reduce((sum, one, term) => sum - one * (means[index]?.[term] ?? 0), 0));
  return (bins, row, sums) => {
    for (let index = 0; index < sums.length; index += 1) {
      const feature = features[index] as Feature;
      const terms = own[index] as Float64Array;
      let adds = above[index] as number;
      if (feature.kind === 'category') adds += terms[bins[index] as number] as number;
      else {
        const column = columns[index];
        const value = column?.kind === 'number' ? (column.values[row] as number) : Number.NaN;
        const [plain, logged, missing] = numberTerms(feature, value);
        adds += plain * (terms[0] as number) + logged * (terms[1] as number) + missing * (terms[2] as number);
      }
      sums[index] = (sums[index] as number) + adds;
    }
  };
};

/** Makes a model ready for scoring. */
export const compileModel = (model: LearnedModel): CompiledModel => {
  const { features, boosted, regression, calibration, prior } = model;
  const forest = boosted === null ? null : forestOf(boosted, features);
  // Made when reasons are first asked for: most rows are scored without.
  let addContributions: AddContributions | null = null;
  const base =
    boosted === null && regression === null
      ? logit(prior.share)
      : treesBase(boosted, forest) + regressionBase(regression);
  return {
    base,
    score(table) {
      const raw = new Float64Array(table.rows);
      if (boosted === null && regression === null)
        return { bins: [], raw: raw.fill(base), probability: new Float64Array(table.rows).fill(prior.share) };
      const bins = binTable(features, table);
      if (boosted !== null && forest !== null) {
        raw.fill(boosted.weight * boosted.start);
        forest.addTo(bins, raw, boosted.weight);
      }
      if (regression !== null) addRegression(regression, features, columnsOf(features, table), bins, raw);
      return { bins, raw, probability: raw.map((z) => sigmoid(calibrated(calibration, z))) };
    },
    contributions(table, bins) {
      addContributions ??= forestShap(forest?.forms ?? []);
      const addTrees = addContributions;
      const share = boosted?.weight ?? 0;
      const addRegressions =
        regression === null ? null : regressionContributions(regression, features, columnsOf(features, table));
      const own = new Uint8Array(features.length);
      return (row) => {
        for (let index = 0; index < own.length; index += 1) own[index] = (bins[index] as Uint8Array)[row] as number;
        const sums = new Float64Array(features.length);
        addTrees(own, sums);
        for (let index = 0; index < sums.length; index += 1) sums[index] = share * (sums[index] as number);
        addRegressions?.(own, row, sums);
        return sums;
      };
    },
  };
};

const treesBase = (boosted: Boosted | null, forest: Forest | null): number =>
  boosted === null || forest === null
    ? 0
    : boosted.weight * forest.forms.reduce((sum, { mean }) => sum + mean, boosted.start);

const regressionBase = (regression: Regression | null): number => {
  if (regression === null) return 0;
  const { weight, intercept, weights, means } = regression;
  let sum = intercept;
  for (const [index, own] of weights.entries())
    for (const [term, one] of own.entries()) sum += one * (means[index]?.[term] ?? 0);
  return weight * sum;
};
