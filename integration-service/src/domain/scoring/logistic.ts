import { solveSymmetric } from './cholesky.ts';
import { linearLogOdds, type Block, type Design } from './design.ts';
import { rowLoss, sigmoid } from './measures.ts';

/** Weights of the terms of a design. */
export interface Weights {
  readonly intercept: number;
  readonly weights: Float64Array;
}

const MOST_STEPS = 30;
/** A step that takes less than this off the mean loss is the last. */
const ENOUGH = 1e-7;

/**
 * Logistic regression by Newton's method: the weights with the least sum of log losses plus penalty/2 · Σ weight². The
 * intercept is not held down. A step that does not help is halved. `from` is where to begin, such as the weights of a
 * neighbouring penalty.
 */
export const fitLogistic = (
  design: Design,
  outcome: Uint8Array,
  rows: Int32Array,
  penalty: number,
  from: Weights | null = null,
): Weights => {
  const y = Uint8Array.from(rows, (row) => outcome[row] as number);
  const loss = (logOdds: Float64Array, weights: Float64Array): number => {
    let sum = 0;
    for (let index = 0; index < y.length; index += 1) sum += rowLoss(logOdds[index] as number, y[index] as number);
    let squares = 0;
    for (const weight of weights) squares += weight * weight;
    return (sum + (penalty / 2) * squares) / y.length;
  };
  const positives = y.reduce((sum, one) => sum + one, 0);
  let now: Weights = from ?? {
    intercept: Math.log((positives + 0.5) / (y.length - positives + 0.5)),
    weights: new Float64Array(design.terms),
  };
  let logOdds = linearLogOdds(design, now.intercept, now.weights, rows);
  let lossNow = loss(logOdds, now.weights);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const move = newtonStep(design, y, rows, logOdds, now.weights, penalty);
    let better: { weights: Weights; logOdds: Float64Array; loss: number } | null = null;
    for (let share = 1; share > 1e-4 && better === null; share /= 2) {
      const weights = now.weights.map((weight, term) => weight + share * (move.weights[term] as number));
      const next = { intercept: now.intercept + share * move.intercept, weights };
      const there = linearLogOdds(design, next.intercept, weights, rows);
      const lossThere = loss(there, weights);
      if (lossThere <= lossNow) better = { weights: next, logOdds: there, loss: lossThere };
    }
    if (better === null) break;
    const gained = lossNow - better.loss;
    now = better.weights;
    logOdds = better.logOdds;
    lossNow = better.loss;
    if (gained < ENOUGH) break;
  }
  return now;
};

/** Newton's step: (Xᵀ W X + penalty)⁻¹ (Xᵀ (y - p) - penalty · weights), the intercept first. */
const newtonStep = (
  design: Design,
  y: Uint8Array,
  rows: Int32Array,
  logOdds: Float64Array,
  weights: Float64Array,
  penalty: number,
): Weights => {
  const size = design.terms + 1;
  const [left, right] = [new Float64Array(size * size), new Float64Array(size)];
  const [error, weight] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  for (let index = 0; index < rows.length; index += 1) {
    const probability = sigmoid(logOdds[index] as number);
    error[index] = (y[index] as number) - probability;
    weight[index] = probability * (1 - probability);
    right[0] = (right[0] as number) + (error[index] as number);
    left[0] = (left[0] as number) + (weight[index] as number);
  }
  for (const [index, block] of design.blocks.entries()) {
    addTerms(block, rows, error, (term, sum) => (right[1 + term] = sum));
    addTerms(block, rows, weight, (term, sum) => (left[(1 + term) * size] = sum));
    for (const other of design.blocks.slice(0, index + 1)) addPair(block, other, rows, weight, left, size);
  }
  for (let term = 0; term < design.terms; term += 1) {
    const at = (1 + term) * size + 1 + term;
    left[at] = (left[at] as number) + penalty;
    right[1 + term] = (right[1 + term] as number) - penalty * (weights[term] as number);
  }
  const step = solveSymmetric(left, right, size);
  return { intercept: step[0] as number, weights: step.subarray(1) };
};

/** Σ amount · term over the rows, for each term of a block. */
const addTerms = (
  block: Block,
  rows: Int32Array,
  amount: Float64Array,
  tell: (term: number, sum: number) => void,
): void => {
  const sums = new Float64Array(block.width);
  if (block.kind === 'category')
    for (let index = 0; index < rows.length; index += 1) {
      const bin = block.bins[rows[index] as number] as number;
      sums[bin] = (sums[bin] as number) + (amount[index] as number);
    }
  else
    for (const [term, values] of block.dense.entries()) {
      if (values === null) continue;
      let sum = 0;
      for (let index = 0; index < rows.length; index += 1)
        sum += (amount[index] as number) * (values[rows[index] as number] as number);
      sums[term] = sum;
    }
  for (const [term, sum] of sums.entries()) tell(block.first + term, sum);
};

/** Σ weight · term · other term over the rows, for the terms of two blocks; `other` stands no later than `block`. */
const addPair = (
  block: Block,
  other: Block,
  rows: Int32Array,
  weight: Float64Array,
  into: Float64Array,
  size: number,
): void => {
  const place = (one: number, two: number): number => (1 + Math.max(one, two)) * size + 1 + Math.min(one, two);
  if (block.kind === 'category' && other.kind === 'category') {
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] as number;
      const at = (1 + block.first + (block.bins[row] as number)) * size + 1 + other.first + (other.bins[row] as number);
      into[at] = (into[at] as number) + (weight[index] as number);
    }
    return;
  }
  if (block.kind === 'number' && other.kind === 'number') {
    for (const [term, values] of block.dense.entries())
      for (const [second, others] of other.dense.entries()) {
        if (values === null || others === null) continue;
        let sum = 0;
        for (let index = 0; index < rows.length; index += 1) {
          const row = rows[index] as number;
          sum += (weight[index] as number) * (values[row] as number) * (others[row] as number);
        }
        into[place(block.first + term, other.first + second)] = sum;
      }
    return;
  }
  const [numbers, levels] = block.kind === 'number' ? [block, other] : [other, block];
  if (numbers.kind !== 'number' || levels.kind !== 'category') return;
  const sums = new Float64Array(levels.width);
  for (const [term, values] of numbers.dense.entries()) {
    if (values === null) continue;
    sums.fill(0);
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] as number;
      const bin = levels.bins[row] as number;
      sums[bin] = (sums[bin] as number) + (weight[index] as number) * (values[row] as number);
    }
    for (const [bin, sum] of sums.entries()) into[place(numbers.first + term, levels.first + bin)] = sum;
  }
};
