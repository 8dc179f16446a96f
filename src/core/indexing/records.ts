/** What an index commit consists of. All records are plain data, safe to send between threads. */

/** Names an immutable segment file. */
export type SegmentId = string;

/** Shard number → version of its file. A version is never reused. */
export type ShardVersions = Readonly<Record<number, number>>;

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
  | 'special';

export interface SkippedFile {
  /** Ends with `/` when a whole folder was skipped; what is in it is not listed. */
  readonly path: string;
  readonly reason: SkipReason;
}

/** One committed generation. */
export interface IndexSnapshot {
  readonly generation: number;
  readonly files: ReadonlyMap<string, FileRecord>;
  readonly shards: ShardVersions;
  /** Identity of everything that shaped the content (chunker, lexer, embedder versions); a change rebuilds. */
  readonly recipe: string;
  /** True once a full pass over the folder has been committed under this recipe. */
  readonly complete: boolean;
}

export interface IndexChange {
  readonly upserts: readonly FileRecord[];
  readonly removals: readonly string[];
  readonly shards: ShardVersions;
  readonly recipe: string;
  readonly complete: boolean;
}
