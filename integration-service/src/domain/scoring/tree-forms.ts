import type { Tree } from './model.ts';

/** Leaves that fit into the bits of one number. */
export const MOST_LEAVES = 32;

/** A feature as one tree uses it. */
export interface TreeFeature {
  readonly feature: number;
  /** For each bin the leaves that a row with this bin can still reach, one bit a leaf. */
  readonly masks: Int32Array;
}

/** A leaf with the way to it. */
export interface Leaf {
  readonly value: number;
  readonly cover: number;
  /** For each feature on the way, the share of the training rows that its splits let through (product over them). */
  readonly path: readonly { readonly slot: number; readonly share: number }[];
}

/**
 * A tree without branches. Every split on a feature rules out leaves by the row's bin alone, so the leaf of a row is what
 * all its features leave over: a few look-ups, joined with AND (after C. Lucchese et al., QuickScorer, 2015).
 */
export interface TreeForm {
  readonly features: readonly TreeFeature[];
  readonly leaves: readonly Leaf[];
  /** Mean of the leaves over the training rows. */
  readonly mean: number;
}

interface Way {
  readonly node: number;
  readonly path: ReadonlyMap<number, number>;
}

/** @throws Error for a tree with more leaves than bits */
export const treeForm = (tree: Tree, binCounts: readonly number[]): TreeForm => {
  const used = [...new Set(tree.feature.filter((feature) => feature >= 0))].sort((left, right) => left - right);
  const slotOf = new Map(used.map((feature, slot) => [feature, slot]));
  const leaves: Leaf[] = [];
  const first = new Int32Array(tree.feature.length);
  const last = new Int32Array(tree.feature.length);
  const coverOf = (node: number): number => tree.cover[node] as number;
  const walk = ({ node, path }: Way): void => {
    first[node] = leaves.length;
    const feature = tree.feature[node] as number;
    if (feature < 0)
      leaves.push({
        value: tree.value[node] as number,
        cover: coverOf(node),
        path: [...path].map(([slot, share]) => ({ slot, share })),
      });
    else
      for (const child of [tree.left[node] as number, tree.right[node] as number]) {
        const slot = slotOf.get(feature) as number;
        const share = (path.get(slot) ?? 1) * (coverOf(child) / coverOf(node));
        walk({ node: child, path: new Map([...path, [slot, share]]) });
      }
    last[node] = leaves.length;
  };
  walk({ node: 0, path: new Map() });
  if (leaves.length > MOST_LEAVES) throw new Error(`a tree has ${leaves.length} leaves; ${MOST_LEAVES} can be scored`);
  const bitsOf = (node: number): number => {
    let bits = 0;
    for (let leaf = first[node] as number; leaf < (last[node] as number); leaf += 1) bits |= 1 << leaf;
    return bits;
  };
  const features = used.map((feature): TreeFeature => {
    const bins = binCounts[feature] as number;
    const masks = new Int32Array(bins).fill(-1);
    for (const [node, split] of tree.feature.entries()) {
      if (split !== feature) continue;
      const goesLeft = new Set(tree.goesLeft[node]);
      const [notLeft, notRight] = [~bitsOf(tree.left[node] as number), ~bitsOf(tree.right[node] as number)];
      for (let bin = 0; bin < bins; bin += 1) {
        masks[bin] = (masks[bin] as number) & (goesLeft.has(bin) ? notRight : notLeft);
      }
    }
    return { feature, masks };
  });
  const mean = leaves.reduce((sum, { value, cover }) => sum + value * cover, 0) / coverOf(0);
  return { features, leaves, mean };
};
