import type { ChunkTable } from './chunkTable.ts';
import type { LexicalWeights } from './lexicalWeights.ts';
import type { PostingLists } from './postingLists.ts';
import { TopHits } from './topHits.ts';

export interface WeightedTerm {
  readonly id: number;
  /** Inverse document frequency times the term's weight in the query. */
  readonly weight: number;
}

/** Adds up BM25 scores of chunks, and of whole files, one term at a time. Its arrays are reused between queries. */
export class ScoreBoard {
  readonly #postings: PostingLists;
  readonly #chunks: ChunkTable;
  readonly #weights: LexicalWeights;
  #chunkScores = new Float64Array(0);
  #fileScores = new Float64Array(0);
  #touched: number[] = [];

  constructor(postings: PostingLists, chunks: ChunkTable, weights: LexicalWeights) {
    this.#postings = postings;
    this.#chunks = chunks;
    this.#weights = weights;
  }

  /** The best `count` chunks: BM25 of the chunk plus a share of the BM25 of its file taken as one text. */
  best(terms: readonly WeightedTerm[], count: number): readonly { id: number; score: number }[] {
    this.#chunkScores = fitted(this.#chunkScores, this.#chunks.size);
    this.#fileScores = fitted(this.#fileScores, this.#chunks.fileSize);
    for (const term of terms) this.#add(term);
    const top = new TopHits(count);
    for (const chunk of this.#touched) {
      const own = this.#chunkScores[chunk] ?? 0;
      const file = this.#fileScores[this.#chunks.fileOf(chunk)] ?? 0;
      top.offer(chunk, own + this.#weights.file * file);
      this.#chunkScores[chunk] = 0;
    }
    for (const chunk of this.#touched) this.#fileScores[this.#chunks.fileOf(chunk)] = 0;
    this.#touched = [];
    return top.entries();
  }

  #add(term: WeightedTerm): void {
    const { k1, b } = this.#weights;
    const chunks = this.#chunks;
    const scores = this.#chunkScores;
    const perTerm = (k1 * b) / chunks.meanLength;
    let file = -1;
    let inFile = 0;
    this.#postings.visit(term.id, (page, start, end) => {
      for (let at = start; at < end; at++) {
        const posting = page[at] ?? 0;
        const chunk = posting >>> 8;
        const owner = chunks.fileOf(chunk);
        if (owner < 0) continue;
        const frequency = posting & 0xff;
        const score = scores[chunk] ?? 0;
        if (score === 0) this.#touched.push(chunk);
        scores[chunk] =
          score +
          (term.weight * frequency * (k1 + 1)) /
            (frequency + k1 * (1 - b) + perTerm * chunks.chunkLength(chunk));
        // A file's chunks are added together, so its postings are neighbours.
        if (owner !== file) {
          this.#addToFile(file, inFile, term.weight);
          file = owner;
          inFile = 0;
        }
        inFile += frequency;
      }
    });
    this.#addToFile(file, inFile, term.weight);
  }

  #addToFile(file: number, frequency: number, weight: number): void {
    if (file < 0) return;
    const { k1, b } = this.#weights;
    const length = this.#chunks.fileLength(file) / this.#chunks.meanFileLength;
    this.#fileScores[file] =
      (this.#fileScores[file] ?? 0) +
      (weight * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * length));
  }
}

function fitted(scores: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  return scores.length >= size ? scores : new Float64Array(Math.max(size, scores.length * 2));
}
