import type { RankingAccess } from '../../core/models/modelAccess.ts';
import { resolveModel, type ModelSurroundings } from './modelStatus.ts';

/** In place of a model for ranking: the one of the chat. */
const SAME_AS_CHAT = 'chat';

/** The model that puts search results into order; none when nobody asked for one or it cannot be used. */
export async function resolveRanking(surroundings: ModelSurroundings): Promise<RankingAccess | undefined> {
  const by = surroundings.settings.ranking.trim() === SAME_AS_CHAT ? 'chat' : 'reranker';
  const { access: model } = await resolveModel(surroundings, by === 'chat' ? 'chat' : 'ranking');
  return model && { by, model };
}
