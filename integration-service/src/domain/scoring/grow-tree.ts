import type { Bins } from './binning.ts';
import type { Tree } from './model.ts';
import { noSplit, splitCategory, splitNumber, type Split, type Sums, type TreeSettings } from './splits.ts';

/** What a tree is grown from: bins of each feature, how many bins it has, and whether it is a category. */
export interface BinnedFeatures {
  readonly bins: Bins;
  readonly counts: readonly number[];
  readonly categories: readonly boolean[];
}

/** First and second derivative of the log loss, by row of the table. */
export interface Derivatives {
  /** Outcome minus probability: the direction in which the log odds should move. */
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

interface Node extends Sums {
  readonly id: number;
  /** Splits on the way to it. */
  readonly depth: number;
  /** The node's rows are those of the grower from `first` up to, but not including, `last`. */
  readonly first: number;
  readonly last: number;
  readonly histogram: Float64Array;
  readonly split: Split;
}

type Growing = { -readonly [Key in keyof Tree]: Key extends 'goesLeft' ? number[][] : number[] };

/**
 * Grows trees on one table, leaf by leaf where the loss falls most (H. Shi, 2007; G. Ke et al., LightGBM, 2017), over
 * histograms with Newton's step in the leaves (T. Chen, C. Guestrin, XGBoost, 2016). Of two children the smaller one is
 * counted and the other subtracted from its parent. Holds its buffers, so that a tree costs hardly any memory.
 */
export class TreeGrower {
  readonly #features: BinnedFeatures;
  readonly #settings: TreeSettings;
  /** Where the histogram of each feature begins. */
  readonly #offsets: readonly number[];
  readonly #length: number;
  /** Where in the histogram each row counts, feature by feature: one row's places lie side by side. */
  readonly #places: Int32Array;
  /** Rows of the tree in the order of its leaves. */
  readonly #rows: Int32Array;
  readonly #aside: Int32Array;
  readonly #pool: Float64Array[] = [];
  #pooled = 0;
  #gradient: Float64Array = new Float64Array(0);
  #hessian: Float64Array = new Float64Array(0);
  #used: Int32Array = new Int32Array(0);

  constructor(features: BinnedFeatures, settings: TreeSettings) {
    const { bins, counts } = features;
    const rows = bins[0]?.length ?? 0;
    this.#features = features;
    this.#settings = settings;
    const offsets: number[] = [];
    let length = 0;
    for (const count of counts) {
      offsets.push(length);
      length += 3 * count;
    }
    this.#offsets = offsets;
    this.#length = length;
    this.#rows = new Int32Array(rows);
    this.#aside = new Int32Array(rows);
    this.#places = new Int32Array(rows * bins.length);
    for (const [feature, column] of bins.entries())
      for (let row = 0; row < rows; row += 1)
        this.#places[row * bins.length + feature] = (offsets[feature] as number) + 3 * (column[row] as number);
  }

  /**
   * Grows one tree on these rows with these features. `rate` is the share of the best step that a leaf takes; `place` is
   * told the rows of each leaf and what it adds to their log odds.
   */
  grow(
    rows: Int32Array,
    { gradient, hessian }: Derivatives,
    used: readonly number[],
    rate: number,
    place: (rows: Int32Array, value: number) => void,
  ): Tree {
    this.#pooled = 0;
    this.#gradient = gradient;
    this.#hessian = hessian;
    this.#used = Int32Array.from(used);
    this.#rows.set(rows);
    const tree: Growing = { feature: [], goesLeft: [], left: [], right: [], value: [], cover: [] };
    const root = this.#counted(0, 0, 0, rows.length);
    this.#leaf(tree, root);
    const open = [root];
    while (open.length < this.#settings.leaves) {
      let best = 0;
      for (let index = 1; index < open.length; index += 1)
        if ((open[index] as Node).split.gain > (open[best] as Node).split.gain) best = index;
      const parent = open[best] as Node;
      // Rounding alone can show a gain this small.
      if (parent.split.gain < 1e-9) break;
      const [left, right] = this.#part(parent, tree.feature.length);
      this.#leaf(tree, left);
      this.#leaf(tree, right);
      this.#branch(tree, parent, left, right);
      open[best] = left;
      open.push(right);
    }
    for (const leaf of open) {
      const value = (rate * leaf.gradient) / (leaf.hessian + this.#settings.l2);
      tree.value[leaf.id] = value;
      place(this.#rows.subarray(leaf.first, leaf.last), value);
    }
    return tree;
  }

  #leaf(tree: Growing, { id, rows }: Node): void {
    tree.feature[id] = -1;
    tree.goesLeft[id] = [];
    tree.left[id] = 0;
    tree.right[id] = 0;
    tree.value[id] = 0;
    tree.cover[id] = rows;
  }

  #branch(tree: Growing, { id, split }: Node, left: Node, right: Node): void {
    const bins: number[] = [];
    for (const [bin, side] of split.goesLeft.entries()) if (side === 1) bins.push(bin);
    tree.feature[id] = split.feature;
    tree.goesLeft[id] = bins;
    tree.left[id] = left.id;
    tree.right[id] = right.id;
  }

