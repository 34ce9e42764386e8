/** The least pivot, relative to the largest element of the diagonal, that is not yet taken for a dependent column. */
const LEAST_PIVOT = 1e-12;

/**
 * Solves A·x = b for a symmetric, positive definite A (row by row, `size` × `size`; only the lower triangle is read, and it
 * is overwritten with its factor). What is not determined is answered with 0.
 */
export const solveSymmetric = (a: Float64Array, b: Float64Array, size: number): Float64Array => {
  let largest = 0;
  for (let row = 0; row < size; row += 1) largest = Math.max(largest, a[row * size + row] as number);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = a[row * size + column] as number;
      for (let inner = 0; inner < column; inner += 1)
        sum -= (a[row * size + inner] as number) * (a[column * size + inner] as number);
      if (column < row) {
        const pivot = a[column * size + column] as number;
        a[row * size + column] = pivot === 0 ? 0 : sum / pivot;
      } else a[row * size + row] = sum > LEAST_PIVOT * largest ? Math.sqrt(sum) : 0;
    }
  }
  const x = Float64Array.from(b);
  for (let row = 0; row < size; row += 1) {
    let sum = x[row] as number;
    for (let inner = 0; inner < row; inner += 1) sum -= (a[row * size + inner] as number) * (x[inner] as number);
    const pivot = a[row * size + row] as number;
    x[row] = pivot === 0 ? 0 : sum / pivot;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = x[row] as number;
    for (let inner = row + 1; inner < size; inner += 1) sum -= (a[inner * size + row] as number) * (x[inner] as number);
    const pivot = a[row * size + row] as number;
    x[row] = pivot === 0 ? 0 : sum / pivot;
  }
  return x;
};
