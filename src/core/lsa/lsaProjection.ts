/**
 * What texts of one workspace taught about its terms: where each term points. Made by `trainBasis`, applied by
 * `createBasisEmbedder`, stored by `encodeBasis`. Plain data, safe to send between threads.
 *
 * A term's vector has two halves. The first is latent semantic analysis (Deerwester et al. 1990): terms that stand in
 * the same texts. The second comes from the words around each term (PPMI): terms that are used alike.
 */
export interface LsaProjection {
  /** Depends on all that follows: vectors of different ids are never mixed. */
  readonly id: string;
  /** Of the vectors: both halves together. */
  readonly dims: number;
  readonly terms: readonly string[];
  /** What each term counts: its inverse document frequency among the training texts. */
  readonly rarities: Float32Array;
  /** The terms' vectors one after the other; each half is to be multiplied with its scale. */
  readonly vectors: Int8Array;
  /** Two a term, one a half; 0 for a half the term has not. */
  readonly scales: Float32Array;
  /** Mean of the texts' second halves, which tell texts apart only by what they differ in. */
  readonly mean: Float32Array;
}

/** Numbers of a vector, both halves together. */
export const PROJECTION_DIMS = 384;
export const HALF_DIMS = PROJECTION_DIMS / 2;
