import type { LexicalWeights, ScoreShares } from '../../core/retrieval/lexicalWeights.ts';
import type { RerankWeights } from '../../core/retrieval/rerank.ts';
import { DEFAULT_SEARCH_WEIGHTS, type SearchWeights } from '../../core/retrieval/searchWeights.ts';

const { lexical, rerank } = DEFAULT_SEARCH_WEIGHTS;

/** The search with one of its parts left out, by what is left out. */
export const ABLATIONS: Readonly<Record<string, SearchWeights>> = {
  'vectors of chunks': { ...DEFAULT_SEARCH_WEIGHTS, dense: 0 },
  'looking at definitions again': withoutRerank({ name: 0, prefix: 0, likeness: 0, kind: 0, test: 0 }),
  'their names': withoutRerank({ name: 0 }),
  'beginnings of words': withoutRerank({ prefix: 0 }),
  'likeness of terms': withoutRerank({ likeness: 0 }),
  'kind described': withoutRerank({ kind: 0 }),
  'tests last': withoutRerank({ test: 0 }),
  'field: names defined': withoutLexical({ name: 0 }),
  'field: names around': withoutLexical({ scope: 0 }),
  'field: path': withoutLexical({ path: 0 }),
  'field: whole name': withoutLexical({ definition: 0 }),
  'score of the file': withoutShare('file'),
  'score of a definition': withoutShare('signatures'),
};

function withoutRerank(change: Partial<RerankWeights>): SearchWeights {
  return { ...DEFAULT_SEARCH_WEIGHTS, rerank: { ...rerank, ...change } };
}

function withoutLexical(change: Partial<LexicalWeights>): SearchWeights {
  return { ...DEFAULT_SEARCH_WEIGHTS, lexical: { ...lexical, ...change } };
}

function withoutShare(share: keyof ScoreShares): SearchWeights {
  return withoutLexical({
    phrase: { ...lexical.phrase, [share]: 0 },
    question: { ...lexical.question, [share]: 0 },
  });
}
