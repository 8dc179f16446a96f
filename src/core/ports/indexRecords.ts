import type { VectorVersion } from './vectors.ts';

/** What an index commit consists of. All records are plain data, safe to send between threads. */

/** Names an immutable segment file. */
export type SegmentId = string;

/** Names a stored basis by its content. */
export type BasisId = string;

/** One indexed file of the committed generation. */
export interface FileRecord {
  readonly path: string;
  /** Bytes and milliseconds at the time of reading: equal values mean "unchanged" without reading again. */
  readonly size: number;
  readonly modifiedMs: number;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  readonly chunkCount: number;
  /** The segment that holds this file's chunks; other segments' copies of it are dead. */
  readonly segment: SegmentId;
}

export type SkipReason =
  | 'ignored'
  | 'binary'
  | 'too large'
  | 'minified'
  | 'generated'
  | 'secret'
  | 'unreadable'
  | 'link'
  | 'special'
  | 'too many rules';

export interface SkippedFile {
  /** Ends with `/` when a whole folder was skipped; what is in it is not listed. */
  readonly path: string;
  readonly reason: SkipReason;
}

/** Vectors made by one embedder, and what is still to be done until every chunk has its own. */
export interface VectorSet {
  /** The way of embedding that was asked for; see `EmbeddingMethod`. */
  readonly method: string;
  /** The embedder's id: vectors of different ids are never mixed. */
  readonly embedder: string;
  /** Numbers a vector. */
  readonly dims: number;
  /** What the embedder learnt, if it had to; see `LearntBasis`. */
  readonly basis?: LsaProjection;
  /** What is in the store of vectors so far. */
  readonly version: VectorVersion;
  /**
   * Files whose vectors are missing, or those of earlier content, or to be removed with the file: what the stored ones
   * say of these files must not be believed.
   */
  readonly pending: ReadonlySet<string>;
}

/** A basis that stays as it is while chunks are folded in, and how well it still fits them. */
export interface LsaProjection {
  readonly id: BasisId;
  /** In the whole index when it was learnt. */
  readonly chunks: number;
  /** Chunks embedded since for files that changed, their terms, and how many of these the basis does not know. */
  readonly folded: { readonly chunks: number; readonly terms: number; readonly unknown: number };
}

export interface VectorSets {
  /** The set that answers queries; while there is none, search goes by words alone. */
  readonly serving?: VectorSet;
  /** The set that takes its place once nothing of it is pending. */
  readonly next?: VectorSet;
}

/** One committed generation. */
export interface IndexSnapshot {
  readonly generation: number;
  readonly files: ReadonlyMap<string, FileRecord>;
  readonly vectors: VectorSets;
  /** Identity of everything that shaped the segments (chunker and lexer versions); a change rebuilds. */
  readonly recipe: string;
  /** True once a full pass over the folder has been committed under this recipe. */
  readonly complete: boolean;
}

export interface IndexChange {
  readonly upserts: readonly FileRecord[];
  readonly removals: readonly string[];
  /** In place of those of the generation before. */
  readonly vectors: VectorSets;
  readonly recipe: string;
  readonly complete: boolean;
}
