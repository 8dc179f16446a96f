import { drainSteps } from '../../async/incremental.ts';
import { StoreCorruptError } from '../../errors/storeErrors.ts';
import { BASIS_VERSION, decodeBasisInSteps, encodeBasis } from '../../lsa/basisCodec.ts';
import { createBasisEmbedderInSteps } from '../../lsa/basisEmbedder.ts';
import { MIN_TRAINING_CHUNKS, MOST_TRAINING_CHUNKS, trainBasis } from '../../lsa/trainBasis.ts';
import type { EmbeddingMethod } from './embeddingMethod.ts';

/** Any number would do; another one makes another basis of the same code. */
const SEED = 1;

/** Does the steps of a piece of work, at once or with pauses. */
export type StepDrain = <Result>(steps: Generator<void, Result>) => Result | Promise<Result>;

/**
 * The built-in way: what terms mean is learnt from the folder's own code. `drain` does what opening a basis takes; at
 * once unless given.
 */
export function lsaMethod(drain: StepDrain = drainSteps): EmbeddingMethod {
  return {
    id: `learnt ${BASIS_VERSION}`,
    minChunks: MIN_TRAINING_CHUNKS,
    training: {
      sample: MOST_TRAINING_CHUNKS,
      learn: async (texts, options) => encodeBasis(await trainBasis(texts, { seed: SEED, ...options })),
    },
    async open(basis) {
      if (basis === undefined) throw new StoreCorruptError('basis', 'not named by the set that needs it');
      const decoded = await drain(decodeBasisInSteps(basis));
      return drain(createBasisEmbedderInSteps(decoded));
    },
  };
}
