import { FACT_BITS, FILE_LENGTH } from './fileFacts.ts';
import type { LexicalWeights } from './lexicalWeights.ts';
import type { TextTable } from './textTable.ts';

/** BM25 of whole files, each taken as one text, added up term by term. The score array is reused between queries. */
export class FileScores {
  readonly #texts: TextTable;
  readonly #weights: Pick<LexicalWeights, 'k1' | 'b'>;
  #scores = new Float64Array(0);
  #facts: Uint32Array = new Uint32Array(0);
  #weight = 0;
  #meanLength = 1;

  constructor(texts: TextTable, weights: Pick<LexicalWeights, 'k1' | 'b'>) {
    this.#texts = texts;
    this.#weights = weights;
  }

  /** By file. Valid until the next query. */
  get scores(): Float64Array {
    return this.#scores;
  }

  clear(): void {
    const { fileSize } = this.#texts;
    if (this.#scores.length < fileSize) this.#scores = new Float64Array(fileSize * 2);
    else this.#scores.fill(0);
  }

  /** What is added from here on is a term of this weight. */
  beginTerm(weight: number): void {
    this.#weight = weight;
    this.#facts = this.#texts.fileFacts.data;
    this.#meanLength = this.#texts.meanFileLength;
  }

  add(file: number, frequency: number): void {
    const { k1, b } = this.#weights;
    const length = (this.#facts[(file << FACT_BITS) + FILE_LENGTH] ?? 0) / this.#meanLength;
    const share = (this.#weight * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * length));
    this.#scores[file] = (this.#scores[file] ?? 0) + share;
  }
}
