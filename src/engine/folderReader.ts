import { StoreCorruptError } from '../core/errors/storeCorruptError.ts';
import { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { decodeSegment } from '../core/indexing/segmentCodec.ts';
import type { Segment } from '../core/indexing/segment.ts';
import type { IndexSnapshot, SegmentId } from '../core/indexing/records.ts';
import { LexicalIndex } from '../core/retrieval/lexicalIndex.ts';
import type { IndexStore } from '../core/ports.ts';
import type { DenseReader } from './denseReader.ts';
import { createTimeSlice } from './timeSlice.ts';

/**
 * The reading side of one folder: keeps the lexical index and the completion model in memory and follows the
 * committed generations. Loading an index and following a change are the same code: fetch the segments that hold
 * files whose record changed, and replace exactly those files.
 */
export class FolderReader {
  readonly lexical = new LexicalIndex();
  readonly model = new WorkspaceModel();
  readonly #store: IndexStore;
  readonly #dense: DenseReader;
  /** Path → hash of the content in memory. */
  readonly #loaded = new Map<string, string>();
  #recipe = '';
  #generation = -1;
  #following: Promise<void> = Promise.resolve();

  constructor(store: IndexStore, dense: DenseReader) {
    this.#store = store;
    this.#dense = dense;
  }

  /** Generation in memory; -1 before the first `follow`. */
  get generation(): number {
    return this.#generation;
  }

  /** Hash of the committed content in memory, `undefined` for a file that is not indexed. */
  hashOf(path: string): string | undefined {
    return this.#loaded.get(path);
  }

  /** Lets searches see this content of the file, the segment's only one, until the committed content changes. */
  overlay(path: string, segment: Segment): void {
    const file = segment.files.find((candidate) => candidate.path === path);
    if (file && this.#loaded.has(path)) this.lexical.addFile(segment, file);
  }

  /** Lets searches see the committed content again. */
  async restore(path: string): Promise<void> {
    // No content has this hash, so it is loaded again.
    if (this.#loaded.has(path)) this.#loaded.set(path, '');
    await this.follow();
  }

  /** Brings memory up to the newest committed generation. Calls queue; each sees the newest state. */
  follow(): Promise<void> {
    const next = this.#following.then(() => this.#catchUp());
    this.#following = next.catch(() => undefined);
    return next;
  }

  /** Lets go of open files; to be called when the store is closed. */
  close(): Promise<void> {
    return this.#following.then(() => this.#dense.close());
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
    const pause = createTimeSlice();
    const sameRecipe = snapshot.recipe === this.#recipe;
    for (const path of [...this.#loaded.keys()]) {
      if (!sameRecipe || !snapshot.files.has(path)) this.#forget(path);
      await pause();
    }
    this.#recipe = snapshot.recipe;
    for (const [id, hashes] of this.#changedBySegment(snapshot)) {
      await this.#replace(decodeSegment(await this.#store.segment(id)), hashes, pause);
    }
    await this.#dense.follow(snapshot);
    this.#generation = snapshot.generation;
  }

  /** Segment → the files in it, with their hashes, whose content is not in memory. */
  #changedBySegment(snapshot: IndexSnapshot): ReadonlyMap<SegmentId, ReadonlyMap<string, string>> {
    const changed = new Map<SegmentId, Map<string, string>>();
    for (const { path, segment, hash } of snapshot.files.values()) {
      if (this.#loaded.get(path) === hash) continue;
      const hashes = changed.get(segment) ?? new Map<string, string>();
      changed.set(segment, hashes.set(path, hash));
    }
    return changed;
  }

  async #replace(segment: Segment, hashes: ReadonlyMap<string, string>, pause: () => Promise<void>) {
    for (const file of segment.files) {
      const hash = hashes.get(file.path);
      if (hash === undefined) continue;
      this.#forget(file.path);
      this.lexical.addFile(segment, file);
      this.model.addFile(segment, file);
      this.#loaded.set(file.path, hash);
      await pause();
    }
  }

  #forget(path: string): void {
    if (!this.#loaded.delete(path)) return;
    this.lexical.removeFile(path);
    this.model.removeFile(path);
  }
}
