import type { VectorItem } from '../../core/ports/vectors.ts';

/**
 * The items whose vectors say something. An embedder answers with all zeros for a chunk without words; such a vector
 * is near to nothing, and stored in vectra it would hide better items (its score is NaN). Throws a `RangeError` for a
 * vector of other dims or with numbers that are not finite: that is a fault of the embedder.
 */
export function withoutZeroVectors(items: readonly VectorItem[], dims: number): readonly VectorItem[] {
  return items.filter(({ path, ordinal, vector }) => {
    if (vector.length !== dims) {
      throw new RangeError(
        `The vector of ${path}#${ordinal} has ${vector.length} numbers instead of ${dims}.`,
      );
    }
    const sum = squaredLength(vector);
    if (!Number.isFinite(sum)) {
      throw new RangeError(`The vector of ${path}#${ordinal} contains numbers that are not finite.`);
    }
    return sum > 0;
  });
}

/** NaN or infinite exactly when one of the numbers is: the squares of float32 numbers cannot overflow a double. */
export function squaredLength(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return sum;
}
