/** Numbers of a list that are there (NaN is "not observed"), in order. */
export const observed = (values: ArrayLike<number>, from = 0, to = values.length): number[] => {
  const found: number[] = [];
  for (let index = Math.max(0, from); index < Math.min(to, values.length); index += 1) {
    const value = values[index] as number;
    if (!Number.isNaN(value)) found.push(value);
  }
  return found;
};

/** NaN without values. */
export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** In order; a typed array sorts numbers several times faster than a list does, and this is most of what a night does. */
const sortedOf = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** NaN without values. */
export const median = (values: readonly number[]): number => {
  const sorted = sortedOf(values);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/**
 * The mean without the tenth at either end: one odd week moves it little, and unlike the median it is not 0 where most weeks
 * are (a partner who meets us every third week). NaN without values.
 */
export const trimmedMean = (values: readonly number[]): number => {
  const cut = Math.floor(values.length / 10);
  const sorted = sortedOf(values);
  let sum = 0;
  for (let index = cut; index < sorted.length - cut; index += 1) sum += sorted[index] as number;
  return sorted.length === 0 ? Number.NaN : sum / (sorted.length - 2 * cut);
};

/** The median distance from a centre, as the standard deviation that a normal distribution would have (× 1.4826). */
export const medianDeviation = (values: readonly number[], centre: number): number =>
  1.4826 * median(values.map((value) => Math.abs(value - centre)));

/**
 * The slope of a line through points one step apart: the median of the slopes between all pairs (Theil 1950, Sen 1968), which
 * up to 29 % of odd points do not move far. Points that are NaN are left out; fewer than four give NaN.
 */
export const theilSen = (values: ArrayLike<number>, from: number, to: number): number => {
  const slopes: number[] = [];
  let points = 0;
  for (let left = from; left < to; left += 1) {
    if (Number.isNaN(values[left] as number)) continue;
    points += 1;
    for (let right = left + 1; right < to; right += 1) {
      const slope = ((values[right] as number) - (values[left] as number)) / (right - left);
      if (!Number.isNaN(slope)) slopes.push(slope);
    }
  }
  return points < 4 ? Number.NaN : median(slopes);
};

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** 0–1 from log odds. */
export const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Log odds from 0–1, without its infinite ends. */
export const logit = (share: number): number => {
  const inside = clamp(share, 1e-6, 1 - 1e-6);
  return Math.log(inside / (1 - inside));
};
