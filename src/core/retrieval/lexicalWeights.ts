/** How much each part of a chunk and of the formula counts. Frequencies are counted in whole numbers. */
export interface LexicalWeights {
  /** BM25: how slowly repeated occurrences stop counting, and how much long chunks are held back (0…1). */
  readonly k1: number;
  readonly b: number;
  /** Occurrences added for each sub-token of a name the chunk defines. */
  readonly name: number;
  /** Occurrences added for names of the classes and functions around the chunk's beginning. */
  readonly scope: number;
  /** Occurrences added for each sub-token of the file's path. */
  readonly path: number;
  /** Factor of the inverse document frequency of a definition whose whole name is a word of the query. */
  readonly definition: number;
  /** Share of the whole file's score that each of its chunks is given. */
  readonly file: number;
  /** Share given of the best score among the chunk's definitions, each taken as a text: comment, line, scope, path. */
  readonly signatures: number;
}

export const DEFAULT_LEXICAL_WEIGHTS: LexicalWeights = {
  k1: 2.2,
  b: 0.75,
  name: 6,
  scope: 1,
  path: 2,
  definition: 0.5,
  file: 0.4,
  signatures: 0.5,
};
