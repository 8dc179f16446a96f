import type { ProjectionId, IndexChange, IndexSnapshot, SegmentId } from './indexRecords.ts';

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
