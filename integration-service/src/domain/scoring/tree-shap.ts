import type { TreeForm } from './tree-forms.ts';

/** Cells of one tree whose contributions are kept; more are worked out anew. */
const KEPT_CELLS = 4_096;

/**
 * What each feature adds to the outcome of a tree: Shapley's values with the tree's own training rows in place of what is
 * not known (path-dependent TreeSHAP: S. Lundberg, G. Erion, S.-I. Lee, 2018). They add up to the leaf's value less the
 * tree's mean. `allowed` holds, for each feature of the tree, the leaves that the row can still reach by it.
 */
export const treeShap = (form: TreeForm, allowed: Int32Array): Float64Array => {
  const contributions = new Float64Array(form.features.length);
  for (const [index, { value, path }] of form.leaves.entries()) {
    const length = path.length;
    const fits = (at: number): number => (((allowed[path[at]?.slot ?? 0] as number) >>> index) & 1) as number;
    // ways[k]: share of the orders of the features in which k of them are known, times how far the leaf is then reached.
    const ways = new Float64Array(length + 1);
    ways[0] = 1;
    for (let depth = 0; depth < length; depth += 1) extend(ways, depth, path[depth]?.share ?? 0, fits(depth));
    for (let at = 0; at < length; at += 1) {
      const { slot, share } = path[at] ?? { slot: 0, share: 0 };
      const fit = fits(at);
      contributions[slot] = (contributions[slot] as number) + unwound(ways, length, share, fit) * (fit - share) * value;
    }
  }
  return contributions;
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

/**
 * Contributions of one tree for many rows. Rows whose bins go the same way at every split share a cell, and cells are few:
 * each is worked out once.
 */
export const cachedTreeShap = (form: TreeForm): ((bins: Uint8Array) => Float64Array) => {
  const { features } = form;
  const steps: number[] = [];
  let cells = 1;
  for (const { kindCount } of features) {
    steps.push(cells);
    cells *= kindCount;
  }
  const places = features.map(({ kinds }, slot) => Float64Array.from(kinds, (kind) => kind * (steps[slot] as number)));
  const known = new Map<number, Float64Array>();
  const allowed = new Int32Array(features.length);
  return (bins) => {
    let cell = 0;
    for (let slot = 0; slot < features.length; slot += 1)
      cell += (places[slot] as Float64Array)[bins[features[slot]?.feature ?? 0] as number] as number;
    const before = known.get(cell);
    if (before !== undefined) return before;
    for (const [slot, { feature, masks }] of features.entries())
      allowed[slot] = masks[bins[feature] as number] as number;
    const contributions = treeShap(form, allowed);
    if (known.size < KEPT_CELLS) known.set(cell, contributions);
    return contributions;
  };
};
