import { createTimeSlice } from '../async/timeSlice.ts';
import { StoreCorruptError } from '../errors/storeErrors.ts';
import type { Chunker } from '../ports/chunker.ts';
import type { FileTree } from '../ports/files.ts';
import type {
  FileRecord,
  IndexSnapshot,
  IndexStore,
  IndexWriter,
  SegmentId,
  SkippedFile,
  VectorSet,
} from '../ports/indexStore.ts';
import type { Clock, Digest, Logger } from '../ports/runtime.ts';
import type { VectorStore } from '../ports/vectors.ts';
import { coveredBy, planChanges } from './changePlan.ts';
import { compactSegments, GenerationWriter } from './generationWriter.ts';
import {
  discover,
  discoverPaths,
  type Discovery,
  isRuleFile,
  type Judgement,
  readFile,
  type ReadFile,
} from './discover.ts';
import type { FoundFile } from './folderWalk.ts';
import { readAhead } from './readAhead.ts';
import { RECIPE } from './recipe.ts';
import { decodeSegment } from './segmentCodec.ts';
import type { EmbeddingMethod } from './vectors/embeddingMethod.ts';
import { mapSets } from './vectors/vectorSets.ts';

const READS_AHEAD = 8;
const PROGRESS_MS = 100;

/** Files found unfit by their content, with the size and time at which they were, so as not to read them again. */
export type RejectedFiles = Map<string, FoundFile & Pick<SkippedFile, 'reason'>>;

interface RefreshPassDependencies extends IndexerDependencies {
  readonly writer: IndexWriter;
  readonly rejected: RejectedFiles;
}

/** One refresh, while this process is the only writer. Each commit is searchable by words at once; vectors follow. */
export class RefreshPass {
  readonly #deps: RefreshPassDependencies;
  readonly #options: RefreshOptions;
  readonly #pace: () => Promise<void>;
  #skipped: SkippedFile[] = [];
  #cutAnew = 0;
  #reportedMs = -Infinity;

  constructor(deps: RefreshPassDependencies, options: RefreshOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#pace = createTimeSlice(options.signal);
  }

  async run(): Promise<Omit<RefreshReport, 'elapsedMs'>> {
    const { writer, store, chunker } = this.#deps;
    const { signal } = this.#options;
    const stored = await writer.snapshot();
    const base = await this.#base(stored);
    const judgement = await this.#judgement();
    const scope = this.#scope(base, judgement);
    const discovery = await this.#discover(scope, judgement);
    this.#skipped = [...discovery.skipped];
    const generations = new GenerationWriter(base, { writer, chunker, pace: this.#pace, signal });
    const named = new Set(scope && this.#options.paths);
    const { candidates, gone } = planChanges(
      base.files,
      discovery.files,
      scope ? coveredBy(scope) : () => true,
      (path) => named.has(path),
    );
    for (const path of gone) generations.remove(path);
    if (base !== stored) {
      for (const path of stored.files.keys()) if (!base.files.has(path)) generations.remove(path);
    }
    await this.#index(candidates, discovery.files.length, generations, base.complete);
    const complete = base.complete || scope === undefined;
    const isNew = complete !== base.complete || base !== stored;
    if (generations.hasChanges || isNew) await generations.commit(complete);
    const moved = await compactSegments({
      store,
      writer,
      files: generations.files,
      losses: generations.losses,
    });
    for (const record of moved) generations.keep(record);
    if (moved.length > 0) await generations.commit(complete);
    judgement.settled?.();
    return {
      ...this.#report(generations.files),
      generation: generations.generation,
      ...(scope && { lookedAt: scope }),
    };
  }

  /** What to build upon: the stored snapshot itself, what is sound of it, or nothing when it is of no use. */
  async #base(stored: IndexSnapshot): Promise<IndexSnapshot> {
    const { generation, recipe } = stored;
    if (this.#options.fromScratch || recipe !== RECIPE) {
      return { generation, files: new Map(), vectors: {}, recipe: RECIPE, complete: false };
    }
    return this.#options.repair ? salvage(stored, { ...this.#deps, pace: this.#pace }) : stored;
  }

  async #judgement(): Promise<Judgement> {
    return (await this.#deps.discovery?.()) ?? {};
  }

  /** The paths to look at; `undefined` for all. */
  #scope(base: IndexSnapshot, { rejudged = [] }: Judgement): readonly string[] | undefined {
    const { paths, repair } = this.#options;
    const isAll =
      paths === undefined ||
      rejudged === 'all' ||
      repair ||
      !base.complete ||
      paths.some((path) => path === '' || isRuleFile(path));
    return isAll ? undefined : [...paths, ...rejudged];
  }

  #discover(scope: readonly string[] | undefined, judgement: Judgement): Promise<Discovery> {
    const { tree } = this.#deps;
    const { signal } = this.#options;
    const options = {
      ...judgement,
      signal,
      onFound: (found: number) => {
        this.#progress({ state: 'scanning', found });
      },
    };
    return scope ? discoverPaths(tree, scope, options) : discover(tree, options);
  }

