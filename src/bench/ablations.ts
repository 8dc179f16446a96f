import type { LexicalWeights, ScoreShares } from '../core/retrieval/lexicalWeights.ts';
import { DEFAULT_SEARCH_WEIGHTS, type SearchWeights } from '../core/retrieval/search.ts';
import type { RerankWeights } from '../core/retrieval/rerank.ts';

const { lexical, rerank } = DEFAULT_SEARCH_WEIGHTS;

/** The search with one of its parts left out, by what is left out. */
export const ABLATIONS: Readonly<Record<string, SearchWeights>> = {
  'leg: words': { ...DEFAULT_SEARCH_WEIGHTS, words: 0 },
  'leg: vectors of chunks': { ...DEFAULT_SEARCH_WEIGHTS, dense: 0 },
  'second look': withoutRerank({ name: 0, prefix: 0, words: 0, likeness: 0, kind: 0, test: 0 }),
  'second look: names': withoutRerank({ name: 0 }),
  'second look: beginnings of words': withoutRerank({ prefix: 0 }),
  'second look: words of definitions': withoutRerank({ words: 0 }),
  'second look: likeness of terms': withoutRerank({ likeness: 0 }),
  'second look: kind described': withoutRerank({ kind: 0 }),
  'second look: tests last': withoutRerank({ test: 0 }),
  'field: body': withoutLexical({ body: 0 }),
  'field: names defined': withoutLexical({ name: 0, member: 0 }),
  'field: whole name': withoutLexical({ definition: 0 }),
  'field: signature': withoutShare('signatures'),
  'field: scope': withoutLexical({ scope: 0 }),
  'field: path': withoutLexical({ path: 0 }),
  'share of the file': withoutShare('file'),
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

/** Results of one kind for ours and for what it is compared with. */
export interface PerSystem<Baseline extends string, T> {
  readonly ours: T;
  readonly baselines: Readonly<Record<Baseline, T>>;
}

/** Calls `of` for each baseline. */
export function perBaseline<Baseline extends string, T>(
  baselines: readonly Baseline[],
  of: (baseline: Baseline) => T,
): Readonly<Record<Baseline, T>> {
  return Object.fromEntries(baselines.map((baseline) => [baseline, of(baseline)])) as Record<Baseline, T>;
}

/** What `of` gives for each value, one after the other, by the same keys. */
export async function mapValues<T, R>(
  values: Readonly<Record<string, T>>,
  of: (value: T) => Promise<R>,
): Promise<Readonly<Record<string, R>>> {
  const mapped: [string, R][] = [];
  for (const [key, value] of Object.entries(values)) mapped.push([key, await of(value)]);
  return Object.fromEntries(mapped);
}
