import type { Chunker } from '../ports/chunker.ts';
import type { FileTree } from '../ports/files.ts';
import type { IndexStore, SkippedFile } from '../ports/indexStore.ts';
import type { Clock, Digest, Logger } from '../ports/runtime.ts';
import type { VectorStore } from '../ports/vectors.ts';
import type { DiscoverOptions } from './discover.ts';
import type { EmbeddingMethod } from './vectors/embeddingMethod.ts';

/**
 * How far a refresh has come: first it looks for files, then it works through those that changed. `done` counts those
 * that were up to date as well, so a pass that goes on where another was interrupted begins where that one stopped.
 */
export type IndexProgress =
  | { readonly state: 'scanning'; readonly found: number }
  | { readonly state: 'indexing'; readonly done: number; readonly total: number };

export interface RefreshOptions {
  /** Forgets the index first. */
  readonly fromScratch?: boolean;
  /** Reads all that is stored first, and makes anew what is damaged. */
  readonly repair?: boolean;
  /**
   * Files and folders that may have changed, been made or been deleted: nothing else is looked at, unless the index
   * is incomplete or a rule file is among them.
   */
  readonly paths?: readonly string[];
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Called before anything is done with what is in a file, and with `undefined` when other work follows. */
  readonly onBegin?: (path: string | undefined) => void;
  readonly signal?: AbortSignal;
}

export interface RefreshReport {
  /** The committed generation that reflects the folder; the one before when nothing had changed. */
  readonly generation: number;
  /** In the whole index. */
  readonly files: number;
  readonly chunks: number;
  /** Files that did not have to be cut into chunks again. */
  readonly reused: number;
  /** In path order; of the paths looked at only. */
  readonly skipped: readonly SkippedFile[];
  /** The files and folders looked at; absent after a pass over everything. */
  readonly lookedAt?: readonly string[];
  readonly elapsedMs: number;
}

/** What a refresh works with. */
export interface IndexerDependencies {
  readonly tree: FileTree;
  readonly store: IndexStore;
  readonly vectors: Pick<VectorStore, 'writer'>;
  readonly method: EmbeddingMethod;
  readonly chunker: Chunker;
  readonly hash: Digest;
  readonly log: Logger;
  readonly clock: Clock;
  /** What files are judged by, asked for at the start of each pass. */
  readonly discovery?: () => Promise<Pick<DiscoverOptions, 'outerRules' | 'maxBytes' | 'isSetAside'>>;
}
