import type { EmbeddingMethod } from '../../src/core/indexing/vectors/embeddingMethod.ts';
import { lsaMethod } from '../../src/core/indexing/vectors/lsaMethod.ts';

/** The built-in method for folders of any size; `onLearning` is called before and after it learns. */
export function smallLearntMethod(
  onLearning: (moment: 'learn' | 'learnt') => void = () => undefined,
): EmbeddingMethod {
  const { training, ...method } = lsaMethod();
  if (!training) throw new Error('The built-in method learns.');
  return {
    ...method,
    minChunks: 1,
    training: {
      sample: training.sample,
      async learn(texts, options) {
        onLearning('learn');
        const basis = await training.learn(texts, options);
        onLearning('learnt');
        return basis;
      },
    },
  };
}
