/**
 * Everything core needs from outside, each member documented. Adapters implement these; tests use in-memory fakes
 * from `test/support`. Paths are relative to the workspace folder, with `/`, never starting with `./`.
 */
import type { ChunkSpan } from './chunking/chunkSpan.ts';
import type { EmbeddingAnswer, EmbeddingLimits, EmbeddingRequest } from './embedding/embeddingRequest.ts';
import type { RerankAnswer, RerankRequest } from './embedding/rerankRequest.ts';
import type { BasisId, IndexChange, IndexSnapshot, SegmentId, ShardVersions } from './indexing/records.ts';
import type { ChatRequest } from './models/chatRequest.ts';
import type { FillRequest } from './models/fillRequest.ts';
import type { ImagePart, StoredPart } from './memory/image.ts';
import type { ModelPart } from './models/modelPart.ts';
import type { SignalRecord } from './signals/record.ts';

/** Wall clock and timers, so that time-dependent rules can be tested without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `callback` once after `delayMs`; the returned function cancels it and may be called at any time. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** A levelled log. Never pass user code or keys at `info` or above. */
export interface Logger {
  debug(message: string, details?: unknown): void;
  info(message: string, details?: unknown): void;
  warn(message: string, details?: unknown): void;
  error(message: string, details?: unknown): void;
}

export type EntryKind = 'file' | 'folder' | 'other';

export interface TreeEntry {
  readonly name: string;
  /** A symbolic link, a socket and the like are `other`. */
  readonly kind: EntryKind;
  readonly isLink: boolean;
}

export interface FileStat {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch, possibly fractional. */
  readonly modifiedMs: number;
}

/** Read-only access to one workspace folder. Nothing outside the folder is ever reachable through it. */
export interface FileTree {
  /** Entries of a folder (`''` is the root), sorted by name in code-unit order. Throws when unreadable. */
  list(folder: string): Promise<readonly TreeEntry[]>;
  /** `undefined` when the path is not a regular file, for example because it is a link. */
  stat(path: string): Promise<FileStat | undefined>;
  /** The file's bytes, no more than `stat` says it has. Throws when it is gone or unreadable. */
  read(path: string): Promise<Uint8Array>;
  /**
   * The file's or folder's path with all links resolved, so it equals `path` unless a link is on the way. Throws
   * when nothing is there or a link leads out of the folder.
   */
  realPath(path: string): Promise<string>;
}

/** Cuts files into the pieces that searches find. */
export interface Chunker {
  /**
   * Chunks that tile the text: in order, whole lines, none empty, none over the caps of `ChunkSpan` unless it is a
   * single line; none for an empty text. The same path and text always give the same chunks. Never throws.
   */
  chunk(path: string, text: string): readonly ChunkSpan[];
}

/** Knows the syntax of some languages. Files are told apart by the ends of their names. */
export interface SyntaxParser {
  /**
   * The constructs of a text that span lines and begin with a sign or word of their own, as half-open ranges of UTF-16
   * units, flat (start, end, start, end …), outer before inner. A construct that `fits`, given its UTF-16 units and lines,
   * is listed whatever it begins with, and nothing inside of it is. `undefined` when the language is not known, its
   * grammar cannot be had, or the text makes no sense in it.
   */
  constructs(
    path: string,
    text: string,
    fits: (chars: number, lines: number) => boolean,
  ): ArrayLike<number> | undefined;
}

/** A change of the workspace that somebody recorded. */
export interface Commit {
  /** The same for the same change everywhere; letters and digits. */
  readonly id: string;
  readonly author: string;
  /** First line of what the author says about it. */
  readonly subject: string;
  /** Files of the workspace folder that it added or changed, sorted; those it deleted are left out. */
  readonly paths: readonly string[];
}

/** What version control knows of one workspace folder. */
export interface History {
  /**
   * Changes of a single earlier state, newest first, read as they are asked for: neither merges nor the first change,
   * nor the oldest of a history that is cut off. None when there is no version control or it fails; reading that takes
   * too long ends early. Ending the iteration ends the reading. Throws only the signal's reason.
   */
  commits(signal?: AbortSignal): AsyncIterable<Commit>;
}

/** SHA-256 of the bytes, in lower-case hex. */
export type Digest = (bytes: Uint8Array) => string;

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

