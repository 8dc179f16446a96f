import { SerialQueue } from '../../core/async/serialQueue.ts';
import { ImageCorruptError, StoreCorruptError } from '../../core/errors/storeErrors.ts';
import type { WorkspaceModel } from '../../core/completion/workspaceModel.ts';
import { FileTable } from '../../core/indexing/fileTable.ts';
import { decodeSegment } from '../../core/indexing/segmentCodec.ts';
import type { Segment } from '../../core/indexing/segment.ts';
import type { IndexSnapshot, IndexStore, SegmentId } from '../../core/ports/indexStore.ts';
import type { LexicalIndex } from '../../core/retrieval/lexicalIndex.ts';
import type { DenseReader } from './denseReader.ts';
import { drainInSlices } from './drainInSlices.ts';
import { FolderMemory, type MemoryImages } from './memoryImages.ts';
import { createTimeSlice } from '../../core/async/timeSlice.ts';

/** How files are loaded that nobody may ever get done with. */
export interface CarefulLoading {
  /** Called before anything is done with what is in a file, and again after each pause. */
  readonly onBegin: (path: string) => void;
  /** Files that are not loaded. */
  aside(): Promise<ReadonlySet<string>>;
}

/**
 * The reading side of one folder: keeps the lexical index and the completion model in memory and follows the
 * committed generations. Loading an index and following a change are the same code: fetch the segments that hold
 * files whose record changed, and replace exactly those files; a start begins with what the image of an earlier one
 * holds. Files are replaced in small steps, with a pause offered after each; all that changes memory queues, so that
 * no two changes are ever under way at once.
 */
export class IndexReplica {
  readonly #store: IndexStore;
  readonly #dense: DenseReader;
  readonly #images: MemoryImages | undefined;
  #memory = new FolderMemory();
  /** Loaded files that are to be loaded again. */
  readonly #unwanted = new Set<string>();
  /** Files for which other content than the committed stands in. */
  readonly #overlaid = new Set<string>();
  /** The files as loaded last; `undefined` unless that went well. */
  #files: IndexSnapshot['files'] | undefined;
  #generation = -1;
  #isComplete = false;
  readonly #changes = new SerialQueue();
  readonly #createPause: (signal?: AbortSignal) => () => Promise<void>;
  readonly #careful: CarefulLoading;

  /**
   * `createPause` gives, for one change, what is called between its steps; without `images` every start builds memory
   * from the index.
   */
  constructor(
    store: IndexStore,
    dense: DenseReader,
    createPause: (signal?: AbortSignal) => () => Promise<void> = createTimeSlice,
    images?: MemoryImages,
    careful: CarefulLoading = { onBegin: () => undefined, aside: () => Promise.resolve(new Set()) },
  ) {
    this.#store = store;
    this.#dense = dense;
    this.#createPause = createPause;
    this.#images = images;
    this.#careful = careful;
  }

  /** To be asked for anew by every query: memory that turns out to be damaged is replaced. */
  get lexical(): LexicalIndex {
    return this.#memory.lexical;
  }

  /** To be asked for anew by every query. */
  get model(): WorkspaceModel {
    return this.#memory.model;
  }

  /** Generation in memory; -1 before the first `follow`. */
  get generation(): number {
    return this.#generation;
  }

  /** Hash of the committed content in memory, `undefined` for a file that is not indexed. */
  hashOf(path: string): string | undefined {
    return this.#memory.loaded.get(path);
  }

