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

/** What vectors can be compared with: those of one embedder. Vectors of different spaces are never mixed. */
export interface VectorSpace {
  /** The embedder's id: model, version and dims. */
  readonly id: string;
  /** Numbers a vector. */
  readonly dims: number;
}

/**
 * Names one state of the vectors of a space, which never changes. Only the store that gave it can tell what is in it: to
 * all others it is a text to keep and to give back.
 */
export type VectorVersion = string;

/** The version that holds nothing, of every space in every store. */
export const NO_VECTORS: VectorVersion = '';

/** The vectors of one folder, of any number of spaces, as versions that are named by the commits of its index. */
export interface VectorStore {
  /** To make new versions of the vectors of a space. Makes nothing durable until something is staged. */
  writer(space: VectorSpace): VectorWriter;
  /** To query the vectors of a space. Reads nothing until it is shown a version. */
  reader(space: VectorSpace): VectorReader;
  /**
   * Deletes what none of these versions, of whatever space, needs; what cannot be deleted now is left to the next sweep.
   * Only the index's writer may call it, and while all that it has staged is committed.
   */
  sweep(kept: readonly VectorVersion[]): Promise<void>;
}

/** Makes new versions of the vectors of one space. They become visible only when an index commit names them. */
export interface VectorWriter {
  /**
   * Which of these files to stage next, together: as many as the store can take in one go without writing the same thing
   * twice, of `most` chunks in all unless the least that makes sense has more. In the order in which they are best made;
   * none only when there are none.
   *
   * @param chunksOf how many chunks of a file are to be added
   */
  batch(paths: Iterable<string>, chunksOf: (path: string) => number, most: number): readonly string[];
  /**
   * Stores the version that `current` becomes when every vector of `removedPaths` is removed and then `items` are added,
   * durably, and returns its name. `current` stays as it is; equal content of one history or another may have one name.
   * An item replaces the one of the same chunk; one whose vector is all zero is left out. Rejects with a `RangeError`,
   * and stores nothing, for a vector of other dims or with numbers that are not finite; with a `StoreCorruptError` when
   * what `current` names is damaged where it has to be read; with the signal's reason when it aborts.
   */
  stage(
    current: VectorVersion,
    change: { readonly removedPaths: readonly string[]; readonly items: readonly VectorItem[] },
    signal?: AbortSignal,
  ): Promise<VectorVersion>;
  /** Reads all of a version and tells what of it is still good. */
  salvage(current: VectorVersion): Promise<SalvagedVectors>;
}

export interface SalvagedVectors {
  /** The part that is not damaged: the version itself when nothing is. */
  readonly version: VectorVersion;
  /** Whether vectors of this file, if there were any, are not in that part. */
  readonly isLost: (path: string) => boolean;
}

/** Answers nearest-neighbour queries over one version of the vectors of a space. */
export interface VectorReader {
  /**
   * Makes this version the one that queries see, loading only what differs from the last one; a query that is running goes
   * on with that. Rejects with a `StoreCorruptError` when it is damaged or gone, and goes on with what it had.
   */
  refresh(version: VectorVersion): Promise<void>;
  /**
   * The best `count` items by cosine similarity, best first; ties by path, then ordinal. None for a vector that is all
   * zero. Rejects with a `RangeError` for one of other dims or with numbers that are not finite.
   */
  query(vector: Float32Array, count: number): Promise<readonly VectorHit[]>;
  /** Lets go of all that is open; it sees `NO_VECTORS` from then on. */
  close(): Promise<void>;
}

/** What a search makes of vectors, by where they come from. */
export interface DenseWeighting {
  /** What the best hit is worth beside the best hit by words, which is worth 1. */
  readonly weight: number;
  readonly deadlineMs: number;
}
