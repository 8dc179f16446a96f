import { createTimeSlice } from '../../core/async/timeSlice.ts';
import { WorkspaceModel } from '../../core/completion/workspaceModel.ts';
import { isAbortError } from '../../core/errors/touchstoneError.ts';
import { assertImage, ImageReader, ImageWriter } from '../../core/memory/image.ts';
import type { ImageStore, StoredImage } from '../../core/ports/imageStore.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { LexicalIndex } from '../../core/retrieval/lexicalIndex.ts';
import { DEFAULT_LEXICAL_WEIGHTS } from '../../core/retrieval/lexicalWeights.ts';
import { drainInSlices } from './drainInSlices.ts';

/** A smaller index is built in less time than it takes to notice. */
const MIN_CHUNKS = 1000;
/** An image is written again when this share of the chunks has changed: what changed is loaded again at every start. */
const CHANGED_SHARE = 0.01;

interface OpenImage {
  readonly close: StoredImage['close'];
  readonly memory: FolderMemory;
}

/** The images of one folder's memory: restores the last one, and makes the next when enough has changed. */
export class MemoryImages {
  readonly #store: ImageStore;
  readonly #log: Logger;
  readonly #isOneShot: boolean;
  /** The image that memory was restored from, while some of it is only there. */
  #open: OpenImage | undefined;
  #isFetching = false;
  /** Chunks that changed since the last image; infinite when there is none. */
  #changed = Infinity;
  #saving = new AbortController();
  #isDamaged = false;
  #isClosed = false;

  /** `isOneShot`: whoever asks is soon gone, so only what is wanted is read. */
  constructor(store: ImageStore, log: Logger, isOneShot = false) {
    this.#store = store;
    this.#log = log;
    this.#isOneShot = isOneShot;
  }

  /** What an image of segments of this recipe holds. The larger part is read when it is wanted. */
  async open(recipe: string): Promise<FolderMemory | undefined> {
    const image = this.#isDamaged ? undefined : await this.#store.open(IMAGE_IDENTITY);
    if (image === undefined) return undefined;
    let memory: FolderMemory;
    try {
      memory = new FolderMemory(new ImageReader(image.parts));
    } catch (error) {
      this.#log.warn('The memory image of the index cannot be used and is made anew.', error);
      await image.close();
      await this.discard();
      return undefined;
    }
    if (memory.recipe !== recipe) {
      await image.close();
      return undefined;
    }
    // Without the parts, most of which nobody needs any more.
    this.#open = { close: () => image.close(), memory };
    this.#changed = 0;
    return memory;
  }

  /** Reads in the background what has not been wanted yet. Should it prove to be damaged, `onDamaged` is called. */
  fetchRest(onDamaged: () => void): void {
    if (this.#open === undefined || this.#isFetching || this.#isOneShot) return;
    this.#isFetching = true;
    void this.#fetchRest(this.#open, onDamaged);
  }

  /** So many chunks of the memory changed. */
  changed(chunks: number): void {
    this.#changed += chunks;
  }

  /** Saves an image if one is due. A failure is only noted: without an image a start takes longer, that is all. */
  async save(memory: FolderMemory, pause: () => Promise<void>): Promise<void> {
    if (this.#isClosed || !this.#isDue(memory)) return;
    this.#saving = new AbortController();
    const { signal } = this.#saving;
    try {
      const image = new ImageWriter();
      await drainInSlices(memory.saveIncrementally(image), async () => {
        signal.throwIfAborted();
        await pause();
      });
      await this.#store.write(IMAGE_IDENTITY, image.parts, signal);
      this.#changed = 0;
    } catch (error) {
      if (!isAbortError(error))
        this.#log.info('No memory image could be saved: the next start takes longer.', error);
    }
  }

  cancelSaving(): void {
    this.#saving.abort();
  }

  /** Removes the image that turned out to be damaged, as far as that can be done; it is not opened again. */
  async discard(): Promise<void> {
    this.#isDamaged = true;
    this.#changed = Infinity;
    await this.#release();
    await this.#store.remove().catch((error: unknown) => {
      this.#log.info('The damaged memory image could not be removed.', error);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#saving.abort();
    await this.#release();
  }

  /** Whether the next start would be noticeably quicker for a new image. */
  #isDue({ lexical: { chunkCount } }: FolderMemory): boolean {
    return chunkCount >= MIN_CHUNKS && this.#changed > chunkCount * CHANGED_SHARE;
  }

  async #fetchRest(open: OpenImage, onDamaged: () => void): Promise<void> {
    const pause = createTimeSlice();
    try {
      const steps = open.memory.fetchIncrementally();
      while (this.#open === open && steps.next().done !== true) await pause();
      if (this.#open === open) await this.#release();
    } catch (error) {
      this.#log.warn('The memory image of the index cannot be used and is made anew.', error);
      onDamaged();
    }
  }

  async #release(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
  }
}

// Raise it when anything that gets into an image means something else than before, or other numbers come of the same code.
const VERSION = 5;

/** What an image must have been made with to be of use; the recipe of the segments is looked at besides. */
export const IMAGE_IDENTITY = `memory ${VERSION}, weights ${JSON.stringify(DEFAULT_LEXICAL_WEIGHTS)}`;

/** What the reading side of a folder holds, and of which content it was built. */
export class FolderMemory {
  readonly lexical: LexicalIndex;
  readonly model: WorkspaceModel;
  /** Path → hash of the content. */
  readonly loaded: Map<string, string>;
  /** The recipe of the segments. */
  recipe: string;

  /** Empty, or as it was when the image was made. */
  constructor(image?: ImageReader) {
    const [recipe = '', ...hashes] = image?.texts() ?? [];
    const paths = image?.texts() ?? [];
    assertImage(hashes.length === paths.length, 'files without hashes');
    this.recipe = recipe;
    this.loaded = new Map(paths.map((path, at) => [path, hashes[at] ?? '']));
    this.lexical = new LexicalIndex(DEFAULT_LEXICAL_WEIGHTS, image);
    this.model = new WorkspaceModel({}, image);
  }

  /** Writes what there is. Nothing may change until the image is written. */
  *saveIncrementally(image: ImageWriter): Generator<void> {
    image.texts([this.recipe, ...this.loaded.values()]);
    image.texts([...this.loaded.keys()]);
    yield* this.lexical.saveIncrementally(image);
    yield* this.model.saveIncrementally(image);
  }

  /** Reads what of restored memory is still only in the image. Throws an `ImageCorruptError` when that is damaged. */
  *fetchIncrementally(): Generator<void> {
    yield* this.lexical.fetchIncrementally();
    yield* this.model.fetchIncrementally();
  }
}
