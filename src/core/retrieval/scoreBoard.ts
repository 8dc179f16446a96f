import { Bm25 } from './bm25.ts';
import type { LexicalWeights, ScoreShares } from './lexicalWeights.ts';
import type { PostingLists } from './postingLists.ts';
import type { TextTable } from './textTable.ts';
import { TopHits } from './topHits.ts';

/** A term id and how often the query has it. */
export type QueryTerm = readonly [id: number, times: number];

/** Of a very long query, the rarest terms decide. */
const MAX_TERMS = 64;
/** Terms with less than this share of the rarest term's weight cost the most and decide hardly anything. */
const COMMON = 0.06;

/**
 * Ranks chunks by three scores on the one scale: the chunk's own, a share of its file's taken as one text, and a
 * share of the best among its definitions.
 */
export class ScoreBoard {
  readonly #texts: TextTable;
  readonly #weights: LexicalWeights;
  readonly #bodies: Bm25;
  readonly #signatures: Bm25;
  #fileScores = new Float64Array(0);
  #signatureScores = new Float64Array(0);

  constructor(bodies: PostingLists, signatures: PostingLists, texts: TextTable, weights: LexicalWeights) {
    this.#texts = texts;
    this.#weights = weights;
    this.#bodies = new Bm25(bodies, texts, texts.chunks, weights);
    this.#signatures = new Bm25(signatures, texts, texts.definitions, {
      k1: weights.k1Definition,
      b: weights.b,
    });
  }

  /** How rare a term is among chunks: its inverse document frequency. */
  rarity(term: number): number {
    return this.#bodies.rarity(term);
  }

  /** Chunk ids, best first. */
  best(
    terms: readonly QueryTerm[],
    count: number,
    shares: ScoreShares,
  ): readonly { readonly id: number; readonly score: number }[] {
    this.#fileScores = zeroed(this.#fileScores, this.#texts.fileSize);
    if (this.#signatureScores.length < this.#texts.size) {
      this.#signatureScores = new Float64Array(this.#texts.size * 2);
    }
    // Put back to zero one by one below: clearing all of it would cost more than a short query.
    const scored: number[] = [];
    for (const [term, times] of this.telling(terms)) this.#addTerm(term, times);
    this.#signatures.drain((definition, score) => {
      const chunk = this.#texts.chunkOf(definition);
      if (score <= (this.#signatureScores[chunk] ?? 0)) return;
      this.#signatureScores[chunk] = score;
      scored.push(chunk);
    });
    const top = new TopHits(count);
    this.#bodies.drain((chunk, own) => {
      const file = this.#fileScores[this.#texts.fileOf(chunk)] ?? 0;
      const signature = this.#signatureScores[chunk] ?? 0;
      top.offer(chunk, own + shares.file * file + shares.signatures * signature);
    });
    for (const chunk of scored) this.#signatureScores[chunk] = 0;
    return top.entries();
  }

  /** The terms worth following: not the ones in half of all chunks beside others in a few. */
  telling(terms: readonly QueryTerm[]): readonly QueryTerm[] {
    const rarities = terms.map((term) => ({ term, rarity: this.#bodies.rarity(term[0]) }));
    const rarest = Math.max(0, ...rarities.map(({ rarity }) => rarity));
    return rarities
      .filter(({ rarity }) => rarity > rarest * COMMON)
      .sort((a, b) => b.rarity - a.rarity)
      .slice(0, MAX_TERMS)
      .map(({ term }) => term);
  }

  #addTerm(term: number, times: number): void {
    const { k1, b } = this.#weights;
    this.#signatures.addTerm(term, times * this.#signatures.rarity(term));
    const weight = times * this.#bodies.rarity(term);
    this.#bodies.addTerm(term, weight, (file, frequency) => {
      const length = this.#texts.fileLength(file) / this.#texts.meanFileLength;
      const share = (weight * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * length));
      this.#fileScores[file] = (this.#fileScores[file] ?? 0) + share;
    });
  }
}

function zeroed(scores: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  return scores.length < size ? new Float64Array(size * 2) : scores.fill(0);
}
