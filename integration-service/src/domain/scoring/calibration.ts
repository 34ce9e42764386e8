import { solveSymmetric } from './cholesky.ts';
import { stratifiedFolds } from './folds.ts';
import { byScore, rowLoss, sigmoid } from './measures.ts';
import type { Calibration } from './model.ts';

/** Fewer rows than this are too few for a free-form curve. */
const ISOTONIC_ROWS = 1_000;
/** Rows that a point of the curve stands for at least, and as a share of all: fewer would draw their own luck. */
const POOL_ROWS = 50;
const POOL_SHARE = 1 / 100;
const FOLDS = 5;
const STEPS = 50;

/** ln p and ln(1-p) of log odds. */
const logs = (z: number): readonly [number, number] => [-rowLoss(z, 1), -rowLoss(z, 0)];

/** Calibrated log odds of raw log odds: rising, never against the order of the scores. */
export const calibrated = (calibration: Calibration, z: number): number => {
  switch (calibration.method) {
    case 'none':
      return z;
    case 'platt':
      return calibration.slope * z + calibration.shift;
    case 'beta': {
      const [lnP, lnQ] = logs(z);
      return calibration.a * lnP - calibration.b * lnQ + calibration.shift;
    }
    case 'isotonic':
      return onLine(calibration.from, calibration.to, z);
  }
};

/** The value at z of the line through the points. Beyond the first and the last it goes on as steep as the scores do. */
const onLine = (from: readonly number[], to: readonly number[], z: number): number => {
  let [low, high] = [0, from.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((from[middle] as number) < z) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return (to[0] as number) + z - (from[0] as number);
  if (low === from.length) return (to.at(-1) as number) + z - (from.at(-1) as number);
  const [left, right] = [from[low - 1] as number, from[low] as number];
  const [below, above] = [to[low - 1] as number, to[low] as number];
  return below + ((above - below) * (z - left)) / (right - left);
};

/**
 * The calibration of scores that were given to unseen rows: of none, Platt, beta and (with a thousand rows) isotonic the
 * one with the least loss on rows that it was not itself fitted on. None is among them, so it is never worse than none on
 * those rows. Rows of one group stay together.
 */
export const fitCalibration = (
  z: Float64Array,
  outcome: Uint8Array,
  group: Int32Array | null,
  seed: number,
): {
  readonly calibration: Calibration;
  /** Log odds of each row by calibrations fitted without it. */ readonly unseen: Float64Array;
} => {
  const folds = stratifiedFolds(outcome, group, FOLDS, seed);
  const tried = fits(z.length).map((fit) => {
    const unseen = new Float64Array(z.length);
    for (const { train, test } of folds) {
      const one = fit(
        z.length === 0 ? z : pick(z, train),
        Uint8Array.from(train, (row) => outcome[row] as number),
      );
      for (const row of test) unseen[row] = one === null ? Number.NaN : calibrated(one, z[row] as number);
    }
    return { fit, unseen, losses: unseen.map((value, row) => rowLoss(value, outcome[row] as number)) };
  });
  const lossOf = (losses: Float64Array): number => losses.reduce((sum, loss) => sum + loss, 0);
  const usable = tried.filter(({ losses }) => losses.every(Number.isFinite));
  for (const { fit, unseen } of usable.sort((left, right) => lossOf(left.losses) - lossOf(right.losses))) {
    const calibration = fit(z, outcome);
    if (calibration !== null) return { calibration, unseen };
  }
  return { calibration: { method: 'none' }, unseen: z };
};

type Fit = (z: Float64Array, outcome: Uint8Array) => Calibration | null;

/** Plainest first. */
const fits = (rows: number): readonly Fit[] => [
  () => ({ method: 'none' }),
  platt,
  beta,
  ...(rows >= ISOTONIC_ROWS ? [isotonic] : []),
];

const pick = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row] as number);

/** Null where the scores point the wrong way: turning them round is no calibration. */
const platt: Fit = (z, outcome) => {
  const [shift, slope] = newton([z], outcome);
  return slope > 0 ? { method: 'platt', slope, shift } : null;
};

