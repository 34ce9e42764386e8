/** One performance figure, printed as one JSON line; `ratio` is ours divided by the baseline of the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What ours is compared with, in words. */
  readonly baseline: string;
  /** Null where a figure is a count that has no rival. */
  readonly baselineValue: number | null;
}

/** A bench measures one or more figures in one run, ours and the baseline on the same machine at the same time. */
export interface Bench {
  /** Names of the figures it prints; a word after `--` runs the benches one of whose names holds it. */
  readonly names: readonly string[];
  /** Runs only with `--full`. */
  readonly long?: boolean;
  run(print: (figure: Figure) => void, options: { readonly full: boolean }): Promise<void>;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

export const figureLine = ({ name, value, unit, baseline, baselineValue }: Figure): string =>
  JSON.stringify({
    name,
    value: rounded(value),
    unit,
    baseline,
    baselineValue: baselineValue === null ? null : rounded(baselineValue),
    ratio: baselineValue === null || baselineValue === 0 ? null : rounded(value / baselineValue),
  });

/** The middle of the values: half are no larger. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};
