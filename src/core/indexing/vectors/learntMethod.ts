import { StoreCorruptError } from '../../errors/storeCorruptError.ts';
import { BASIS_VERSION, decodeBasis, encodeBasis } from '../../retrieval/dense/basisCodec.ts';
import { createBasisEmbedder } from '../../retrieval/dense/basisEmbedder.ts';
import { MIN_TRAINING_CHUNKS, MOST_TRAINING_CHUNKS, trainBasis } from '../../retrieval/dense/trainBasis.ts';
import type { EmbeddingMethod } from './embeddingMethod.ts';

/** Any number would do; another one makes another basis of the same code. */
const SEED = 1;

/** The built-in way: what terms mean is learnt from the folder's own code. */
export function learntMethod(): EmbeddingMethod {
  return {
    id: `learnt ${BASIS_VERSION}`,
    minChunks: MIN_TRAINING_CHUNKS,
    training: {
      sample: MOST_TRAINING_CHUNKS,
      learn: async (texts, options) => encodeBasis(await trainBasis(texts, { seed: SEED, ...options })),
    },
    open(basis) {
      if (basis === undefined) throw new StoreCorruptError('basis', 'not named by the set that needs it');
      return createBasisEmbedder(decodeBasis(basis));
    },
  };
}
