import type { RerankModel } from '../../ports/models.ts';
import { withoutUnseen } from '../../text/unseen.ts';
import type { RankModel } from './rankModel.ts';

/** Rerankers read no more than some thousand characters of a text. */
const MAX_CHARS = 4_000;

/** Ranks by a model made for it, which reads the query and each text together. */
export function crossEncoderRanking(model: RerankModel): RankModel {
  return {
    id: model.id,
    async rank(query, blocks, signal) {
      const texts = blocks.map(({ path, scopes = [], lines }) =>
        withoutUnseen([path, ...scopes, ...lines].join('\n')).slice(0, MAX_CHARS),
      );
      return (await model.rank({ query, texts }, signal)).scores;
    },
  };
}