/** The durable index of one folder. Readers see one committed generation or the next, never a mix. */
export interface IndexStore {
  /** The newest committed generation; generation 0 with nothing in it when there is none. */
  snapshot(): Promise<IndexSnapshot>;
  /** The newest committed generation's number alone: cheap enough to poll. */
  generation(): Promise<number>;
  /** Bytes of a segment named by a snapshot. Throws `StoreCorruptError` when missing or damaged. */
  segment(id: SegmentId): Promise<Uint8Array>;
  /** Bytes of a basis named by a snapshot. Throws `StoreCorruptError` when missing or damaged. */
  basis(id: BasisId): Promise<Uint8Array>;
  /**
   * Runs `work` as the only writer among all processes; waits for its turn. Nothing written by `work` is visible
   * until it calls `commit`, and what it did not commit is discarded.
   */
  write<T>(work: (writer: IndexWriter) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Deletes the whole index (not the signals); the next snapshot is generation 0 or later and empty. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps the latest image of what readers of an index hold in memory. It is a cache, and may be gone at any time. */
export interface ImageStore {
  /**
   * Opens the image if it has this identity; `undefined` when there is none, or another one, or what was written is not
   * all there any more.
   */
  open(identity: string): Promise<StoredImage | undefined>;
  /** Replaces the image once all of it is written. Rejects with the signal's reason when cancelled before. */
  write(identity: string, parts: readonly ImagePart[], signal: AbortSignal): Promise<void>;
  /** There is none after this. */
  remove(): Promise<void>;
}

/** An open image. */
export interface StoredImage {
  readonly parts: readonly StoredPart[];
  /** To be called once all pages are read, or nobody wants them any more. */
  close(): Promise<void>;
}

/** The writer's end of an `IndexStore`, valid inside `write` only. */
export interface IndexWriter {
  /** The state to build upon: what the last commit, by any process, left. */
  snapshot(): Promise<IndexSnapshot>;
  /** Stores an immutable segment durably and returns its new id. */
  putSegment(bytes: Uint8Array): Promise<SegmentId>;
  /** Stores a basis durably and returns its id, the same for the same bytes. */
  putBasis(bytes: Uint8Array): Promise<BasisId>;
  /**
   * Atomically makes a new generation; returns its number. Segments without live files are dropped, as are shards and
   * bases that no set of vectors names any more.
   */
  commit(change: IndexChange): Promise<number>;
}

/** Append-only, crash-safe record of what the user did with suggestions. Local; never sent anywhere. */
export interface SignalLedger {
  /** Durable once resolved. */
  append(records: readonly SignalRecord[]): Promise<void>;
  /** All records in the order they were appended, or those of one workspace. */
  read(filter?: { readonly workspace?: string }): Promise<readonly SignalRecord[]>;
  /** Deletes every record. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A language model that answers chat messages. Adapters make one attempt a call; deadlines, retries, accounting and
 * redaction are those of `models/modelClient.ts`, through which every call goes.
 */
export interface ChatModel {
  /** Provider and model, for example `openai:gpt-5-mini`: names the model in logs and accounts. Holds no key. */
  readonly id: string;
  /** Host of the endpoint. Models with the same endpoint fail together, so they are paused together. */
  readonly endpoint: string;
  /**
   * Sends the request when iteration begins. Ending the iteration early or aborting `signal` closes the connection at
   * once; an abort rejects with the signal's reason. All else that goes wrong is a `ModelError`.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
}

/** A language model that fills in the middle of a file. The same rules hold as for a `ChatModel`. */
export interface CompletionModel {
  readonly id: string;
  readonly endpoint: string;
  /** Streams the text to insert, without marks, fences or repeated context. */
  complete(request: FillRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
}

/** A model that turns texts into vectors. One attempt a call; the same rules hold as for a `ChatModel`. */
export interface EmbeddingModel {
  readonly id: string;
  readonly endpoint: string;
  readonly limits: EmbeddingLimits;
  /** Rejects with a `ModelError`, or with the signal's reason when it aborts. */
  embed(request: EmbeddingRequest, signal: AbortSignal): Promise<EmbeddingAnswer>;
}

/** Vectors of texts that were embedded before, by the same model and dims: for all folders, branches and worktrees. */
export interface EmbeddingCache {
  /** The vectors of the texts, in order; `undefined` for those that are not known. `embedder` is an `Embedder`'s id. */
  recall(embedder: string, texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]>;
  /** Durable once resolved. The least recently used are forgotten when there are too many. */
  keep(embedder: string, texts: readonly string[], vectors: readonly Float32Array[]): Promise<void>;
  close(): Promise<void>;
}

/** A model that says how well texts answer a query. The same rules hold as for an `EmbeddingModel`. */
export interface RerankModel {
  readonly id: string;
  readonly endpoint: string;
  rank(request: RerankRequest, signal: AbortSignal): Promise<RerankAnswer>;
}
