import type { SlabMemory } from './slabMemory.ts';

export type KernelName = 'relaxed-simd' | 'simd' | 'plain';

/**
 * Rounds rows to eight bits and scores them against one query at a time. Scores are cosine similarities of the rounded
 * row; that of the true row, as a unit vector, is no further away than the row's residual × the query's length and what
 * rounding the query adds.
 */
export interface ScanKernel {
  readonly name: KernelName;
  readonly memory: SlabMemory;
  /** Rounds the first `count` rows of the staging area into a slab: rows, scales, sums and residuals. */
  quantize(slab: number, count: number): void;
  /** Takes a query of unit length and of the store's dims. */
  setQuery(unit: Float64Array): QueryError;
  /** Writes the scores of a slab's first `count` rows and returns what none of them exceeds. */
  scan(slab: number, count: number): number;
  /** The score of one row, to the precision of `QueryError.fine`. */
  refine(slab: number, row: number): number;
}

/** Lengths of what rounding took from the query: bounds on what it took from a product with a unit vector. */
export interface QueryError {
  /** In the scores of `scan`. */
  readonly coarse: number;
  /** In the scores of `refine`. */
  readonly fine: number;
}
