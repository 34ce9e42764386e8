import { describe, expect, test } from '@jest/globals';
import { chanceFrom, type Chance } from './chance.ts';
import type { Tree } from './model.ts';
import { treeForm } from './tree-forms.ts';
import { forestShap } from './tree-shap.ts';

const FEATURES = 4;
const BINS = 5;

/** A tree of any shape, its covers those of rows spread by chance. */
const anyTree = (chance: Chance, leaves: number): Tree => {
  const tree = { feature: [-1], goesLeft: [[]] as number[][], left: [0], right: [0], value: [0], cover: [10_000] };
  for (let count = 1; count < leaves; count += 1) {
    const open = tree.feature.flatMap((feature, node) => (feature < 0 && (tree.cover[node] ?? 0) > 1 ? [node] : []));
    const node = open[Math.floor(chance() * open.length)] ?? 0;
    const cover = tree.cover[node] ?? 0;
    const toLeft = Math.max(1, Math.min(cover - 1, Math.round(cover * chance())));
    tree.feature[node] = Math.floor(chance() * FEATURES);
    tree.goesLeft[node] = Array.from({ length: BINS }, (_, bin) => bin).filter(() => chance() < 0.5);
    for (const [side, share] of [
      ['left', toLeft],
      ['right', cover - toLeft],
    ] as const) {
      tree[side][node] = tree.feature.length;
      tree.feature.push(-1);
      tree.goesLeft.push([]);
      tree.left.push(0);
      tree.right.push(0);
      tree.value.push(0);
      tree.cover.push(share);
    }
  }
  return { ...tree, value: tree.feature.map((feature) => (feature < 0 ? 4 * chance() - 2 : 0)) };
};

/** What the tree says on average where only `known` features are known (the rule of path-dependent SHAP). */
const expected = (tree: Tree, bins: Uint8Array, known: number, node = 0): number => {
  const feature = tree.feature[node] ?? -1;
  if (feature < 0) return tree.value[node] ?? 0;
  const [left, right] = [tree.left[node] ?? 0, tree.right[node] ?? 0];
  if ((known >>> feature) & 1)
    return expected(tree, bins, known, tree.goesLeft[node]?.includes(bins[feature] ?? 0) === true ? left : right);
  const share = (tree.cover[left] ?? 0) / (tree.cover[node] ?? 1);
  return share * expected(tree, bins, known, left) + (1 - share) * expected(tree, bins, known, right);
};

/** Shapley's values by their definition, over all sets of features. */
const byDefinition = (tree: Tree, bins: Uint8Array): readonly number[] => {
  const factorial = (count: number): number => (count < 2 ? 1 : count * factorial(count - 1));
  return Array.from({ length: FEATURES }, (_, feature) => {
    let sum = 0;
    for (let known = 0; known < 1 << FEATURES; known += 1) {
      if ((known >>> feature) & 1) continue;
      const size = known.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(FEATURES - size - 1)) / factorial(FEATURES);
      sum += weight * (expected(tree, bins, known | (1 << feature)) - expected(tree, bins, known));
    }
    return sum;
  });
};

describe('contributions of a tree', () => {
  test('are Shapley’s values by their definition, and add up to the leaf less the mean', () => {
    const chance = chanceFrom(11);
    for (let round = 0; round < 40; round += 1) {
      const tree = anyTree(chance, 2 + (round % 12));
      const form = treeForm(tree, new Array<number>(FEATURES).fill(BINS));
      const addTo = forestShap([form]);
      for (let row = 0; row < 5; row += 1) {
        const bins = Uint8Array.from({ length: FEATURES }, () => Math.floor(chance() * BINS));
        const sums = new Float64Array(FEATURES);
        addTo(bins, sums);
        for (const [feature, value] of byDefinition(tree, bins).entries()) expect(sums[feature]).toBeCloseTo(value, 10);
        const all = (1 << FEATURES) - 1;
        const total = sums.reduce((sum, one) => sum + one, form.mean);
        expect(total).toBeCloseTo(expected(tree, bins, all), 10);
      }
    }
  });

  test('a tree with more leaves than bits is refused', () => {
    const tree = anyTree(chanceFrom(1), 40);
    expect(() => treeForm(tree, new Array<number>(FEATURES).fill(BINS))).toThrow(
      'a tree has 40 leaves; 32 can be scored',
    );
  });
});
