import { wilson } from '../learning/wilson.ts';
import { calibrated } from './calibration.ts';
import { countTo } from './chance.ts';
import { compileModel, type CompiledModel } from './compile.ts';
import { sigmoid } from './measures.ts';
import type { LearnedModel } from './model.ts';
import type { Table } from './table.ts';

/** z of a two-sided interval of 90 %. */
export const NINETY_PERCENT = 1.645;

/** What one feature adds to the raw log odds of a row. */
export interface Contribution {
  readonly feature: string;
  readonly logOdds: number;
}

/** The score of one row on a scale of 0 to 100, and what each feature adds to it. */
export interface Points {
  /** Score of a row of which nothing is known: base + Σ points = score. */
  readonly base: number;
  readonly score: number;
  readonly points: readonly { readonly feature: string; readonly points: number }[];
}

export interface Scores {
  /** Calibrated: of a hundred rows with 0.7 about seventy are won. */
  readonly probability: Float64Array;
  /** Log odds before the first feature; base + Σ contributions of a row = logit of its raw score. */
  readonly base: number;
  readonly raw: Float64Array;
  /** Largest first. Empty where the model is the prior. */
  readonly contributions: (row: number) => readonly Contribution[];
  /** The same in points of the calibrated score, largest first. */
  readonly points: (row: number) => Points;
  /**
   * 0 to 1: how narrowly the share of positives is known for scores like this one (1 less the width of the 90 % interval in
   * the row's bin of the validation), times the share of the model's weight whose features are given for this row.
   */
  readonly confidence: (row: number) => number;
}

/** Models are immutable data, so what is made of one stays true. */
const compiled = new WeakMap<LearnedModel, CompiledModel>();

const compiledOf = (model: LearnedModel): CompiledModel => {
  const known = compiled.get(model) ?? compileModel(model);
  compiled.set(model, known);
  return known;
};

/**
 * Scores every row of a table. A column that the model does not know is ignored; one that it knows and the table lacks
 * counts as "not given".
 * @throws TableError where a column has become of another kind
 */
export const score = (model: LearnedModel, table: Table): Scores => {
  const ready = compiledOf(model);
  const { base } = ready;
  const { bins, raw, probability } = ready.score(table);
  const learned = model.algorithm !== 'prior';
  let contributions: ((row: number) => Float64Array) | null = null;
  const sumsOf = (row: number): Float64Array => (contributions ??= ready.contributions(table, bins))(row);
  return {
    probability,
    base,
    raw,
    contributions: (row) =>
      learned ? sorted(model, sumsOf(row)).map(([feature, logOdds]) => ({ feature, logOdds })) : [],
    points: (row) => {
      const value = raw[row] as number;
      const scoreOf = (z: number): number =>
        100 * (learned ? sigmoid(calibrated(model.calibration, z)) : model.prior.share);
      const [from, to] = [scoreOf(base), scoreOf(value)];
      if (!learned) return { base: from, score: to, points: [] };
      const perLogOdds = slope(scoreOf, base, value);
      const points = sorted(model, sumsOf(row)).map(([feature, logOdds]) => ({
        feature,
        points: logOdds * perLogOdds,
      }));
      return { base: from, score: to, points };
    },
    confidence: (row) =>
      learned
        ? sureness(model, probability[row] as number) * givenShare(model, bins, row)
        : 1 - (model.prior.high - model.prior.low),
  };
};

/** Points for each unit of log odds between two places; where they are the same, the slope there. */
const slope = (scoreOf: (z: number) => number, from: number, to: number): number => {
  const near = 1e-6;
  return Math.abs(to - from) > near
    ? (scoreOf(to) - scoreOf(from)) / (to - from)
    : (scoreOf(from + near) - scoreOf(from - near)) / (2 * near);
};

const sorted = ({ features }: LearnedModel, sums: Float64Array): readonly (readonly [string, number])[] =>
  [...countTo(features.length)]
    .sort((left, right) => Math.abs(sums[right] as number) - Math.abs(sums[left] as number) || left - right)
    .map((index) => [features[index]?.name ?? '', sums[index] as number]);

const sureness = ({ validation, prior }: LearnedModel, probability: number): number => {
  const bin = validation.bins[Math.min(validation.bins.length - 1, Math.floor(probability * validation.bins.length))];
  if (bin === undefined || bin.rows === 0) return 1 - (prior.high - prior.low);
  const { low, high } = wilson(Math.round(bin.share * bin.rows), bin.rows, NINETY_PERCENT);
  return 1 - (high - low);
};

const givenShare = ({ features, importance }: LearnedModel, bins: readonly Uint8Array[], row: number): number => {
  const given = new Set(features.filter((_, index) => (bins[index]?.[row] ?? 0) !== 0).map(({ name }) => name));
  return importance.reduce((sum, { feature, share }) => sum + (given.has(feature) ? share : 0), 0);
};
