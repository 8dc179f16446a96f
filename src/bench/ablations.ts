import type { LexicalWeights, ScoreShares } from '../core/retrieval/lexicalWeights.ts';
import { DEFAULT_SEARCH_WEIGHTS, type SearchWeights } from '../core/retrieval/search.ts';
import type { PlaceWeights, RankingWeights } from '../core/retrieval/ranking/rankPlaces.ts';

const { lexical, ranking } = DEFAULT_SEARCH_WEIGHTS;

/** The search with one of its parts left out, by what is left out. */
export const ABLATIONS: Readonly<Record<string, SearchWeights>> = {
  'leg: words': { ...DEFAULT_SEARCH_WEIGHTS, words: 0 },
  'leg: vectors of chunks': { ...DEFAULT_SEARCH_WEIGHTS, dense: 0 },
  ranking: withoutFeatures(Object.keys(ranking.use) as (keyof PlaceWeights)[]),
  'ranking: names of definitions': withoutFeatures(['name']),
  'ranking: beginnings of words': withoutFeatures(['prefix']),
  'ranking: words of definitions': withoutFeatures(['words']),
  'ranking: likeness of terms': withoutFeatures(['likeness']),
  'ranking: kind described': withoutFeatures(['kind']),
  'ranking: names asked for': withoutFeatures(['defined']),
  "ranking: share of the file's name": withoutFeatures(['file']),
  'ranking: share of the question': withoutFeatures(['asked']),
  'ranking: called as asked': withoutFeatures(['called']),
  'ranking: folder': withoutFeatures(['folder']),
  'ranking: coherence of a file': withoutFeatures(['coherence']),
  'ranking: tests last': withoutFeatures(['test']),
  'ranking: examples and old versions last': withoutFeatures(['aside']),
  'ranking: documents last': withoutFeatures(['prose']),
  'ranking: data last': withoutFeatures(['data']),
  'ranking: declarations last': withoutFeatures(['declaration']),
  'ranking: further places last': withoutFeatures(['more']),
  'field: body': withoutLexical({ body: 0 }),
  'field: names defined': withoutLexical({ name: 0, member: 0 }),
  'field: whole name': withoutLexical({ definition: 0 }),
  'field: signature': withoutShare('signatures'),
  'field: scope': withoutLexical({ scope: 0 }),
  'field: path': withoutLexical({ path: 0 }),
  'share of the file': withoutShare('file'),
};

function withoutFeatures(features: readonly (keyof PlaceWeights)[]): SearchWeights {
  const off = Object.fromEntries(features.map((feature) => [feature, 0]));
  const without = (weights: PlaceWeights): PlaceWeights => ({ ...weights, ...off });
  const { name, use, words, definition, topic, question } = ranking;
  const changed: RankingWeights = {
    name: without(name),
    use: without(use),
    words: without(words),
    definition: without(definition),
    topic: without(topic),
    question: without(question),
  };
  return { ...DEFAULT_SEARCH_WEIGHTS, ranking: changed };
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
