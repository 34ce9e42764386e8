import { checkTable, type CategoryColumn, type NumberColumn, type Table } from './table.ts';
import type { CategoryFeature, Feature, NumberFeature } from './model.ts';

/** Most bins of a number beside "not given"; with bin 0 they fit into a byte. */
const NUMBER_BINS = 255;
/** Most levels of a category that stand alone; the rest shares one bin. */
const OWN_LEVELS = 100;
/** A level with fewer rows than this, or than one in five thousand, is rare. */
const LEVEL_ROWS = 3;
const LEVEL_SHARE = 1 / 5_000;
/** Columns with fewer given values than this are not judged to be ids. */
const ID_ROWS = 20;

export interface ChosenFeatures {
  readonly features: readonly Feature[];
  readonly refused: readonly { readonly name: string; readonly why: string }[];
}

/**
 * What of a table a score can be learned from, and how its values become bins. Left out with the reason: what is never
 * given, what is the same in every row, and what names the row instead of saying something about it.
 * @throws TableError where the table does not fit together
 */
export const chooseFeatures = (table: Table): ChosenFeatures => {
  checkTable(table);
  const features: Feature[] = [];
  const refused: { name: string; why: string }[] = [];
  for (const column of table.columns) {
    const feature = column.kind === 'number' ? numberFeature(column) : categoryFeature(column);
    if (typeof feature === 'string') refused.push({ name: column.name, why: feature });
    else features.push(feature);
  }
  return { features, refused };
};

/** The feature, or why there is none. */
const numberFeature = ({ name, values }: NumberColumn): NumberFeature | string => {
  const given = values.filter(Number.isFinite).sort();
  if (given.length === 0) return 'It is never given.';
  const [least, most] = [given[0] as number, given.at(-1) as number];
  if (least === most && given.length === values.length) return `It is ${least} in every row.`;
  let distinct = 1;
  for (let index = 1; index < given.length; index += 1) if (given[index] !== given[index - 1]) distinct += 1;
  // A running number: whole, (nearly) never twice, and packed more densely than any amount would be.
  if (
    given.length >= ID_ROWS &&
    distinct >= given.length * 0.99 &&
    given.every(Number.isInteger) &&
    most - least < given.length * 20
  )
    return `It is a running number: ${distinct} different whole numbers in ${given.length} rows.`;
  const edges = edgesOf(given, distinct);
  const feature = {
    name,
    kind: 'number' as const,
    edges,
    plain: momentsOf(given),
    logged: momentsOf(given.map(signedLog)),
  };
  return { ...feature, shares: [] };
};

const categoryFeature = ({ name, codes, levels }: CategoryColumn): CategoryFeature | string => {
  const counts = new Int32Array(levels.length);
  let given = 0;
  for (const code of codes)
    if (code >= 0) {
      counts[code] = (counts[code] as number) + 1;
      given += 1;
    }
  const seen = levels.map((level, code) => ({ level, count: counts[code] as number })).filter(({ count }) => count > 0);
  if (seen.length === 0) return 'It is never given.';
  if (seen.length === 1 && given === codes.length) return `It is "${seen[0]?.level}" in every row.`;
  if (given >= ID_ROWS && seen.length > given / 2)
    return `It has ${seen.length} different values in ${given} rows: it names the row, and says nothing about the next one.`;
  const least = Math.max(LEVEL_ROWS, codes.length * LEVEL_SHARE);
  const byCount = [...seen].sort((left, right) => right.count - left.count || (left.level < right.level ? -1 : 1));
  const own = new Set(byCount.slice(0, OWN_LEVELS).filter(({ count }) => count >= least));
  const names = (members: typeof seen): string[] => members.map(({ level }) => level).sort();
  return {
    name,
    kind: 'category',
    levels: names(seen.filter((one) => own.has(one))),
    rare: names(seen.filter((one) => !own.has(one))),
    shares: [],
  };
};

/** Edges half-way between values: each distinct one alone while there is room, else so many rows in each bin. */
const edgesOf = (sorted: Float64Array, distinct: number): readonly number[] => {
  const edges: number[] = [];
  const perBin = sorted.length / NUMBER_BINS;
  for (let index = 1; index < sorted.length; index += 1) {
    const [before, value] = [sorted[index - 1] as number, sorted[index] as number];
    if (value === before) continue;
    // An edge is due once the rows before it fill the bins so far.
    if (distinct <= NUMBER_BINS || index >= perBin * (edges.length + 1)) edges.push(between(before, value));
  }
  return edges.slice(0, NUMBER_BINS - 1);
};

/** Half-way, and below `above` even where the two are neighbours in floating point. */
const between = (below: number, above: number): number => {
  const middle = below + (above - below) / 2;
  return middle < above ? middle : below;
};

const momentsOf = (values: Float64Array): { mean: number; scale: number } => {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const scale = Math.sqrt(squares / values.length);
  return { mean, scale: scale > 0 && Number.isFinite(scale) ? scale : 1 };
};

/** sign(x)·ln(1+|x|): a number over several powers of ten becomes one that a straight line can follow. */
export const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));

/** Bins of a feature, "not given" and that of the rare levels among them. */
export const binCount = (feature: Feature): number =>
  feature.kind === 'number' ? feature.edges.length + 2 : feature.levels.length + 1 + (feature.rare.length > 0 ? 1 : 0);
