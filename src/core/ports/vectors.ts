import type { ShardVersions } from './indexRecords.ts';

/** Turns texts into vectors. `id` names model, version and dims: vectors of different ids are never mixed. */
export interface Embedder {
  readonly id: string;
  readonly dims: number;
  /** One vector a text, unit length or all zero when the text says nothing. Rejects when `signal` aborts. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
}

export interface VectorItem {
  /** Path of the file and ordinal of the chunk in it, from 0: together the identity of a chunk. */
  readonly path: string;
  readonly ordinal: number;
  /** Non-zero, finite, of the store's dims. */
  readonly vector: Float32Array;
}

export interface VectorHit {
  readonly path: string;
  readonly ordinal: number;
  /** Cosine similarity, -1…1. */
  readonly score: number;
}

/** Writes new versions of vector shards. They become visible only when an index commit names them. */
export interface VectorWriter {
  /** The shard that all vectors of a file are in: a change of whole shards writes each of them once. */
  shardOf(path: string): number;
  /**
   * Removes every vector of `removedPaths`, adds `items`, and writes each shard that changed under a new version.
   * The shards of `current` are left untouched. Returns `current` with the new versions in place. A rebuild begins
   * with an empty `current`: shards still stored from before must not lend it content or version numbers.
   */
  stage(
    current: ShardVersions,
    change: { readonly removedPaths: readonly string[]; readonly items: readonly VectorItem[] },
  ): Promise<ShardVersions>;
  /** The shards whose stored vectors are missing or are not what was written. */
  damaged(current: ShardVersions): Promise<readonly number[]>;
}

/** Answers nearest-neighbour queries over one committed set of shards. */
export interface VectorReader {
  /** Makes the given shard versions the ones that queries see; loads only those that changed. */
  refresh(versions: ShardVersions): Promise<void>;
  /** The best `count` items, best first; ties by path, then ordinal. */
  query(vector: Float32Array, count: number): Promise<readonly VectorHit[]>;
}

/** What a search makes of vectors, by where they come from. */
export interface DenseStanding {
  /** What the best hit is worth beside the best hit by words, which is worth 1. */
  readonly weight: number;
  readonly deadlineMs: number;
}