const beta: Fit = (z, outcome) => {
  const [shift, a, b] = newton([z.map((one) => logs(one)[0]), z.map((one) => -logs(one)[1])], outcome);
  return a >= 0 && b >= 0 && a + b > 0 ? { method: 'beta', a, b, shift } : null;
};

/**
 * Rows in the order of their scores are laid into pools; neighbours that stand against the order are joined (M. Ayer et
 * al., 1955). A pool's place is its mean score; half a row of each outcome more keeps its log odds finite. A line joins the
 * pools, so that equal steps of the score stay apart.
 */
const isotonic: Fit = (z, outcome) => {
  const pools: Pool[] = [];
  const enough = Math.max(POOL_ROWS, z.length * POOL_SHARE);
  let open: Pool = { rows: 0, sum: 0, won: 0 };
  for (const row of byScore(z)) {
    // Equal scores stay in one pool.
    if (open.rows >= enough && (z[row] as number) > open.sum / open.rows) {
      join(pools, open);
      open = { rows: 0, sum: 0, won: 0 };
    }
    open.rows += 1;
    open.sum += z[row] as number;
    open.won += outcome[row] as number;
  }
  join(pools, open);
  const to: number[] = [];
  for (const { rows, won } of pools) {
    const logOdds = Math.log((won + 0.5) / (rows - won + 0.5));
    to.push(Math.max(to.at(-1) ?? Number.NEGATIVE_INFINITY, logOdds));
  }
  return { method: 'isotonic', from: pools.map(({ rows, sum }) => sum / rows), to };
};

interface Pool {
  rows: number;
  sum: number;
  won: number;
}

/** Adds a pool at the end, joined with those before it that won at least as often. */
const join = (pools: Pool[], last: Pool): void => {
  let added = last;
  for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
    if (before.won * added.rows < added.won * before.rows) break;
    pools.pop();
    added = { rows: before.rows + added.rows, sum: before.sum + added.sum, won: before.won + added.won };
  }
  pools.push(added);
};

/** Intercept and weights of a logistic regression on a few terms, by Newton's method with a trace of L2. */
const newton = (terms: readonly Float64Array[], outcome: Uint8Array): readonly [number, number, number] => {
  const size = terms.length + 1;
  const weights = new Float64Array(size);
  // Begins where nothing is changed.
  weights.fill(1, 1);
  const ridge = 1e-3;
  for (let step = 0; step < STEPS; step += 1) {
    const [left, right] = [new Float64Array(size * size), new Float64Array(size)];
    const x = new Float64Array(size).fill(1);
    for (let row = 0; row < outcome.length; row += 1) {
      let z = weights[0] as number;
      for (let one = 1; one < size; one += 1) {
        x[one] = (terms[one - 1] as Float64Array)[row] as number;
        z += (weights[one] as number) * (x[one] as number);
      }
      const p = sigmoid(z);
      const variance = p * (1 - p);
      const weight = variance > 1e-9 ? variance : 1e-9;
      const error = (outcome[row] as number) - p;
      for (let one = 0; one < size; one += 1) {
        right[one] = (right[one] as number) + error * (x[one] as number);
        for (let two = 0; two <= one; two += 1)
          left[one * size + two] =
            (left[one * size + two] as number) + weight * (x[one] as number) * (x[two] as number);
      }
    }
    for (let one = 1; one < size; one += 1) {
      left[one * size + one] = (left[one * size + one] as number) + ridge;
      right[one] = (right[one] as number) - ridge * ((weights[one] as number) - 1);
    }
    const move = solveSymmetric(left, right, size);
    let largest = 0;
    for (let one = 0; one < size; one += 1) {
      // Far steps are cut short: the loss is not a parabola far from its least.
      const held = Math.max(-2, Math.min(2, move[one] as number));
      weights[one] = (weights[one] as number) + held;
      largest = Math.max(largest, Math.abs(held));
    }
    if (largest < 1e-9) break;
  }
  return [weights[0] as number, weights[1] as number, weights[2] ?? 0];
};