  async #index(
    candidates: readonly FoundFile[],
    total: number,
    generations: GenerationWriter,
    complete: boolean,
  ): Promise<void> {
    const { tree, hash } = this.#deps;
    const read = (file: FoundFile) =>
      this.#rejection(file) ??
      readFile(tree, hash, file, generations.files.get(file.path)?.hash, (path) => {
        this.#options.onBegin?.(path);
      });
    let done = total - candidates.length;
    for await (const [file, result] of readAhead(candidates, READS_AHEAD, read)) {
      this.#take(file, result, generations);
      this.#options.onBegin?.(undefined);
      await this.#pace();
      this.#progress({ state: 'indexing', done: ++done, total });
      if (generations.isFull && done < total) await generations.commit(complete);
    }
  }

  #take(file: FoundFile, result: ReadFile, generations: GenerationWriter): void {
    const { rejected } = this.#deps;
    const record = generations.files.get(file.path);
    rejected.delete(file.path);
    if (result.kind === 'text') {
      this.#options.onBegin?.(file.path);
      generations.addText(file, result.hash, result.text);
      this.#cutAnew++;
    } else if (result.kind === 'skip') {
      this.#skipped.push({ path: file.path, reason: result.reason });
      if (result.reason !== 'unreadable') rejected.set(file.path, { ...file, reason: result.reason });
      if (record) generations.remove(file.path);
    } else if (record && (record.size !== file.size || record.modifiedMs !== file.modifiedMs)) {
      generations.keep({ ...record, size: file.size, modifiedMs: file.modifiedMs });
    }
  }

  /** The verdict of an earlier pass, if the file has not changed since. */
  #rejection(file: FoundFile): Promise<ReadFile> | undefined {
    const earlier = this.#deps.rejected.get(file.path);
    if (earlier?.size !== file.size || earlier.modifiedMs !== file.modifiedMs) return undefined;
    if (earlier.isWanted !== file.isWanted) return undefined;
    return Promise.resolve({ kind: 'skip', reason: earlier.reason });
  }

  /** Reports the first and the last step and as many in between as a person can follow. */
  #progress(progress: IndexProgress): void {
    const now = this.#deps.clock.now();
    const isLast = progress.state === 'indexing' && progress.done === progress.total;
    if (!isLast && now - this.#reportedMs < PROGRESS_MS) return;
    this.#reportedMs = now;
    this.#options.onProgress?.(progress);
  }

  #report(
    files: ReadonlyMap<string, FileRecord>,
  ): Omit<RefreshReport, 'elapsedMs' | 'generation' | 'lookedAt'> {
    let chunks = 0;
    for (const { chunkCount } of files.values()) chunks += chunkCount;
    const skipped = this.#skipped.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    return { files: files.size, chunks, reused: files.size - this.#cutAnew, skipped };
  }
}

interface StoredParts {
  readonly store: Pick<IndexStore, 'segment' | 'projection'>;
  readonly vectors: Pick<VectorStore, 'writer'>;
  readonly pace: () => Promise<void>;
}

/**
 * What is left of an index when everything stored is read and what is damaged is left out: files whose segment is
 * damaged, and sets whose projection is. Of damaged vectors a set keeps the sound part, and the files whose vectors are lost are
 * pending. The snapshot itself when nothing is damaged.
 */
async function salvage(snapshot: IndexSnapshot, parts: StoredParts): Promise<IndexSnapshot> {
  const files = await soundFiles(snapshot.files, parts);
  const vectors = await mapSets(snapshot.vectors, (set) => soundSet(set, snapshot.files, parts));
  const isWhole =
    files.size === snapshot.files.size &&
    vectors.serving === snapshot.vectors.serving &&
    vectors.next === snapshot.vectors.next;
  return isWhole ? snapshot : { ...snapshot, files, vectors };
}

async function soundFiles(
  files: IndexSnapshot['files'],
  { store, pace }: StoredParts,
): Promise<ReadonlyMap<string, FileRecord>> {
  const ids = new Set([...files.values()].map(({ segment }) => segment));
  const damaged = new Set<SegmentId>();
  for (const id of ids) {
    if (await isDamaged(async () => decodeSegment(await store.segment(id), `segment ${id}`))) damaged.add(id);
    await pace();
  }
  return new Map([...files].filter(([, { segment }]) => !damaged.has(segment)));
}

async function soundSet(
  set: VectorSet,
  files: IndexSnapshot['files'],
  { store, vectors }: StoredParts,
): Promise<VectorSet | undefined> {
  const { projection, embedder, dims } = set;
  if (projection && (await isDamaged(() => store.projection(projection.id)))) return undefined;
  const { version, isLost } = await vectors.writer({ id: embedder, dims }).salvage(set.version);
  if (version === set.version) return set;
  return { ...set, version, pending: new Set([...set.pending, ...[...files.keys()].filter(isLost)]) };
}

async function isDamaged(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    if (error instanceof StoreCorruptError) return true;
    throw error;
  }
}

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
  readonly discovery?: () => Promise<Judgement>;
}
