import { Bm25 } from './bm25.ts';
import type { LexicalWeights } from './lexicalWeights.ts';
import type { PostingLists } from './postingLists.ts';
import type { TextTable } from './textTable.ts';
import { TopHits } from './topHits.ts';

/** A term id and how often the query has it. */
export type QueryTerm = readonly [id: number, times: number];

/** Of a very long query, the rarest terms decide. */
const MAX_TERMS = 64;

/**
 * Ranks chunks by three scores on the one scale: the chunk's own, a share of its file's taken as one text, and a
 * share of the best among its definitions.
 */
export class ScoreBoard {
  readonly #texts: TextTable;
  readonly #weights: LexicalWeights;
  readonly #bodies: Bm25;
  readonly #signatures: Bm25;
  readonly #fileScores = new Map<number, number>();
  readonly #signatureScores = new Map<number, number>();

  constructor(bodies: PostingLists, signatures: PostingLists, texts: TextTable, weights: LexicalWeights) {
    this.#texts = texts;
    this.#weights = weights;
    this.#bodies = new Bm25(bodies, texts, texts.chunks, weights);
    this.#signatures = new Bm25(signatures, texts, texts.definitions, weights);
  }

  /** Chunk ids, best first. */
  best(
    terms: readonly QueryTerm[],
    count: number,
  ): readonly { readonly id: number; readonly score: number }[] {
    for (const [term, times] of this.#rarest(terms)) this.#addTerm(term, times);
    this.#signatures.drain((definition, score) => {
      const chunk = this.#texts.chunkOf(definition);
      if (score > (this.#signatureScores.get(chunk) ?? 0)) this.#signatureScores.set(chunk, score);
    });
    const top = new TopHits(count);
    this.#bodies.drain((chunk, own) => {
      const file = this.#fileScores.get(this.#texts.fileOf(chunk)) ?? 0;
      const signature = this.#signatureScores.get(chunk) ?? 0;
      top.offer(chunk, own + this.#weights.file * file + this.#weights.signatures * signature);
    });
    this.#fileScores.clear();
    this.#signatureScores.clear();
    return top.entries();
  }

  #rarest(terms: readonly QueryTerm[]): readonly QueryTerm[] {
    if (terms.length <= MAX_TERMS) return terms;
    return [...terms]
      .sort((a, b) => this.#bodies.rarity(b[0]) - this.#bodies.rarity(a[0]))
      .slice(0, MAX_TERMS);
  }

  #addTerm(term: number, times: number): void {
    const { k1, b } = this.#weights;
    this.#signatures.addTerm(term, times * this.#signatures.rarity(term));
    const weight = times * this.#bodies.rarity(term);
    this.#bodies.addTerm(term, weight, (file, frequency) => {
      const length = this.#texts.fileLength(file) / this.#texts.meanFileLength;
      const share = (weight * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * length));
      this.#fileScores.set(file, (this.#fileScores.get(file) ?? 0) + share);
    });
  }
}
