/** How much each part of a chunk and of the formula counts. Frequencies are counted in whole numbers. */
export interface LexicalWeights {
  /** BM25: how slowly repeated occurrences stop counting, and how much long chunks are held back (0…1). */
  readonly k1: number;
  readonly b: number;
  /** The same as `k1` for definitions, whose texts are short and repeat their names. */
  readonly k1Definition: number;
  /** Occurrences counted for each sub-token of a chunk's text as it is. */
  readonly body: number;
  /** Occurrences added for each sub-token of a name the chunk defines. */
  readonly name: number;
  /** The same for the name of a field or property. */
  readonly member: number;
  /** Occurrences added for names of the classes and functions around the chunk's beginning. */
  readonly scope: number;
  /** Occurrences added for each sub-token of the file's path. */
  readonly path: number;
  /** Factor of the inverse document frequency of a definition whose whole name is a word of the query. */
  readonly definition: number;
  /** Shares of other scores that a chunk is given: when something is described, and when a question is asked. */
  readonly phrase: ScoreShares;
  readonly question: ScoreShares;
}

export interface ScoreShares {
  /** Of its whole file's score. */
  readonly file: number;
  /** Of the best score among its definitions, each taken as a text: comment, line, scope, path. */
  readonly signatures: number;
}

/** What other values give is listed in `docs/decisions/2026-11-21-ranking.md`. */
export const DEFAULT_LEXICAL_WEIGHTS: LexicalWeights = {
  k1: 2.2,
  k1Definition: 4,
  b: 0.75,
  body: 1,
  name: 6,
  member: 2,
  scope: 1,
  path: 2,
  definition: 0.5,
  phrase: { file: 0.4, signatures: 0.5 },
  // Questions are about what is inside as well. From comments inside of functions to the code below them, over six
  // packages, recall@10 is .447 with these, .389 with the shares above and .463 with nothing for definitions.
  question: { file: 1, signatures: 0.3 },
};
