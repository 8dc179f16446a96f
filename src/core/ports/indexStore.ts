import type { VectorVersion } from './vectors.ts';

/** The durable index of one folder. Readers see one committed generation or the next, never a mix. */
export interface IndexStore {
  /** The newest committed generation; generation 0 with nothing in it when there is none. */
  snapshot(): Promise<IndexSnapshot>;
  /** The newest committed generation's number alone: cheap enough to poll. */
  generation(): Promise<number>;
  /** Bytes of a segment named by a snapshot. Throws `StoreCorruptError` when missing or damaged. */
  segment(id: SegmentId): Promise<Uint8Array>;
  /** Bytes of a projection named by a snapshot. Throws `StoreCorruptError` when missing or damaged. */
  projection(id: ProjectionId): Promise<Uint8Array>;
  /**
   * Runs `work` as the only writer among all processes; waits for its turn. Nothing written by `work` is visible
   * until it calls `commit`, and what it did not commit is discarded.
   */
  write<T>(work: (writer: IndexWriter) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Deletes the whole index (not the signals); the next snapshot is generation 0 or later and empty. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The writer's end of an `IndexStore`, valid inside `write` only. */
export interface IndexWriter {
  /** The state to build upon: what the last commit, by any process, left. */
  snapshot(): Promise<IndexSnapshot>;
  /** Stores an immutable segment durably and returns its new id. */
  putSegment(bytes: Uint8Array): Promise<SegmentId>;
  /** Stores a projection durably and returns its id, the same for the same bytes. */
  putProjection(bytes: Uint8Array): Promise<ProjectionId>;
  /**
   * Atomically makes a new generation; returns its number. Segments without live files are dropped, as are vectors
   * and projections that no set of vectors names any more.
   */
  commit(change: IndexChange): Promise<number>;
}

/** What an index commit consists of. All records are plain data, safe to send between threads. */

/** Names an immutable segment file. */
export type SegmentId = string;

/** Names a stored projection by its content. */
export type ProjectionId = string;

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
  | 'too many rules'
  | 'too deep'
  | 'set aside';

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
  /** What the embedder learnt, if it had to; see `StoredProjection`. */
  readonly projection?: StoredProjection;
  /** What is in the store of vectors so far. */
  readonly version: VectorVersion;
  /**
   * Files whose vectors are missing, or those of earlier content, or to be removed with the file: what the stored ones
   * say of these files must not be believed.
   */
  readonly pending: ReadonlySet<string>;
}

/** A projection that stays as it is while chunks are folded in, and how well it still fits them. */
export interface StoredProjection {
  readonly id: ProjectionId;
  /** In the whole index when it was learnt. */
  readonly chunks: number;
  /** Chunks embedded since for files that changed, their terms, and how many of these the projection does not know. */
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
