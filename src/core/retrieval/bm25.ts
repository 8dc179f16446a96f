import type { FileScores } from './fileScores.ts';
import type { LexicalWeights } from './lexicalWeights.ts';
import type { PostingLists } from './postingLists.ts';
import type { TextStatistics } from './textStatistics.ts';
import type { TextTable } from './textTable.ts';

/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over the texts of one kind, added up
 * term by term. The arrays are reused between queries.
 */
export class Bm25 {
  readonly #postings: PostingLists;
  readonly #texts: TextTable;
  readonly #statistics: TextStatistics;
  readonly #weights: Pick<LexicalWeights, 'k1' | 'b'>;
  #scores = new Float64Array(0);
  #touched = new Uint32Array(0);
  #touchedCount = 0;

  constructor(
    postings: PostingLists,
    texts: TextTable,
    statistics: TextStatistics,
    weights: Pick<LexicalWeights, 'k1' | 'b'>,
  ) {
    this.#postings = postings;
    this.#texts = texts;
    this.#statistics = statistics;
    this.#weights = weights;
  }

  /** Inverse document frequency; 0 for a term that no text has. */
  rarity(term: number): number {
    const count = this.#statistics.count;
    const found = Math.min(this.#postings.count(term), count);
    return found === 0 ? 0 : Math.log(1 + (count - found + 0.5) / (found + 0.5));
  }

  /** Postings of a term, those of removed texts included. */
  count(term: number): number {
    return this.#postings.count(term);
  }

  /** No share of a term of this weight reaches this. */
  most(weight: number): number {
    return weight * (this.#weights.k1 + 1);
  }

  /**
   * Adds a term's share to the score of each text that has it and lies in an open file, and to the files' scores.
   * `weight` must be above 0.
   */
  addTerm(term: number, weight: number, open: Uint8Array, files?: FileScores): void {
    if (this.#scores.length < this.#texts.size) this.#grow();
    const { k1, b } = this.#weights;
    const base = k1 * (1 - b);
    const perTerm = (k1 * b) / this.#statistics.meanLength;
    const scale = weight * (k1 + 1);
    const owners = this.#texts.owners;
    const lengths = this.#statistics.lengths;
    const scores = this.#scores;
    const touched = this.#touched;
    let latest = 0;
    let inLatest = 0;
    files?.beginTerm(weight);
    this.#postings.visit(term, (page, start, end) => {
      let touchedCount = this.#touchedCount;
      let file = latest;
      let inFile = inLatest;
      for (let at = start; at < end; at++) {
        const posting = page[at] ?? 0;
        const text = posting >>> 8;
        const owner = owners[text] ?? 0;
        if (open[owner] === 0) continue;
        const frequency = posting & 0xff;
        const score = scores[text] ?? 0;
        if (score === 0) touched[touchedCount++] = text;
        scores[text] = score + (scale * frequency) / (frequency + base + perTerm * (lengths[text] ?? 0));
        // A file's texts are added together, so its postings are neighbours.
        if (owner !== file) {
          if (file > 0) files?.add(file - 1, inFile);
          file = owner;
          inFile = 0;
        }
        inFile += frequency;
      }
      this.#touchedCount = touchedCount;
      latest = file;
      inLatest = inFile;
    });
    if (latest > 0) files?.add(latest - 1, inLatest);
  }

  /** Texts with a score above 0, in the order they got it. Valid until the next change. */
  get touched(): Uint32Array {
    return this.#touched.subarray(0, this.#touchedCount);
  }

  /** By text. Valid until the next change. */
  get scores(): Float64Array {
    return this.#scores;
  }

  /** Forgets the scores of texts in files that are not open. */
  forgetClosed(open: Uint8Array): void {
    const scores = this.#scores;
    const touched = this.#touched;
    const { owners } = this.#texts;
    let kept = 0;
    for (let at = 0; at < this.#touchedCount; at++) {
      const text = touched[at] ?? 0;
      if (open[owners[text] ?? 0] === 0) scores[text] = 0;
      else touched[kept++] = text;
    }
    this.#touchedCount = kept;
  }

  #grow(): void {
    const scores = new Float64Array(this.#texts.size * 2);
    scores.set(this.#scores);
    this.#scores = scores;
    const touched = new Uint32Array(this.#texts.size * 2);
    touched.set(this.#touched);
    this.#touched = touched;
  }
}
