import type { Bins } from './binning.ts';
import type { Chance } from './chance.ts';
import { binCount } from './features.ts';
import { TreeGrower, type BinnedFeatures } from './grow-tree.ts';
import { rowLoss, sigmoid } from './measures.ts';
import type { Boosted, Feature, Tree } from './model.ts';
import type { TreeSettings } from './splits.ts';

/** How trees are added up. */
export interface BoosterSettings extends TreeSettings {
  /** Most trees. */
  readonly trees: number;
  /** Share of Newton's step that each tree takes. */
  readonly rate: number;
  /** Share of the features that each tree may use: trees that differ err differently. */
  readonly featureShare: number;
  /** So many trees without a better loss on the rows set aside, and it stops. */
  readonly patience: number;
}

/** Boosted trees, and the mean loss on the rows set aside after each of them (index 0: before the first). */
export interface Fitted extends Omit<Boosted, 'weight'> {
  readonly losses: readonly number[];
}

export const binnedFeatures = (features: readonly Feature[], bins: Bins): BinnedFeatures => ({
  bins,
  counts: features.map(binCount),
  categories: features.map(({ kind }) => kind === 'category'),
});

/** So many of the numbers 0 … count-1, ascending. */
const someOf = (count: number, share: number, chance: Chance): readonly number[] => {
  const wanted = Math.max(1, Math.round(count * share));
  const chosen: number[] = [];
  for (let index = 0; index < count; index += 1)
    if (chance() * (count - index) < wanted - chosen.length) chosen.push(index);
  return chosen;
};

/** Adds what a tree says of these rows of the bins to their log odds. */
const addTree = (
  { feature, goesLeft, left, right, value }: Tree,
  bins: Bins,
  rows: Int32Array,
  logOdds: Float64Array,
) => {
  const sides = new Uint8Array(256 * feature.length);
  for (const [node, members] of goesLeft.entries()) for (const bin of members) sides[256 * node + bin] = 1;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] as number;
    let node = 0;
    for (let used = feature[0] as number; used >= 0; used = feature[node] as number)
      node = (
        sides[256 * node + ((bins[used] as Uint8Array)[row] as number)] === 1 ? left[node] : right[node]
      ) as number;
    logOdds[row] = (logOdds[row] as number) + (value[node] as number);
  }
};

/**
 * Fits boosted trees for log loss on `rows`. With `aside` the loss on those rows is followed, and growing ends when it has
 * not fallen for `patience` trees; without, all trees are grown. The same input and chance give the same trees.
 */
export const fitBoosted = (
  features: BinnedFeatures,
  outcome: Uint8Array,
  rows: Int32Array,
  settings: BoosterSettings,
  chance: Chance,
  aside: Int32Array | null = null,
): Fitted => {
  const all = outcome.length;
  const [logOdds, gradient, hessian] = [new Float64Array(all), new Float64Array(all), new Float64Array(all)];
  let positives = 0;
  for (const row of rows) positives += outcome[row] as number;
  // Half a row of each outcome more, so that the start is finite.
  const start = Math.log((positives + 0.5) / (rows.length - positives + 0.5));
  logOdds.fill(start);
  const lossAside = (watched: Int32Array): number => {
    let sum = 0;
    for (const row of watched) sum += rowLoss(logOdds[row] as number, outcome[row] as number);
    return sum / watched.length;
  };
  const grower = new TreeGrower(features, settings);
  const trees: Tree[] = [];
  const losses = aside === null ? [] : [lossAside(aside)];
  let best = 0;
  const place = (leaf: Int32Array, value: number): void => {
    for (let index = 0; index < leaf.length; index += 1) {
      const row = leaf[index] as number;
      logOdds[row] = (logOdds[row] as number) + value;
    }
  };
  while (trees.length < settings.trees && losses.length - 1 - best < settings.patience) {
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] as number;
      const probability = sigmoid(logOdds[row] as number);
      gradient[row] = (outcome[row] as number) - probability;
      hessian[row] = probability * (1 - probability);
    }
    const used = someOf(features.counts.length, settings.featureShare, chance);
    const tree = grower.grow(rows, { gradient, hessian }, used, settings.rate, place);
    trees.push(tree);
    if (aside === null) continue;
    addTree(tree, features.bins, aside, logOdds);
    losses.push(lossAside(aside));
    if ((losses.at(-1) as number) < (losses[best] as number)) best = losses.length - 1;
  }
  return { start, trees, losses };
};

/** Log odds that the first `count` trees give these rows of the bins. */
export const boostedLogOdds = (
  { start, trees }: Pick<Boosted, 'start' | 'trees'>,
  bins: Bins,
  rows: Int32Array,
  count = trees.length,
): Float64Array => {
  const logOdds = new Float64Array(bins[0]?.length ?? 0).fill(start);
  for (const tree of trees.slice(0, count)) addTree(tree, bins, rows, logOdds);
  return Float64Array.from(rows, (row) => logOdds[row] as number);
};