  /** The two children, `id` and the next: rows are moved in place, left ones first, each side in its old order. */
  #part(parent: Node, id: number): readonly [Node, Node] {
    const [rows, aside] = [this.#rows, this.#aside];
    const { first, last, split } = parent;
    const depth = parent.depth + 1;
    const { goesLeft } = split;
    const bins = this.#features.bins[split.feature] as Uint8Array;
    let middle = first;
    let moved = 0;
    for (let index = first; index < last; index += 1) {
      const row = rows[index] as number;
      if (goesLeft[bins[row] as number] === 1) rows[middle++] = row;
      else aside[moved++] = row;
    }
    rows.set(aside.subarray(0, moved), middle);
    if (middle - first <= moved) {
      const left = this.#counted(id, depth, first, middle);
      return [left, this.#rest(id + 1, middle, last, parent, left)];
    }
    const right = this.#counted(id + 1, depth, middle, last);
    return [this.#rest(id, first, middle, parent, right), right];
  }

  /** A node whose rows are counted one by one. */
  #counted(id: number, depth: number, first: number, last: number): Node {
    const histogram = (this.#pool[this.#pooled] ??= new Float64Array(this.#length)).fill(0);
    this.#pooled += 1;
    const [rows, places, used] = [this.#rows, this.#places, this.#used];
    const [gradients, hessians] = [this.#gradient, this.#hessian];
    const width = this.#features.bins.length;
    let [sumG, sumH] = [0, 0];
    for (let index = first; index < last; index += 1) {
      const row = rows[index] as number;
      const gradient = gradients[row] as number;
      const hessian = hessians[row] as number;
      const start = row * width;
      sumG += gradient;
      sumH += hessian;
      for (let one = 0; one < used.length; one += 1) {
        const at = places[start + (used[one] as number)] as number;
        histogram[at] = (histogram[at] as number) + gradient;
        histogram[at + 1] = (histogram[at + 1] as number) + hessian;
        histogram[at + 2] = (histogram[at + 2] as number) + 1;
      }
    }
    const sums = { gradient: sumG, hessian: sumH, rows: last - first };
    return { id, depth, first, last, histogram, ...sums, split: this.#split(sums, depth, histogram) };
  }

  /** The other child: what is left of its parent, whose histogram it takes over. */
  #rest(id: number, first: number, last: number, parent: Node, sibling: Node): Node {
    const { histogram } = parent;
    for (const feature of this.#used) {
      const start = this.#offsets[feature] as number;
      const end = start + 3 * (this.#features.counts[feature] as number);
      for (let at = start; at < end; at += 1)
        histogram[at] = (histogram[at] as number) - (sibling.histogram[at] as number);
    }
    const sums = {
      gradient: parent.gradient - sibling.gradient,
      hessian: parent.hessian - sibling.hessian,
      rows: last - first,
    };
    const { depth } = sibling;
    return { id, depth, first, last, histogram, ...sums, split: this.#split(sums, depth, histogram) };
  }

  /** The best way to part a node; a gain of 0 where there is none. */
  #split(sums: Sums, depth: number, histogram: Float64Array): Split {
    const best = noSplit();
    if (sums.rows < 2 * this.#settings.minRows || depth >= this.#settings.depth) return best;
    for (const feature of this.#used) {
      const find = this.#features.categories[feature] === true ? splitCategory : splitNumber;
      const bins = this.#features.counts[feature] as number;
      find(best, feature, histogram, this.#offsets[feature] as number, bins, sums, this.#settings);
    }
    return best;
  }
}
