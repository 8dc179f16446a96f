/** One shard's chunks in columns: everything about chunk `i` is at index `i`. */
export interface PackedShard {
  readonly paths: readonly string[];
  readonly ordinals: readonly number[];
  /** Euclidean lengths of the vectors. */
  readonly norms: Float64Array;
  /** The vectors one after the other, `dims` numbers each. */
  readonly vectors: Float32Array;
}
