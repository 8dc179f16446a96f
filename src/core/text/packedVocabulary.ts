import type { ImageReader, ImageWriter } from '../memory/image.ts';
import { IdTable } from './idTable.ts';
import { hashOf, TextBytes } from './textBytes.ts';
import type { Words } from './words.ts';

/** How many texts are looked at in one step: well under a millisecond. */
const STEP_TEXTS = 2048;

/** Words for the life of a process, packed tightly; quick to restore from an image. */
export class PackedVocabulary implements Words {
  /** By id; the one of the line break is there already. */
  readonly #texts: TextBytes;
  readonly #ids: IdTable;
  /** Ids by character code of the single signs that half of all tokens are: faster than the table. 0 is none. */
  readonly #signs = new Uint32Array(128);

  constructor(image?: ImageReader) {
    this.#texts = new TextBytes(image);
    this.#ids = new IdTable((id) => this.#texts.hashAt(id), image);
    if (this.#texts.count === 0) this.#texts.add('\n');
  }

  /**
   * Writes the words that are still wanted. An id that is not wanted is lost, its text is not written: what was only
   * ever typed, or stood in files that are gone, does not get into the image.
   */
  *saveInSteps(image: ImageWriter, isWanted: (id: number) => boolean): Generator<void> {
    const texts = new TextBytes();
    const ids = new IdTable((id) => texts.hashAt(id));
    for (let id = 0; id < this.size; id++) {
      if (id % STEP_TEXTS === 0) yield;
      const isKept = id === 0 || isWanted(id);
      texts.add(isKept ? this.textOf(id) : '');
      if (id > 0 && isKept) ids.add(texts.hashAt(id), id);
    }
    texts.save(image);
    ids.save(image);
  }

  intern(text: string): number {
    if (text.length !== 1) return this.#intern(text);
    const code = text.charCodeAt(0);
    return code < 128 ? (this.#signs[code] ||= this.#intern(text)) : this.#intern(text);
  }

  find(text: string): number | undefined {
    return this.#find(hashOf(text), text) || undefined;
  }

  textOf(id: number): string {
    return this.#texts.at(id);
  }

  /** Whether the text of an id begins with this one. */
  startsWith(id: number, beginning: string): boolean {
    return this.#texts.startsWith(id, beginning);
  }

  get size(): number {
    return this.#texts.count;
  }

  #find(hash: number, text: string): number {
    return this.#ids.find(hash, (id) => this.#texts.equals(id, text));
  }

  #intern(text: string): number {
    const hash = hashOf(text);
    const known = this.#find(hash, text);
    if (known !== 0) return known;
    const id = this.#texts.count;
    this.#texts.add(text);
    this.#ids.add(hash, id);
    return id;
  }
}
