import { createNodeFileTree } from '../adapters/files/nodeFileTree.ts';
import { systemClock } from '../core/systemClock.ts';
import { sha256Digest } from '../adapters/files/sha256Digest.ts';
import { createVectraWriter } from '../adapters/vectra/vectraWriter.ts';
import { isAbortError } from '../core/errors/isAbortError.ts';
import { coveredBy } from '../core/indexing/changePlan.ts';
import { createIndexer, type Indexer } from '../core/indexing/indexer.ts';
import type { SkippedFile } from '../core/indexing/records.ts';
import type { RefreshReport } from '../core/indexing/refresh.ts';
import type { IndexStore, Logger } from '../core/ports.ts';
import type { FolderConfig, HostServices } from '../protocol/engine.ts';
import { openFolderStores } from './folderStores.ts';
import { notifyCommits } from './notifyCommits.ts';

/** What indexing tells its host; a part of `HostServices`. */
export type IndexerHost = Pick<HostServices, 'indexStatus' | 'committed'>;

/**
 * Keeps one folder's index up to date. At most one pass runs at a time; changes reported meanwhile are collected and
 * looked at in the next pass.
 */
export class IndexerFolder {
  readonly root: string;
  readonly #store: IndexStore;
  readonly #indexer: Indexer;
  readonly #host: IndexerHost;
  readonly #touched = new Set<string>();
  #skipped: readonly SkippedFile[] = [];
  #abort = new AbortController();
  #passes: Promise<unknown> = Promise.resolve();
  /** Between `clear` and the next `refresh`, when changed files are not indexed. */
  #isCleared = false;

  constructor(root: string, store: IndexStore, indexer: Indexer, host: IndexerHost) {
    this.root = root;
    this.#store = store;
    this.#indexer = indexer;
    this.#host = host;
  }

  static async open(config: FolderConfig, host: IndexerHost, log: Logger): Promise<IndexerFolder> {
    const stores = await openFolderStores(config, log);
    const store = notifyCommits(stores.index, (generation) => {
      host.committed(config.root, generation);
    });
    const indexer = createIndexer({
      tree: await createNodeFileTree(config.root),
      store,
      vectors: createVectraWriter({ directory: config.store, embedder: stores.embedder }),
      embedder: stores.embedder,
      hash: sha256Digest,
      clock: systemClock,
      log,
    });
    return new IndexerFolder(config.root, store, indexer, host);
  }

  /** A pass over the whole folder. Rejects with the signal's reason when cancelled; what was committed stays. */
  refresh(options: { readonly fromScratch: boolean }, signal?: AbortSignal): Promise<RefreshReport> {
    return this.#enqueue(() => {
      this.#isCleared = false;
      return this.#pass(options, signal);
    });
  }

  /** A pass over what changed. Calls made while a pass runs share the next one. */
  touch(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#touched.add(path);
    return this.#enqueue(async () => {
      if (this.#touched.size === 0 || this.#isCleared) return;
      const touched = [...this.#touched];
      this.#touched.clear();
      await this.#pass({ paths: touched });
    });
  }

  async clear(): Promise<void> {
    this.#cancel();
    await this.#enqueue(async () => {
      await this.#store.clear();
      this.#isCleared = true;
      this.#host.indexStatus(this.root, { state: 'empty' });
    });
  }

  async close(): Promise<void> {
    this.#cancel();
    await this.#enqueue(() => this.#store.close());
  }

  #cancel(): void {
    this.#touched.clear();
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#passes.then(work);
    this.#passes = next.catch(() => undefined);
    return next;
  }

  async #pass(
    options: { readonly fromScratch?: boolean; readonly paths?: readonly string[] },
    signal?: AbortSignal,
  ): Promise<RefreshReport> {
    const own = this.#abort.signal;
    try {
      const report = await this.#indexer.refresh({
        ...options,
        signal: signal ? AbortSignal.any([own, signal]) : own,
        onProgress: (progress) => {
          this.#host.indexStatus(this.root, progress);
        },
      });
      this.#skipped = mergeSkipped(this.#skipped, report);
      const { files, chunks, elapsedMs } = report;
      this.#host.indexStatus(this.root, { state: 'ready', files, chunks, skipped: this.#skipped, elapsedMs });
      return report;
    } catch (error) {
      if (isAbortError(error)) throw error;
      this.#host.indexStatus(this.root, {
        state: 'failed',
        message: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  }
}

/** A pass over a part of the folder says nothing about the files skipped elsewhere: those stay known. */
function mergeSkipped(known: readonly SkippedFile[], report: RefreshReport): readonly SkippedFile[] {
  if (!report.lookedAt) return report.skipped;
  const isLookedAt = coveredBy(report.lookedAt);
  return [...known.filter(({ path }) => !isLookedAt(path)), ...report.skipped];
}
