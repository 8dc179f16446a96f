/** How much each part of a chunk and of the formula counts. Frequencies are counted in whole numbers. */
export interface LexicalWeights {
  /** BM25: how slowly repeated occurrences stop counting, and how much long chunks are held back (0…1). */
  readonly k1: number;
  readonly b: number;
  /** The same as `k1` for definitions, whose texts are short and repeat their names. */
  readonly k1Definition: number;
  /** Occurrences added for each sub-token of a name the chunk defines. */
  readonly name: number;
  /** Occurrences added for names of the classes and functions around the chunk's beginning. */
  readonly scope: number;
  /** Occurrences added for each sub-token of the file's path. */
  readonly path: number;
  /** Factor of the inverse document frequency of a definition whose whole name is a word of the query. */
  readonly definition: number;
  /** Share of the whole file's score that each of its chunks is given, and the same when a question is asked. */
  readonly file: number;
  readonly fileOfQuestion: number;
  /** Share given of the best score among the chunk's definitions, each taken as a text: comment, line, scope, path. */
  readonly signatures: number;
}

/** What other values give is listed in `docs/decisions/2026-11-21-ranking.md`. */
export const DEFAULT_LEXICAL_WEIGHTS: LexicalWeights = {
  k1: 2.2,
  k1Definition: 4,
  b: 0.75,
  name: 6,
  scope: 1,
  path: 2,
  definition: 0.5,
  file: 0.4,
  fileOfQuestion: 0.7,
  signatures: 0.5,
};
