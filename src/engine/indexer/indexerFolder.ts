import { createNodeFileTree } from '../../adapters/files/nodeFileTree.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import { sha256Digest } from '../../adapters/files/sha256Digest.ts';
import { createVectraWriter } from '../../adapters/vectra/vectraWriter.ts';
import { SerialQueue } from '../../core/async/serialQueue.ts';
import { errorMessage, isAbortError } from '../../core/errors/touchstoneError.ts';
import { countSkipped } from '../../core/indexing/countSkipped.ts';
import { coveredBy } from '../../core/indexing/changePlan.ts';
import { createIndexer, type Indexer } from '../../core/indexing/indexer.ts';
import type { IndexStore, SkippedFile } from '../../core/ports/indexStore.ts';
import type { IndexProgress, RefreshReport } from '../../core/indexing/refreshPass.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type {
  DiscoverySettings,
  FolderConfig,
  HostServices,
  IndexStatus,
  PauseKind,
} from '../../protocol/engine.ts';
import { builtInMethod, type MethodSource, openFolderStore } from '../workspace/folderStores.ts';
import { FolderDiscovery } from '../workspace/folderDiscovery.ts';
import { notifyCommits } from './notifyCommits.ts';
import { openChunker } from '../workspace/openChunker.ts';
import { VectorMaker } from './vectorMaker.ts';

/** What indexing tells its host; a part of `HostServices`. */
export type IndexerHost = Pick<HostServices, 'indexStatus' | 'committed'> &
  Partial<Pick<HostServices, 'working'>>;

export interface IndexerFolderParts {
  /** Absolute path. */
  readonly root: string;
  readonly store: IndexStore;
  readonly indexer: Indexer;
  readonly discovery: FolderDiscovery;
  readonly host: IndexerHost;
  readonly log: Logger;
}

interface PassOptions {
  readonly fromScratch?: boolean;
  readonly repair?: boolean;
  readonly paths?: readonly string[];
}

type ReadyStatus = Extract<IndexStatus, { state: 'ready' }>;

/** The path that stands for the whole folder. */
const EVERYTHING = '';

/**
 * Keeps one folder's index up to date. At most one pass runs at a time; changes reported meanwhile are collected and
 * looked at in the next pass, and so are those that a failed pass has not dealt with. Vectors are made beside the
 * passes: no saved file waits for them.
 */
export class IndexerFolder {
  readonly root: string;
  readonly #store: IndexStore;
  readonly #indexer: Indexer;
  readonly #discovery: FolderDiscovery;
  readonly #host: IndexerHost;
  /** Paths that the next pass has to look at. */
  readonly #touched = new Set<string>();
  readonly #vectors: VectorMaker;
  #skipped: readonly SkippedFile[] = [];
  /** The last status, while the index is ready. */
  #ready: ReadyStatus | undefined;
  #abort = new AbortController();
  readonly #passes = new SerialQueue();
  /** Between `clear` and the next `refresh`, when changed files are not indexed. */
  #isCleared = false;
  /** While set, nothing is indexed and nothing collected: `resume` looks at everything. */
  #pause: PauseKind | undefined;
  /** Of the running pass, or of the one that was interrupted. */
  #progress: Extract<IndexProgress, { state: 'indexing' }> | undefined;
  /** The generation that the host heard of last. */
  #announced = -1;

