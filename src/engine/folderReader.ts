import { StoreCorruptError } from '../core/errors/storeCorruptError.ts';
import { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { FileTable } from '../core/indexing/fileTable.ts';
import { decodeSegment } from '../core/indexing/segmentCodec.ts';
import type { Segment } from '../core/indexing/segment.ts';
import type { IndexSnapshot, SegmentId } from '../core/indexing/records.ts';
import { LexicalIndex } from '../core/retrieval/lexicalIndex.ts';
import type { IndexStore } from '../core/ports.ts';
import type { DenseReader } from './denseReader.ts';
import { drainInSlices } from './drainInSlices.ts';
import { createTimeSlice } from './timeSlice.ts';

/**
 * The reading side of one folder: keeps the lexical index and the completion model in memory and follows the
 * committed generations. Loading an index and following a change are the same code: fetch the segments that hold
 * files whose record changed, and replace exactly those files. Files are replaced in small steps, with a pause offered
 * after each; all that changes memory queues, so that no two changes are ever under way at once.
 */
export class FolderReader {
  readonly lexical = new LexicalIndex();
  readonly model = new WorkspaceModel();
  readonly #store: IndexStore;
  readonly #dense: DenseReader;
  /** Path → hash of the content in memory. */
  readonly #loaded = new Map<string, string>();
  /** Loaded files that are to be loaded again. */
  readonly #unwanted = new Set<string>();
  /** The files as loaded last; `undefined` unless that went well. */
  #files: IndexSnapshot['files'] | undefined;
  #recipe = '';
  #generation = -1;
  #changing: Promise<unknown> = Promise.resolve();
  readonly #createPause: () => () => Promise<void>;

  /** `createPause` gives, for one change, what is called between its steps. */
  constructor(
    store: IndexStore,
    dense: DenseReader,
    createPause: () => () => Promise<void> = createTimeSlice,
  ) {
    this.#store = store;
    this.#dense = dense;
    this.#createPause = createPause;
  }

  /** Generation in memory; -1 before the first `follow`. */
  get generation(): number {
    return this.#generation;
  }

  /** Hash of the committed content in memory, `undefined` for a file that is not indexed. */
  hashOf(path: string): string | undefined {
    return this.#loaded.get(path);
  }

  /**
   * Lets searches see this content of the file, the segment's only one, until the committed content changes. False, and
   * nothing done, when that is no longer what has the hash `committed`.
   */
  overlay(path: string, segment: Segment, committed: string): Promise<boolean> {
    return this.#queue(async () => {
      const file = segment.files.find((candidate) => candidate.path === path);
      if (file === undefined || this.#loaded.get(path) !== committed) return false;
      await drainInSlices(this.lexical.addFileInSteps(segment, file), this.#createPause());
      return true;
    });
  }

  /** Lets searches see the committed content again. */
  async restore(path: string): Promise<void> {
    if (this.#loaded.has(path)) {
      // No content has this hash, so it is loaded again.
      this.#loaded.set(path, '');
      this.#unwanted.add(path);
    }
    await this.follow();
  }

  /** Brings memory up to the newest committed generation. Calls queue; each sees the newest state. */
  follow(): Promise<void> {
    return this.#queue(() => this.#catchUp());
  }

  /** Lets go of open files; to be called when the store is closed. */
  close(): Promise<void> {
    return this.#queue(() => this.#dense.close());
  }

  #queue<Result>(change: () => Promise<Result>): Promise<Result> {
    const next = this.#changing.then(change);
    this.#changing = next.catch(() => undefined);
    return next;
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      // An equal number does not mean equal content: a store that was deleted counts anew.
      const snapshot = await this.#store.snapshot();
      try {
        await this.#load(snapshot);
        return;
      } catch (error) {
        // A slow reader may find files swept that only an older generation wanted: the newer one has its own.
        if (!(error instanceof StoreCorruptError)) throw error;
        if ((await this.#store.generation()) === snapshot.generation) throw error;
      }
    }
  }

  async #load(snapshot: IndexSnapshot): Promise<void> {
    const pause = this.#createPause();
    const { files, recipe } = snapshot;
    const paths = this.#unlike(snapshot);
    // Until this is through, memory may hold any mix of before and after.
    this.#files = undefined;
    for (const path of paths) {
      if (!this.#loaded.has(path) || (recipe === this.#recipe && files.has(path))) continue;
      await this.#forget(path, pause);
      await pause();
    }
    this.#recipe = recipe;
    for (const [id, hashes] of this.#changedBySegment(paths, files)) {
      const segment = decodeSegment(await this.#store.segment(id));
      await pause();
      await this.#replace(segment, hashes, pause);
    }
    await this.#dense.follow(snapshot);
    this.#files = files;
    this.#generation = snapshot.generation;
  }

  /** The paths whose content in memory may be another than that of the snapshot. */
  #unlike({ files, recipe }: IndexSnapshot): ReadonlySet<string> {
    const known = recipe === this.#recipe ? this.#files : undefined;
    const changed = known && FileTable.changed(known, files);
    return changed
      ? new Set([...changed, ...this.#unwanted])
      : new Set([...this.#loaded.keys(), ...files.keys()]);
  }

  /** Segment → those of the files in it, with their hashes, whose content is not in memory. */
  #changedBySegment(
    paths: Iterable<string>,
    files: IndexSnapshot['files'],
  ): ReadonlyMap<SegmentId, ReadonlyMap<string, string>> {
    const changed = new Map<SegmentId, Map<string, string>>();
    for (const path of paths) {
      const record = files.get(path);
      if (record === undefined || this.#loaded.get(path) === record.hash) continue;
      const hashes = changed.get(record.segment) ?? new Map<string, string>();
      changed.set(record.segment, hashes.set(path, record.hash));
    }
    return changed;
  }

  async #replace(segment: Segment, hashes: ReadonlyMap<string, string>, pause: () => Promise<void>) {
    for (const file of segment.files) {
      const hash = hashes.get(file.path);
      if (hash === undefined) continue;
      await drainInSlices(this.lexical.addFileInSteps(segment, file), pause);
      await drainInSlices(this.model.addFileInSteps(segment, file), pause);
      this.#loaded.set(file.path, hash);
      this.#unwanted.delete(file.path);
      await pause();
    }
  }

  async #forget(path: string, pause: () => Promise<void>): Promise<void> {
    this.#loaded.delete(path);
    this.#unwanted.delete(path);
    await drainInSlices(this.lexical.removeFileInSteps(path), pause);
    await drainInSlices(this.model.removeFileInSteps(path), pause);
  }
}