  /**
   * Lets searches see this content of the file, the segment's only one, until the committed content changes. False, and
   * nothing done, when that is no longer what has the hash `committed`.
   */
  overlay(path: string, segment: Segment, committed: string): Promise<boolean> {
    return this.#queue(async () => {
      const file = segment.files.find((candidate) => candidate.path === path);
      if (file === undefined || this.hashOf(path) !== committed) return false;
      this.#overlaid.add(path);
      await drainInSlices(this.lexical.addFileIncrementally(segment, file), this.#createPause());
      return true;
    });
  }

  /** Lets searches see the committed content again. */
  async restore(path: string): Promise<void> {
    if (this.#memory.loaded.has(path)) {
      // No content has this hash, so it is loaded again.
      this.#memory.loaded.set(path, '');
      this.#unwanted.add(path);
    }
    await this.catchUp();
  }

  /**
   * Brings memory up to the newest committed generation. Calls queue; each sees the newest state. Rejects with the signal's
   * reason when that aborts; the next call goes on from there.
   */
  catchUp(signal?: AbortSignal): Promise<void> {
    return this.#queue(() => this.#catchUp(signal));
  }

  /** Builds memory anew from the index, because what was restored from an image is damaged. */
  rebuild(): Promise<void> {
    return this.#queue(async () => {
      await this.#forgetImage();
      await this.#catchUp();
    });
  }

  /**
   * Saves an image of memory for the next start, if it is worth it: not of a half-built index, and not while unsaved
   * text is in it, which must not get to disk. Gives up when memory is to change.
   */
  saveImage(): Promise<void> {
    return this.#changes.run(async () => {
      if (!this.#isComplete || this.#overlaid.size > 0 || this.#unwanted.size > 0) return;
      await this.#images?.save(this.#memory, this.#createPause());
    });
  }

  /** Lets go of open files; to be called when the store is closed. */
  async close(): Promise<void> {
    await this.#queue(() => this.#dense.close());
    await this.#images?.close();
  }

  #queue<Result>(change: () => Promise<Result>): Promise<Result> {
    this.#images?.cancelSaving();
    return this.#changes.run(change);
  }

  async #catchUp(signal?: AbortSignal): Promise<void> {
    for (;;) {
      // An equal number does not mean equal content: a store that was deleted counts anew.
      const snapshot = await this.#store.snapshot();
      try {
        if (this.#generation < 0) await this.#restoreImage(snapshot);
        await this.#load(snapshot, signal);
        return;
      } catch (error) {
        if (error instanceof ImageCorruptError) await this.#forgetImage();
        // A slow reader may find files swept that only an older generation wanted: the newer one has its own.
        else if (!(error instanceof StoreCorruptError)) throw error;
        else if ((await this.#store.generation()) === snapshot.generation) throw error;
      }
    }
  }

  async #restoreImage({ recipe }: IndexSnapshot): Promise<void> {
    const memory = await this.#images?.open(recipe);
    if (memory !== undefined) this.#memory = memory;
  }

  async #forgetImage(): Promise<void> {
    this.#memory = new FolderMemory();
    this.#files = undefined;
    this.#overlaid.clear();
    this.#unwanted.clear();
    await this.#images?.discard();
  }

  async #load(snapshot: IndexSnapshot, signal: AbortSignal | undefined): Promise<void> {
    const pause = this.#createPause(signal);
    const { files, recipe } = snapshot;
    const paths = this.#unlike(snapshot);
    // Until this is through, memory may hold any mix of before and after.
    this.#files = undefined;
    for (const path of paths) {
      if (!this.#memory.loaded.has(path) || (recipe === this.#memory.recipe && files.has(path))) continue;
      await this.#forget(path, pause);
      await pause();
    }
    this.#memory.recipe = recipe;
    const aside = await this.#careful.aside();
    const wanted = [...paths].filter((path) => !aside.has(path));
    for (const [id, hashes] of this.#changedBySegment(wanted, files)) {
      const segment = decodeSegment(await this.#store.segment(id));
      await pause();
      await this.#replace(segment, hashes, pause);
    }
    this.#files = files;
    this.#generation = snapshot.generation;
    this.#isComplete = snapshot.complete;
    // Words answer already; vectors of chunks that changed are those pending in the snapshot.
    await this.#dense.catchUp(snapshot);
    this.#images?.fetchRest(() => void this.rebuild().catch(() => undefined));
  }

  /** The paths whose content in memory may be another than that of the snapshot. */
  #unlike({ files, recipe }: IndexSnapshot): ReadonlySet<string> {
    const known = recipe === this.#memory.recipe ? this.#files : undefined;
    const changed = known && FileTable.changed(known, files);
    return changed
      ? new Set([...changed, ...this.#unwanted])
      : new Set([...this.#memory.loaded.keys(), ...files.keys()]);
  }

  /** Segment → those of the files in it, with their hashes, whose content is not in memory. */
  #changedBySegment(
    paths: Iterable<string>,
    files: IndexSnapshot['files'],
  ): ReadonlyMap<SegmentId, ReadonlyMap<string, string>> {
    const changed = new Map<SegmentId, Map<string, string>>();
    for (const path of paths) {
      const record = files.get(path);
      if (record === undefined || this.hashOf(path) === record.hash) continue;
      const hashes = changed.get(record.segment) ?? new Map<string, string>();
      changed.set(record.segment, hashes.set(path, record.hash));
    }
    return changed;
  }

  async #replace(segment: Segment, hashes: ReadonlyMap<string, string>, pause: () => Promise<void>) {
    for (const file of segment.files) {
      const hash = hashes.get(file.path);
      if (hash === undefined) continue;
      const begin = () => {
        this.#careful.onBegin(file.path);
      };
      const go = async () => {
        await pause();
        begin();
      };
      begin();
      await drainInSlices(this.lexical.addFileIncrementally(segment, file), go);
      await drainInSlices(this.model.addFileIncrementally(segment, file), go);
      this.#memory.loaded.set(file.path, hash);
      this.#settled(file.path, file.chunks.length);
      await pause();
    }
  }

  async #forget(path: string, pause: () => Promise<void>): Promise<void> {
    this.#memory.loaded.delete(path);
    await drainInSlices(this.lexical.removeFileIncrementally(path), pause);
    await drainInSlices(this.model.removeFileIncrementally(path), pause);
    this.#settled(path, 1);
  }

  /** Memory has the committed state of the file again, which differs in so many chunks from what it was. */
  #settled(path: string, chunks: number): void {
    this.#unwanted.delete(path);
    this.#overlaid.delete(path);
    this.#images?.changed(chunks);
  }
}