  constructor({ root, store, indexer, discovery, host, log }: IndexerFolderParts) {
    this.root = root;
    this.#store = store;
    this.#indexer = indexer;
    this.#discovery = discovery;
    this.#host = host;
    this.#vectors = new VectorMaker(indexer, log, () => {
      if (this.#ready) this.#showReady(this.#ready);
    });
  }

  static async open(
    config: FolderConfig,
    host: IndexerHost,
    log: Logger,
    methodFor: MethodSource = builtInMethod,
  ): Promise<IndexerFolder> {
    let announce: (generation: number) => void = () => undefined;
    const store = notifyCommits(await openFolderStore(config, log), (generation) => {
      announce(generation);
    });
    let wait: (problem: string) => void = () => undefined;
    const method = methodFor((problem) => {
      wait(problem);
    });
    const discovery = new FolderDiscovery(config.root, config.discovery, config.store);
    const indexer = createIndexer({
      tree: await createNodeFileTree(config.root),
      store,
      vectors: { writer: (embedder) => createVectraWriter({ directory: config.store, embedder }) },
      method,
      chunker: await openChunker(log),
      hash: sha256Digest,
      clock: steadyClock,
      log,
      discovery: () => discovery.options(),
    });
    const folder = new IndexerFolder({ root: config.root, store, indexer, discovery, host, log });
    announce = (generation) => {
      folder.#announce(generation);
    };
    wait = (problem) => {
      folder.#vectors.wait(problem);
    };
    return folder;
  }

  /**
   * A pass over the whole folder, and its vectors: by words it can be searched long before this resolves. Rejects with
   * the signal's reason when cancelled; what was committed stays.
   */
  async refresh(
    options: { readonly fromScratch: boolean; readonly repair?: boolean },
    signal?: AbortSignal,
  ): Promise<RefreshReport> {
    this.#pause = undefined;
    // Cancelling ends the passes that wait as well.
    const own = this.#abort.signal;
    const either = signal ? AbortSignal.any([own, signal]) : own;
    const report = await this.#passes.run(async () => {
      either.throwIfAborted();
      this.#isCleared = false;
      this.#touched.clear();
      if (options.fromScratch) await this.#discovery.retry();
      return this.#pass(options, either);
    });
    if (!this.#isPaused()) await this.#vectors.make(signal);
    return report;
  }

  /** A pass over what changed; vectors follow. Calls made while a pass runs share the next one. */
  async touch(paths: readonly string[]): Promise<void> {
    if (this.#pause === undefined) for (const path of paths) this.#touched.add(path);
    await this.#passes.run(async () => {
      if (this.#touched.size === 0 || this.#isCleared || this.#pause !== undefined) return;
      const touched = [...this.#touched];
      this.#touched.clear();
      await this.#pass({ paths: touched }, this.#abort.signal);
      this.#vectors.makeSoon();
    });
  }

  /** Resolves when there is nothing to be done until the next call. */
  async idle(): Promise<void> {
    await this.#passes.idle();
    await this.#vectors.idle();
  }

  /** Everything that is known to be left out. */
  get skipped(): readonly SkippedFile[] {
    return this.#skipped;
  }

  /** Leaves a file out that indexing did not get done with, until it changes or all is made anew. */
  setAside(path: string): Promise<void> {
    return this.#discovery.setAside(path);
  }

  configure(settings: DiscoverySettings): Promise<void> {
    this.#discovery.configure(settings);
    return this.touch([EVERYTHING]);
  }

  /** Ends the running pass; what it committed stays. Nothing is indexed until `resume` or `refresh`. */
  async pause(kind: PauseKind): Promise<void> {
    this.#pause = kind;
    this.#cancel();
    await this.#passes.run(async () => {
      if (this.#pause !== undefined && !this.#isCleared) await this.#reportPause(this.#pause);
    });
  }

  /** Ends a pause by a pass over the whole folder; a folder that is not paused stays as it is. */
  async resume(): Promise<void> {
    if (this.#pause === undefined) return;
    this.#pause = undefined;
    await this.touch([EVERYTHING]);
  }

  async clear(): Promise<void> {
    this.#cancel();
    await this.#passes.run(async () => {
      // Until it is cleared, the changes that nobody looks at any more are pending.
      this.#touched.add(EVERYTHING);
      await this.#store.clear();
      this.#touched.clear();
      this.#isCleared = true;
      this.#show({ state: 'empty' });
    });
  }

  async close(): Promise<void> {
    this.#cancel();
    await Promise.all([this.#passes.idle(), this.#vectors.close()]);
    await this.#store.close();
  }

  #cancel(): void {
    this.#vectors.cancel();
    this.#touched.clear();
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  #isPaused(): boolean {
    return this.#pause !== undefined;
  }

  async #reportPause(kind: PauseKind): Promise<void> {
    const { files } = await this.#store.snapshot();
    let chunks = 0;
    for (const { chunkCount } of files.values()) chunks += chunkCount;
    const progress = this.#progress && { done: this.#progress.done, total: this.#progress.total };
    const status = { state: 'paused', kind, files: files.size, chunks } as const;
    this.#show({ ...status, ...(progress && { progress }) });
  }

  #announce(generation: number): void {
    this.#announced = generation;
    this.#host.committed(this.root, generation);
  }

  async #pass(options: PassOptions, signal: AbortSignal): Promise<RefreshReport> {
    try {
      const report = await this.#indexer.refresh({
        ...options,
        signal,
        onBegin: (path) => this.#host.working?.(this.root, path),
        onProgress: (progress) => {
          if (progress.state === 'indexing') this.#progress = progress;
          this.#show(progress);
        },
      });
      this.#skipped = mergeSkipped(this.#skipped, report);
      this.#progress = undefined;
      const { generation, files, chunks, elapsedMs } = report;
      // Another process was first: there is nothing to commit any more, but something new to read.
      if (generation !== this.#announced) this.#announce(generation);
      const skipped = countSkipped(this.#skipped);
      this.#showReady({ state: 'ready', files, chunks, skipped, elapsedMs });
      return report;
    } catch (error) {
      if (isAbortError(error)) throw error;
      for (const path of options.paths ?? [EVERYTHING]) this.#touched.add(path);
      this.#show({ state: 'failed', message: errorMessage(error) });
      throw error;
    }
  }

  #show(status: IndexStatus): void {
    this.#ready = undefined;
    this.#host.indexStatus(this.root, status);
  }

  #showReady(status: ReadyStatus): void {
    const { progress, problem } = this.#vectors;
    this.#show({
      ...status,
      ...(progress && { embedding: progress }),
      ...(problem !== undefined && { vectorProblem: problem }),
    });
    this.#ready = status;
  }
}

/** A pass over a part of the folder says nothing about the files skipped elsewhere: those stay known. */
function mergeSkipped(known: readonly SkippedFile[], report: RefreshReport): readonly SkippedFile[] {
  if (!report.lookedAt) return report.skipped;
  const isLookedAt = coveredBy(report.lookedAt);
  const merged = new Map(known.map((skipped) => [skipped.path, skipped]));
  for (const path of merged.keys()) if (isLookedAt(path)) merged.delete(path);
  // A folder around what was looked at may be named again.
  for (const skipped of report.skipped) merged.set(skipped.path, skipped);
  return [...merged.values()];
}
