import { TextSet } from './textSet.ts';
import type { TextTable } from './textTable.ts';

/** The files whose chunks may be among the best, for one query. */
export class OpenFiles {
  readonly #texts: TextTable;
  /** The texts of the files that were kept last. */
  readonly #kept = new TextSet();
  #isAll = true;
  /** File ids + 1 that are to be kept, and by the same number whether they are. */
  #chosen = new Uint32Array(0);
  #chosenCount = 0;
  #isChosen = new Uint8Array(0);

  constructor(texts: TextTable) {
    this.#texts = texts;
  }

  /** The live texts of the open files: a bit each, 32 a number, the lowest first. Valid until files are closed. */
  get texts(): Uint32Array {
    return this.#isAll ? this.#texts.live.bits : this.#kept.bits;
  }

  openAll(): void {
    this.#isAll = true;
    const { fileSize } = this.#texts;
    if (this.#isChosen.length > fileSize) return;
    this.#isChosen = new Uint8Array(fileSize * 2 + 1);
    this.#chosen = new Uint32Array(fileSize * 2 + 1);
  }

  /** Files that are to be kept, by file id + 1; they must be open. */
  choose(owner: number): void {
    if (this.#isChosen[owner] !== 0) return;
    this.#isChosen[owner] = 1;
    this.#chosen[this.#chosenCount++] = owner;
  }

  /** Closes all but the ones chosen since the last time. */
  closeOthers(): void {
    this.#kept.clear();
    this.#kept.fit(this.#texts.size);
    for (let at = 0; at < this.#chosenCount; at++) {
      const owner = this.#chosen[at] ?? 0;
      this.#isChosen[owner] = 0;
      this.#texts.addTextsTo(this.#kept, owner - 1);
    }
    this.#chosenCount = 0;
    this.#isAll = false;
  }
}
