import type { ModelChoice } from './modelChoice.ts';

/** All that is needed to ask a model. It goes along with each question and is never stored or logged. */
export interface ModelAccess extends ModelChoice {
  /** As a person typed it; checked before anything is sent there. */
  readonly baseUrl: string;
  readonly apiKey?: string;
}

/** A model that puts search results into order: one made for it, or one that chats. */
export interface RankingAccess {
  readonly by: 'reranker' | 'chat';
  readonly model: ModelAccess;
}
