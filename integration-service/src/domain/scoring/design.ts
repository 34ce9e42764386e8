import { binCount, signedLog } from './features.ts';
import { binTable, columnsOf, type Bins } from './binning.ts';
import type { Feature, NumberFeature } from './model.ts';
import type { Table } from './table.ts';

/**
 * A table as the regression sees it. A number gives three terms: its distance from the mean in standard deviations, the
 * same of its signed logarithm, and whether it is missing. A category gives one term a bin, of which a row has one.
 */
export interface Design {
  readonly rows: number;
  readonly blocks: readonly Block[];
  /** Terms of all blocks together. */
  readonly terms: number;
}

/** Terms of one feature, from `first` on. A dense term is null where it is 0 in every row. */
export type Block =
  | {
      readonly kind: 'number';
      readonly first: number;
      readonly width: 3;
      readonly dense: readonly (Float64Array | null)[];
    }
  | { readonly kind: 'category'; readonly first: number; readonly width: number; readonly bins: Uint8Array };

/** Terms that a feature gives. */
export const termCount = (feature: Feature): number => (feature.kind === 'number' ? 3 : binCount(feature));

/** The three terms of a number. What is not given stands at the mean and is marked. */
export const numberTerms = ({ plain, logged }: NumberFeature, value: number): readonly [number, number, number] =>
  value - value === 0
    ? [(value - plain.mean) / plain.scale, (signedLog(value) - logged.mean) / logged.scale, 0]
    : [0, 0, 1];

/** The terms of every row of a table; a column that the table lacks is not given in any row. */
export const designOf = (
  features: readonly Feature[],
  table: Table,
  bins: Bins = binTable(features, table),
): Design => {
  const columns = columnsOf(features, table);
  let terms = 0;
  const blocks = features.map((feature, index): Block => {
    const first = terms;
    terms += termCount(feature);
    if (feature.kind === 'category')
      return { kind: 'category', first, width: termCount(feature), bins: bins[index] as Uint8Array };
    const column = columns[index];
    const dense = [new Float64Array(table.rows), new Float64Array(table.rows), new Float64Array(table.rows)];
    for (let row = 0; row < table.rows; row += 1) {
      const value = column?.kind === 'number' ? (column.values[row] as number) : Number.NaN;
      for (const [term, amount] of numberTerms(feature, value).entries()) (dense[term] as Float64Array)[row] = amount;
    }
    const anyOf = (values: Float64Array): Float64Array | null => (values.some((value) => value !== 0) ? values : null);
    return { kind: 'number', first, width: 3, dense: dense.map(anyOf) };
  });
  return { rows: table.rows, blocks, terms };
};

/** intercept + terms · weights, for each of these rows. */
export const linearLogOdds = (
  { blocks }: Design,
  intercept: number,
  weights: Float64Array,
  rows: Int32Array,
): Float64Array => {
  const logOdds = new Float64Array(rows.length).fill(intercept);
  for (const block of blocks) {
    if (block.kind === 'category') {
      for (let index = 0; index < rows.length; index += 1)
        logOdds[index] =
          (logOdds[index] as number) + (weights[block.first + (block.bins[rows[index] as number] as number)] as number);
      continue;
    }
    for (const [term, values] of block.dense.entries()) {
      const weight = weights[block.first + term] as number;
      if (values === null) continue;
      for (let index = 0; index < rows.length; index += 1)
        logOdds[index] = (logOdds[index] as number) + weight * (values[rows[index] as number] as number);
    }
  }
  return logOdds;
};

/** Mean of each term over these rows. */
export const termMeans = ({ blocks, terms }: Design, rows: Int32Array): Float64Array => {
  const means = new Float64Array(terms);
  for (const block of blocks)
    for (const row of rows) {
      if (block.kind === 'category') {
        const at = block.first + (block.bins[row] as number);
        means[at] = (means[at] as number) + 1;
        continue;
      }
      for (const [term, values] of block.dense.entries())
        means[block.first + term] = (means[block.first + term] as number) + (values?.[row] ?? 0);
    }
  return means.map((sum) => sum / rows.length);
};
