import type { Leaf, TreeForm } from './tree-forms.ts';

/** Features on the way to a leaf up to which every pattern is worked out beforehand: 2^8 patterns. */
const MOST_KEPT = 8;

/**
 * What each feature on the way to a leaf adds to a tree's outcome through this leaf: Shapley's values, with the tree's own
 * training rows in place of what is not known (path-dependent TreeSHAP: S. Lundberg, G. Erion, S.-I. Lee, 2018). Bit j of
 * `pattern` says whether the row lets the way's feature j reach the leaf. Summed over the leaves they are the value of the
 * row's leaf less the mean of the tree.
 */
const leafShap = ({ value, path }: Leaf, pattern: number): Float64Array => {
  const length = path.length;
  const fit = (at: number): number => (pattern >>> at) & 1;
  const shareOf = (at: number): number => path[at]?.share ?? 0;
  // ways[k]: share of the orders of the features in which k of them are known, times how far the leaf is then reached.
  const ways = new Float64Array(length + 1);
  ways[0] = 1;
  for (let depth = 0; depth < length; depth += 1) extend(ways, depth, shareOf(depth), fit(depth));
  return Float64Array.from(
    path,
    (_, at) => unwound(ways, length, shareOf(at), fit(at)) * (fit(at) - shareOf(at)) * value,
  );
};

/** Adds a feature to a way of `depth` features: `share` of the rows pass it when it is not known, `fit` when it is. */
const extend = (ways: Float64Array, depth: number, share: number, fit: number): void => {
  ways[depth + 1] = 0;
  for (let known = depth; known >= 0; known -= 1) {
    const here = ways[known] as number;
    ways[known + 1] = (ways[known + 1] as number) + (fit * here * (known + 1)) / (depth + 2);
    ways[known] = (share * here * (depth + 1 - known)) / (depth + 2);
  }
};

/** The sum over a way of `length` features with one of them taken out again. */
const unwound = (ways: Float64Array, length: number, share: number, fit: number): number => {
  let total = 0;
  if (fit === 0) {
    for (let known = 0; known < length; known += 1)
      total += ((ways[known] as number) * (length + 1)) / (share * (length - known));
    return total;
  }
  let next = ways[length] as number;
  for (let known = length - 1; known >= 0; known -= 1) {
    const without = (next * (length + 1)) / (known + 1);
    total += without;
    next = (ways[known] as number) - (without * share * (length - known)) / (length + 1);
  }
  return total;
};

/** Adds what each feature contributes to the outcome of one tree, for a row given by its bins, to `sums` by feature. */
export type AddContributions = (bins: Uint8Array, sums: Float64Array) => void;

/**
 * Contributions of one tree for many rows. Through one leaf they depend on nothing but which of its few features the row
 * lets pass, so they are worked out once for every pattern (after J. Yang, Fast TreeSHAP, 2021); a row looks them up.
 */
export const treeShap = ({ features, leaves }: TreeForm): AddContributions => {
  const kept = leaves.map((leaf) => {
    const width = leaf.path.length;
    if (width > MOST_KEPT) return null;
    const table = new Float64Array(width << width);
    for (let pattern = 0; pattern < 1 << width; pattern += 1) table.set(leafShap(leaf, pattern), pattern * width);
    return table;
  });
  const slots = leaves.map(({ path }) => Int32Array.from(path, ({ slot }) => slot));
  const columns = Int32Array.from(features, ({ feature }) => feature);
  const masks = features.map((feature) => feature.masks);
  const allowed = new Int32Array(features.length);
  return (bins, sums) => {
    for (let slot = 0; slot < allowed.length; slot += 1)
      allowed[slot] = (masks[slot] as Int32Array)[bins[columns[slot] as number] as number] as number;
    for (let index = 0; index < slots.length; index += 1) {
      const way = slots[index] as Int32Array;
      let pattern = 0;
      for (let at = 0; at < way.length; at += 1)
        pattern |= (((allowed[way[at] as number] as number) >>> index) & 1) << at;
      const table = kept[index] ?? leafShap(leaves[index] as Leaf, pattern);
      const start = kept[index] === null ? 0 : pattern * way.length;
      for (let at = 0; at < way.length; at += 1) {
        const feature = columns[way[at] as number] as number;
        sums[feature] = (sums[feature] as number) + (table[start + at] as number);
      }
    }
  };
};
