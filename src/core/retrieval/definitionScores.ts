import type { Bm25 } from './bm25.ts';
import type { FileScores } from './fileScores.ts';
import type { ScoreShares } from './lexicalWeights.ts';
import type { OpenFiles } from './openFiles.ts';
import { BEST, CELL_BITS, CHUNK, LENGTH, OWNER, SCORE, SCORE_BITS } from './textCells.ts';
import type { TextTable } from './textTable.ts';

/** The scores of definitions, added up term by term; each chunk knows the best of its own. */
export class DefinitionScores {
  readonly #texts: TextTable;
  readonly #bm25: Bm25;
  readonly #files: FileScores;
  /** Definitions with a score above 0; those of closed files are not forgotten before the end. */
  #touched = new Uint32Array(0);
  #count = 0;
  /** Their chunks. */
  #chunks = new Uint32Array(0);
  #chunkCount = 0;

  constructor(texts: TextTable, bm25: Bm25, files: FileScores) {
    this.#texts = texts;
    this.#bm25 = bm25;
    this.#files = files;
  }

  /** How many definitions have a score above 0. */
  get count(): number {
    return this.#count;
  }

  /** Makes room. */
  begin(): void {
    const { size } = this.#texts;
    if (this.#touched.length > size) return;
    this.#touched = new Uint32Array(size * 2 + 1);
    this.#chunks = new Uint32Array(size * 2 + 1);
  }

  /** Adds a term's share to the score of each definition in an open file that has it. */
  addTerm(term: number, weight: number, open: OpenFiles): void {
    const { scale, base, perTerm } = this.#bm25.share(weight);
    const { numbers, scores } = this.#texts.cells;
    const [touched, chunks] = [this.#touched, this.#chunks];
    const count = this.#bm25.gather(term, open.texts);
    const { gathered } = this.#bm25;
    let [touchedCount, chunkCount] = [this.#count, this.#chunkCount];
    for (let at = 0; at < count; at++) {
      const posting = gathered[at] ?? 0;
      const frequency = posting & 0xff;
      const definition = posting >>> 8;
      const cell = definition << CELL_BITS;
      const place = (definition << SCORE_BITS) + SCORE;
      const before = scores[place] ?? 0;
      touched[touchedCount] = definition;
      touchedCount += Number(before === 0);
      const norm = frequency + base + perTerm * (numbers[cell + LENGTH] ?? 0);
      const score = before + (scale * frequency) / norm;
      scores[place] = score;
      const chunk = numbers[cell + CHUNK] ?? 0;
      const bestPlace = (chunk << SCORE_BITS) + BEST;
      const best = scores[bestPlace] ?? 0;
      chunks[chunkCount] = chunk;
      chunkCount += Number(best === 0);
      scores[bestPlace] = Math.max(best, score);
    }
    [this.#count, this.#chunkCount] = [touchedCount, chunkCount];
  }

  /** Chooses the open files of the chunks that have at least so much by their definitions and files alone. */
  choose(needed: number, shares: ScoreShares, open: OpenFiles): void {
    const { numbers, scores } = this.#texts.cells;
    const { texts } = open;
    const files = this.#files.scores;
    for (let at = 0; at < this.#chunkCount; at++) {
      const chunk = this.#chunks[at] ?? 0;
      if ((((texts[chunk >>> 5] ?? 0) >>> (chunk & 31)) & 1) === 0) continue;
      const owner = numbers[(chunk << CELL_BITS) + OWNER] ?? 0;
      const best = scores[(chunk << SCORE_BITS) + BEST] ?? 0;
      if (shares.signatures * best + shares.file * (files[owner - 1] ?? 0) >= needed) open.choose(owner);
    }
  }

  /** Now, as definitions may be others with the next query. */
  end(): void {
    const { scores } = this.#texts.cells;
    for (let at = 0; at < this.#count; at++) scores[((this.#touched[at] ?? 0) << SCORE_BITS) + SCORE] = 0;
    for (let at = 0; at < this.#chunkCount; at++) scores[((this.#chunks[at] ?? 0) << SCORE_BITS) + BEST] = 0;
    [this.#count, this.#chunkCount] = [0, 0];
  }
}
