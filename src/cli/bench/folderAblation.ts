import type { RetrievalCase } from '../../core/evals/evalCase.ts';
import { relevantRank } from '../../core/evals/metrics/relevantRank.ts';
import type { Search } from '../../core/retrieval/search.ts';
import type { SearchWeights } from '../../core/retrieval/searchWeights.ts';
import { ABLATIONS } from './ablations.ts';
import { mapValues } from './mapValues.ts';

const LOOKED_AT = 10;

/** MRR@10 of one kind of question, as a whole and by language. */
export interface AblatedKind {
  readonly mrr: number;
  readonly languages: Readonly<Record<string, number>>;
}

/** By what was left out of the search, and by kind of question. */
export type FolderAblation = Readonly<Record<string, Readonly<Record<string, AblatedKind>>>>;

/** Asks the questions of searches that each lack a part. */
export function folderAblation(
  cases: readonly RetrievalCase[],
  searchWith: (weights: SearchWeights) => Promise<Search>,
  signal: AbortSignal,
): Promise<FolderAblation> {
  return mapValues(ABLATIONS, async (weights) => {
    const search = await searchWith(weights);
    const asked: Asked[] = [];
    for (const { question, gold, source, language } of cases) {
      const rank = relevantRank(await search.search(question, LOOKED_AT, signal), gold);
      asked.push({ source, language, reciprocal: rank === undefined ? 0 : 1 / rank });
    }
    const kinds = Map.groupBy(asked, ({ source }) => source);
    return Object.fromEntries([...kinds].map(([kind, members]) => [kind, kindOf(members)]));
  });
}

interface Asked {
  readonly source: string;
  readonly language: string;
  readonly reciprocal: number;
}

function kindOf(members: readonly Asked[]): AblatedKind {
  const languages = Map.groupBy(members, ({ language }) => language);
  return {
    mrr: meanOf(members),
    languages: Object.fromEntries([...languages].map(([language, some]) => [language, meanOf(some)])),
  };
}

function meanOf(members: readonly Asked[]): number {
  return members.reduce((sum, { reciprocal }) => sum + reciprocal, 0) / Math.max(1, members.length);
}
