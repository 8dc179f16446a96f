import type { PlaceWeights, RankingWeights } from './rankPlaces.ts';

/** What is called alike is further away than the places that have a name as it is, tests included. */
const USE: PlaceWeights = {
  name: 0,
  prefix: 0,
  words: 0,
  likeness: 0,
  kind: 0,
  defined: 0,
  file: 0,
  asked: 0,
  called: 0,
  folder: 0,
  coherence: 0,
  test: 0,
  aside: 0,
  prose: 0,
  data: 0,
  declaration: 0,
  more: 0.05,
};

const NAME: PlaceWeights = {
  ...USE,
  defined: 0.4,
  file: 0.2,
  asked: 0.25,
  called: 0.15,
  coherence: 0.15,
  test: -0.4,
  aside: -0.3,
  prose: -0.4,
  data: -0.4,
  declaration: -0.2,
  more: 0.3,
};

/** What files say where something is explained rather than named. */
const FILES = {
  file: 0.5,
  asked: 0.3,
  called: 0.15,
  folder: 0.15,
  coherence: 0.3,
  test: -0.7,
  aside: -0.55,
  prose: -0.8,
  data: -0.8,
  declaration: -0.5,
};

/**
 * Fitted by coordinate ascent to questions about 31 repositories and to what ten of them say in doc comments, tests and
 * names, then rounded; what each feature is worth, and what folds by repository give, is in
 * `docs/decisions/2026-11-30-places-people-mean.md`.
 */
export const RANKING_WEIGHTS: RankingWeights = {
  name: NAME,
  use: USE,
  words: {
    ...NAME,
    name: 0.3,
    prefix: 0.42,
    likeness: 0.3,
    kind: 0.18,
    defined: 0.8,
    file: 0,
    asked: 0.1,
    called: 0.05,
    folder: 0.1,
    coherence: 0.1,
    declaration: -0.1,
    more: 0.2,
  },
  definition: {
    name: 0.25,
    prefix: 0.75,
    words: 0.5,
    likeness: 0.3,
    kind: 0.18,
    defined: 0.1,
    file: 0.25,
    asked: 0.2,
    called: 0.1,
    folder: 0.15,
    coherence: 0,
    test: -0.4,
    aside: -0.3,
    prose: -0.8,
    data: -0.8,
    declaration: -0.1,
    more: 0.1,
  },
  topic: {
    ...FILES,
    name: 0.1,
    prefix: 0.8,
    words: 0.5,
    likeness: 0.25,
    kind: 0.18,
    defined: 0.2,
    more: 0.3,
  },
  // The words of a question are less those of a definition: it may be about a test, a use or a detail, of which a file
  // has several. Over 131 questions about 737 given chunks, recall@5 is .80 with what is above.
  question: { ...USE, ...FILES, more: 0.05 },
};
