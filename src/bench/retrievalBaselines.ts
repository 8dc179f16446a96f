import type { Passage, PassageRanking, ScoredPassage } from './baselines/passage.ts';
import { subTokenWords, wholeWords } from './baselines/terms.ts';
import { Fts5Ranking } from './fts5File.ts';

export type RetrievalBaseline = 'whole-word-bm25' | 'sub-token-bm25' | 'fts5';

export const RETRIEVAL_BASELINES: readonly RetrievalBaseline[] = [
  'sub-token-bm25',
  'whole-word-bm25',
  'fts5',
];

export function rankPassages(
  passages: readonly Passage[],
): Readonly<Record<RetrievalBaseline, PassageRanking>> {
  return {
    'sub-token-bm25': new Bm25Ranking(passages, subTokenWords),
    'whole-word-bm25': new Bm25Ranking(passages, wholeWords),
    fts5: new Fts5Ranking(passages),
  };
}

const K1 = 1.2;

const B = 0.75;

interface Posting {
  readonly passage: number;
  readonly frequency: number;
}

/**
 * BM25 as textbooks and search engines have it, k1 = 1.2 and b = 0.75 (Robertson and Zaragoza, "The Probabilistic
 * Relevance Framework", 2009; the inverse document frequency of Lucene, `log(1 + (N - n + ½) / (n + ½))`), over what
 * `termsOf` takes for terms. A term that the query has twice counts twice.
 */
export class Bm25Ranking implements PassageRanking {
  readonly #passages: readonly Passage[];
  readonly #termsOf: (text: string) => readonly string[];
  readonly #postings = new Map<string, Posting[]>();
  readonly #lengths: readonly number[];
  readonly #meanLength: number;

  constructor(passages: readonly Passage[], termsOf: (text: string) => readonly string[]) {
    this.#passages = passages;
    this.#termsOf = termsOf;
    this.#lengths = passages.map((passage, at) => this.#add(at, passage.text));
    this.#meanLength = this.#lengths.reduce((sum, length) => sum + length, 0) / passages.length;
  }

  search(query: string, count: number): readonly Passage[] {
    return this.scored(query, count).map(({ passage }) => passage);
  }

  /** The same with their scores. */
  scored(query: string, count: number): readonly ScoredPassage[] {
    const scores = new Map<number, number>();
    for (const [term, times] of countsOf(this.#termsOf(query))) {
      const postings = this.#postings.get(term) ?? [];
      const rarity = Math.log(1 + (this.#passages.length - postings.length + 0.5) / (postings.length + 0.5));
      for (const { passage, frequency } of postings) {
        const length = (this.#lengths[passage] ?? 0) / this.#meanLength;
        const share = (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * length));
        scores.set(passage, (scores.get(passage) ?? 0) + times * rarity * share);
      }
    }
    return [...scores]
      .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
      .slice(0, count)
      .flatMap(([at, score]) => {
        const passage = this.#passages[at];
        return passage ? [{ passage, score }] : [];
      });
  }

  /** The number of terms. */
  #add(passage: number, text: string): number {
    const terms = this.#termsOf(text);
    for (const [term, frequency] of countsOf(terms)) {
      const postings = this.#postings.get(term);
      if (postings) postings.push({ passage, frequency });
      else this.#postings.set(term, [{ passage, frequency }]);
    }
    return terms.length;
  }
}

function countsOf(terms: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
