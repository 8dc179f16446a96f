import { expect, it } from 'vitest';
import { fitRanking, type FoundPlaces } from '../../../src/bench/fitRanking.ts';
import { NO_MATCH } from '../../../src/core/retrieval/ranking/placeFeatures.ts';
import { readQuestion } from '../../../src/core/retrieval/ranking/question.ts';
import type { PlaceWeights, RankingWeights } from '../../../src/core/retrieval/ranking/rankPlaces.ts';
import { RANKING_WEIGHTS } from '../../../src/core/retrieval/ranking/rankingWeights.ts';

const NONE = Object.fromEntries(
  Object.keys(RANKING_WEIGHTS.topic).map((feature) => [feature, 0]),
) as unknown as PlaceWeights;
/** Barely any: the fit has to find out how much, and of what. */
const GIVEN: RankingWeights = {
  ...RANKING_WEIGHTS,
  topic: { ...NONE, file: 0.01, folder: 0.01 },
  words: { ...NONE, file: 0.01 },
};

const WORDS = ['gate', 'ferry', 'cargo', 'anchor', 'harbour', 'pilot', 'crane'];

/** The right file stands second and is called as is asked; the first lies in a folder that is. */
function found(at: number, query: (word: string) => string): FoundPlaces {
  const word = WORDS[at % WORDS.length] ?? '';
  const chunk = (path: string, score: number) => ({ path, ordinal: 0, score, legs: {} });
  return {
    repo: `repository ${at % 10}`,
    question: readQuestion(query(word), { definesName: () => false, hasName: () => false }),
    chunks: [chunk(`${word}/other.ts`, 1), chunk(`a/${word}.ts`, 0.8), chunk('b/else.ts', 0.7)],
    matchOf: () => NO_MATCH,
    right: new Set([`a/${word}.ts`]),
  };
}

const topics = Array.from({ length: 80 }, (_, at) => found(at, (word) => `opening of the ${word} at noon`));

it('finds the weights that put right files first, in repositories they were not fitted to as well', () => {
  const { folds, given, held, weights } = fitRanking(topics, GIVEN, 1);
  expect(folds).toBe(5);
  expect(given.file).toBeLessThan(0.7);
  expect(held).toEqual({ file: 1, chunk: 1 });
  expect(weights.topic?.file).toBeGreaterThan(0.2);
  expect(weights.topic?.folder).toBeLessThan(0.01);
});

it('leaves out features that had no weight, and kinds of questions that are rare', () => {
  const rare = Array.from({ length: 5 }, (_, at) => found(at, (word) => word));
  const { weights } = fitRanking([...topics, ...rare], GIVEN, 1);
  expect(Object.keys(weights)).toEqual(['topic']);
  expect(weights.topic).toMatchObject({ asked: 0, called: 0, more: 0 });
});

it('gives the same for the same seed, and can do with questions that nothing right was found for', () => {
  const lost = topics.map((each, at) => (at % 7 === 0 ? { ...each, right: new Set(['no.ts']) } : each));
  expect(fitRanking(lost, GIVEN, 3)).toEqual(fitRanking(lost, GIVEN, 3));
});
