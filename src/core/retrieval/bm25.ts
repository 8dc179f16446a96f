import type { LexicalWeights } from './lexicalWeights.ts';
import type { PostingLists } from './postingLists.ts';
import type { TextStatistics } from './textStatistics.ts';
import type { TextTable } from './textTable.ts';

/** Called after the postings of one file: how often the term occurs in it. */
export type FileVisitor = (file: number, frequency: number) => void;

/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over the texts of one kind, added up
 * term by term. The score array is reused between queries.
 */
export class Bm25 {
  readonly #postings: PostingLists;
  readonly #texts: TextTable;
  readonly #statistics: TextStatistics;
  readonly #weights: Pick<LexicalWeights, 'k1' | 'b'>;
  #scores = new Float64Array(0);
  #touched: number[] = [];

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

  /** Adds a term's share to the score of each text that has it. `weight` must be above 0. */
  addTerm(term: number, weight: number, onFile?: FileVisitor): void {
    if (this.#scores.length < this.#texts.size) this.#grow();
    const { k1, b } = this.#weights;
    const base = k1 * (1 - b);
    const perTerm = (k1 * b) / this.#statistics.meanLength;
    const scale = weight * (k1 + 1);
    const scores = this.#scores;
    const lengths = this.#statistics.lengths;
    const owners = this.#texts.owners;
    let file = 0;
    let inFile = 0;
    this.#postings.visit(term, (page, start, end) => {
      for (let at = start; at < end; at++) {
        const posting = page[at] ?? 0;
        const text = posting >>> 8;
        const owner = owners[text] ?? 0;
        if (owner === 0) continue;
        const frequency = posting & 0xff;
        const score = scores[text] ?? 0;
        if (score === 0) this.#touched.push(text);
        scores[text] = score + (scale * frequency) / (frequency + base + perTerm * (lengths[text] ?? 0));
        // A file's texts are added together, so its postings are neighbours.
        if (owner !== file) {
          if (file > 0) onFile?.(file - 1, inFile);
          file = owner;
          inFile = 0;
        }
        inFile += frequency;
      }
    });
    if (file > 0) onFile?.(file - 1, inFile);
  }

  /** Shows every text with its score, and forgets all scores. */
  drain(visit: (text: number, score: number) => void): void {
    for (const text of this.#touched) {
      visit(text, this.#scores[text] ?? 0);
      this.#scores[text] = 0;
    }
    this.#touched = [];
  }

  #grow(): void {
    const scores = new Float64Array(this.#texts.size * 2);
    scores.set(this.#scores);
    this.#scores = scores;
  }
}
