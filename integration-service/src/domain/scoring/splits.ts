/** How a tree may grow. Every number is decided by the count of rows alone (`booster-settings`). */
export interface TreeSettings {
  /** Most leaves of a tree. */
  readonly leaves: number;
  /** Most splits on the way to a leaf. Working out reasons doubles with each. */
  readonly depth: number;
  /** Fewest training rows in a leaf. */
  readonly minRows: number;
  /** Least sum of second derivatives in a leaf: rows whose outcome is already certain carry no evidence. */
  readonly minHessian: number;
  /** L2 on a leaf's log odds. */
  readonly l2: number;
  /** More L2 where categories are parted: a group of levels picked by its outcome looks better than it is. */
  readonly categoryL2: number;
  /** Pulls a level's mean towards zero when levels are put in order, and keeps out levels with fewer rows. */
  readonly categorySmooth: number;
}

/** A way to part the rows of a node. */
export interface Split {
  feature: number;
  gain: number;
  /** 1 for each bin that goes left. */
  readonly goesLeft: Uint8Array;
}

export const noSplit = (): Split => ({ feature: -1, gain: 0, goesLeft: new Uint8Array(256) });

/** Sums over the rows of a node: of gradients, of second derivatives, and how many. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/**
 * Looks for a better split than `best` among the bins of one feature, and writes it there. `histogram` holds three numbers
 * a bin (gradient, second derivative, rows) from `offset` on; `bins` is their count, bin 0 "not given".
 */
export type FindSplit = (
  best: Split,
  feature: number,
  histogram: Float64Array,
  offset: number,
  bins: number,
  node: Sums,
  settings: TreeSettings,
) => void;

const scoreOf = (gradient: number, hessian: number, l2: number): number => (gradient * gradient) / (hessian + l2);

/** Parts a number at one of its edges; what is not given goes to the side where it fits better. */
export const splitNumber: FindSplit = (best, feature, histogram, offset, bins, node, settings) => {
  const { minRows, minHessian, l2 } = settings;
  const [missingG, missingH, missingN] = [
    histogram[offset] as number,
    histogram[offset + 1] as number,
    histogram[offset + 2] as number,
  ];
  const parent = scoreOf(node.gradient, node.hessian, l2);
  let cut = -1;
  let missingLeft = false;
  for (const withMissing of missingN > 0 ? [false, true] : [false]) {
    let gradient = withMissing ? missingG : 0;
    let hessian = withMissing ? missingH : 0;
    let rows = withMissing ? missingN : 0;
    for (let bin = 1; bin < bins; bin += 1) {
      const at = offset + 3 * bin;
      const here = histogram[at + 2] as number;
      // An empty bin moves no row; the edge before it parts the same.
      if (here === 0) continue;
      gradient += histogram[at] as number;
      hessian += histogram[at + 1] as number;
      rows += here;
      if (rows < minRows || hessian < minHessian) continue;
      if (node.rows - rows < minRows || node.hessian - hessian < minHessian) break;
      const gain =
        scoreOf(gradient, hessian, l2) + scoreOf(node.gradient - gradient, node.hessian - hessian, l2) - parent;
      if (gain > best.gain) {
        best.gain = gain;
        cut = bin;
        missingLeft = withMissing || (missingN === 0 && rows * 2 > node.rows);
      }
    }
  }
  if (cut < 0) return;
  best.feature = feature;
  best.goesLeft.fill(0).fill(1, 1, cut + 1);
  if (missingLeft) best.goesLeft[0] = 1;
};

/**
 * Parts the levels of a category into two groups: put in order of their mean gradient, the best parting is one cut (W. D.
 * Fisher, 1958). Levels with hardly a row in this node go where more of the rows go.
 */
export const splitCategory: FindSplit = (best, feature, histogram, offset, bins, node, settings) => {
  const { minRows, minHessian, l2, categoryL2, categorySmooth } = settings;
  const held = l2 + categoryL2;
  const parent = scoreOf(node.gradient, node.hessian, l2);
  const order: number[] = [];
  const least = Math.min(categorySmooth, node.rows / 10);
  for (let bin = 0; bin < bins; bin += 1) {
    const rows = histogram[offset + 3 * bin + 2] as number;
    if (rows > 0 && rows >= least) order.push(bin);
  }
  const meanOf = (bin: number): number =>
    (histogram[offset + 3 * bin] as number) / ((histogram[offset + 3 * bin + 1] as number) + categorySmooth / 4);
  const means = new Float64Array(bins);
  for (const bin of order) means[bin] = meanOf(bin);
  order.sort((left, right) => (means[left] as number) - (means[right] as number) || left - right);
  let cut = -1;
  let leftIsLarger = false;
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  for (let taken = 0; taken < order.length; taken += 1) {
    const at = offset + 3 * (order[taken] as number);
    gradient += histogram[at] as number;
    hessian += histogram[at + 1] as number;
    rows += histogram[at + 2] as number;
    if (rows < minRows || hessian < minHessian) continue;
    if (node.rows - rows < minRows || node.hessian - hessian < minHessian) break;
    const gain =
      scoreOf(gradient, hessian, held) + scoreOf(node.gradient - gradient, node.hessian - hessian, held) - parent;
    if (gain > best.gain) {
      best.gain = gain;
      cut = taken;
      leftIsLarger = rows * 2 > node.rows;
    }
  }
  if (cut < 0) return;
  best.feature = feature;
  // Only bins that were parted have a side of their own.
  best.goesLeft.fill(leftIsLarger ? 1 : 0, 0, bins);
  for (let taken = 0; taken < order.length; taken += 1) best.goesLeft[order[taken] as number] = taken <= cut ? 1 : 0;
};
