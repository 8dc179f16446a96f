import { gramOf, timesSquare } from './denseProducts.ts';
import type { Work } from './work.ts';

/** Of a column's length squared: one with less of its own is a mixture of those before it, up to rounding. */
const DEPENDENT = 1e-12;

/**
 * A matrix whose columns are orthonormal and span what those of `dense` span: Cholesky QR. Columns that depend on
 * those before them become zero.
 */
export async function orthonormal(dense: Float64Array, width: number, work: Work): Promise<Float64Array> {
  const lower = cholesky(await gramOf(dense, width, work), width);
  return timesSquare(dense, transposedInverse(lower, width), width, work);
}

/** The lower triangle L with L·Lᵀ = `gram`; rows of dependent columns are zero. */
function cholesky(gram: Float64Array, width: number): Float64Array {
  const lower = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = gram[i * width + j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (lower[i * width + k] ?? 0) * (lower[j * width + k] ?? 0);
      const pivot = lower[j * width + j] ?? 0;
      if (j < i) lower[i * width + j] = pivot === 0 ? 0 : rest / pivot;
      else if (rest > (gram[i * width + i] ?? 0) * DEPENDENT) lower[i * width + i] = Math.sqrt(rest);
      else lower.fill(0, i * width, (i + 1) * width);
    }
  }
  return lower;
}

/** The transposed inverse of a lower triangle; columns of zero rows are zero. */
function transposedInverse(lower: Float64Array, width: number): Float64Array {
  const inverse = new Float64Array(width * width);
  for (let column = 0; column < width; column++) {
    for (let row = column; row < width; row++) {
      const pivot = lower[row * width + row] ?? 0;
      let rest = row === column ? 1 : 0;
      for (let k = column; k < row; k++)
        rest -= (lower[row * width + k] ?? 0) * (inverse[column * width + k] ?? 0);
      inverse[column * width + row] = pivot === 0 ? 0 : rest / pivot;
    }
  }
  return inverse;
}
