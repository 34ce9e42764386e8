import { binCount } from './features.ts';
import type { CategoryFeature, Feature, NumberFeature } from './model.ts';
import { TableError, type Column, type Table } from './table.ts';

/** The bin of each row, a column for each feature. */
export type Bins = readonly Uint8Array[];

/** Finds the bin of a number: 0 where it is not given, else one more than the edges below it. */
export const binOfNumber = (edges: ArrayLike<number>, value: number): number => {
  // NaN - NaN and ∞ - ∞ are NaN: one test for both.
  if (value - value !== 0) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
};

/** For each level of a column its bin in the feature: 0 for a level that was never seen. */
export const binsOfLevels = (feature: CategoryFeature, levels: readonly string[]): Uint8Array => {
  const bins = new Map(feature.levels.map((level, index) => [level, index + 1]));
  for (const level of feature.rare) bins.set(level, feature.levels.length + 1);
  return Uint8Array.from(levels, (level) => bins.get(level) ?? 0);
};

const numberBins = (feature: NumberFeature, values: Float64Array): Uint8Array => {
  const edges = Float64Array.from(feature.edges);
  const bins = new Uint8Array(values.length);
  for (let row = 0; row < bins.length; row += 1) bins[row] = binOfNumber(edges, values[row] as number);
  return bins;
};

const categoryBins = (feature: CategoryFeature, codes: Int32Array, levels: readonly string[]): Uint8Array => {
  const byLevel = binsOfLevels(feature, levels);
  const bins = new Uint8Array(codes.length);
  for (let row = 0; row < bins.length; row += 1) {
    const code = codes[row] as number;
    bins[row] = code < 0 ? 0 : (byLevel[code] as number);
  }
  return bins;
};

/**
 * The table's column of each feature; null where the table has none, which counts as "not given" in every row.
 * @throws TableError where a column is of the other kind
 */
export const columnsOf = (features: readonly Feature[], table: Table): readonly (Column | null)[] =>
  features.map((feature) => {
    const column = table.columns.find(({ name }) => name === feature.name) ?? null;
    if (column !== null && column.kind !== feature.kind)
      throw new TableError(`"${feature.name}" was learned as a ${feature.kind} and comes as a ${column.kind}`);
    return column;
  });

/** The bins of a table. */
export const binTable = (features: readonly Feature[], table: Table): Bins => {
  const columns = columnsOf(features, table);
  return features.map((feature, index) => {
    const column = columns[index] ?? null;
    if (column?.kind === 'number' && feature.kind === 'number') return numberBins(feature, column.values);
    if (column?.kind === 'category' && feature.kind === 'category')
      return categoryBins(feature, column.codes, column.levels);
    return new Uint8Array(table.rows);
  });
};

/** Share of rows in each bin of a feature. */
export const binShares = (feature: Feature, bins: Uint8Array): readonly number[] => {
  const counts = new Float64Array(binCount(feature));
  for (const bin of bins) counts[bin] = (counts[bin] as number) + 1;
  return Array.from(counts, (count) => (bins.length === 0 ? 0 : count / bins.length));
};

/** Share of values up to each edge, and above the last. */
export const sharesBetween = (edges: readonly number[], values: Float64Array): readonly number[] => {
  const counts = new Float64Array(edges.length + 1);
  for (const value of values) {
    let part = 0;
    while (part < edges.length && value > (edges[part] as number)) part += 1;
    counts[part] = (counts[part] as number) + 1;
  }
  return Array.from(counts, (count) => count / Math.max(1, values.length));
};
