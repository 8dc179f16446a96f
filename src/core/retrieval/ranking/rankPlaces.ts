import type { DefinitionMatch } from '../definitionMatcher.ts';
import type { FusedChunk } from '../fuse.ts';
import { placeFeatures, type PlaceFeatures } from './placeFeatures.ts';
import type { AskedFor, Question } from './question.ts';

/**
 * What each feature adds to a score of which the best hit has 1, where it is 1; `more` is taken off for each place of a
 * file that stands higher.
 */
export type PlaceWeights = Readonly<Record<keyof PlaceFeatures | 'more', number>>;

/** By what is asked for. */
export type RankingWeights = Readonly<Record<AskedFor, PlaceWeights>>;

/** How far down a better place is looked for. */
export const LOOKED_AT = 100;
/** Scores stay above 0, whatever was taken off. */
const LEAST = 0.001;
/** Places of a file after which no further one loses more. */
const MOST_BEFORE = 3;

/** Puts those of the best chunks first that a person most probably means. */
export function rankPlaces(
  question: Question,
  chunks: readonly FusedChunk[],
  matchOf: (chunk: FusedChunk) => DefinitionMatch,
  weights: PlaceWeights,
): readonly FusedChunk[] {
  const best = chunks[0]?.score ?? 0;
  if (best <= 0) return chunks;
  const looked = chunks.slice(0, LOOKED_AT);
  const features = placeFeatures(question, looked, matchOf);
  const ranked = looked.map((chunk, at) => ({
    ...chunk,
    score: chunk.score / best + weighed(features[at], weights),
  }));
  return spread(ranked, weights.more)
    .concat(chunks.slice(LOOKED_AT).map((chunk) => ({ ...chunk, score: LEAST })))
    .map((chunk) => ({ ...chunk, score: Math.max(LEAST, chunk.score) }));
}

function weighed(features: PlaceFeatures | undefined, weights: PlaceWeights): number {
  let sum = 0;
  for (const name in features) {
    const feature = name as keyof PlaceFeatures;
    sum += weights[feature] * features[feature];
  }
  return sum;
}

/**
 * Best first, where each place of a file loses `more` for every better one of the same file: a file is shown by its best
 * place, and by others as far as they outdo the best ones of other files.
 */
function spread(chunks: readonly FusedChunk[], more: number): readonly FusedChunk[] {
  const before = new Map<string, number>();
  return chunks
    .toSorted(byScore)
    .map((chunk) => {
      const better = before.get(chunk.path) ?? 0;
      before.set(chunk.path, better + 1);
      return { ...chunk, score: chunk.score - more * Math.min(better, MOST_BEFORE) };
    })
    .sort(byScore);
}

function byScore(a: FusedChunk, b: FusedChunk): number {
  return b.score - a.score;
}
