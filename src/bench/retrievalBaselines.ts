import { Bm25Ranking } from './baselines/bm25Ranking.ts';
import type { Passage, PassageRanking } from './baselines/passage.ts';
import { subTokenWords, wholeWords } from './baselines/terms.ts';
import { Fts5Ranking } from './fts5Ranking.ts';

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
