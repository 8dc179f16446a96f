import type { Bm25 } from './bm25.ts';
import type { FileScores } from './fileScores.ts';
import type { ScoreShares } from './lexicalWeights.ts';
import type { OpenFiles } from './openFiles.ts';
import { BEST, CELL_BITS, LENGTH, OWNER, SCORE, SCORE_BITS } from './textCells.ts';
import type { TextTable } from './textTable.ts';
import { TopHits } from './topHits.ts';

/**
 * The scores of chunks, added up term by term, and with them those of their files. The inner loops have no branch that
 * depends on a posting: guessing such a one wrong costs a processor more than all the rest.
 */
export class ChunkScores {
  readonly #texts: TextTable;
  readonly #bm25: Bm25;
  readonly #files: FileScores;
  /** Chunks with a score above 0, in the order they got it, and by the same place their totals when last looked at. */
  #touched = new Uint32Array(0);
  #totals = new Float64Array(0);
  #count = 0;
  /** Of neighbours in a list that are of one file: file id + 1, and the sum of all frequencies up to the last of them. */
  #owners = new Uint32Array(0);
  #sums = new Uint32Array(0);

  constructor(texts: TextTable, bm25: Bm25, files: FileScores) {
    this.#texts = texts;
    this.#bm25 = bm25;
    this.#files = files;
  }

  /** How many chunks have a score above 0. */
  get count(): number {
    return this.#count;
  }

  /** Makes room. */
  begin(): void {
    const { size } = this.#texts;
    if (this.#touched.length > size) return;
    this.#touched = new Uint32Array(size * 2 + 1);
    this.#totals = new Float64Array(size * 2 + 1);
  }

  /** Adds a term's share to the score of each chunk of an open file that has it, and to the files' scores. */
  addTerm(term: number, weight: number, open: OpenFiles): void {
    const { scale, base, perTerm } = this.#bm25.share(weight);
    const { numbers, scores } = this.#texts.cells;
    const count = this.#bm25.gather(term, open.texts);
    const { gathered } = this.#bm25;
    const owners = this.#roomFor(count);
    const touched = this.#touched;
    let touchedCount = this.#count;
    for (let at = 0; at < count; at++) {
      const posting = gathered[at] ?? 0;
      const frequency = posting & 0xff;
      const chunk = posting >>> 8;
      const cell = chunk << CELL_BITS;
      const place = (chunk << SCORE_BITS) + SCORE;
      const score = scores[place] ?? 0;
      touched[touchedCount] = chunk;
      touchedCount += Number(score === 0);
      owners[at] = numbers[cell + OWNER] ?? 0;
      const norm = frequency + base + perTerm * (numbers[cell + LENGTH] ?? 0);
      scores[place] = score + (scale * frequency) / norm;
    }
    this.#count = touchedCount;
    this.#addToFiles(count, weight);
  }

  /** The best so far by all that counts. Forgets the chunks of closed files. */
  top(count: number, shares: ScoreShares, open: OpenFiles): TopHits {
    const top = new TopHits(count);
    this.#addUp(shares, open);
    const [touched, totals] = [this.#touched, this.#totals];
    let least = 0;
    for (let at = 0; at < this.#count; at++) {
      const total = totals[at] ?? 0;
      if (total <= least) continue;
      top.offer(touched[at] ?? 0, total);
      least = top.least;
    }
    return top;
  }

  /** Sets the totals of the chunks of open files, and forgets the others. */
  #addUp(shares: ScoreShares, open: OpenFiles): void {
    const { numbers, scores } = this.#texts.cells;
    const files = this.#files.scores;
    const [ofFile, ofBest] = [shares.file, shares.signatures];
    const [touched, totals, texts] = [this.#touched, this.#totals, open.texts];
    let kept = 0;
    for (let at = 0; at < this.#count; at++) {
      const chunk = touched[at] ?? 0;
      const place = chunk << SCORE_BITS;
      const isOpen = ((texts[chunk >>> 5] ?? 0) >>> (chunk & 31)) & 1;
      const score = scores[place + SCORE] ?? 0;
      const file = files[(numbers[(chunk << CELL_BITS) + OWNER] ?? 0) - 1] ?? 0;
      touched[kept] = chunk;
      totals[kept] = score + ofFile * file + ofBest * (scores[place + BEST] ?? 0);
      scores[place + SCORE] = score * isOpen;
      kept += isOpen;
    }
    this.#count = kept;
  }

  /** Chooses the files of the chunks that had at least so much when `top` last looked. */
  choose(needed: number, open: OpenFiles): void {
    const { numbers } = this.#texts.cells;
    for (let at = 0; at < this.#count; at++) {
      if ((this.#totals[at] ?? 0) < needed) continue;
      open.choose(numbers[((this.#touched[at] ?? 0) << CELL_BITS) + OWNER] ?? 0);
    }
  }

  /** Now, as chunks may be others with the next query. */
  end(): void {
    const { scores } = this.#texts.cells;
    for (let at = 0; at < this.#count; at++) scores[((this.#touched[at] ?? 0) << SCORE_BITS) + SCORE] = 0;
    this.#count = 0;
  }

  /** A file's texts are added together, so its postings are neighbours. */
  #addToFiles(count: number, weight: number): void {
    const { gathered } = this.#bm25;
    const [owners, sums] = [this.#owners, this.#sums];
    let files = 0;
    let sum = 0;
    let latest = 0;
    for (let at = 0; at < count; at++) {
      const owner = owners[at] ?? 0;
      files += Number(owner !== latest);
      sum += (gathered[at] ?? 0) & 0xff;
      owners[files - 1] = owner;
      sums[files - 1] = sum;
      latest = owner;
    }
    this.#files.beginTerm(weight);
    for (let at = 0, before = 0; at < files; at++) {
      const end = sums[at] ?? 0;
      this.#files.add((owners[at] ?? 0) - 1, end - before);
      before = end;
    }
  }

  #roomFor(count: number): Uint32Array {
    if (this.#owners.length < count) {
      this.#owners = new Uint32Array(2 * count);
      this.#sums = new Uint32Array(2 * count);
    }
    return this.#owners;
  }
}
