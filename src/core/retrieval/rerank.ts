import { greatest } from '../shared/greatest.ts';
import { isTestPath } from '../shared/testPath.ts';
import type { DefinitionMatch } from './definitionMatcher.ts';
import type { FusedChunk } from './fuse.ts';
import { isDescription } from './queryKind.ts';

/**
 * What a perfect match of a definition adds to a score of which the best hit has about 1. Fitted by coordinate ascent to
 * the doc comments of one half of 29 packages and checked on the other, and the other way round; these lie between both
 * fits. See `docs/decisions/2026-11-21-fresh-code.md`.
 */
export interface RerankWeights {
  readonly name: number;
  readonly prefix: number;
  readonly words: number;
  readonly likeness: number;
  /** The description is about this kind of thing; as much is taken off where it is about another. */
  readonly kind: number;
  /** Taken off tests, unless tests are asked for. */
  readonly test: number;
}

export const RERANK_WEIGHTS: RerankWeights = {
  name: 0.25,
  prefix: 0.7,
  words: 0.4,
  likeness: 0.3,
  kind: 0.18,
  test: 0.3,
};

/** Shares of these weights for queries of a few words, which are names half remembered rather than descriptions. */
const FOR_NAMES = { name: 1.2, prefix: 0.6, words: 0 };

/** How far down a better match is looked for. */
const LOOKED_AT = 50;

/** Likenesses are compared with the best one, but not where even that is nothing. */
const MIN_LIKENESS = 0.05;

const ABOUT_TESTS = /\b(?:tests?|testing|specs?|fixtures?|mocks?)\b/i;

/** Puts those of the best chunks first whose definitions are what the query describes. */
export function rerank(
  query: string,
  chunks: readonly FusedChunk[],
  matchOf: (chunk: FusedChunk) => DefinitionMatch,
  given = RERANK_WEIGHTS,
): readonly FusedChunk[] {
  const weights = isDescription(query) ? given : forNames(given);
  const test = ABOUT_TESTS.test(query) ? 0 : weights.test;
  const looked = chunks.slice(0, LOOKED_AT).map((chunk) => ({ chunk, match: matchOf(chunk) }));
  const mostAlike = greatest(
    looked.map(({ match }) => match.likeness),
    MIN_LIKENESS,
  );
  return looked
    .map(({ chunk, match }) => {
      const gain =
        weights.name * match.name +
        weights.prefix * match.prefix +
        weights.words * match.words +
        weights.kind * match.kind +
        (weights.likeness * match.likeness) / mostAlike -
        (isTestPath(chunk.path) ? test : 0);
      return { ...chunk, score: chunk.score + gain };
    })
    .sort((a, b) => b.score - a.score)
    .concat(chunks.slice(LOOKED_AT));
}

function forNames(weights: RerankWeights): RerankWeights {
  return {
    ...weights,
    name: weights.name * FOR_NAMES.name,
    prefix: weights.prefix * FOR_NAMES.prefix,
    words: weights.words * FOR_NAMES.words,
  };
}
