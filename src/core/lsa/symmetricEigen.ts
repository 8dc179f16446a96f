import type { Work } from './work.ts';

const MAX_SWEEPS = 12;
/** Of the sum of the squares: what is left beside the diagonal changes no digit that is used. */
const SMALL = 1e-20;
/** Of the sum of the eigenvalues: elements smaller than this are let stand. */
const NOTHING = 1e-13;

/**
 * The eigenvalues of a symmetric matrix, and its eigenvectors as the columns of a matrix in the same order: Jacobi's
 * rotations (Golub and Van Loan, "Matrix Computations", 8.5). `matrix` is overwritten.
 */
export async function symmetricEigen(
  matrix: Float64Array,
  size: number,
  work: Work,
): Promise<{ readonly values: Float64Array; readonly vectors: Float64Array }> {
  const vectors = new Float64Array(size * size);
  let trace = 0;
  for (let i = 0; i < size; i++) {
    vectors[i * size + i] = 1;
    trace += Math.abs(matrix[i * size + i] ?? 0);
  }
  const nothing = trace * NOTHING;
  for (let sweep = 0; sweep < MAX_SWEEPS && !isDiagonal(matrix, size); sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(matrix[p * size + q] ?? 0) > nothing) rotate(matrix, vectors, size, p, q);
      }
      await work.done(8 * size * (size - p));
    }
  }
  const values = Float64Array.from({ length: size }, (_, i) => matrix[i * size + i] ?? 0);
  return { values, vectors };
}

function isDiagonal(matrix: Float64Array, size: number): boolean {
  let beside = 0;
  let all = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const square = (matrix[i * size + j] ?? 0) ** 2;
      all += square;
      if (i !== j) beside += square;
    }
  }
  return beside <= all * SMALL;
}

/** Turns rows and columns `p` and `q` so that their common element becomes zero. */
function rotate(matrix: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const common = matrix[p * size + q] ?? 0;
  const theta = ((matrix[q * size + q] ?? 0) - (matrix[p * size + p] ?? 0)) / (2 * common);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const by = { cosine, sine };
  turn(matrix, { first: p, second: q, step: size, count: size }, by);
  turn(matrix, { first: p * size, second: q * size, step: 1, count: size }, by);
  turn(vectors, { first: p, second: q, step: size, count: size }, by);
}

/** Two rows, or two columns, of a matrix: where each begins and how far it is from one number to the next. */
interface Lines {
  readonly first: number;
  readonly second: number;
  readonly step: number;
  readonly count: number;
}

function turn(
  values: Float64Array,
  { first, second, step, count }: Lines,
  { cosine, sine }: { readonly cosine: number; readonly sine: number },
): void {
  let a = first;
  let b = second;
  for (let k = 0; k < count; k++) {
    const left = values[a] ?? 0;
    const right = values[b] ?? 0;
    values[a] = cosine * left - sine * right;
    values[b] = sine * left + cosine * right;
    a += step;
    b += step;
  }
}
