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

/** Adds what each feature contributes to the outcome of all trees, for a row given by its bins, to `sums` by feature. */
export type AddContributions = (bins: Uint8Array, sums: Float64Array) => void;

/**
 * Contributions of many trees for many rows. Through one leaf they depend on nothing but which of its few features the row
 * lets pass, so they are worked out once for every pattern (after J. Yang, Fast TreeSHAP, 2021) and a row looks them up.
 * All tables lie in a few long lists: a row touches thousands of them.
 */
export const forestShap = (forms: readonly TreeForm[]): AddContributions => {
  const featureOf: number[] = [];
  const maskStart: number[] = [];
  const masks: number[] = [];
  /** For each tree the first of its features and of its leaves; for each leaf the first step of its way and its table. */
  const firstFeature: number[] = [];
  const firstLeaf: number[] = [];
  const firstStep: number[] = [];
  const tableStart: number[] = [];
  const way: number[] = [];
  const tables: Float64Array[] = [];
  let size = 0;
  for (const { features, leaves } of forms) {
    firstFeature.push(featureOf.length);
    firstLeaf.push(firstStep.length);
    for (const { feature, masks: own } of features) {
      featureOf.push(feature);
      maskStart.push(masks.length);
      for (const mask of own) masks.push(mask);
    }
    for (const leaf of leaves) {
      firstStep.push(way.length);
      tableStart.push(size);
      for (const { slot } of leaf.path) way.push(slot);
      const table = leafTable(leaf);
      tables.push(table);
      size += table.length;
    }
  }
  firstFeature.push(featureOf.length);
  firstLeaf.push(firstStep.length);
  firstStep.push(way.length);
  const table = new Float64Array(size);
  for (const [index, one] of tables.entries()) table.set(one, tableStart[index]);
  const whole = (list: readonly number[]): Int32Array => Int32Array.from(list);
  return lookingUp(
    {
      featureOf: whole(featureOf),
      maskStart: whole(maskStart),
      masks: whole(masks),
      firstFeature: whole(firstFeature),
      firstLeaf: whole(firstLeaf),
      firstStep: whole(firstStep),
      tableStart: whole(tableStart),
      way: whole(way),
    },
    table,
    forms.length,
  );
};

/** @throws Error where the way to a leaf has more features than patterns can be kept of */
const leafTable = (leaf: Leaf): Float64Array => {
  const width = leaf.path.length;
  if (width > MOST_KEPT)
    throw new Error(`a leaf depends on ${width} features; reasons are worked out for ${MOST_KEPT}`);
  const table = new Float64Array(width << width);
  for (let pattern = 0; pattern < 1 << width; pattern += 1) table.set(leafShap(leaf, pattern), pattern * width);
  return table;
};

type Lists = Readonly<
  Record<
    'featureOf' | 'maskStart' | 'masks' | 'firstFeature' | 'firstLeaf' | 'firstStep' | 'tableStart' | 'way',
    Int32Array
  >
>;

const lookingUp = (lists: Lists, table: Float64Array, trees: number): AddContributions => {
  const { featureOf, maskStart, masks, firstFeature, firstLeaf, firstStep, tableStart, way } = lists;
  const allowed = new Int32Array(256);
  return (bins, sums) => {
    for (let tree = 0; tree < trees; tree += 1) {
      const features = firstFeature[tree] as number;
      const last = firstFeature[tree + 1] as number;
      for (let at = features; at < last; at += 1)
        allowed[at - features] = masks[(maskStart[at] as number) + (bins[featureOf[at] as number] as number)] as number;
      const leaves = firstLeaf[tree] as number;
      const lastLeaf = firstLeaf[tree + 1] as number;
      for (let leaf = leaves; leaf < lastLeaf; leaf += 1) {
        const [start, end] = [firstStep[leaf] as number, firstStep[leaf + 1] as number];
        let pattern = 0;
        for (let step = start; step < end; step += 1)
          pattern |= (((allowed[way[step] as number] as number) >>> (leaf - leaves)) & 1) << (step - start);
        let from = (tableStart[leaf] as number) + pattern * (end - start);
        for (let step = start; step < end; step += 1) {
          const feature = featureOf[features + (way[step] as number)] as number;
          sums[feature] = (sums[feature] as number) + (table[from++] as number);
        }
      }
    }
  };
};
