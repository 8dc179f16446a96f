import type { LexicalWeights } from './lexicalWeights.ts';
import type { PostingLists } from './postingLists.ts';
import type { TextStatistics } from './textStatistics.ts';

/** The share of a term in the score of a text: `scale · frequency / (frequency + base + perTerm · length of the text)`. */
export interface TermShare {
  readonly scale: number;
  readonly base: number;
  readonly perTerm: number;
}

/** BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) for the texts of one kind. */
export class Bm25 {
  readonly #lists: PostingLists;
  readonly #statistics: TextStatistics;
  readonly #weights: Pick<LexicalWeights, 'k1' | 'b'>;
  #gathered = new Uint32Array(0);

  constructor(lists: PostingLists, statistics: TextStatistics, weights: Pick<LexicalWeights, 'k1' | 'b'>) {
    this.#lists = lists;
    this.#statistics = statistics;
    this.#weights = weights;
  }

  /** Inverse document frequency; 0 for a term that no text has. */
  rarity(term: number): number {
    const count = this.#statistics.count;
    const found = Math.min(this.#lists.count(term), count);
    return found === 0 ? 0 : Math.log(1 + (count - found + 0.5) / (found + 0.5));
  }

  /** Postings of a term, those of removed texts included. */
  count(term: number): number {
    return this.#lists.count(term);
  }

  /** No share of a term of this weight reaches this. */
  most(weight: number): number {
    return weight * (this.#weights.k1 + 1);
  }

  /** `weight` must be above 0. */
  share(weight: number): TermShare {
    const { k1, b } = this.#weights;
    const perTerm = (k1 * b) / this.#statistics.meanLength;
    return { scale: weight * (k1 + 1), base: k1 * (1 - b), perTerm };
  }

  /** Puts the postings of the texts whose bit is set into `gathered`; gives how many there are. */
  gather(term: number, texts: Uint32Array): number {
    const most = this.#lists.count(term);
    if (this.#gathered.length <= most) this.#gathered = new Uint32Array(2 * most + 1);
    return this.#lists.gather(term, texts, this.#gathered);
  }

  /** Valid until the next `gather`. */
  get gathered(): Uint32Array {
    return this.#gathered;
  }
}
