import { runToCompletion } from '../../async/incremental.ts';
import { StoreCorruptError } from '../../errors/storeErrors.ts';
import {
  PROJECTION_VERSION,
  decodeProjectionIncremental,
  encodeProjection,
} from '../../lsa/projectionCodec.ts';
import { createLsaEmbedderIncremental } from '../../lsa/lsaEmbedder.ts';
import { MIN_TRAINING_CHUNKS, MAX_TRAINING_CHUNKS, trainProjection } from '../../lsa/trainProjection.ts';
import type { EmbeddingMethod } from './embeddingMethod.ts';

/** Any number would do; another one makes another projection of the same code. */
const SEED = 1;

/** Does the steps of a piece of work, at once or with pauses. */
export type StepDrain = <Result>(steps: Generator<void, Result>) => Result | Promise<Result>;

/**
 * The built-in way: what terms mean is learnt from the folder's own code. `drain` does what opening a projection takes; at
 * once unless given.
 */
export function lsaMethod(drain: StepDrain = runToCompletion): EmbeddingMethod {
  return {
    id: `learnt ${PROJECTION_VERSION}`,
    minChunks: MIN_TRAINING_CHUNKS,
    training: {
      sample: MAX_TRAINING_CHUNKS,
      learn: async (texts, options) =>
        encodeProjection(await trainProjection(texts, { seed: SEED, ...options })),
    },
    async open(projection) {
      if (projection === undefined)
        throw new StoreCorruptError('basis', 'not named by the set that needs it');
      const decoded = await drain(decodeProjectionIncremental(projection));
      return drain(createLsaEmbedderIncremental(decoded));
    },
  };
}
