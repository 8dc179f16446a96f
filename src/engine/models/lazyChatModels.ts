import type { ChosenModel } from '../../core/chat/turn.ts';
import type { CallPolicy } from '../../core/models/callPolicy.ts';
import type { ModelAccess, RankingAccess } from '../../core/models/modelAccess.ts';
import { modelId } from '../../core/models/modelChoice.ts';
import type { Logger } from '../../core/ports.ts';
import type { ChosenRanking } from '../../core/reranking/rerankHits.ts';
import type { ChatModels, EmbeddingModels } from './chatModels.ts';

/** The language models, loaded with the first question that one is to answer: most sessions never ask one. */
export class LazyChatModels {
  readonly #log: Logger;
  readonly #policy: CallPolicy | undefined;
  #models: Promise<ChatModels> | undefined;

  /** `policy`: how patient calls are; as with somebody waiting unless given. */
  constructor(log: Logger, policy?: CallPolicy) {
    this.#log = log;
    this.#policy = policy;
  }

  choose(access: ModelAccess): ChosenModel {
    return {
      id: modelId(access),
      load: async () => {
        const models = await this.#loaded();
        return models.get(access);
      },
    };
  }

  chooseRanking(access: RankingAccess): ChosenRanking {
    return {
      id: modelId(access.model),
      load: async () => {
        const models = await this.#loaded();
        return models.ranking(access);
      },
    };
  }

  async embedding(access: ModelAccess): Promise<EmbeddingModels> {
    const models = await this.#loaded();
    return models.embedding(access);
  }

  #loaded(): Promise<ChatModels> {
    return (this.#models ??= load(this.#log, this.#policy));
  }
}

/** esbuild.mjs makes this the bundle `models.js` beside the caller's. */
async function load(log: Logger, policy: CallPolicy | undefined): Promise<ChatModels> {
  const { createChatModels } = await import('./chatModels.ts');
  return createChatModels(log, policy);
}
