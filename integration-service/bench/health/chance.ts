import { chanceFrom } from '../../src/domain/scoring/chance.ts';

/** Draws from the distributions that partners are made of, the same ones for the same seed. */
export interface Draws {
  /** 0 up to 1. */
  even(): number;
  normal(): number;
  /** Counts with this mean; `size` is how regular they are (negative binomial): variance = mean + mean² / size. */
  count(mean: number, size: number): number;
  pick<Value>(values: readonly Value[]): Value;
}

export const drawsFrom = (seed: number): Draws => {
  const even = chanceFrom(seed);
  // Box and Muller (1958); the second of each pair is not kept, so that what is drawn does not depend on what was.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even());
  const gamma = (shape: number): number => {
    // Marsaglia and Tsang (2000); a shape below 1 is brought above it.
    if (shape < 1) return gamma(shape + 1) * (1 - even()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - even()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const poisson = (mean: number): number => {
    // Far from 0 a Poisson count is a rounded normal one; near it, it is counted out (Knuth).
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let product = 1 - even();
    let found = 0;
    while (product > limit) {
      product *= 1 - even();
      found += 1;
    }
    return found;
  };
  return {
    even,
    normal,
    count: (mean, size) => (mean <= 0 ? 0 : poisson((mean * gamma(size)) / size)),
    pick: (values) =>
      values[Math.min(values.length - 1, Math.floor(even() * values.length))] as (typeof values)[number],
  };
};
