import { DENSE_WEIGHT } from './fuse.ts';
import { DEFAULT_LEXICAL_WEIGHTS, type LexicalWeights } from './lexicalWeights.ts';
import { RERANK_WEIGHTS, type RerankWeights } from './rerank.ts';

/** Everything that can be weighed differently in a search. */
export interface SearchWeights {
  readonly lexical: LexicalWeights;
  /** What each leg's best hit is worth; a leg of weight 0 finds nothing. */
  readonly words: number;
  readonly dense: number;
  readonly rerank: RerankWeights;
}

export const DEFAULT_SEARCH_WEIGHTS: SearchWeights = {
  lexical: DEFAULT_LEXICAL_WEIGHTS,
  words: 1,
  dense: DENSE_WEIGHT,
  rerank: RERANK_WEIGHTS,
};
