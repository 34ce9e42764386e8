/** A share with the interval in which it lies, as far as so many cases can tell. */
export interface ShareEstimate {
  readonly cases: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval for a share (E. B. Wilson, 1927): honest with few cases and near 0 and 1, where the plain
 * interval is not. `z` is how many standard errors wide: 1.96 for 95 %, 2.576 for 99 %. Without cases nothing is known.
 */
export const wilson = (successes: number, cases: number, z: number): ShareEstimate => {
  if (cases === 0) return { cases, share: Number.NaN, low: 0, high: 1 };
  const share = successes / cases;
  const square = (z * z) / cases;
  const middle = share + square / 2;
  const half = z * Math.sqrt((share * (1 - share) + square / 4) / cases);
  return {
    cases,
    share,
    low: Math.max(0, (middle - half) / (1 + square)),
    high: Math.min(1, (middle + half) / (1 + square)),
  };
};
